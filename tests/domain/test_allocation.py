"""Where a payment goes (C. civ. 1342-10, 1343-1). Every expected figure is worked by hand beside its case."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.allocation import (
    BUCKETS,
    ORDERS,
    OpenDebt,
    allocation,
    computation,
    moved,
    opposite,
    parts_of,
    proportion,
)

ON = dt.date(2026, 11, 23)


def debt(number, principal, due=None, issued=None, **owed):
    return OpenDebt(number, f"F{number}", due, issued, {"principal": principal, **owed})


def got(found):
    return {s.debt_id: s.amounts for s in found.shares}


def test_the_oldest_due_debt_is_paid_first():
    found = allocation([debt(1, 5000, dt.date(2026, 3, 1)), debt(2, 5000, dt.date(2026, 2, 1))], 6000, ON)
    assert got(found) == {2: {"principal": 5000}, 1: {"principal": 1000}}
    assert found.left_over == 0


def test_a_due_debt_comes_before_one_that_is_not_due_even_if_named_later():
    found = allocation([debt(1, 5000, dt.date(2026, 11, 24)), debt(2, 5000, dt.date(2026, 11, 23))], 5000, ON)
    assert got(found) == {2: {"principal": 5000}}  # due today is due; due tomorrow is not


def test_the_debtor_s_choice_comes_first():
    found = allocation([debt(1, 5000, dt.date(2026, 1, 1)), debt(2, 5000, dt.date(2026, 2, 1))], 7000, ON, chosen=2)
    assert got(found) == {2: {"principal": 5000}, 1: {"principal": 2000}}
    assert found.shares[0].why.msgid == "The debtor said which debt he pays."


def test_inside_one_debt_interest_is_paid_before_principal():
    found = allocation([debt(1, 5000, dt.date(2026, 1, 1), interest=300, costs=200)], 1000, ON)
    assert got(found) == {1: {"costs": 200, "interest": 300, "principal": 500}}


def test_debts_of_the_same_day_share_in_proportion_and_no_cent_is_lost():
    # 100.01 over 100.00 and 200.00: 33.336 and 66.673; floors 33.33 + 66.67 = 100.00, the cent left goes to the larger remainder (.67 > .33)
    found = allocation([debt(1, 10000, dt.date(2026, 2, 1)), debt(2, 20000, dt.date(2026, 2, 1))], 10001, ON)
    assert got(found) == {1: {"principal": 3334}, 2: {"principal": 6667}}


def test_an_unknown_due_date_comes_after_the_due_debts_and_uses_the_invoice_date():
    found = allocation([debt(1, 5000, None, dt.date(2020, 1, 1)), debt(2, 5000, dt.date(2026, 2, 1))], 5000, ON)
    assert got(found) == {2: {"principal": 5000}}


def test_what_exceeds_the_debts_is_left_over():
    found = allocation([debt(1, 5000, dt.date(2026, 2, 1))], 6001, ON)
    assert found.left_over == 1001


def test_a_settled_debt_gets_nothing_even_if_chosen():
    found = allocation([debt(1, 0, dt.date(2026, 1, 1)), debt(2, 5000, dt.date(2026, 2, 1))], 100, ON, chosen=1)
    assert got(found) == {2: {"principal": 100}}


def test_the_articles_are_named():
    assert allocation([debt(1, 1)], 1, ON).articles == ("C. civ., art. 1342-10", "C. civ., art. 1343-1")


DAYS = st.one_of(st.none(), st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)))


@given(
    st.lists(st.tuples(st.integers(0, 10**7), DAYS, st.integers(0, 10**5)), min_size=1, max_size=8),
    st.integers(1, 10**8),
)
def test_shares_and_rest_always_make_the_payment_and_no_debt_gets_more_than_it_owes(owed, amount):
    debts = [debt(i, p, due, None, interest=x) for i, (p, due, x) in enumerate(owed)]
    found = allocation(debts, amount, ON)
    assert sum(s.total for s in found.shares) + found.left_over == amount
    assert found.left_over >= 0
    for share in found.shares:
        for bucket, given_cents in share.amounts.items():
            assert 0 < given_cents <= debts[share.debt_id].owed[bucket]
    assert found.left_over == max(0, amount - sum(d.total for d in debts))


OWED = st.fixed_dictionaries({bucket: st.integers(0, 10**6) for bucket in BUCKETS})
ANY_DEBT = st.builds(
    lambda owed, due, rate, titled, secured: (owed, due, rate, titled, secured),
    OWED,
    DAYS,
    st.one_of(st.none(), st.decimals(0, 20, places=2)),
    st.booleans(),
    st.booleans(),
)
ANY_DEBTS = st.lists(ANY_DEBT, min_size=1, max_size=6).map(
    lambda found: [OpenDebt(n, f"F{n}", one[1], None, one[0], *one[2:]) for n, one in enumerate(found)]
)


@given(ANY_DEBTS, st.integers(1, 10**7), st.sampled_from(list(ORDERS)), st.one_of(st.none(), st.integers(0, 5)))
def test_whatever_the_debts_and_the_order_no_cent_is_lost_and_nobody_gets_more_than_owed(debts, amount, order, chosen):
    found = allocation(debts, amount, ON, chosen, ORDERS[order])
    assert sum(s.total for s in found.shares) + found.left_over == amount
    assert found.left_over == max(0, amount - sum(d.total for d in debts))
    owed = {d.debt_id: d.owed for d in debts}
    assert all(0 < cents <= owed[debt_id][bucket] for debt_id, bucket, cents in parts_of(found))
    assert computation(found).value == amount
    assert all(share.why.msgid and share.articles is not None for share in found.shares)


@given(ANY_DEBTS, st.integers(1, 10**7))
def test_a_returned_payment_is_the_exact_opposite_of_its_allocation(debts, amount):
    parts = parts_of(allocation(debts, amount, ON))
    after = moved(debts, parts)
    assert sum(d.total for d in debts) - sum(d.total for d in after) == sum(cents for _, _, cents in parts)
    assert moved(after, opposite(parts)) == tuple(debts)


@given(ANY_DEBTS.filter(lambda debts: len(debts) > 1), st.integers(1, 10**6), st.integers(1, 10**6))
def test_two_payments_on_two_named_debts_come_to_the_same_in_either_order(debts, first, second):
    one, two = debts[0], debts[1]
    payments = [(min(first, one.total), 0), (min(second, two.total), 1)]

    def after(course):
        state = debts
        for amount, chosen in course:
            if amount:
                state = moved(state, parts_of(allocation(state, amount, ON, chosen)))
        return tuple(state)

    assert after(payments) == after(payments[::-1])


@given(ANY_DEBTS, st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_payment_that_names_no_debt_never_reaches_a_debt_not_due_while_one_due_is_unpaid(debts, amount, more):
    found = allocation(debts, amount + more, ON)
    after = moved(debts, parts_of(found))
    reached = {s.debt_id for s in found.shares}
    if any(not d.is_due(ON) and d.debt_id in reached for d in debts):
        assert not [d for d in after if d.is_due(ON) and d.total]


@pytest.mark.parametrize("bucket", ["agency", "agency_costs", "fees", "collection", ""])
def test_there_is_no_bucket_for_the_costs_of_the_agency(bucket):
    with pytest.raises(ValueError, match="nothing is owed under"):
        OpenDebt(1, "F1", None, None, {"principal": 100, bucket: 100})


def test_nothing_is_owed_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        OpenDebt(1, "F1", None, None, {"principal": -1})


@pytest.mark.parametrize(
    "order", [(), ("principal",), (*BUCKETS, "agency"), ("principal", "principal", "costs", "interest", "penalty")]
)
def test_an_order_that_is_not_each_bucket_once_is_refused(order):
    with pytest.raises(ValueError, match="is not an order"):
        allocation([debt(1, 100)], 10, ON, order=order)


def test_the_computation_holds_each_debt_each_bucket_and_what_is_left_over():
    found = allocation([debt(1, 5000, dt.date(2026, 1, 1), interest=300)], 6000, ON)
    proof = computation(found)
    assert (proof.value, [term.value for term in proof.terms]) == (6000, [5300, 700])
    assert [part.value for part in proof.terms[0].terms] == [300, 5000]
    assert proof.all_articles == ("C. civ., art. 1342-10", "C. civ., art. 1343-1")


def test_a_rate_of_zero_weighs_like_no_rate():
    one, two = (
        debt(1, 100, dt.date(2026, 3, 1)),
        OpenDebt(2, "F2", dt.date(2026, 2, 1), None, {"principal": 100}, Decimal(0)),
    )
    assert got(allocation([one, two], 50, ON)) == {2: {"principal": 50}}


@pytest.mark.parametrize(
    ("weights", "amount", "expected"),
    [([1, 1, 1], 100, [34, 33, 33]), ([1, 2], 100, [33, 67]), ([5], 3, [3]), ([3, 3, 4], 10, [3, 3, 4])],
)
def test_proportion_by_hand(weights, amount, expected):
    assert proportion(weights, amount) == expected
