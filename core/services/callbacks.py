"""An appointment to call back: its hour where the debtor is and here, and its file for a calendar. Plans nothing: the journal does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.messages import Refusal, msg, refuse
from core.domain.outcomes import hour
from core.domain.phones import phone
from core.domain.rights import Right
from core.exchange.calendar_file import Event, calendar_file
from core.i18n import texts
from core.services import cases, result_words
from core.services.context import Ctx, service

UNKNOWN = "Etc/Unknown"
SHARED = {"RE": "Indian/Reunion", "YT": "Indian/Mayotte"}  # one country code for both: the prefix tells


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """One moment by the debtor's clock and by ours; `zone` the debtor's, "" when it is ours."""

    there: dt.datetime
    here: dt.datetime
    zone: str

    @property
    def apart(self) -> bool:
        """Whether the two clocks differ that day."""
        return self.there.replace(tzinfo=None) != self.here.replace(tzinfo=None)


def zone_of(number: str, fallback: str) -> str:
    """The time zone of a telephone number (E.164); `fallback` when the number leaves it open."""
    import phonenumbers
    from phonenumbers import timezone

    try:
        zones: Sequence[str] = timezone.time_zones_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return fallback
    overseas = SHARED.get(number_region(number))
    if overseas:
        return overseas
    if fallback in zones or len(zones) != 1 or zones[0] == UNKNOWN:
        return fallback
    return str(zones[0])


def number_region(number: str) -> str:
    """The region that issued a number, "" when it cannot be read."""
    try:
        found = phone(number)
    except Refusal:
        return ""
    return found.region if found else ""


@service(Right.READ)
def at_home(ctx: Ctx, number: str, on: dt.date, typed: str) -> TwoClocks:
    """An hour typed as the debtor said it, by both clocks. Raises Refusal on `hour`."""
    zone = zone_of(number, ctx.time_zone)
    try:
        clock = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        clock = ZoneInfo(ctx.time_zone)
    there = dt.datetime.combine(on, dt.time.fromisoformat(hour(typed)), clock)
    return TwoClocks(there, there.astimezone(ZoneInfo(ctx.time_zone)), zone)


@service(Right.READ)
def calendar_entry(ctx: Ctx, case_id: int, task_id: int) -> tuple[str, bytes]:
    """The name and the bytes of the .ics of a next action of a case; it names the case, never the debtor: calendars are shared.

    Raises Refusal "case-unknown", "task-unknown".
    """
    file = cases.case_file(ctx, case_id)
    task = next((one for one in file.tasks if one.id == task_id), None)
    if task is None:
        raise refuse(
            "task-unknown", msg("This next action is done or replaced."), msg("Open the case again."), field="task"
        )
    t = texts(ctx.lang)
    day = dt.date.fromisoformat(task.due_on)
    clock = ZoneInfo(ctx.time_zone)
    start = dt.datetime.combine(day, dt.time.fromisoformat(task.due_at), clock) if task.due_at else day
    summary = f"{file.head.ref} · {result_words.action_label(t, task.kind)}"
    event = Event(f"task-{task.id}-{file.head.ref}@quittance", start, summary, t("Open the case in Quittance."))
    return f"{file.head.ref}-{task.due_on}.ics", calendar_file(event, ctx.now)
