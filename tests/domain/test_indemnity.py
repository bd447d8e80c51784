"""The flat indemnity case by case (tests/cases/indemnity.yaml), and penalty clauses."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from core.domain.computation import Computation, Missing
from core.domain.indemnity import LateInvoice, NotOwed, PenaltyClause, indemnity, penalty_clause
from core.domain.messages import Euro, Refusal
from core.law.values import load_law

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases" / "indemnity.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
LAW = load_law()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_indemnity_is_owed_or_the_reason_is_said(case):
    found = indemnity(LateInvoice(**case["invoice"]), case["day"], LAW)
    if "missing" in case:
        assert isinstance(found, Missing)
        assert [question.key for question in found.questions] == [case["missing"]]
    elif "not_owed" in case:
        assert isinstance(found, NotOwed)
        assert case["not_owed"] in str(found.reason)
        assert found.articles
    else:
        assert isinstance(found, Computation)
        assert found.value == int(Decimal(str(case["owed"])) * 100)
        assert list(found.articles) == case["articles"]
        assert found.weakest == case["certainty"]


def test_the_indemnity_says_its_formula_and_that_it_bears_nothing():
    found = indemnity(LateInvoice("business", "business", dt.date(2025, 3, 31)), dt.date(2025, 4, 1), LAW)
    assert isinstance(found, Computation)
    assert found.formula is not None
    assert found.formula.params == {"amount": Euro(4000), "day": dt.date(2025, 3, 31)}
    assert "bears no interest" in str(found.remarks[0])


NOTICE = dt.date(2025, 5, 2)


def test_a_percentage_of_the_principal_is_rounded_half_up():
    found = penalty_clause(100005, PenaltyClause(Decimal(10), notice_on=NOTICE), NOTICE, consumer=False)
    assert isinstance(found, Computation)
    assert found.value == 10001  # 1 000.05 × 10 % = 100.005
    assert found.formula is not None
    assert found.formula.params == {"principal": Euro(100005), "percent": Decimal(10), "amount": Euro(10001)}
    assert found.articles == ("C. civ., art. 1231-5",)
    assert found.certainty == "U"


def test_a_fixed_sum_is_taken_as_it_is():
    found = penalty_clause(100005, PenaltyClause(amount=15000, notice_on=NOTICE), NOTICE, consumer=False)
    assert isinstance(found, Computation)
    assert found.value == 15000


@pytest.mark.parametrize(("on", "owed"), [("2025-05-01", False), ("2025-05-02", True), ("2025-05-03", True)])
def test_a_clause_is_owed_from_the_day_of_the_notice(on, owed):
    found = penalty_clause(
        1000, PenaltyClause(Decimal(10), notice_on=NOTICE), dt.date.fromisoformat(on), consumer=False
    )
    assert isinstance(found, Computation if owed else NotOwed)


def test_a_clause_without_notice_asks_for_it_unless_the_breach_is_final():
    asked = penalty_clause(1000, PenaltyClause(Decimal(10)), NOTICE, consumer=False)
    assert isinstance(asked, Missing)
    assert [(q.key, q.articles) for q in asked.questions] == [("notice_on", ("C. civ., art. 1231-5",))]
    assert isinstance(penalty_clause(1000, PenaltyClause(Decimal(10), final=True), NOTICE, consumer=False), Computation)


def test_against_a_consumer_the_clause_says_that_it_may_be_unfair():
    found = penalty_clause(1000, PenaltyClause(Decimal(10), notice_on=NOTICE), NOTICE, consumer=True)
    assert isinstance(found, Computation)
    assert found.articles == ("C. civ., art. 1231-5", "C. consom., art. R. 212-2, 3°")
    assert len(found.remarks) == 3
    both = penalty_clause(1000, PenaltyClause(Decimal(10), notice_on=NOTICE, reciprocal=True), NOTICE, consumer=True)
    assert isinstance(both, Computation)
    assert len(both.remarks) == 2


@pytest.mark.parametrize(
    "clause", [PenaltyClause(), PenaltyClause(Decimal(10), 1000), PenaltyClause(Decimal(101)), PenaltyClause(amount=-1)]
)
def test_a_clause_that_sets_nothing_or_too_much_is_refused(clause):
    with pytest.raises(Refusal):
        penalty_clause(1000, clause, NOTICE, consumer=False)
