"""A sum over debts typed by hand, imputed by the articles: every cent by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from core.domain.computation import Computation
from core.domain.messages import Refusal
from core.services.calculator_allocation import HandDebt, allocation_of

D = dt.date
ON = D(2026, 11, 24)
OLD = HandDebt("A", 50000, 2500, D(2026, 1, 31))
NEW = HandDebt("B", 80000, 1000, D(2026, 6, 30))


def shares(found):
    return [(share.ref, share.amounts) for share in found.allocation.shares]


def refused(code, field, *args, **more):
    with pytest.raises(Refusal) as told:
        allocation_of(*args, **more)
    problem = told.value.problems[0]
    assert (problem.code, problem.field) == (code, field)


def test_the_oldest_due_first_and_its_interest_before_its_principal():
    # 600.00: 25.00 of interest and 500.00 of A, then 10.00 of interest and 65.00 of principal of B
    found = allocation_of([NEW, OLD], 60000, ON)
    assert shares(found) == [
        ("A", {"interest": 2500, "principal": 50000}),
        ("B", {"interest": 1000, "principal": 6500}),
    ]
    assert [(row.ref, row.received, row.interest_left, row.principal_left) for row in found.rows] == [
        ("B", 7500, 0, 73500),
        ("A", 52500, 0, 0),
    ]
    assert found.allocation.left_over == 0
    assert found.allocation.articles[:2] == ("C. civ., art. 1342-10", "C. civ., art. 1343-1")


def test_the_debt_the_debtor_named_goes_first_then_a_guarantee_then_the_higher_rate():
    rated = HandDebt("C", 30000, 0, D(2026, 9, 30), rate=Decimal(12))
    lower = HandDebt("D", 30000, 0, D(2026, 2, 28), rate=Decimal(4))
    secured = HandDebt("E", 30000, 0, D(2026, 10, 31), secured=True)
    order = [ref for ref, _ in shares(allocation_of([OLD, rated, lower, secured], 150000, ON))]
    assert order == ["E", "C", "D", "A"]
    assert shares(allocation_of([OLD, rated, lower, secured], 1000, ON, "A")) == [("A", {"interest": 1000})]


@pytest.mark.parametrize(("due", "first"), [(D(2026, 11, 23), "B"), (ON, "B"), (D(2026, 11, 25), "A")])
def test_a_debt_counts_as_due_from_its_day_on(due, first):
    later = HandDebt("A", 10000, 0, D(2026, 11, 24))
    guaranteed = HandDebt("B", 10000, 0, due, secured=True)  # goes first as soon as it is due as well
    assert shares(allocation_of([later, guaranteed], 5000, ON)) == [(first, {"principal": 5000})]


def test_what_exceeds_the_debts_is_left_over_and_the_reasons_are_one_figure():
    found = allocation_of([OLD], 60000, ON)
    assert found.allocation.left_over == 7500
    assert isinstance(found.proof, Computation)
    assert (found.proof.value, [term.value for term in found.proof.terms]) == (60000, [52500, 7500])
    assert str(found.proof.terms[0].formula) == "The only debt still open."
    assert [str(part.source) for part in found.proof.terms[0].terms] == ["Typed by hand", "Typed by hand"]


def test_debts_that_nothing_tells_apart_share_in_proportion_and_it_is_said():
    # 500.00 and 250.00 owed: 90.00 goes 60.00 and 30.00
    found = allocation_of([HandDebt("A", 50000), HandDebt("B", 25000)], 9000, ON)
    assert shares(found) == [("A", {"principal": 6000}), ("B", {"principal": 3000})]
    assert str(found.allocation.shares[0].why) == (
        "Due date unknown. Nothing tells these debts apart: in proportion to what each still owes."
    )


def test_what_cannot_be_computed_is_refused_on_its_field():
    refused("debts-missing", "principal", [], 1000, ON)
    refused("debts-missing", "principal", [HandDebt(str(n), 100) for n in range(6)], 1000, ON)
    refused("ref-twice", "ref", [OLD, OLD], 1000, ON)
    refused("debt-unknown", "for", [OLD], 1000, ON, "Z")
    refused("amount-implausible", "amount", [OLD], 0, ON)
    refused("amount-implausible", "principal", [HandDebt("A", 0)], 1000, ON)
    refused("amount-implausible", "interest", [HandDebt("A", 100, -1)], 1000, ON)
    refused("rate-implausible", "rate", [HandDebt("A", 100, rate=Decimal(101))], 1000, ON)
