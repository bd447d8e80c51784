"""The day's own work, part by part: roll of the day, promises, questions, reminders, outbox, inbox, silence report. Sends nothing itself.

Cron and the server may both start it: a lease lets one work at a time, and each part only does what is still to be done today.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.messages import Refusal, msg, refuse
from core.domain.rights import Right
from core.services import daily_dry, daily_parts
from core.services.context import Ctx, service
from core.services.daily_parts import Part
from core.store import jobs, people
from core.store.unit import Unit

__all__ = ["JOB", "NEVER", "PARTS", "Daily", "Part", "Schedule", "run", "schedule", "set_schedule"]
JOB, SETTING = "run-daily", "daily"
LEASE = dt.timedelta(minutes=30)
NEVER = -1


@dataclass(frozen=True, slots=True)
class Daily:
    """What the day's work did, or would do when `dry`."""

    day: dt.date
    dry: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """At which minute of the agency's day the server starts the work by itself (NEVER: it does not), and the last run's day."""

    minute: int
    last_run_on: dt.date | None
    row_version: int

    def due(self, now: dt.datetime, today: dt.date) -> bool:
        """Whether the server starts it at a moment of the agency's own clock: its minute is past and it did not run today."""
        past = self.minute != NEVER and now.hour * 60 + now.minute >= self.minute
        return past and self.last_run_on != today


# Each part in its order: its name, what it does, what it would do.
PARTS: tuple[tuple[str, Callable[[Ctx], Part], Callable[[Ctx], Part]], ...] = (
    ("roll", daily_parts.roll, daily_dry.roll),
    ("promises", daily_parts.promises, daily_dry.promises),
    ("questions", daily_parts.questions, daily_dry.questions),
    ("reminders", daily_parts.remind, daily_dry.remind),
    ("outbox", daily_parts.send, daily_parts.leaving),
    ("inbox", daily_parts.receive, daily_dry.receive),
    ("silence", daily_parts.told_silence, daily_parts.told_silence),
)


@service(Right.WORK)
def run(ctx: Ctx, *, dry_run: bool = False, once: bool = False) -> Daily:
    """Do the day's work now; `dry_run` says what it would do and writes nothing; `once` does it only if nobody did it today.

    Raises Refusal "daily-running" while another does it, "daily-done" when it is to be done once and was.
    """
    if dry_run:
        return Daily(ctx.today, True, tuple(_safely(name, part, ctx) for name, _, part in PARTS))
    owner = secrets.token_hex(8)
    with ctx.write() as unit:
        _take(ctx, unit, owner, once=once)
        unit.audit("daily.begun", "job", 0)
    outcome = None
    try:
        done = Daily(ctx.today, False, tuple(_safely(name, part, ctx) for name, part, _ in PARTS))
        outcome = {
            one.name: [[str(said) for said in one.done], [str(said) for said in one.not_done]] for one in done.parts
        }
    finally:
        with ctx.write() as unit:
            jobs.leave(unit, JOB, owner, outcome)
            unit.audit("daily.ended", "job", 0, whole=outcome is not None)
    return done


def _take(ctx: Ctx, unit: Unit, owner: str, *, once: bool) -> None:
    """Take the lease, unless another has it, or the work that is to be done once was done today."""
    row = jobs.job(unit, JOB)
    if once and row and row.last_run_on == ctx.day:
        raise refuse(
            "daily-done", msg("The day's work was done today already."), msg("Nothing is to be done until tomorrow.")
        )
    if not jobs.take(unit, JOB, owner, _stamp(ctx.now + LEASE)):
        raise refuse(
            "daily-running",
            msg("The day's work is being done by another program now."),
            msg("Wait until it ends; a program that stopped gives its place up after half an hour."),
        )


def _safely(name: str, part: Callable[[Ctx], Part], ctx: Ctx) -> Part:
    """A part that is refused says why; the others go on."""
    try:
        return part(ctx)
    except Refusal as refusal:
        return Part(name, (), tuple(problem.reason for problem in refusal.problems))


@service(Right.READ)
def schedule(ctx: Ctx) -> Schedule:
    """When the server does the day's work by itself."""
    with ctx.store.read() as reader:
        kept, version = people.setting(reader, SETTING)
        row = jobs.job(reader, JOB)
    last = dt.date.fromisoformat(row.last_run_on) if row and row.last_run_on else None
    return Schedule(int((kept or {}).get("minute", NEVER)), last, version)


@service(Right.SETTINGS)
def set_schedule(ctx: Ctx, at: dt.time | None, row_version: int) -> None:
    """Have the server do the day's work at an hour of the agency's clock, or never (None). Raises Refusal "changed-meanwhile"."""
    minute = at.hour * 60 + at.minute if at else NEVER
    with ctx.write() as unit:
        people.set_setting(unit, SETTING, {"minute": minute}, 0, row_version)
        unit.audit("daily.scheduled", "setting", 0, minute=minute)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
