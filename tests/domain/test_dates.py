"""Days counted by hand on the calendar. Asks no clock."""

import datetime as dt

import pytest

from core.domain.dates import months_before


@pytest.mark.parametrize(("day", "months", "then"), [
    ("2026-11-23", 12, "2025-11-23"), ("2026-11-23", 11, "2025-12-23"), ("2026-03-31", 1, "2026-02-28"), ("2024-03-31", 1, "2024-02-29"),
    ("2026-01-15", 6, "2025-07-15"), ("2026-12-31", 0, "2026-12-31"),
])  # fmt: skip
def test_months_before_a_day_by_the_calendar(day, months, then):
    assert months_before(dt.date.fromisoformat(day), months).isoformat() == then
