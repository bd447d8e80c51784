"""The interaction log: log a contact or a note, correct it by a new entry, always leave a next action. Edits nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.outcomes import Facts, Outcome, hour, outcome
from core.domain.rights import Right
from core.i18n import texts
from core.law.results import ResultCode
from core.services import (
    closure_record,
    contact_gate,
    contact_record,
    contact_told,
    fragile_record,
    plan_record,
    promise_grace,
)
from core.services import result_codes as kept_codes
from core.services.contact_record import CHANNELS, ContactEntry, result_named
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.services.result_words import action_kinds
from core.store import calls, journal
from core.store.cases import CaseHead
from core.store.unit import Unit

__all__ = [
    "CHANNELS", "ContactEntry", "Facts", "Logged", "add_note", "all_results", "foresee", "log_contact", "mark_contact_point",
    "result_codes", "result_named", "set_next_action",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written."""

    interaction_id: int
    next_kind: str
    next_on: str
    closed: bool


@service(Right.READ)
def result_codes(ctx: Ctx, channel: str) -> tuple[ResultCode, ...]:
    """The results offered on a channel ("call", …, "none" for an event without contact), the keyboard's first."""
    with ctx.store.read() as reader:
        offered = (r for r in kept_codes.known(reader) if channel in r.channels and r.active)
        return tuple(sorted(offered, key=lambda r: r.key or "~"))


@service(Right.READ)
def all_results(ctx: Ctx) -> tuple[ResultCode, ...]:
    """Every result as this agency has it, those no longer offered too: for the words of what was logged."""
    with ctx.store.read() as reader:
        return kept_codes.known(reader)


@service(Right.READ)
def foresee(ctx: Ctx, entry: ContactEntry) -> Outcome:
    """What logging would write beside the entry; writes nothing. Raises what logging would raise."""
    with ctx.store.read() as reader:
        facts = plan_record.filled(reader, entry, texts(ctx.lang)).facts
        head = contact_record.head(reader, entry.case_id)
        rule = promise_grace.ruled(reader, result_named(reader, entry.result), head.creditor_id, ctx.day)
        return outcome(rule, facts, ctx.today, head.balance, head.collected)


@service(Right.WORK)
def log_contact(ctx: Ctx, entry: ContactEntry, token: str) -> Logged:
    """Log a contact with its result; closes the open next actions and sets the next one. Twice with one token logs once.

    A contact from us passes the gate (services/contact_gate) at its own hour: refused, it raises Barred and the refusal is kept; what
    was made all the same is logged with its reason (`made_because`). An agreement that names its proposal puts it in force;
    correcting an entry takes back what it had agreed. A result that ends the case passes the checks of closing (services/closures): it
    asks, and closes at once where its author decides alone and nothing is to be taken note of.
    """
    with ctx.store.read() as reader:
        rule = result_named(reader, entry.result)
    _channel(entry, rule)
    with contact_gate.recorded(ctx), ctx.write() as unit:
        before = unit.done_before(token, "log_contact")
        if before:
            return Logged(*before)
        head = contact_record.head(unit, entry.case_id)
        if entry.corrects:
            contact_record.withdraw(unit, entry.corrects, head)
            head = contact_record.head(unit, entry.case_id)
        contact_record.check(unit, entry, rule)
        verdict = contact_told.passes(ctx, unit, entry, rule, head)
        entry = plan_record.filled(unit, entry, texts(ctx.lang))
        rule = promise_grace.ruled(unit, rule, head.creditor_id, ctx.day)
        found = outcome(rule, entry.facts, ctx.today, head.balance, head.collected)
        interaction_id = contact_record.append(unit, entry, rule, texts(ctx.lang))
        plan_record.accept(unit, ctx.today, entry, interaction_id)
        contact_record.follow(unit, entry, found, interaction_id, head.status)
        if entry.channel == "call" and entry.direction == "out" and not entry.corrects:
            calls.recorded(unit, entry.case_id, interaction_id)
        contact_record.learnt(unit, entry, rule, interaction_id, head)
        closed = _ends(ctx, unit, head, entry, found, interaction_id)
        unit.touch(entry.case_id)
        unit.audit(
            "contact.corrected" if entry.corrects else "contact.logged",
            "interaction",
            interaction_id,
            case=entry.case_id,
            result=rule.code,
        )
        contact_told.written(unit, verdict, entry, interaction_id)
        if found.closing and not closed:
            logged = (interaction_id, closure_record.DECISION, ctx.day, False)
        else:
            logged = (interaction_id, found.next_kind, found.next_on.isoformat() if found.next_on else "", closed)
        unit.remember(token, "log_contact", logged)
        return Logged(*logged)


def _channel(entry: ContactEntry, rule: ResultCode) -> None:
    """Refuse a contact without its channel."""
    if entry.channel not in CHANNELS and "none" not in rule.channels:
        raise refuse(
            "channel-missing",
            msg("By which channel?"),
            msg("Choose call, e-mail, letter, SMS or visit."),
            field="channel",
            value=entry.channel,
        )


def _ends(ctx: Ctx, unit: Unit, head: CaseHead, entry: ContactEntry, found: Outcome, interaction_id: int) -> bool:
    """Ask the end of the case where its result says so; whether it is closed."""
    if not found.closing:
        return False
    words, decides = contact_record.proof_of(entry), ctx.may(Right.DECIDE)
    return closure_record.by_result(unit, ctx.today, head, found.closing, words, interaction_id, decides=decides)


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
        contact_record.head(unit, case_id)
        fragile_record.check_words(unit, case_id, note)
        new = journal.NewInteraction(case_id, "note", "none", "", ctx.day, note=note)
        interaction_id = journal.add_interaction(unit, new, {})
        unit.audit("note.added", "interaction", interaction_id, case=case_id)
        unit.remember(token, "add_note", interaction_id)
        return interaction_id


@service(Right.WORK)
def set_next_action(ctx: Ctx, case_id: int, kind: str, on: dt.date, note: str = "", at: str = "") -> int:
    """Replace the open next actions of a case by this one."""
    if kind not in action_kinds():
        raise unknown_choice("next_kind", kind)
    if on < ctx.today:
        past = msg("The next action would be in the past ({given}).", given=on)
        raise refuse("date-in-past", past, msg("Choose today or later."), field="next_on", value=on.isoformat())
    due_at = hour(at) if at else ""
    with ctx.write() as unit:
        if contact_record.head(unit, case_id).status == "closed":
            raise contact_record.case_closed("next_kind")
        journal.close_tasks(unit, case_id, "replaced")
        task_id = journal.add_task(unit, case_id, kind, on.isoformat(), due_at=due_at, note=note, origin="typed")
        unit.touch(case_id)
        unit.audit("action.set", "task", task_id, case=case_id, kind=kind)
    return task_id


@service(Right.WORK)
def mark_contact_point(ctx: Ctx, contact_point_id: int, validity: str) -> None:
    """Say that a telephone number, e-mail or address is good, unverified or wrong."""
    if validity not in ("confirmed", "unknown", "invalid"):
        raise unknown_choice("validity", validity)
    with ctx.write() as unit:
        journal.set_validity(unit, contact_point_id, validity, "typed", ctx.day)
        unit.touch(*journal.cases_of_point(unit, contact_point_id))
        unit.audit("contact_point.marked", "contact_point", contact_point_id, validity=validity)
