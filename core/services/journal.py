"""The interaction log: log a contact or a note, correct it by a new entry, always leave a next action. Edits nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.outcomes import WORDS, Facts, Outcome, outcome, wanted
from core.domain.rights import Right
from core.i18n import texts
from core.law.results import ResultCode, load_results
from core.services.context import Ctx, service
from core.services.payments import no_case
from core.services.result_words import action_kinds, need_label
from core.store import cases, course, journal
from core.store.unit import Reader, Unit

CHANNELS = ("call", "email", "letter", "sms", "visit")


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A contact as a person types it."""

    case_id: int
    channel: str
    direction: str
    result: str
    facts: Facts
    happened_at: str = ""
    note: str = ""
    contact_point_id: int | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written."""

    interaction_id: int
    next_kind: str
    next_on: str
    closed: bool


@service(Right.READ)
def result_codes(ctx: Ctx, channel: str) -> tuple[ResultCode, ...]:  # noqa: ARG001 - the right is checked on it
    """The results that make sense on a channel ("call", …, "none" for an event without contact), the keyboard's first."""
    return tuple(sorted((r for r in load_results() if channel in r.channels), key=lambda r: r.key or "~"))


def result_named(code: str) -> ResultCode:
    """One result code; raises Refusal when it is unknown."""
    found = next((r for r in load_results() if r.code == code), None)
    if found is None:
        raise refuse(
            "result-missing",
            msg("A contact without its result cannot be used."),
            msg("Choose what happened."),
            field="result",
            value=code,
        )
    return found


@service(Right.READ)
def foresee(ctx: Ctx, entry: ContactEntry) -> Outcome:
    """What logging would write beside the entry; writes nothing. Raises what logging would raise."""
    with ctx.store.read() as reader:
        return outcome(result_named(entry.result), entry.facts, ctx.today, _head(reader, entry.case_id).balance)


@service(Right.WORK)
def log_contact(ctx: Ctx, entry: ContactEntry, token: str) -> Logged:
    """Log a contact with its result; closes the open next actions and sets the next one. Twice with one token logs once."""
    rule = result_named(entry.result)
    if entry.channel not in CHANNELS and "none" not in rule.channels:
        raise refuse(
            "channel-missing",
            msg("By which channel?"),
            msg("Choose call, e-mail, letter, SMS or visit."),
            field="channel",
            value=entry.channel,
        )
    with ctx.write() as unit:
        before = unit.done_before(token, "log_contact")
        if before:
            return Logged(*before)
        head = _head(unit, entry.case_id)
        if entry.corrects:
            _withdraw(unit, entry.corrects, entry.case_id)
        found = outcome(rule, entry.facts, ctx.today, head.balance)
        interaction_id = _append(ctx, unit, entry, rule)
        _follow(ctx, unit, entry, found, interaction_id, head.status)
        unit.touch(entry.case_id)
        unit.audit(
            "contact.corrected" if entry.corrects else "contact.logged",
            "interaction",
            interaction_id,
            case=entry.case_id,
            result=rule.code,
        )
        logged = (
            interaction_id,
            found.next_kind,
            found.next_on.isoformat() if found.next_on else "",
            bool(found.closing),
        )
        unit.remember(token, "log_contact", logged)
        return Logged(*logged)


@service(Right.WORK)
def add_note(ctx: Ctx, case_id: int, note: str, token: str) -> int:
    """A note in the journal: no contact, no result, the next action unchanged."""
    if not note.strip():
        raise refuse(
            "field-empty",
            msg("The note is empty."),
            msg("Type what should be remembered, in objective words."),
            field="note",
        )
    with ctx.write() as unit:
        before = unit.done_before(token, "add_note")
        if before:
            return int(before)
        _head(unit, case_id)
        new = journal.NewInteraction(case_id, "note", "none", "", ctx.day, note=note)
        interaction_id = journal.add_interaction(unit, new, {})
        unit.audit("note.added", "interaction", interaction_id, case=case_id)
        unit.remember(token, "add_note", interaction_id)
        return interaction_id


@service(Right.WORK)
def set_next_action(ctx: Ctx, case_id: int, kind: str, on: dt.date, note: str = "", at: str = "") -> int:
    """Replace the open next actions of a case by this one."""
    if kind not in action_kinds():
        raise refuse(
            "choice-unknown",
            msg("“{given}” is not one of the choices.", given=kind),
            msg("Choose one of the list."),
            field="next_kind",
            value=kind,
        )
    if on < ctx.today:
        past = msg("The next action would be in the past ({given}).", given=on)
        raise refuse("date-in-past", past, msg("Choose today or later."), field="next_on", value=on.isoformat())
    with ctx.write() as unit:
        _head(unit, case_id)
        journal.close_tasks(unit, case_id, "replaced")
        task_id = journal.add_task(unit, case_id, kind, on.isoformat(), due_at=at, note=note, origin="typed")
        unit.touch(case_id)
        unit.audit("action.set", "task", task_id, case=case_id, kind=kind)
    return task_id


@service(Right.WORK)
def lift_hold(ctx: Ctx, hold_id: int, row_version: int) -> None:
    """End a hold today; the case needs a next action if it has none, and gets a call back tomorrow."""
    with ctx.write() as unit:
        case_id = journal.hold_case(unit, hold_id)
        if case_id is None:
            raise refuse(
                "hold-unknown",
                msg("There is no such hold."),
                msg("Open the case again."),
                field="hold",
                value=str(hold_id),
            )
        journal.lift_hold(unit, hold_id, row_version)
        if not course.tasks(unit, case_id):
            journal.add_task(unit, case_id, "call_back", ctx.day, origin="hold")
        unit.touch(case_id)
        unit.audit("hold.lifted", "hold", hold_id, case=case_id)


@service(Right.REVERSE)
def reopen_case(ctx: Ctx, case_id: int) -> None:
    """Take up a closed case again, with a call today as next action."""
    with ctx.write() as unit:
        if _head(unit, case_id).status == "open":
            return
        journal.reopen_case(unit, case_id)
        journal.add_task(unit, case_id, "call_back", ctx.day, origin="reopened")
        unit.touch(case_id)
        unit.audit("case.reopened", "case", case_id)


@service(Right.WORK)
def mark_contact_point(ctx: Ctx, contact_point_id: int, validity: str) -> None:
    """Say that a telephone number, e-mail or address is good, unverified or wrong."""
    if validity not in ("confirmed", "unknown", "invalid"):
        raise refuse(
            "choice-unknown",
            msg("“{given}” is not one of the choices.", given=validity),
            msg("Choose one of the list."),
            field="validity",
            value=validity,
        )
    with ctx.write() as unit:
        journal.set_validity(unit, contact_point_id, validity)
        unit.audit("contact_point.marked", "contact_point", contact_point_id, validity=validity)


def _head(reader: Reader, case_id: int) -> cases.CaseHead:
    head = cases.head(reader, case_id)
    if head is None:
        raise no_case(case_id)
    return head


def _withdraw(unit: Unit, interaction_id: int, case_id: int) -> None:
    """Undo what a wrong entry had set in motion; the entry itself stays in the journal."""
    old = journal.interaction(unit, interaction_id)
    if old is None or old.case_id != case_id:
        raise refuse(
            "entry-unknown",
            msg("There is no such entry in this case."),
            msg("Open the case again and choose the entry to correct."),
            field="corrects",
        )
    if old.corrected_by:
        raise refuse(
            "already-corrected",
            msg("This entry was corrected already."),
            msg("Correct the newer entry instead."),
            field="corrects",
        )
    journal.lift_holds_of(unit, interaction_id)
    journal.cancel_promises_of(unit, interaction_id)


def _append(ctx: Ctx, unit: Unit, entry: ContactEntry, rule: ResultCode) -> int:
    t = texts(ctx.lang)
    words = dict(entry.facts.words)
    lines = [
        f"{need_label(t, need)} : {words[need].strip()}"
        for need in WORDS
        if need != "note" and words.get(need, "").strip()
    ]
    note = "\n".join(part for part in (entry.note.strip() or words.get("note", "").strip(), *lines) if part)
    kept = {
        "amount": entry.facts.amount,
        "date": entry.facts.date.isoformat() if entry.facts.date else None,
        "means": entry.facts.means,
        "hour": entry.facts.hour,
    }
    wants = wanted(rule)
    channel = entry.channel if entry.channel in CHANNELS else "note"
    new = journal.NewInteraction(
        entry.case_id,
        channel,
        entry.direction if channel != "note" else "none",
        rule.code,
        entry.facts.happened_on.isoformat(),
        entry.happened_at,
        note,
        contact_point_id=entry.contact_point_id,
        corrects=entry.corrects,
    )
    return journal.add_interaction(unit, new, {need: kept[need] for need in wants if kept.get(need)})


def _follow(ctx: Ctx, unit: Unit, entry: ContactEntry, found: Outcome, interaction_id: int, status: str) -> None:
    journal.close_tasks(unit, entry.case_id, "done", interaction_id)
    if found.promise:
        amount, due, means = found.promise
        journal.add_promise(
            unit, entry.case_id, interaction_id, entry.facts.happened_on.isoformat(), due.isoformat(), amount, means
        )
    if found.hold:
        journal.add_hold(
            unit,
            entry.case_id,
            found.hold,
            ctx.day,
            found.hold_until.isoformat() if found.hold_until else None,
            interaction_id=interaction_id,
        )
    if found.hold == "dispute":
        journal.add_dispute(
            unit,
            entry.case_id,
            entry.result,
            entry.facts.happened_on.isoformat(),
            dict(entry.facts.words).get("reason", ""),
        )
    if found.validity and entry.contact_point_id:
        journal.set_validity(unit, entry.contact_point_id, found.validity)
    if found.closing:
        journal.close_case(unit, entry.case_id, found.closing, ctx.day)
    elif found.next_on and status == "open":
        journal.add_task(
            unit, entry.case_id, found.next_kind, found.next_on.isoformat(), due_at=found.next_at, origin=entry.result
        )
