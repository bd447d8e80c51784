"""What is typed as a figure of the law, the period that comes next, and when a value should be looked at again."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.computation import Quantity
from core.domain.law_additions import next_period, written
from core.domain.law_freshness import State, state
from core.domain.law_values import Dated, Knowledge, Series
from core.law.strict_yaml import Label

HALF = Series(
    "some_rate", Label("un taux", "a rate"), Quantity.RATE, "art. 1", dt.date(2026, 7, 1), dt.date(2026, 12, 31),
    (Dated(dt.date(2026, 7, 1), dt.date(2026, 12, 31), Decimal("2.75"), "arrêté", "V"),),
    knowledge=Knowledge.HALF_YEAR, recheck_after=dt.date(2027, 1, 1),
)  # fmt: skip
CHECKED = replace(
    HALF,
    known_until=dt.date(2026, 10, 10),
    knowledge=Knowledge.CHECKED,
    recheck_after=dt.date(2026, 11, 10),
    values=(Dated(dt.date(2026, 9, 16), None, Decimal("2.65"), "BCE", "S"),),
)
OPEN = replace(CHECKED, known_until=None, knowledge=Knowledge.OPEN)


@pytest.mark.parametrize(("typed", "quantity", "kept"), [
    ("2,75", Quantity.RATE, "2.75"), (" 2.75 % ", Quantity.RATE, "2.75"), ("2,755", Quantity.RATE, None), ("-1", Quantity.RATE, None),
    ("1 500", Quantity.CENTS, "1500"), ("40,00 €", Quantity.CENTS, "40.00"), ("1,5", Quantity.COUNT, "1.5"), ("1,5", Quantity.MONTHS, None),
    ("1/20", Quantity.TEXT, "1/20"), ("3/2", Quantity.TEXT, None), ("0,05", Quantity.TEXT, None), ("", Quantity.DAYS, None),
])  # fmt: skip
def test_a_figure_is_read_as_a_french_writer_types_it(typed, quantity, kept):
    assert written(typed, quantity) == kept


@pytest.mark.parametrize(("end", "knowledge", "due"), [
    (dt.date(2026, 12, 31), Knowledge.HALF_YEAR, (dt.date(2027, 1, 1), dt.date(2027, 6, 30))),
    (dt.date(2027, 6, 30), Knowledge.HALF_YEAR, (dt.date(2027, 7, 1), dt.date(2027, 12, 31))),
    (dt.date(2026, 12, 31), Knowledge.QUARTER, (dt.date(2027, 1, 1), dt.date(2027, 3, 31))),
    (dt.date(2026, 12, 31), Knowledge.OPEN, None),
])  # fmt: skip
def test_the_next_period_follows_the_last_one_whole(end, knowledge, due):
    last = replace(HALF.values[0], end=end)
    assert next_period(replace(HALF, knowledge=knowledge, values=(last,))) == due


@pytest.mark.parametrize(("series", "today", "found"), [
    (HALF, "2026-11-15", State.FRESH), (HALF, "2026-11-16", State.ENDING), (HALF, "2026-12-31", State.ENDING), (HALF, "2027-01-01", State.STOPPED),
    (CHECKED, "2026-11-09", State.FRESH), (CHECKED, "2026-11-10", State.RECHECK), (CHECKED, "2028-01-01", State.RECHECK),
    (OPEN, "2026-11-09", State.FRESH), (OPEN, "2026-11-10", State.RECHECK),
])  # fmt: skip
def test_a_value_asks_to_be_looked_at_on_its_day(series, today, found):
    assert state(series, dt.date.fromisoformat(today)) is found
