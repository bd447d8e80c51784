"""How a proceeding is replayed with the law in force and what of it is kept: limits, step, title, next action. Opens no unit."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable

from core.domain.dates import after
from core.domain.deadlines import Length, deadline
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.procedure import SAME_DAY, Limit, Procedure
from core.domain.proceeding_events import Event
from core.domain.proceeding_limits import Counted, Due
from core.domain.proceedings import State, replay
from core.law.calendar_rules import deadline_rules, territory_of_postcode
from core.law.procedures import fingerprint, load_procedures
from core.services.refusals import unknown_choice
from core.store import cases, course, journal, tracker
from core.store import proceedings as kept
from core.store.unit import Reader, Unit

DEADLINE, STEP = "deadline", "proceeding_step"  # next actions of a case: a time limit; the next step when none runs
FOLLOW_DAYS = 14  # the house's rhythm, not the law's: how soon one looks again at a proceeding without a limit
ORDER = ("V", "V2", "S", "U")
FAR = ("overseas", "abroad")


def count(start: dt.date, limit: Limit, place: str, territory: str = "") -> Counted:
    """The end of a limit with the rules of computation in force; a limit of the same day does not move.

    `territory` is the department whose own holidays count, kept with the creditor's instruction.
    """
    if limit.length == SAME_DAY:
        said = msg("The act belongs to that very day, {day}.", day=start)
        return Counted(start, start, start, (said,), (), limit.certainty)
    found = deadline(
        start, Length.parse(limit.length), deadline_rules(), territory=territory, distance=place if place in FAR else ""
    )
    safe = found.safe if limit.direction == "before" else max(found.safe, found.legal)
    certainty = max(limit.certainty, found.certainty, key=ORDER.index)
    return Counted(found.raw, found.legal, safe, found.reasons, found.articles, certainty)


@functools.cache
def law() -> str:
    """The fingerprint of the procedures and of the rules of computation together."""
    return hashlib.sha256(f"{fingerprint()} {deadline_rules()!r}".encode()).hexdigest()


def versions(route: str) -> tuple[Procedure, ...]:
    """The versions of a route; raises Refusal when the data have none of this name."""
    found = load_procedures().get(route)
    if found is None:
        raise unknown_choice("route", route)
    return found


def event_of(row: kept.EventRow) -> Event:
    """A kept event as the domain replays it."""
    said = json.loads(row.facts)
    return Event(
        row.id,
        row.kind,
        dt.date.fromisoformat(row.happened_on),
        said.get("by", ""),
        said.get("facts", {}),
        tuple(said.get("documents", ())),
        row.corrects,
    )


def head(reader: Reader, proceeding_id: int) -> kept.Head:
    """A proceeding; raises Refusal "proceeding-unknown"."""
    found = kept.head(reader, proceeding_id)
    if found is None:
        raise refuse(
            "proceeding-unknown",
            msg("There is no proceeding {given}.", given=proceeding_id),
            msg("Choose it in the table of proceedings."),
            field="proceeding",
            value=str(proceeding_id),
        )
    return found


def state_of(one: kept.Head, events: Iterable[kept.EventRow], today: dt.date) -> State:
    """The state of a proceeding on a day, with some events."""
    opened = dt.date.fromisoformat(one.opened_on)
    known = [event_of(row) for row in events]
    at = next((str(event.facts["territory"]) for event in known if event.facts.get("territory")), "")
    return replay(versions(one.route), known, one.court, opened, today, functools.partial(count, territory=at))


def state(reader: Reader, one: kept.Head, today: dt.date) -> State:
    """The state of a proceeding as its kept events say."""
    return state_of(one, kept.events(reader, one.id), today)


def territory_of(reader: Reader, debtor_id: int) -> str:
    """The department of the debtor's first valid address when it has public holidays of its own ("67"), else ""."""
    points = cases.contact_points(reader, (debtor_id,))
    code = next((point.postcode for point in points if point.kind == "address" and point.postcode), "")
    return territory_of_postcode(code)


def stopped(reader: Reader, case_id: int, day: dt.date) -> list[str]:
    """The kinds of hold in force on a case on a day."""
    return kept.stops(reader, case_id, day.isoformat())


def refresh(unit: Unit, proceeding_id: int, today: dt.date) -> State:
    """Keep what the replay says, and have the case follow its next limit."""
    one = head(unit, proceeding_id)
    found = state(unit, one, today)
    kept.keep(unit, one, _said(found), [_row(due) for due in found.dues], law())
    unit.touch(one.case_id)
    return found


def follow(unit: Unit, one: kept.Head, today: dt.date) -> str:
    """Give the case the next action that its proceedings ask for, and return its day; the others stay. Nothing in a closed case."""
    journal.close_tasks(unit, one.case_id, "replaced", kinds=(DEADLINE, STEP))
    if one.case_status != "open":
        return ""
    due_on = tracker.next_limit(unit, one.case_id)
    if due_on:
        day = max(due_on, today.isoformat())
        journal.add_task(unit, one.case_id, DEADLINE, day, origin=one.route)
        return day
    if not course.tasks(unit, one.case_id):
        day = after(today, FOLLOW_DAYS).isoformat()
        journal.add_task(unit, one.case_id, STEP, day, origin=one.route)
        return day
    return ""


def _said(found: State) -> kept.Replayed:
    title = (found.title.kind, found.title.on.isoformat(), found.title.amount) if found.title else None
    return kept.Replayed(
        found.procedure.version,
        found.current.key if found.current else "",
        found.outcome,
        found.ended_on.isoformat() if found.ended_on else None,
        title,
    )


def _row(due: Due) -> kept.Limit:
    counted = due.counted
    return kept.Limit(
        due.limit.key,
        due.limit.direction,
        due.start.isoformat(),
        counted.raw.isoformat(),
        counted.legal.isoformat(),
        counted.safe.isoformat(),
        counted.certainty,
        due.met_on.isoformat() if due.met_on else None,
    )


def outdated(reader: Reader) -> bool:
    """Whether some limits were computed with other rules than those in force."""
    return bool(kept.stale(reader, law()))


def rebuild(unit: Unit, today: dt.date) -> int:
    """Make again the limits computed with other rules than those in force; returns how many proceedings."""
    found = kept.stale(unit, law())
    for proceeding_id in found:
        refresh(unit, proceeding_id, today)
    return len(found)


def first_difference(reader: Reader) -> Message | None:
    """None when what is kept of each proceeding equals a replay of its events; else the first that does not."""
    for one in kept.every(reader):
        try:
            found = state(reader, one, dt.date.max)  # what is kept does not depend on the day
        except Refusal as refusal:
            return refusal.problems[0].reason
        said = kept.Replayed(one.version, one.step, one.outcome, one.ended_on, kept.title(reader, one.id))
        rows = sorted((_row(due) for due in found.dues), key=lambda row: row.key)
        if said != _said(found) or tuple(rows) != kept.limits(reader, one.id):
            return msg("differs from a recount: {place}", place=f"proceeding {one.id}")
    return None
