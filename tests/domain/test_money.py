"""What people type as money, and what is refused. Expected values by hand."""

import pytest

from core.domain.messages import Refusal
from core.domain.money import cents, decimal_text, positive_cents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234,56", 123456), ("1\u202f234,56 €", 123456), ("1\u00a0234,56", 123456), ("1234.56", 123456), ("1500,75", 150075), ("12", 1200), ("0,5", 50),
        ("-12,00", -1200), ("−12", -1200), ("12 EUR", 1200), (" 7,05 ", 705), ("1 000 000", 100000000),
    ],
)  # fmt: skip
def test_a_french_amount_is_read_to_the_cent(text, expected):
    assert cents(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "1.234,56",
        "1.234",
        "12,345",
        "1e5",
        "12,",
        ",5",
        "abc",
        "1,2,3",
        "12 34",
        "1 23,00",
        "€",
        "--1",
        "9" * 13,
    ],
)
def test_an_ambiguous_or_unreadable_amount_is_refused_on_its_field(text):
    with pytest.raises(Refusal) as refused:
        cents(text, field="amount_paid")
    (problem,) = refused.value.problems
    assert problem.code == "amount-unreadable"
    assert problem.field == "amount_paid"
    assert problem.value == text


@pytest.mark.parametrize("text", ["0", "0,00", "-1"])
def test_an_amount_that_must_be_positive_refuses_zero_and_less(text):
    with pytest.raises(Refusal) as refused:
        positive_cents(text)
    assert refused.value.problems[0].code == "amount-not-positive"


def test_cents_print_with_a_point_and_two_decimals():
    assert [decimal_text(c) for c in (0, 5, 123456, -5, -100)] == ["0.00", "0.05", "1234.56", "-0.05", "-1.00"]
