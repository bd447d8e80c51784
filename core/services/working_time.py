"""Working days of the house for what a creditor has to do: no Saturday, Sunday or public holiday. No time limit of the law."""

from __future__ import annotations

import datetime as dt

from core.domain.working_days import working_days_after, working_days_between
from core.law.calendar_rules import deadline_rules


def due_after(day: dt.date, days: int) -> dt.date:
    """The `days`-th working day after a day."""
    return working_days_after(day, days, deadline_rules().holidays)


def since(day: dt.date, today: dt.date) -> int:
    """Working days passed since a day, up to today."""
    return working_days_between(day, today, deadline_rules().holidays)
