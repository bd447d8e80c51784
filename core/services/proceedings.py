"""Proceedings: opened on the creditor's dated instruction, moved by events, corrected by new events. Advises nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.domain.procedure import Limit, Procedure, Remark, Step
from core.domain.proceeding_cautions import cautions
from core.domain.proceeding_entries import EventEntry, Instruction, event_problems, instruction_problems
from core.domain.proceeding_events import INSTRUCTION, TAKEN_BACK, Event
from core.domain.proceeding_limits import Due
from core.domain.proceedings import Option, State, version_of
from core.domain.rights import Right
from core.law.procedures import load_procedures
from core.services import contact_record, limitation_gate, proceeding_record, title_follow
from core.services.context import Ctx, service
from core.services.litigation import (
    File,
    Filters,
    TrackerPage,
    any_going,
    case_proceedings,
    deadline_counts,
    limit_of,
    proceeding_file,
    routes,
    step_of,
    tracker,
)
from core.services.litigation_calendar import CalendarDay, DayLimit, Month, calendar_month
from core.services.refusals import already_corrected
from core.store import journal
from core.store import proceedings as kept
from core.store.proceedings import EventRow, Head
from core.store.tracker import Counts, LimitRow, TrackerRow
from core.store.unit import Reader, Unit

__all__ = [
    "CalendarDay",
    "Counts",
    "DayLimit",
    "Due",
    "Event",
    "EventEntry",
    "EventRow",
    "File",
    "Filters",
    "Head",
    "Instruction",
    "Limit",
    "LimitRow",
    "Month",
    "Option",
    "Procedure",
    "State",
    "Step",
    "TrackerPage",
    "TrackerRow",
    "any_going",
    "calendar_month",
    "case_proceedings",
    "correct_event",
    "deadline_counts",
    "limit_of",
    "open_proceeding",
    "proceeding_file",
    "propose",
    "record_event",
    "routes",
    "step_of",
    "tracker",
]  # fmt: skip
PROVIDERS = ("lawyer", "bailiff", "agency", "other")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What opening a route on a case rests on; `stops` are the reasons why it stays closed, `cautions` what to know first, `barred`
    what to know of its time-barred debts.
    """

    procedure: Procedure
    amount: int
    stops: tuple[Problem, ...]
    cautions: tuple[Remark, ...] = ()
    barred: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: the event, the proceeding's outcome if it ended, the day of the next limit ("" when none runs)."""

    event_id: int
    outcome: str
    next_on: str


@service(Right.READ)
def propose(ctx: Ctx, case_id: int, route: str) -> Proposal:
    """What opening would rest on: the version of today (provisional), the amount owed, what stops it. Writes nothing."""
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        procedure, _ = version_of(proceeding_record.versions(route), (), ctx.today)
        court = next(iter(procedure.courts))
        blank = Instruction(case_id, route, court, "-", ctx.today, head.balance or 1, 0, "-")
        stopped = proceeding_record.stopped(reader, case_id, ctx.today)
        said = cautions(procedure, (), {"amount": head.balance}, "", stopped)
        barred = limitation_gate.cautions(reader, case_id, ctx.today)
        return Proposal(procedure, head.balance, tuple(_problems(reader, ctx, blank, head.status)), said, barred)


@service(Right.WORK)
def open_proceeding(ctx: Ctx, entry: Instruction, token: str, provider_kind: str = "lawyer") -> int:
    """Open a proceeding on the creditor's dated instruction (CPCE R124-3) and return its number. Twice with one token opens once.

    Raises Refusal with every missing fact at once, when the case is closed, stopped by a hold that bars the route, or when
    the same route already goes on.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "open_proceeding")
        if before:
            return int(before)
        head = contact_record.head(unit, entry.case_id)
        problems = _problems(unit, ctx, entry, head.status)
        if problems:
            raise Refusal(*problems)
        procedure, _ = version_of(proceeding_record.versions(entry.route), (), ctx.today)
        provider_id = None if provider_kind == "agency" else kept.provider(unit, provider_kind, entry.provider)
        proceeding_id = kept.add_proceeding(
            unit, entry.case_id, entry.route, procedure.version, entry.court, provider_id
        )
        event_id = _instruct(unit, proceeding_id, entry)
        proceeding_record.refresh(unit, proceeding_id, ctx.today)
        journal.close_tasks(unit, entry.case_id, "done", kinds=("open_litigation",))
        proceeding_record.follow(unit, proceeding_record.head(unit, proceeding_id), ctx.today)
        unit.audit(
            "proceeding.opened", "proceeding", proceeding_id, case=entry.case_id, route=entry.route, event=event_id
        )
        unit.remember(token, "open_proceeding", proceeding_id)
        return proceeding_id


def _problems(reader: Reader, ctx: Ctx, entry: Instruction, status: str) -> list[Problem]:
    known = load_procedures()
    procedure = version_of(known[entry.route], (), ctx.today)[0] if entry.route in known else None
    stopped = proceeding_record.stopped(reader, entry.case_id, ctx.today)
    found = instruction_problems(entry, known, procedure, stopped, ctx.today)
    if status != "open":
        closed = msg("The case is closed: nothing is to be planned in it.")
        found.append(Problem("case-closed", closed, msg("Take it up again first."), field="case"))
    if kept.going(reader, entry.case_id, entry.route):
        twice = msg("The same proceeding already goes on in this case.")
        found.append(Problem("proceeding-open", twice, msg("Record its next event instead."), field="case"))
    return found


def _instruct(unit: Unit, proceeding_id: int, entry: Instruction) -> int:
    debtor_id = contact_record.head(unit, entry.case_id).debtor_id
    facts = {
        "territory": proceeding_record.territory_of(unit, debtor_id),
        "amount": entry.amount,
        "provision": entry.provision,
        "route": entry.route,
        "court": entry.court,
        "special_power_on": entry.special_power_on.isoformat() if entry.special_power_on else "",
    }
    words = "\n".join(part for part in (entry.given_by.strip(), entry.note.strip()) if part)
    on = entry.given_on.isoformat() if entry.given_on else unit.today
    return kept.add_event(unit, proceeding_id, INSTRUCTION, on, {"by": "creditor", "facts": facts}, text=words)


@service(Right.WORK)
def record_event(ctx: Ctx, proceeding_id: int, entry: EventEntry, token: str) -> Recorded:
    """Record what happened; limits, step, title and the case's next action follow. Twice with one token records once.

    Raises Refusal with every reason: a step that is not possible yet, a waiting period, a missing fact or document.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "record_event")
        if before:
            return Recorded(*before)
        head = proceeding_record.head(unit, proceeding_id)
        rows = kept.events(unit, proceeding_id)
        found = proceeding_record.state_of(head, rows, _as_of(entry, ctx))
        problems = event_problems(
            entry, found, ctx.today, _power(unit, proceeding_id), _stopped(unit, head, entry, ctx)
        )
        if problems:
            raise Refusal(*problems)
        event_id = _append(unit, proceeding_id, entry)
        done = _settled(unit, ctx, proceeding_id, event_id, found.conflicts)
        unit.audit("event.recorded", "event", event_id, proceeding=proceeding_id, kind=entry.kind)
        unit.remember(token, "record_event", dataclasses.astuple(done))
        return done


@service(Right.WORK)
def correct_event(ctx: Ctx, event_id: int, entry: EventEntry | None, token: str) -> Recorded:
    """Correct an event by a new one of the same kind, or take it back (`entry` None); the first stays, struck through.

    Raises Refusal when it was corrected already, is the creditor's instruction, or when later events would no longer follow.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "correct_event")
        if before:
            return Recorded(*before)
        proceeding_id = kept.proceeding_of(unit, event_id) or 0
        head = proceeding_record.head(unit, proceeding_id)
        rows = kept.events(unit, proceeding_id)
        old = _correctable(rows, event_id, entry)
        if entry:
            earlier = [row for row in rows if row.id < _root(rows, old)]
            found = proceeding_record.state_of(head, earlier, _as_of(entry, ctx))
            problems = event_problems(
                entry, found, ctx.today, _power(unit, proceeding_id), _stopped(unit, head, entry, ctx)
            )
            if problems:
                raise Refusal(*problems)
        new_id = _append(unit, proceeding_id, entry or EventEntry(TAKEN_BACK, ctx.today, old.kind), event_id)
        broken = proceeding_record.state_of(head, rows, ctx.today).conflicts
        done = _settled(unit, ctx, proceeding_id, new_id, broken)
        unit.audit("event.corrected", "event", new_id, proceeding=proceeding_id, corrects=event_id)
        unit.remember(token, "correct_event", dataclasses.astuple(done))
        return done


def _correctable(rows: tuple[EventRow, ...], event_id: int, entry: EventEntry | None) -> EventRow:
    old = next(row for row in rows if row.id == event_id)
    if old.corrected_by:
        raise already_corrected()
    if old.kind in (INSTRUCTION, TAKEN_BACK) or (entry and entry.kind != old.kind):
        raise refuse(
            "not-correctable",
            msg("Only an event can be corrected, by an event of the same kind."),
            msg("Take it back, then record what really happened."),
            field="corrects",
        )
    return old


def _root(rows: tuple[EventRow, ...], row: EventRow) -> int:
    """The place of an event: that of the first one of its chain of corrections."""
    by_id = {one.id: one for one in rows}
    while row.corrects:
        row = by_id[row.corrects]
    return row.id


def _append(unit: Unit, proceeding_id: int, entry: EventEntry, corrects: int | None = None) -> int:
    facts = {"by": entry.by, "facts": dict(entry.facts), "documents": list(entry.documents)}
    on = entry.happened_on.isoformat() if entry.happened_on else unit.today
    return kept.add_event(unit, proceeding_id, entry.kind, on, facts, text=entry.evidence, corrects=corrects)


def _as_of(entry: EventEntry, ctx: Ctx) -> dt.date:
    """The day on which an event is judged: its own."""
    return min(entry.happened_on or ctx.today, ctx.today)


def _settled(unit: Unit, ctx: Ctx, proceeding_id: int, event_id: int, broken: tuple[Event, ...]) -> Recorded:
    """Keep the replay; every later event that no longer follows is named and refuses the whole (`broken` were so before)."""
    found = proceeding_record.refresh(unit, proceeding_id, ctx.today)
    known = {event.id for event in broken}
    later = [event for event in found.conflicts if event.id not in known]
    if later:
        raise Refusal(*(_no_longer(found.procedure, event) for event in later))
    head = proceeding_record.head(unit, proceeding_id)
    title_follow.follow(unit, head.case_id, ctx.today)
    next_on = proceeding_record.follow(unit, head, ctx.today)
    return Recorded(event_id, found.outcome, next_on)


def _no_longer(procedure: Procedure, event: Event) -> Problem:
    step = procedure.steps.get(event.kind)
    return Problem(
        "later-events",
        msg("“{step}” of {day} would no longer follow.", step=step.label if step else event.kind, day=event.on),
        msg("Correct or take back the later event first."),
        field="corrects",
    )


def _power(reader: Reader, proceeding_id: int) -> dt.date | None:
    """The day of the special power that the creditor's instruction mentions."""
    first = proceeding_record.event_of(kept.events(reader, proceeding_id)[0])
    given = first.facts.get("special_power_on")
    return dt.date.fromisoformat(str(given)) if given else None


def _stopped(reader: Reader, head: Head, entry: EventEntry, ctx: Ctx) -> list[str]:
    """The kinds of hold in force on the case on the day of an event."""
    return proceeding_record.stopped(reader, head.case_id, _as_of(entry, ctx))
