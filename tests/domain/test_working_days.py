"""Working days by a calendar on the wall: weekends and the public holidays of all France do not count."""

import datetime as dt

import pytest

from core.domain.working_days import working_days_after, working_days_between
from core.law.calendar_rules import deadline_rules

D = dt.date
HOLIDAYS = deadline_rules().holidays


@pytest.mark.parametrize(("start", "days", "end"), [
    (D(2026, 11, 23), 5, D(2026, 11, 30)),  # Monday: 24, 25, 26, 27, then Monday 30
    (D(2026, 11, 27), 1, D(2026, 11, 30)),  # Friday to Monday
    (D(2026, 12, 21), 5, D(2026, 12, 29)),  # 22, 23, 24, not Christmas, 28, 29
    (D(2026, 4, 3), 1, D(2026, 4, 7)),  # Good Friday works in Paris; Easter Monday 6 April 2026 does not
])  # fmt: skip
def test_the_day_that_so_many_working_days_lead_to(start, days, end):
    assert working_days_after(start, days, HOLIDAYS) == end


@pytest.mark.parametrize(("first", "last", "days"), [
    (D(2026, 11, 23), D(2026, 11, 23), 0), (D(2026, 11, 23), D(2026, 11, 24), 1), (D(2026, 11, 27), D(2026, 11, 29), 0),
    (D(2026, 12, 21), D(2026, 12, 29), 5), (D(2026, 12, 29), D(2026, 12, 21), 0),
])  # fmt: skip
def test_the_working_days_between_two_days(first, last, days):
    assert working_days_between(first, last, HOLIDAYS) == days


def test_no_working_day_is_no_length():
    with pytest.raises(ValueError, match="0 working days"):
        working_days_after(D(2026, 11, 23), 0, HOLIDAYS)
