"""Days of work for next actions. Legal time limits are another matter and are not computed here."""

from __future__ import annotations

import calendar
import datetime as dt

from core.domain.messages import msg, refuse


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a Saturday or Sunday. Public holidays are not looked at."""
    return day + dt.timedelta(days=(7 - day.weekday()) if day.weekday() >= 5 else 0)


def after(day: dt.date, days: int) -> dt.date:
    """`days` calendar days after `day`, moved to a working day."""
    return working_day(day + dt.timedelta(days=days))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` earlier, or the last of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def not_after(day: dt.date, limit: dt.date, *, field: str) -> dt.date:
    """`day`, refused when it is later than `limit` (bound allowed): a fact cannot lie in the future."""
    if day > limit:
        raise refuse(
            "date-in-future",
            msg("{given} is in the future.", given=day),
            msg("Type the day it really happened, {today} at the latest.", today=limit),
            field=field,
            value=day.isoformat(),
        )
    return day


def day_of(text: str | None) -> dt.date | None:
    """The day of an ISO text; None where there is none. Raises ValueError for a text that is no day."""
    return dt.date.fromisoformat(text) if text else None
