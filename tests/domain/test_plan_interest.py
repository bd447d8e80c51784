"""Interest while a payment plan runs, by hand. Default rate between businesses in the second half of 2026: 12.40 % (ECB 2.40 + 10).

1 000.00 due on 30 June 2026, owed by a business to a business: 24 November is the 147th day of interest.
"""

import datetime as dt
from decimal import Decimal

from core.domain.allocation import OpenDebt
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.plan_course import Due, Received, completed_on, course
from core.domain.plan_interest import estimate, waiver
from core.domain.statement import DebtClaim, statement
from core.domain.statement_account import Account, Move
from core.law.values import load_law

D = dt.date
LAW = load_law()
TODAY = D(2026, 11, 24)
DUE = D(2026, 6, 30)
PLACED = D(2026, 7, 1)


def a_claim(*stops, claims=frozenset({"interest"}), rate=None, debt_id=1) -> DebtClaim:
    facts = ClaimFacts("business", "business", due_on=DUE, contract_rate=rate, stops=tuple(stops))
    opening = Move(PLACED, "principal", 100000, "placement", "placement", id=1)
    account = Account(debt_id, f"F-{debt_id}", "invoice", D(2026, 6, 1), DUE, 100000, PLACED, (opening,))
    return DebtClaim(account, basis_of(facts), claims=claims)


def a_debt(debt_id=1) -> OpenDebt:
    return OpenDebt(debt_id, f"F-{debt_id}", DUE, None, {"principal": 100000})


def test_interest_ahead_is_what_runs_on_what_each_instalment_leaves():
    found = estimate(
        [a_claim()], [a_debt()], [(D(2026, 12, 4), 50000), (D(2026, 12, 24), 50000)], TODAY, LAW, refs={"F-1"}
    )
    # To 24 November: 1 000.00 × 12.40 % × 147 ÷ 365 = 49.939 -> 49.94. To 4 December, 157 days: 53.336 -> 53.34, paid first:
    # 446.66 on the principal, 553.34 left; 20 days on it to 24 December: 553.34 × 12.40 % × 20 ÷ 365 = 3.7597 -> 3.76.
    # 53.34 + 3.76 - 49.94 = 7.16
    assert found.cents == 716
    assert found.known_until is None
    assert "C. civ., art. 1343-1" in found.figure.articles
    assert [term.value for term in found.figure.terms[0].terms] == [5710, 4994]


def test_interest_ahead_stops_at_the_last_day_whose_rate_is_known_and_says_so():
    found = estimate(
        [a_claim()], [a_debt()], [(D(2027, 1, 24), 50000), (D(2027, 2, 24), 50000)], TODAY, LAW, refs={"F-1"}
    )
    # Nothing is paid before 1 January 2027, whose rate nobody knows: 37 days from 24 November to 31 December.
    # To 31 December, 184 days: 1 000.00 × 12.40 % × 184 ÷ 365 = 62.509 -> 62.51; less 49.94 = 12.57
    assert (found.cents, found.known_until) == (1257, D(2026, 12, 31))
    assert any("2026-12-31" in str(remark) for remark in found.figure.remarks)


def test_with_an_agreed_rate_every_day_to_the_last_instalment_counts():
    claim = a_claim(rate=Decimal(12))
    found = estimate([claim], [a_debt()], [(D(2027, 1, 24), 50000), (D(2027, 2, 24), 50000)], TODAY, LAW, refs={"F-1"})
    # 12 %, to 24 November: 147 days, 48.328 -> 48.33. To 31 December, 184 days: 60.493 -> 60.49; 24 days of January on 1 000.00: 7.890 -> 7.89.
    # 500.00 paid: 68.38 on interest, 431.62 on principal, 568.38 left; 31 days: 568.38 × 12 % × 31 ÷ 365 = 5.7928 -> 5.79
    # 60.49 + 7.89 + 5.79 - 48.33 = 25.84
    assert (found.cents, found.known_until) == (2584, None)


def test_no_interest_claimed_or_a_debt_outside_the_plan_gives_no_figure():
    paid = [(D(2026, 12, 4), 50000)]
    assert estimate([a_claim(claims=frozenset())], [a_debt()], paid, TODAY, LAW, refs={"F-1"}) is None
    assert estimate([a_claim()], [a_debt()], paid, TODAY, LAW, refs={"F-2"}) is None


def test_a_waiver_counts_the_day_of_the_plan_and_no_day_after_until_the_plan_ends():
    def owed(on, *stops):
        return statement([a_claim(*stops)], on, LAW).sums["interest"].value

    assert [owed(D(2026, 11, day), waiver(TODAY, None)) for day in (23, 24, 25, 30)] == [4960, 4994, 4994, 4994]
    ended = waiver(TODAY, D(2026, 12, 10))
    # ended on 10 December: 11 December bears interest again, one day of 1 000.00 = 0.3397 -> with the 147 days 50.2795
    assert [owed(D(2026, 12, day), ended) for day in (10, 11)] == [4994, 5028]


def test_a_plan_is_completed_on_the_day_of_the_payment_that_ends_it_unless_it_came_back():
    def replay(came):
        return lambda day: course(
            (Due(1, D(2026, 12, 1), 300), Due(2, D(2027, 1, 1), 300)), came, since=TODAY, today=day, grace=1
        )

    first, second = Received(D(2026, 12, 1), 300, D(2026, 12, 1)), Received(D(2027, 1, 3), 300, D(2027, 1, 3))
    back = Received(D(2027, 1, 9), -300, D(2027, 1, 3))
    again = Received(D(2027, 1, 20), 300, D(2027, 1, 20))
    assert completed_on([first], replay([first])) is None
    assert completed_on([first, second], replay([first, second])) == D(2027, 1, 3)
    assert completed_on([first, second, back], replay([first, second, back])) is None
    assert completed_on([first, second, back, again], replay([first, second, back, again])) == D(2027, 1, 20)
