"""Statements of amounts computed by hand: each expected cent stands in a comment. Rates: ECB and legal rates as the sources of data/law say.

Rates used: default rate between businesses 12.15 % in the first half of 2026 (ECB 2.15 on 1 January + 10), 12.40 % in the second
(2.40 on 1 July + 10); legal rate, other creditors 2.62 % then 2.75 %; creditor a private individual 6.67 % then 6.84 %.
"""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.computation import Computation, Missing, Quantity
from core.domain.deadlines import Length
from core.domain.indemnity import LateInvoice, indemnity
from core.domain.interest import overindebtedness_stop
from core.domain.interest_barred import barred
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.interest_title import PostTitlePeriods
from core.domain.messages import msg
from core.domain.statement import DebtClaim, statement
from core.domain.statement_account import Account, Move, entries, part, standing
from core.law.values import load_law

D = dt.date
LAW = load_law()
TODAY = D(2026, 11, 24)
PLACED = D(2026, 5, 4)
BOTH = frozenset({"interest", "indemnity"})


def account(cents: int, due: dt.date | None, *moves: Move, placed: dt.date = PLACED, original: int = 0) -> Account:
    opening = Move(placed, "principal", cents, "placement", "placement", id=1)
    return Account(1, "F-1", "invoice", D(2026, 1, 15), due, original or cents, placed, (opening, *moves))


def paid(number: int, on: dt.date, cents: int, bucket: str = "principal", reversed_on: dt.date | None = None) -> Move:
    return Move(
        on, bucket, -cents, "collected", "allocation", number, reversed_on, id=10 + 2 * number + (bucket == "interest")
    )


def claim(one: Account, facts: ClaimFacts, claims: frozenset[str] = BOTH, **more: object) -> DebtClaim:
    return DebtClaim(one, basis_of(facts), claims=claims, **more)


def business() -> ClaimFacts:
    return ClaimFacts("business", "business", due_on=D(2026, 3, 31))


def amounts(found) -> dict[str, int]:
    return {bucket: figure.value for bucket, figure in found.left.items()}


def test_between_businesses_with_a_part_payment_and_a_change_of_half_year():
    # 10 000.00 due on 31 March 2026; 6 000.00 received on 15 August: 459.19 to interest, 5 540.81 to principal.
    #   1 April to 30 June:      10 000.00 × 12.15 % × 91 / 365 = 302.917 -> 302.92
    #   1 July to 15 August:     10 000.00 × 12.40 % × 46 / 365 = 156.274 -> 156.27   (302.92 + 156.27 = 459.19, settled)
    #   16 August to 24 Nov.:     4 459.19 × 12.40 % × 101 / 365 = 153.006 -> 153.01
    one = account(1000000, D(2026, 3, 31), paid(1, D(2026, 8, 15), 45919, "interest"), paid(1, D(2026, 8, 15), 554081))
    found = statement([claim(one, business())], TODAY, LAW).debts[0]
    assert [(s.days, s.rate, s.amount) for s in found.interest.segments] == [
        (91, Decimal("12.15"), 30292), (46, Decimal("12.40"), 15627), (101, Decimal("12.40"), 15301),
    ]  # fmt: skip
    assert amounts(found) == {"principal": 445919, "interest": 15301, "indemnity": 0, "penalty": 0, "costs": 0}
    assert found.total.value == 461220
    assert "C. com., art. L. 441-10, II" in " ".join(found.total.all_articles)


def test_the_indemnity_claimed_is_added_less_what_was_paid_on_it():
    # 100.00 due on 31 March; indemnity 40.00 (D.441-5); 15.00 of it paid on 1 June. Interest on 100.00:
    #   91 days 12.15 % = 3.029 -> 3.03; 1 July to 24 November 147 days 12.40 % = 4.994 -> 4.99
    one = account(10000, D(2026, 3, 31), paid(1, D(2026, 6, 1), 1500, "indemnity"))
    due = indemnity(LateInvoice("business", "business", D(2026, 3, 31)), TODAY, LAW)
    found = statement([claim(one, business(), indemnity=due)], TODAY, LAW).debts[0]
    assert amounts(found)["indemnity"] == 2500
    assert found.total.value == 10000 + 303 + 499 + 2500


def test_what_the_creditor_does_not_claim_is_told_and_is_in_no_total():
    due = indemnity(LateInvoice("business", "business", D(2026, 3, 31)), TODAY, LAW)
    found = statement(
        [claim(account(10000, D(2026, 3, 31)), business(), frozenset(), indemnity=due)], TODAY, LAW
    ).debts[0]
    assert found.total.value == 10000
    assert [one.value for one in found.told] == [303 + 499, 4000]
    assert (len(found.asides), found.remarks) == (2, ())


def test_an_indemnity_placed_by_the_creditor_is_not_asked_a_second_time():
    one = account(10000, D(2026, 3, 31), Move(D(2026, 5, 4), "indemnity", 4000, "placement", "placement", id=2))
    due = indemnity(LateInvoice("business", "business", D(2026, 3, 31)), TODAY, LAW)
    found = statement([claim(one, business(), frozenset({"indemnity"}), indemnity=due)], TODAY, LAW).debts[0]
    assert amounts(found)["indemnity"] == 4000


def test_a_consumer_owes_the_legal_rate_from_the_notice_and_a_credit_note_lowers_its_base():
    # 1 500.00; notice on 10 March 2026; credit note of 200.00 on 20 May. Creditor a business: 2.62 % then 2.75 %.
    #   11 March to 20 May:   1 500.00 × 2.62 % × 71 / 365 = 7.645 -> 7.64 (7.6447)
    #   21 May to 30 June:    1 300.00 × 2.62 % × 41 / 365 = 3.826 -> 3.83
    #   1 July to 24 Nov.:    1 300.00 × 2.75 % × 147 / 365 = 14.398 -> 14.40
    note = Move(D(2026, 5, 20), "principal", -20000, "credited", "credit_note", id=5)
    facts = ClaimFacts("individual", "business", due_on=D(2026, 1, 31), notice_on=D(2026, 3, 10))
    found = statement([claim(account(150000, D(2026, 1, 31), note), facts)], TODAY, LAW).debts[0]
    assert [s.amount for s in found.interest.segments] == [764, 383, 1440]
    assert amounts(found) == {"principal": 130000, "interest": 2587, "indemnity": 0, "penalty": 0, "costs": 0}
    assert part(found.account, "principal", TODAY).credited.value == 20000
    assert found.total.weakest == "S"  # the order of the second half of 2026 was not seen
    assert "C. civ., art. 1231-6" in found.total.all_articles


def test_without_the_notice_interest_is_a_question_and_the_principal_stands():
    facts = ClaimFacts("individual", "business", due_on=D(2026, 1, 31))
    found = statement([claim(account(150000, D(2026, 1, 31)), facts)], TODAY, LAW).debts[0]
    assert isinstance(found.interest.computed, Missing)
    assert [question.key for question in found.interest.computed.questions] == ["notice_on"]
    assert (found.total.value, amounts(found)["interest"]) == (150000, 0)


def test_a_titled_debt_bears_five_points_more_two_months_after_service():
    # 3 000.00; judgment of 2 February 2026 served on 17 March; creditor a private individual.
    #   3 February to 17 May:  3 000.00 × 6.67 % × 104 / 365 = 57.015 -> 57.01 (57.0148)
    #   18 May to 30 June:     3 000.00 × 11.67 % × 44 / 365 = 42.204 -> 42.20
    #   1 July to 24 November: 3 000.00 × 11.84 % × 147 / 365 = 143.053 -> 143.05
    facts = ClaimFacts("individual", "individual", title_on=D(2026, 2, 2), served_on=D(2026, 3, 17))
    found = statement([claim(account(300000, D(2025, 6, 1)), facts)], TODAY, LAW).debts[0]
    assert [(s.end, s.amount) for s in found.interest.segments] == [
        (D(2026, 5, 17), 5701), (D(2026, 6, 30), 4220), (TODAY, 14305),
    ]  # fmt: skip
    assert found.total.value == 300000 + 5701 + 4220 + 14305
    assert "CMF, art. L. 313-3" in " ".join(found.total.all_articles)


def test_a_payment_reversed_by_the_day_counts_for_nothing_and_the_day_before_it_still_counted():
    # 10 000.00 due on 31 March; 2 000.00 received on 30 June, returned on 15 July.
    #   On 14 July: 91 days on 10 000.00 at 12.15 % = 302.92; 14 days on 8 000.00 at 12.40 % = 38.049 -> 38.05
    #   On 15 July: 302.92; 15 days on 10 000.00 at 12.40 % = 50.958 -> 50.96
    back = Move(D(2026, 7, 15), "principal", 200000, "collected", "reversal", 2, None, reversal=True, id=31)
    one = account(1000000, D(2026, 3, 31), paid(1, D(2026, 6, 30), 200000, reversed_on=D(2026, 7, 15)), back)
    before = statement([claim(one, business())], D(2026, 7, 14), LAW).debts[0]
    after = statement([claim(one, business())], D(2026, 7, 15), LAW).debts[0]
    assert (amounts(before)["principal"], amounts(before)["interest"]) == (800000, 30292 + 3805)
    assert (amounts(after)["principal"], amounts(after)["interest"]) == (1000000, 30292 + 5096)
    assert [line.on for line in entries(one, D(2026, 7, 15))] == [D(2026, 5, 4)]


def test_a_past_day_sees_only_what_was_booked_by_then():
    one = account(1000000, D(2026, 3, 31), paid(1, D(2026, 8, 15), 554081))
    assert statement([claim(one, business())], D(2026, 8, 14), LAW).sums["principal"].value == 1000000
    assert statement([claim(one, business())], D(2026, 8, 15), LAW).sums["principal"].value == 445919
    assert statement([claim(one, business())], D(2026, 5, 3), LAW).debts == ()
    assert statement([claim(one, business())], D(2026, 5, 3), LAW).total.value == 0


def test_a_day_to_come_is_projected_with_known_rates_and_stops_at_the_last_known_day():
    # The default rate of a half-year is fixed on its first day: known until 31 December 2026, not after.
    #   184 days from 1 July to 31 December on 10 000.00 at 12.40 % = 625.095 -> 625.10 (625.0958)
    one = account(1000000, D(2026, 3, 31))
    found = statement([claim(one, business())], D(2027, 3, 31), LAW)
    assert found.known_until == D(2026, 12, 31)
    assert found.debts[0].interest.cents == 30292 + 62510
    assert any("31" in str(remark.params.get("day")) for remark in found.remarks)
    assert statement([claim(one, business())], D(2026, 12, 31), LAW).known_until is None


def test_interest_that_came_with_the_placement_is_kept_and_computation_starts_on_that_day():
    # 10 000.00 due on 31 March, 150.00 of interest placed on 4 May 2026. From 5 May:
    #   57 days to 30 June at 12.15 % = 189.740 -> 189.74; 147 days at 12.40 % = 499.397 -> 499.40
    one = account(1000000, D(2026, 3, 31), Move(D(2026, 5, 4), "interest", 15000, "placement", "placement", id=2))
    found = statement([claim(one, business())], TODAY, LAW).debts[0]
    assert amounts(found)["interest"] == 15000 + 18974 + 49940
    assert found.interest.segments[0].start == D(2026, 5, 4)
    unclaimed = statement([claim(one, business(), frozenset())], TODAY, LAW).debts[0]
    assert amounts(unclaimed)["interest"] == 15000


def test_what_was_booked_at_a_settlement_is_part_of_what_is_computed_and_counted_once():
    booked = Move(D(2026, 8, 15), "interest", 45919, "placement", "accrual", 1, id=9)
    settled = (paid(1, D(2026, 8, 15), 45919, "interest"), paid(1, D(2026, 8, 15), 554081))
    one = account(1000000, D(2026, 3, 31), booked, *settled)
    found = statement([claim(one, business())], TODAY, LAW).debts[0]
    assert (found.interest.booked, amounts(found)["interest"]) == (45919, 15301)
    assert found.parts["interest"].left.value == 0


def test_no_interest_runs_while_a_file_of_over_indebtedness_is_admissible():
    # Notice on 10 March 2026, admissible on 1 June: 82 days (11 March to 31 May) at 2.62 % on 1 500.00 = 8.829 -> 8.83
    facts = ClaimFacts(
        "individual",
        "business",
        due_on=D(2026, 1, 31),
        notice_on=D(2026, 3, 10),
        stops=(overindebtedness_stop(D(2026, 6, 1)),),
    )
    found = statement([claim(account(150000, D(2026, 1, 31)), facts)], TODAY, LAW).debts[0]
    assert amounts(found)["interest"] == 883
    assert any("L. 722-14" in article for article in found.total.all_articles)


def test_the_case_adds_its_debts_by_part_and_cites_each_article_once():
    other = account(50000, D(2026, 3, 31))
    found = statement([claim(account(10000, D(2026, 3, 31)), business()), claim(other, business())], TODAY, LAW)
    # 500.00: 91 days 12.15 % = 15.146 -> 15.15; 147 days 12.40 % = 24.970 -> 24.97. 100.00: 3.03 + 4.99
    assert found.sums["principal"].value == 60000
    assert found.sums["interest"].value == 303 + 499 + 1515 + 2497
    assert found.total.value == 60000 + 4814
    assert len(set(found.articles)) == len(found.articles)


def test_what_had_been_paid_before_the_placement_is_said():
    found = statement([claim(account(10000, D(2026, 3, 31), original=25000), business())], TODAY, LAW).debts[0]
    assert any(remark.params.get("amount") and remark.params["amount"].cents == 15000 for remark in found.remarks)


def test_a_row_undone_by_another_leaves_with_it():
    note = Move(D(2026, 6, 1), "principal", -5000, "credited", "credit_note", id=5)
    undo = Move(D(2026, 6, 20), "principal", 5000, "credited", "reversal", id=6, reverses=5)
    one = account(10000, D(2026, 3, 31), note, undo)
    assert sum(move.amount for move in standing(one.moves, D(2026, 6, 19))) == 5000
    assert sum(move.amount for move in standing(one.moves, D(2026, 6, 20))) == 10000


def test_a_part_that_no_debt_has_is_refused():
    with pytest.raises(ValueError, match="no part"):
        part(account(1, None), "fees", TODAY)


def test_a_penalty_clause_is_told_unless_the_creditor_claims_it():
    penalty = Computation(msg("Penalty clause"), 9900, Quantity.CENTS, source=msg("The contract."), certainty="U")
    found = statement([claim(account(10000, D(2026, 3, 31)), business(), penalty=penalty)], TODAY, LAW).debts[0]
    assert penalty in found.told
    assert found.total.value == 10000 + 303 + 499
    asked = statement(
        [claim(account(10000, D(2026, 3, 31)), business(), BOTH | {"penalty"}, penalty=penalty)], TODAY, LAW
    )
    assert (asked.sums["penalty"].value, asked.total.value, asked.total.weakest) == (
        9900,
        10000 + 303 + 499 + 9900,
        "U",
    )


def test_a_charge_put_on_the_debt_stands_in_its_account_and_an_indemnity_charged_is_not_asked_again():
    charge = Move(D(2026, 6, 1), "indemnity", 4000, "placement", "charge", id=7)
    costs = Move(D(2026, 6, 2), "costs", 2500, "placement", "charge", id=8)
    due = indemnity(LateInvoice("business", "business", D(2026, 3, 31)), TODAY, LAW)
    found = statement(
        [claim(account(10000, D(2026, 3, 31), charge, costs), business(), indemnity=due)], TODAY, LAW
    ).debts[0]
    assert (amounts(found)["indemnity"], amounts(found)["costs"], found.told) == (4000, 2500, ())
    assert [str(line.what.msgid) for line in entries(found.account, TODAY)] == [
        "Entrusted by the creditor", "Charged on {day}", "Charged on {day}",
    ]  # fmt: skip


def test_interest_after_a_title_is_lost_after_two_years_to_a_consumer_and_kept_by_a_payment():
    # Title of 1 March 2022, valued on 24 November 2026: days before 24 November 2024 are lost to a business against a consumer.
    periods = PostTitlePeriods(Length(years=5), Length(years=2))
    facts = {"articles": ("C. consom., art. L. 218-2",), "consumer_by_business": True}
    lost = barred(D(2022, 3, 1), TODAY, (), periods, **facts)
    assert (lost.on, lost.until) == (D(2022, 3, 2), D(2024, 11, 23))
    # A payment on 1 June 2025 keeps what was not lost on that day: from 1 June 2023 on. One of 2023 more keeps from 1 July 2021: nothing lost.
    assert barred(D(2022, 3, 1), TODAY, (D(2025, 6, 1),), periods, **facts).until == D(2023, 5, 31)
    assert barred(D(2022, 3, 1), TODAY, (D(2025, 6, 1), D(2023, 7, 1)), periods, **facts) is None
    # A payment of 1 June 2022 is too far from the next one: it keeps nothing.
    assert barred(D(2022, 3, 1), TODAY, (D(2022, 6, 1),), periods, **facts).until == D(2024, 11, 23)
    # Five years against a business: nothing is lost in November 2026.
    assert barred(D(2022, 3, 1), TODAY, (), periods, articles=(), consumer_by_business=False) is None


@given(st.integers(1, 10**8), st.integers(0, 330), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_without_payment_or_credit_a_later_day_never_lowers_a_total(cents, day, more):
    one = [claim(account(cents, D(2025, 12, 31), placed=D(2025, 12, 31)), business())]
    first = D(2025, 12, 31) + dt.timedelta(days=day)
    later = min(first + dt.timedelta(days=more), D(2026, 12, 31))
    assert statement(one, later, LAW).total.value >= statement(one, first, LAW).total.value


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 50000)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_every_total_is_the_sum_of_its_terms_whatever_was_paid(payments):
    moves = [paid(n, D(2026, 1, 20) + dt.timedelta(days=d), cents) for n, (d, cents) in enumerate(payments, 1)]
    found = statement([claim(account(1000000, D(2026, 1, 15), *moves, placed=D(2026, 1, 16)), business())], TODAY, LAW)
    assert found.sums["principal"].value == 1000000 - sum(
        cents for day, cents in payments if D(2026, 1, 20) + dt.timedelta(days=day) <= TODAY
    )
    for figure in (found.total, found.debts[0].total):
        assert figure.value == sum(term.value for term in figure.terms)
