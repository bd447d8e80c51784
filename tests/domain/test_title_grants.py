"""What a title grants on a debt: each case of tests/cases/title_grants.yaml, then how the statement shows what is left out."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from core.domain.computation import Computation, Missing
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.legal_facts import LegalFact
from core.domain.messages import Euro
from core.domain.statement import DebtClaim, debt_statement, statement
from core.domain.statement_account import NOT_GRANTED, Account, Move, entries
from core.domain.title_grants import Shortfall, Title, beyond, shortfall, standing_title
from core.law.values import load_law

D = dt.date
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "title_grants.yaml").read_text(encoding="utf-8"))
LAW = load_law()
JUDGMENT = [[D(2026, 2, 2), D(2026, 3, 17), True]]


def cents(euros):
    return int(Decimal(str(euros)) * 100)


def fact(said):
    rate = Decimal(said["rate"]) if "rate" in said else None
    amount = cents(said["amount"]) if "amount" in said else None
    return LegalFact(
        said["kind"],
        said["day"],
        None,
        said.get("until"),
        amount,
        rate,
        since=said.get("since"),
        basis=said.get("basis", ""),
    )


def placed(case):
    on = case.get("placed", D(2026, 1, 15))
    moves = [Move(on, "principal", 1000000, "placement", "placement", id=1)]
    moves += [
        Move(day, "principal", -cents(paid), "collected", "allocation", 5, id=5) for day, paid in case.get("paid", [])
    ]
    return Account(1, "F-1", "invoice", D(2025, 9, 1), D(2025, 9, 30), 1000000, on, tuple(moves))


def known(case):
    titles = [Title(*one) for one in case.get("titles", JUDGMENT) if one[0] <= case["at"]]
    return titles, [one for one in map(fact, case["facts"]) if one.on <= case["at"]]


def booked(account, lost):
    """The account once the ledger was brought to what the title grants."""
    if lost is None:
        return account
    row = Move(lost.on, "principal", -lost.cents, "waived", NOT_GRANTED, id=9)
    return Account(*(getattr(account, name) for name in ("debt_id", "ref", "nature", "issued_on", "due_on", "original", "placed_on")),
                   (*account.moves, row))  # fmt: skip


def stated(case):
    titles, facts = known(case)
    found = standing_title(titles, facts)
    lost = shortfall(placed(case), found, case["at"])
    grant = found.grant
    claim = ClaimFacts(
        case.get("debtor", "individual"), "business", due_on=D(2025, 9, 30) if case.get("debtor") else None,
        title_on=found.title.on if found.title else None, served_on=found.title.served_on if found.title else None,
        title_from=grant.since, title_basis=grant.basis, title_rate=grant.rate, doubt=found.doubt,
        delays=tuple((one.on, one.until) for one in facts if one.kind == "title_delay"),
    )  # fmt: skip
    account = booked(placed(case), lost)
    return lost, debt_statement(DebtClaim(account, basis_of(claim), claims=frozenset({"interest"})), case["at"], LAW)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_claim_after_a_title_is_what_it_grants(case):
    lost, debt = stated(case)
    assert (lost and [lost.on, lost.cents]) == (
        [case["not_granted"][0], cents(case["not_granted"][1])] if "not_granted" in case else None
    )
    assert debt.left["principal"].value == cents(case["left"])
    if case["interest"] == "asked":
        assert isinstance(debt.interest.computed, Missing)
        return
    assert isinstance(debt.interest.computed, Computation)
    assert debt.interest.computed.value == cents(case["interest"])


def test_no_two_cases_have_one_name():
    assert len({case["name"] for case in CASES}) == len(CASES) == 28


def case_of(name):
    return next(case for case in CASES if name in case["name"])


def test_what_is_left_out_is_a_line_of_its_own_with_its_article_and_its_doubt():
    _, debt = stated(case_of("end of the half-year"))
    (line,) = [one for one in entries(debt.account, debt.on) if one.amounts.get("principal", 0) < 0]
    assert (str(line.what), line.amounts) == ("Not granted by the title", {"principal": -300000})
    (term,) = [one for one in debt.left["principal"].terms if str(one.label) == "Not granted by the title"]
    assert (term.value, term.articles, term.certainty) == (300000, ("CPC, art. 480",), "S")
    assert debt.parts["principal"].credited is None


def test_interest_bears_on_the_granted_principal_from_the_first_day():
    _, debt = stated(case_of("legal rate from an earlier day"))
    assert {segment.principal for segment in debt.interest.segments} == {700000}


def test_which_title_stands_is_asked_with_the_article_and_both_days():
    _, debt = stated(case_of("nobody has said which stands"))
    (question,) = debt.interest.computed.questions
    assert (question.key, question.articles) == ("title", ("CPC, art. 1420",))
    assert "2025-09-01" in str(question.label)
    assert "2026-02-02" in str(question.label)


def test_a_raise_put_off_by_the_court_is_proved_with_its_article():
    _, debt = stated(case_of("last day of the period"))
    assert "C. civ., art. 1343-5" in debt.interest.computed.all_articles
    _, whole = stated(case_of("the day after: first day raised"))
    assert "C. civ., art. 1343-5" not in whole.interest.computed.all_articles


def test_a_fact_whose_title_is_gone_is_told_to_the_agency():
    found = standing_title([], [LegalFact("title_grants", D(2026, 2, 2), amount=1)])
    assert found.title is None
    assert "not known any more" in str(found.asides[0])


def test_what_the_register_says_of_the_debt_comes_before_what_it_says_of_the_case():
    told = [
        LegalFact("title_grants", D(2026, 2, 2), basis="legal"),
        LegalFact("title_grants", D(2026, 2, 2), 7, amount=500000),
    ]
    found = standing_title([Title(*JUDGMENT[0])], told)
    assert (found.grant.principal, found.grant.basis) == (500000, None)


def test_principal_left_out_that_had_been_paid_is_told():
    # 9 000.00 paid after the title: 1 000.00 was left to take off of the 3 000.00 that it did not grant.
    case = case_of("end of the half-year")
    account = placed({**case, "paid": [[D(2026, 3, 1), 9000]]})
    found = standing_title(*known(case))
    (told,) = beyond(booked(account, Shortfall(D(2026, 2, 2), 100000)), found, case["at"])
    assert told.params == {"amount": Euro(200000)}
    whole = placed(case)
    assert not list(beyond(booked(whole, shortfall(whole, found, case["at"])), found, case["at"]))


def test_a_statement_with_a_debt_refused_by_its_title_adds_up():
    _, debt = stated(case_of("refused by the title"))
    found = statement([DebtClaim(debt.account, None)], debt.on, LAW)
    assert found.total.value == 0
