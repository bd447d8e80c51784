"""Sets a case aside in the queue with a reason and an end; gives a next action to a case that has none. Hides no time limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law.priority import SkipReason, load_habits
from core.services.context import Ctx, service
from core.services.refusals import no_case, unknown_choice
from core.store import journal
from core.store import queue_skips as kept
from core.store.queue_skips import Bounds, Skip

__all__ = ["Skip", "SkipEntry", "SkipReason", "last_day", "log", "put_right", "reasons", "skip", "take_back"]
SHOWN = 200  # of the log
MOST = 500  # cases put right at one click


@dataclass(frozen=True, slots=True)
class SkipEntry:
    """A case set aside until a day, which is not counted: that day it is back. `reason` is one of data/priority/habits.yaml."""

    case_id: int
    reason: str
    until_on: dt.date
    note: str = ""


def reasons() -> tuple[SkipReason, ...]:
    """Why a case may be set aside."""
    return load_habits().skip_reasons


def last_day(today: dt.date) -> dt.date:
    """The last day a case set aside today may come back."""
    return today + dt.timedelta(days=load_habits().skip_days)


@service(Right.WORK)
def skip(ctx: Ctx, entry: SkipEntry, token: str) -> int:
    """Set a case aside, with a line in its journal; returns the line of the log. One token skips once.

    Raises Refusal "case-unknown", "case-closed", "skip-lost", "skip-limit" (a time limit, the last day to sue or a promise comes first),
    "skip-day", "skip-note", "choice-unknown".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "skip")
        if before:
            return int(before)
        found = kept.bounds(unit, entry.case_id)
        if found is None:
            raise no_case(entry.case_id)
        check_entry(entry, ctx.today)
        _check_case(ctx, entry, found)
        said = journal.add_interaction(
            unit, journal.NewInteraction(entry.case_id, "note", "none", "", ctx.day, note=_words(ctx, entry)), {}
        )
        number = kept.add(unit, entry.case_id, entry.reason, said, entry.until_on.isoformat())
        unit.touch(entry.case_id)
        unit.audit("queue.skipped", "case", entry.case_id, reason=entry.reason, until=entry.until_on.isoformat())
        unit.remember(token, "skip", number)
        return number


def check_entry(entry: SkipEntry, today: dt.date) -> None:
    """What of a setting aside does not depend on its case. Raises Refusal "choice-unknown", "skip-note", "skip-day"."""
    reason = next((one for one in reasons() if one.code == entry.reason), None)
    if reason is None:
        raise unknown_choice("reason", entry.reason)
    if reason.note and not entry.note.strip():
        raise refuse(
            "skip-note", msg("This reason says nothing by itself."), msg("Write why in a few words."), field="note"
        )
    if not today < entry.until_on <= last_day(today):
        raise refuse(
            "skip-day",
            msg("A case comes back tomorrow at the earliest and on {last} at the latest.", last=last_day(today)),
            msg("Choose a day between the two."),
            field="until_on",
            value=entry.until_on.isoformat(),
        )


def _check_case(ctx: Ctx, entry: SkipEntry, found: Bounds) -> None:
    if found.status != "open":
        raise refuse("case-closed", msg("The case is closed: nothing is to be planned in it."),
                     msg("Take it up again first."), field="case")  # fmt: skip
    if found.lost:
        raise refuse("skip-lost", msg("A case without next action is an error: it is not set aside."),
                     msg("Give it a next action first."), field="case")  # fmt: skip
    days = [day for day in (found.deadline_on, found.promise_on) if day]
    days += [day for day in (found.limitation_on,) if day and day >= ctx.day]
    first = min(days, default="")
    if first and entry.until_on.isoformat() > first:
        raise refuse(
            "skip-limit",
            msg(
                "Something falls on {day}: a time limit, the last day to sue or a promise.",
                day=dt.date.fromisoformat(first),
            ),
            msg("Choose that day at the latest, or do what is to be done now."),
            field="until_on",
            value=entry.until_on.isoformat(),
        )


def _words(ctx: Ctx, entry: SkipEntry) -> str:
    """What the journal keeps, in the writer's language."""
    why = {one.code: one.label for one in reasons()}[entry.reason]
    said = texts(ctx.lang).render(msg("Set aside until {day}: {why}.", day=entry.until_on, why=why))
    return f"{said} {entry.note.strip()}".strip()


@service(Right.WORK)
def take_back(ctx: Ctx, case_id: int) -> bool:
    """The case comes back to the queue now; False when it was not set aside."""
    with ctx.write() as unit:
        ended = kept.end(unit, case_id)
        if ended:
            unit.touch(case_id)
            unit.audit("queue.taken_back", "case", case_id)
        return bool(ended)


@service(Right.STEER)
def log(ctx: Ctx) -> tuple[Skip, ...]:
    """Who set what aside, why and until when, last first; the last SHOWN."""
    with ctx.store.read() as reader:
        return kept.log(reader, SHOWN)


@service(Right.WORK)
def put_right(ctx: Ctx, token: str) -> int:
    """Give a next action, due today, to each open case that has none: its first letter, a call, or to check and close when nothing is owed.

    Returns how many cases; at most MOST at once. One token once.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "put_right")
        if before is not None:
            return int(before)
        found = kept.lost(unit, MOST)
        for case_id, written, balance in found:
            kind = "check_and_close" if balance <= 0 else "call_again" if written else "first_letter"
            journal.add_task(unit, case_id, kind, ctx.day, origin="put_right")
            unit.audit("case.next_action", "case", case_id, kind=kind)
        unit.touch(*(case_id for case_id, _, _ in found))
        unit.remember(token, "put_right", len(found))
        return len(found)
