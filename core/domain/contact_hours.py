"""Whether it is an hour to call where the debtor is, and the next minute when it will be. Knows no case and no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.domain.calendar import Holiday, holiday_on
from core.domain.contact_policy import ContactPolicy

MINUTE, HORIZON = dt.timedelta(minutes=1), 40  # days looked at before one says that there is no such hour
TURNS = 200  # alternations between zones before one gives up


@dataclass(frozen=True, slots=True)
class Place:
    """Where the debtor may be: time zones (several when a number leaves it open: an hour must suit all), department of its holidays."""

    zones: tuple[str, ...]
    territory: str = ""


def floor(moment: dt.datetime) -> dt.datetime:
    """The minute a moment lies in, in UTC."""
    return moment.astimezone(dt.UTC).replace(second=0, microsecond=0)


def local(moment: dt.datetime, zone: str) -> dt.datetime:
    """A moment by the clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def holiday(moment: dt.datetime, zone: str, territory: str, holidays: Iterable[Holiday]) -> Holiday | None:
    """The public holiday it is where the debtor is."""
    return holiday_on(local(moment, zone).date(), holidays, territory)


def is_open(moment: dt.datetime, policy: ContactPolicy, place: Place, holidays: tuple[Holiday, ...]) -> bool:
    """Whether the policy lets one call at a moment, in every zone where the debtor may be."""
    return all(_next(floor(moment), policy, zone, place.territory, holidays) == floor(moment) for zone in place.zones)


def next_open(
    moment: dt.datetime, policy: ContactPolicy, place: Place, holidays: tuple[Holiday, ...]
) -> dt.datetime | None:
    """The first minute from a moment on that the policy allows in every zone, in UTC; None when there is none within 40 days."""
    start = at = floor(moment)
    for _ in range(TURNS):
        later = at
        for zone in place.zones:
            found = _next(later, policy, zone, place.territory, holidays)
            if found is None or found - start > dt.timedelta(days=HORIZON):
                return None
            later = found
        if later == at:
            return at
        at = later
    return None


def _next(
    at: dt.datetime, policy: ContactPolicy, zone: str, territory: str, holidays: tuple[Holiday, ...]
) -> dt.datetime | None:
    """The first minute from `at` on within the hours of one zone."""
    clock = ZoneInfo(zone)
    first = at.astimezone(clock).date()
    for ahead in range(HORIZON):
        day = first + dt.timedelta(days=ahead)
        if not policy.holidays and holiday_on(day, holidays, territory):
            continue
        for start, stop in policy.on(day.weekday()):
            opens, closes = (_moment(day, minute, clock) for minute in (start, stop))
            if at < closes:
                return max(at, opens)
    return None


def _moment(day: dt.date, minute: int, clock: ZoneInfo) -> dt.datetime:
    """A minute of a local day in UTC; minute 1440 is the midnight that ends it."""
    on = day + dt.timedelta(days=minute // 1440)
    at = dt.datetime(on.year, on.month, on.day, minute % 1440 // 60, minute % 60, tzinfo=clock)
    return at.astimezone(dt.UTC)
