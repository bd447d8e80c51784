"""A figure cannot be an orphan, and knows the certainty of all it stands on."""

import datetime as dt
from decimal import Decimal

import pytest

from core.domain.calendar import Bilingual
from core.domain.computation import Computation, Missing, Quantity, weakest
from core.domain.law_values import Dated, Law, Series, UnknownValue
from core.domain.messages import msg


def given(value: object, quantity: Quantity, certainty: str = "V", articles: tuple[str, ...] = ()) -> Computation:
    return Computation(msg("a"), value, quantity, source=msg("typed"), certainty=certainty, articles=articles)


def test_a_given_value_without_source_is_refused():
    with pytest.raises(ValueError, match="source"):
        Computation(msg("a"), 1, Quantity.CENTS)


def test_terms_without_a_formula_are_refused():
    with pytest.raises(ValueError, match="formula"):
        Computation(msg("a"), 1, Quantity.CENTS, terms=(given(1, Quantity.CENTS),))


@pytest.mark.parametrize(
    ("value", "quantity"),
    [
        (1.5, Quantity.CENTS),
        (True, Quantity.CENTS),
        (Decimal("1.5"), Quantity.CENTS),
        (3, Quantity.RATE),
        ("2026-01-01", Quantity.DATE),
        (1, Quantity.TEXT),
    ],
)
def test_a_value_of_another_kind_than_its_quantity_is_refused(value, quantity):
    with pytest.raises(TypeError, match="is not a value"):
        given(value, quantity)


def test_an_unknown_certainty_is_refused():
    with pytest.raises(ValueError, match="certainty"):
        given(1, Quantity.CENTS, "sure")


def test_the_tree_gives_its_weakest_certainty_and_each_article_once():
    rate = given(Decimal("2.75"), Quantity.RATE, "S", ("CMF, art. L. 313-2",))
    days = given(30, Quantity.DAYS, "V", ("C. civ., art. 1231-6",))
    total = Computation(
        msg("interest"), 226, Quantity.CENTS, formula=msg("principal × days × rate"), terms=(rate, days, rate),
        articles=("C. civ., art. 1231-6",),
    )  # fmt: skip
    assert total.weakest == "S"
    assert total.all_articles == ("C. civ., art. 1231-6", "CMF, art. L. 313-2")
    assert len(list(total.everything())) == 4
    assert weakest(()) == "V"


def test_an_answer_that_asks_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing is missing"):
        Missing(msg("interest"), ())


class _Both(Bilingual):
    def of(self, lang: str) -> str:
        return lang


HALVES = Series(
    "legal_interest_other", _Both(), Quantity.RATE, "CMF, art. L. 313-2", dt.date(2026, 11, 22), dt.date(2026, 12, 31),
    (
        Dated(dt.date(2026, 1, 1), dt.date(2026, 6, 30), Decimal("2.62"), "order of 15 December 2025", "V"),
        Dated(dt.date(2026, 7, 1), dt.date(2026, 12, 31), Decimal("2.75"), "order of 26 June 2026", "S"),
    ),
)  # fmt: skip


def test_a_half_year_rate_changes_on_its_first_day():
    assert HALVES.at(dt.date(2026, 6, 30)).value == Decimal("2.62")
    assert HALVES.at(dt.date(2026, 7, 1)).value == Decimal("2.75")
    assert HALVES.at(dt.date(2026, 12, 31)).value == Decimal("2.75")
    assert HALVES.changes(dt.date(2026, 1, 1), dt.date(2026, 12, 31)) == (dt.date(2026, 7, 1),)


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), dt.date(2027, 1, 1)])
def test_a_day_before_the_first_or_after_the_last_value_is_unknown_and_never_guessed(day):
    with pytest.raises(UnknownValue) as caught:
        HALVES.at(day)
    assert (caught.value.key, caught.value.day) == ("legal_interest_other", day)


def test_a_value_decided_from_time_to_time_is_known_until_it_was_last_checked():
    steps = Series(
        "ecb_refinancing", _Both(), Quantity.RATE, "ECB", dt.date(2026, 10, 10), dt.date(2026, 10, 10),
        (Dated(dt.date(2026, 9, 16), None, Decimal("2.65"), "ECB", "S"),),
    )  # fmt: skip
    assert steps.at(dt.date(2026, 10, 10)).value == Decimal("2.65")
    with pytest.raises(UnknownValue):
        steps.at(dt.date(2026, 10, 11))
    assert Law({"ecb_refinancing": steps}, "f").of("ecb_refinancing") is steps
