"""Tracing a debtor: lawful sources only, each step with its day, source and result, within a budget and a time. Tells nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS
from core.domain.rights import Right
from core.law.tracing import Source, TracingData, load_tracing
from core.services import contact_record, note_filter, tracing_gate
from core.services.context import Ctx, service
from core.services.refusals import already_corrected, unknown_choice
from core.store import journal
from core.store import tracing as kept
from core.store.tracing import NewStep, StepRow, TracingRow
from core.store.unit import Reader, Unit

__all__ = [
    "RESULTS", "TASK", "Sheet", "StepEntry", "StepRow", "TracingRow", "change_tracing", "end_tracing", "open_tracing", "record_step",
    "tracing_data", "tracing_of", "withdraw_step",
]  # fmt: skip
RESULTS, OUTCOMES = ("nothing", "found", "waiting"), ("found", "not_found", "stopped")
TASK = "end_tracing"  # the next action on the last day of a tracing


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step as typed; `cost` in cents, `words` where exactly and what was learnt."""

    source: str
    done_on: dt.date
    result: str
    cost: int = 0
    words: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the case shows: the tracing that runs (None: none), the earlier ones, the steps, the compulsory sources still missing."""

    running: TracingRow | None
    earlier: tuple[TracingRow, ...]
    steps: tuple[StepRow, ...]
    missing: tuple[Source, ...]


def tracing_data() -> TracingData:
    """The sources, lawful and refused, with their words."""
    return load_tracing()


@service(Right.READ)
def tracing_of(ctx: Ctx, case_id: int) -> Sheet:
    """The tracing of a case; raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        rows = kept.of_case(reader, case_id)
        running = next((row for row in rows if not row.ended_on), None)
        return Sheet(
            running,
            tuple(row for row in rows if row.ended_on),
            kept.steps(reader, case_id),
            tracing_gate.missing(reader, case_id, head.kind),
        )


@service(Right.WORK)
def open_tracing(ctx: Ctx, case_id: int, budget: int, until: dt.date, token: str) -> int:
    """Begin to look for a debtor, within a budget (cents, 0 for none) and until a day. Twice with one token begins once.

    Raises Refusal "case-closed", "tracing-open", "amount-implausible", "date-in-past".
    """
    _check_limits(ctx, budget, until)
    with ctx.write() as unit:
        before = unit.done_before(token, "open_tracing")
        if before:
            return int(before)
        if contact_record.head(unit, case_id).status == "closed":
            raise contact_record.case_closed("until")
        if any(not row.ended_on for row in kept.of_case(unit, case_id)):
            raise refuse(
                "tracing-open",
                msg("A tracing is under way already in this case."),
                msg("Open the case again and add its steps there."),
                field="budget",
            )
        tracing_id = kept.add(unit, case_id, budget, until.isoformat())
        journal.add_task(unit, case_id, TASK, until.isoformat(), origin="tracing")
        _write(unit, case_id, {"step": "tracing_opened", "amount": budget, "date": until.isoformat()})
        unit.touch(case_id)
        unit.audit("tracing.opened", "tracing", tracing_id, case=case_id, budget=budget, until=until.isoformat())
        unit.remember(token, "open_tracing", tracing_id)
        return tracing_id


@service(Right.DECIDE)
def change_tracing(ctx: Ctx, tracing_id: int, row_version: int, budget: int, until: dt.date) -> None:
    """Give a tracing another budget (cents) or end; its action moves with it.

    Raises Refusal "tracing-unknown", "amount-implausible", "date-in-past", "changed-meanwhile".
    """
    _check_limits(ctx, budget, until)
    with ctx.write() as unit:
        row = _running(unit, tracing_id)
        unit.change("tracings", tracing_id, row_version, budget=budget, until_on=until.isoformat())
        said = _write(unit, row.case_id, {"step": "tracing_changed", "amount": budget, "date": until.isoformat()})
        journal.close_tasks(unit, row.case_id, "replaced", said, (TASK,))
        journal.add_task(unit, row.case_id, TASK, until.isoformat(), origin="tracing")
        unit.touch(row.case_id)
        unit.audit("tracing.changed", "tracing", tracing_id, case=row.case_id, budget=budget, until=until.isoformat())


@service(Right.WORK)
def record_step(ctx: Ctx, tracing_id: int, entry: StepEntry, token: str) -> int:
    """Append a step. A source that the law bars is refused with its article; data of a bailiff (CPCE L152-3) is one of them.

    Raises Refusal "tracing-unknown", "choice-unknown", "source-barred", "date-in-future", "tracing-over", "budget-spent", "field-empty",
    "note-words", "step-unknown", "already-corrected".
    """
    source = tracing_gate.lawful(entry.source, "source")
    if entry.result not in RESULTS:
        raise unknown_choice("result", entry.result)
    not_after(entry.done_on, ctx.today, field="done_on")
    note_filter.check(entry.words, "words")
    with ctx.write() as unit:
        before = unit.done_before(token, "record_step")
        if before:
            return int(before)
        row = _running(unit, tracing_id)
        _check_step(unit, row, entry)
        facts = {"step": "tracing_step", "kind": source.code, "outcome": entry.result}
        said = _write(unit, row.case_id, facts, entry.done_on.isoformat())
        new = NewStep(
            tracing_id, source.code, entry.done_on.isoformat(), entry.result, entry.cost, entry.words, entry.corrects
        )
        step_id = kept.add_step(unit, new, said)
        unit.touch(row.case_id)
        unit.audit("tracing.step", "tracing_step", step_id, case=row.case_id, source=source.code, result=entry.result)
        unit.remember(token, "record_step", step_id)
        return step_id


@service(Right.WORK)
def withdraw_step(ctx: Ctx, step_id: int, reason: str, token: str) -> int:
    """Take back a step that was entered by mistake; it stays, struck through, with the reason.

    Raises Refusal "step-unknown", "already-corrected", "field-empty", "note-words".
    """
    if not reason.strip():
        raise refuse(
            "field-empty", msg("A step is taken back with a reason."), msg("Type it in a few words."), field="reason"
        )
    note_filter.check(reason, "reason")
    with ctx.write() as unit:
        before = unit.done_before(token, "withdraw_step")
        if before:
            return int(before)
        step = _step(unit, step_id)
        row = _running(unit, step.tracing_id)
        facts = {"step": "tracing_step", "kind": step.source, "outcome": "withdrawn"}
        said = _write(unit, row.case_id, facts)
        new = NewStep(row.id, step.source, step.done_on, "withdrawn", 0, reason, step.id)
        new_id = kept.add_step(unit, new, said)
        unit.touch(row.case_id)
        unit.audit("tracing.step_withdrawn", "tracing_step", new_id, case=row.case_id, corrects=step.id)
        unit.remember(token, "withdraw_step", new_id)
        return new_id


@service(Right.WORK)
def end_tracing(ctx: Ctx, tracing_id: int, row_version: int, outcome: str) -> None:
    """End a tracing: found, not_found (compulsory steps done only), stopped; its action ends and contacts go on, or closing is proposed.

    Raises Refusal "tracing-unknown", "choice-unknown", "tracing-incomplete", "changed-meanwhile".
    """
    if outcome not in OUTCOMES:
        raise unknown_choice("outcome", outcome)
    with ctx.write() as unit:
        row = _running(unit, tracing_id)
        head = contact_record.head(unit, row.case_id)
        if outcome == "not_found":
            tracing_gate.check(unit, row.case_id, head.kind, "outcome")
        kept.end(unit, tracing_id, row_version, outcome)
        said = _write(unit, row.case_id, {"step": "tracing_ended", "outcome": outcome})
        journal.close_tasks(unit, row.case_id, "done", said, (TASK, "search_contact"))
        if head.status == "open":
            kind = {"found": "call_back", "not_found": "propose_closing"}.get(outcome, "lead_decision")
            journal.add_task(unit, row.case_id, kind, ctx.day, origin="tracing")
        unit.touch(row.case_id)
        unit.audit("tracing.ended", "tracing", tracing_id, case=row.case_id, outcome=outcome, entry=said)


def _check_limits(ctx: Ctx, budget: int, until: dt.date) -> None:
    if not 0 <= budget <= LARGEST_CENTS:
        raise refuse(
            "amount-implausible",
            msg("This budget cannot be."),
            msg("Type the amount in euros, 0 when nothing may be spent."),
            field="budget",
        )
    if until < ctx.today:
        raise refuse(
            "date-in-past",
            msg("The tracing would have ended already ({given}).", given=until),
            msg("Choose today or later."),
            field="until",
        )


def _check_step(reader: Reader, row: TracingRow, entry: StepEntry) -> None:
    if entry.done_on.isoformat() > row.until_on:
        raise refuse(
            "tracing-over",
            msg("The tracing ended on {day}.", day=dt.date.fromisoformat(row.until_on)),
            msg("Have a lead prolong it, or close it."),
            field="done_on",
        )
    old = _step(reader, entry.corrects) if entry.corrects else None
    if old and old.tracing_id != row.id:
        raise _no_step(old.id)
    if not entry.cost >= 0 or row.spent - (old.cost if old else 0) + entry.cost > row.budget:
        raise refuse(
            "budget-spent",
            msg("This step would spend more than the budget of the tracing."),
            msg("Have a lead raise the budget, or look where nothing is to be paid."),
            field="cost",
        )
    if entry.result == "found" and not entry.words.strip():
        raise refuse(
            "field-empty",
            msg("What was found, and where exactly, is to be told to the person (GDPR article 14)."),
            msg("Type where it was found; add the number or address itself under Who."),
            field="words",
        )


def _step(reader: Reader, step_id: int) -> StepRow:
    step = kept.step(reader, step_id)
    if step is None:
        raise _no_step(step_id)
    if step.gone:
        raise already_corrected()
    return step


def _no_step(step_id: int) -> Refusal:
    return refuse(
        "step-unknown",
        msg("There is no such step in this tracing."),
        msg("Open the case again."),
        field="corrects",
        value=str(step_id),
    )


def _running(reader: Reader, tracing_id: int) -> TracingRow:
    row = kept.one(reader, tracing_id)
    if row is None or row.ended_on:
        raise refuse(
            "tracing-unknown",
            msg("There is no such tracing under way."),
            msg("Open the case again."),
            field="tracing",
            value=str(tracing_id),
        )
    return row


def _write(unit: Unit, case_id: int, facts: Mapping[str, str | int], on: str = "") -> int:
    """The line of the journal: what was done and where, never what was learnt."""
    new = journal.NewInteraction(case_id, "note", "none", "", on or unit.today)
    return journal.add_interaction(unit, new, {key: value for key, value in facts.items() if value != ""})
