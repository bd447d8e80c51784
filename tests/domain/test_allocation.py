"""Where a payment goes (C. civ. 1342-10, 1343-1). Every expected figure is worked by hand beside its case."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.allocation import OpenDebt, allocation, proportion

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
    assert allocation([debt(1, 1)], 1, ON).articles == ("C. civ. 1342-10", "C. civ. 1343-1")


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


@pytest.mark.parametrize(
    ("weights", "amount", "expected"),
    [([1, 1, 1], 100, [34, 33, 33]), ([1, 2], 100, [33, 67]), ([5], 3, [3]), ([3, 3, 4], 10, [3, 3, 4])],
)
def test_proportion_by_hand(weights, amount, expected):
    assert proportion(weights, amount) == expected
