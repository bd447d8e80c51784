"""An appointment to call back: its hour where the debtor is and here, and its file for a calendar. Plans nothing: the journal does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.domain.messages import msg, refuse
from core.domain.outcomes import hour
from core.domain.rights import Right
from core.exchange.ics import Event, calendar
from core.i18n import texts
from core.services import cases, contact_place, result_words
from core.services.context import Ctx, service

MINUTES, ALARM = 15, 10  # how long a calendar keeps free, how long before it reminds


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


@service(Right.READ)
def at_home(ctx: Ctx, case_id: int, contact_point_id: int | None, on: dt.date, typed: str) -> TwoClocks:
    """An hour typed as the person said it, by both clocks: theirs is that of the number or address, as the contact gate has it.

    Raises Refusal on `hour`.
    """
    with ctx.store.read() as reader:
        zones = contact_place.place_in_case(reader, case_id, contact_point_id, ctx.time_zone, ctx.day).zones
    zone = ctx.time_zone if ctx.time_zone in zones else zones[0]
    there = dt.datetime.combine(on, dt.time.fromisoformat(hour(typed)), ZoneInfo(zone))
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
    event = Event(
        uid=f"task-{task.id}-{file.head.ref}@quittance",
        start=start,
        minutes=MINUTES,
        stamp=ctx.now,
        summary=summary,
        description=t("Open the case in Quittance."),
        alarm=ALARM,
    )
    return f"{file.head.ref}-{task.due_on}.ics", calendar(event)
