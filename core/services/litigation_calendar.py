"""The calendar of the time limits of all cases: the weeks of a month, each day with its limits and how they stand. Writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from core.domain.calendar import Bilingual, holiday_on, is_weekend
from core.domain.procedure import BEFORE, NOT_BEFORE
from core.domain.rights import Right
from core.law.calendar_rules import deadline_rules
from core.services.context import Ctx, service
from core.store import tracker as trackers
from core.store.tracker import LimitRow

WEEK = 7
OVERDUE, SOON, LATER, WAITING, INFORMATION = "overdue", "soon", "later", "waiting", "information"
SEEN = 3  # limits that a day of the month shows before it says how many more there are


@dataclass(frozen=True, slots=True)
class DayLimit:
    """One limit of a day; `standing` is overdue, soon (within 7 days), later, waiting (nothing may be done before) or information."""

    row: LimitRow
    standing: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: whether it lies in the month, is today, a Saturday or Sunday, a public holiday of all France; acts first in `limits`."""

    on: dt.date
    in_month: bool
    today: bool
    weekend: bool
    holiday: Bilingual | None
    limits: tuple[DayLimit, ...]

    @property
    def seen(self) -> tuple[DayLimit, ...]:
        """The limits that fit in a square of the month."""
        return self.limits[:SEEN]

    @property
    def more(self) -> int:
        """How many limits do not fit."""
        return len(self.limits) - len(self.seen)


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks that hold a day of a month, Monday to Sunday; `first` is its first day, `before` and `after` those of its neighbours."""

    first: dt.date
    before: dt.date
    after: dt.date
    weeks: tuple[tuple[CalendarDay, ...], ...]

    @property
    def busy(self) -> tuple[CalendarDay, ...]:
        """The days of the month itself that hold a limit."""
        return tuple(day for week in self.weeks for day in week if day.in_month and day.limits)


@service(Right.READ)
def calendar_month(ctx: Ctx, month: dt.date) -> Month:
    """The month of this day, with the limits not answered on the day to act upon them.

    The days of other months that complete the first and the last week come with their limits. Holidays of a territory alone
    are left out of the squares: each limit was counted with those of its own debtor. `month` lies from 1583 on (Easter).
    """
    first = month.replace(day=1)
    after = (first + dt.timedelta(days=31)).replace(day=1)
    monday = first - dt.timedelta(days=first.weekday())
    weeks = -(-(after - monday).days // WEEK)
    with ctx.store.read() as reader:
        last = monday + dt.timedelta(days=weeks * WEEK - 1)
        rows = trackers.between(reader, monday.isoformat(), last.isoformat())
    by_day = {on: tuple(limits) for on, limits in groupby(rows, key=lambda row: row.safe_on)}
    days = [monday + dt.timedelta(days=n) for n in range(weeks * WEEK)]
    squares = [_day(day, first, ctx.today, by_day.get(day.isoformat(), ())) for day in days]
    before = (first - dt.timedelta(days=1)).replace(day=1)
    return Month(first, before, after, tuple(tuple(squares[n : n + WEEK]) for n in range(0, len(squares), WEEK)))


def _day(on: dt.date, first: dt.date, today: dt.date, rows: tuple[LimitRow, ...]) -> CalendarDay:
    holiday = holiday_on(on, deadline_rules().holidays)
    limits = sorted(
        (DayLimit(row, _standing(row, on, today)) for row in rows), key=lambda one: one.row.direction != BEFORE
    )
    name = holiday.label if holiday else None
    return CalendarDay(on, on.month == first.month, on == today, is_weekend(on), name, tuple(limits))


def _standing(row: LimitRow, on: dt.date, today: dt.date) -> str:
    """What the debtor had time for, or what had to be waited for, is never late; soon is what the counter of 7 days holds."""
    if row.direction != BEFORE:
        return WAITING if row.direction == NOT_BEFORE else INFORMATION
    if on < today:
        return OVERDUE
    return SOON if on <= today + dt.timedelta(days=WEEK) else LATER
