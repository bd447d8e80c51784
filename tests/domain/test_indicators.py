"""Indicators by hand: value, terms, formula, and what is said when there is nothing to divide by."""

from decimal import Decimal

import pytest

from core.domain import indicators
from core.domain.indicators import Indicator, Unit
from core.domain.messages import msg


def test_recovery_is_received_over_placed_to_the_tenth_half_up():
    found = indicators.gross_recovery(12345, 100000)  # 12.345 % is 12.3 %
    assert (found.value, found.unit) == (Decimal("12.3"), Unit.PERCENT)
    assert [term.amount for term in found.terms] == [12345, 100000]
    assert indicators.gross_recovery(1235, 10000).value == Decimal("12.4")  # 12.35 % goes up
    assert indicators.gross_recovery(120, 100).value == Decimal(
        "120.0"
    )  # interest and costs come on top of what was placed


def test_the_net_rate_takes_off_what_cannot_be_collected():
    # 1 000 € placed, 300 € received, 200 € recalled: 300 ÷ 800 = 37,5 %
    found = indicators.net_recovery(30000, 100000, 20000)
    assert found.value == Decimal("37.5")
    assert found.terms[1].amount == 80000


def test_reversals_can_make_a_rate_negative_and_it_is_shown_so():
    assert indicators.gross_recovery(-500, 10000).value == Decimal("-5.0")


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (indicators.gross_recovery(0, 0), "no case was placed"),
        (indicators.net_recovery(0, 0, 0), "no case was placed"),
        (indicators.net_recovery(0, 100, 100), "nothing that could be collected"),
        (indicators.right_party_rate(0, 0), "no attempt"),
        (indicators.reachability(0, 0), "no case was open"),
        (indicators.promises_kept(0, 0, 0, 2), "no promise"),
        (indicators.promises_paid(0, 0, 2), "no promise"),
        (indicators.days_to_first_payment([], 4), "no case of this scope has paid yet"),
    ],
)
def test_nothing_to_divide_by_is_an_answer(figure, why):
    assert figure.value is None
    assert why in str(figure.remark)


def test_promises_are_counted_by_number_and_by_euro_and_part_payments_stay_apart():
    kept = indicators.promises_kept(kept=2, partly=1, judged=4, grace=2)
    assert kept.value == Decimal("50.0")
    assert "1 partly kept" in str(kept.formula)
    assert "2 days after" in str(kept.formula)
    assert indicators.promises_paid(25000, 40000, 2).value == Decimal("62.5")


@pytest.mark.parametrize(
    ("waits", "median"),
    [
        ([(5, 1)], "5"),
        ([(10, 1), (3, 1)], "6.5"),
        ([(40, 1), (3, 2), (10, 2)], "10"),
        ([(3, 2), (10, 2)], "6.5"),
        ([(0, 3), (9, 1)], "0"),
    ],
)
def test_the_median_counts_each_case_once(waits, median):
    assert indicators.median_days(waits) == Decimal(median)


def test_the_days_to_pay_tell_how_many_have_not_paid():
    found = indicators.days_to_first_payment([(3, 2), (10, 1)], waiting=7)
    assert found.value == 3
    assert [term.amount for term in found.terms] == [3, 7]


def test_what_came_in_is_the_sum_of_both_ways():
    assert indicators.collected(12000, -500).value == 11500


def test_a_rate_without_its_terms_and_a_lack_without_reason_are_refused():
    with pytest.raises(ValueError, match="numerator"):
        Indicator("x", msg("x"), Unit.PERCENT, Decimal(1), msg("x"))
    with pytest.raises(ValueError, match="says why"):
        Indicator("x", msg("x"), Unit.EURO, None, msg("x"))
