"""Working days: counted and added, without Saturdays, Sundays and the public holidays given. Legal time limits are not computed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from core.domain.calendar import Holiday, holiday_on, is_weekend

DAY = dt.timedelta(days=1)


def works(day: dt.date, holidays: Sequence[Holiday]) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a public holiday of all France."""
    return not is_weekend(day) and holiday_on(day, holidays) is None


def working_days_after(day: dt.date, days: int, holidays: Sequence[Holiday]) -> dt.date:
    """The `days`-th working day after `day`, which itself does not count; `days` is 1 or more."""
    if days < 1:
        raise ValueError(f"{days} working days lead nowhere")
    left = days
    while left:
        day += DAY
        left -= works(day, holidays)
    return day


def working_days_between(first: dt.date, last: dt.date, holidays: Sequence[Holiday]) -> int:
    """How many working days lie after `first` up to `last`, which counts; 0 when `last` is not later."""
    return sum(works(first + n * DAY, holidays) for n in range(1, (last - first).days + 1))
