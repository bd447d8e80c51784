"""The periods of a report, at the edges of months, quarters and years."""

import datetime as dt

import pytest

from core.domain import reporting
from core.domain.messages import Refusal
from core.domain.reporting import ReportScope

D = dt.date


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("month", D(2026, 11, 24), D(2026, 11, 1), D(2026, 11, 30)),
        ("month", D(2028, 2, 29), D(2028, 2, 1), D(2028, 2, 29)),
        ("month", D(2026, 12, 31), D(2026, 12, 1), D(2026, 12, 31)),
        ("last_month", D(2026, 1, 1), D(2025, 12, 1), D(2025, 12, 31)),
        ("last_month", D(2026, 3, 31), D(2026, 2, 1), D(2026, 2, 28)),
        ("quarter", D(2026, 11, 24), D(2026, 10, 1), D(2026, 12, 31)),
        ("quarter", D(2026, 6, 30), D(2026, 4, 1), D(2026, 6, 30)),
        ("quarter", D(2026, 1, 1), D(2026, 1, 1), D(2026, 3, 31)),
        ("year", D(2026, 7, 1), D(2026, 1, 1), D(2026, 12, 31)),
        ("nonsense", D(2026, 7, 1), D(2026, 7, 1), D(2026, 7, 31)),
    ],
)
def test_a_named_period_has_its_first_and_last_day(name, today, first, last):
    assert reporting.period(name, today) == (first, last)


def test_a_period_backwards_or_endless_is_refused_on_its_field():
    reporting.checked(ReportScope(D(2026, 1, 1), D(2026, 1, 1)))
    with pytest.raises(Refusal) as refused:
        reporting.checked(ReportScope(D(2026, 1, 2), D(2026, 1, 1)))
    assert [(p.code, p.field) for p in refused.value.problems] == [("period-reversed", "to")]
    with pytest.raises(Refusal, match="10 years"):
        reporting.checked(ReportScope(D(2015, 1, 2), D(2026, 1, 1)))


def test_the_tables_by_month_cover_a_year_or_the_whole_of_a_longer_period():
    assert reporting.trend_start(ReportScope(D(2026, 11, 1), D(2026, 11, 30))) == D(2025, 12, 1)
    assert reporting.trend_start(ReportScope(D(2026, 12, 5), D(2026, 12, 31))) == D(2026, 1, 1)
    assert reporting.trend_start(ReportScope(D(2024, 3, 15), D(2026, 11, 30))) == D(2024, 3, 1)


def test_every_month_is_there_even_across_a_year():
    assert reporting.months(D(2025, 11, 30), D(2026, 2, 1)) == ("2025-11", "2025-12", "2026-01", "2026-02")
