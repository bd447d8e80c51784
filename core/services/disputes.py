"""Disputes: open, send to the creditor, record the answer, close. Edits no entry: each step is a new line of the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.law.stops import dispute_data, load_dispute_kinds
from core.services import contact_record, dispute_record
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import disputes as kept
from core.store import journal
from core.store.cases import CaseHead
from core.store.disputes import Dispute
from core.store.unit import Unit

__all__ = [
    "ANSWERS", "ENDS", "Dispute", "DisputeEntry", "close_dispute", "dispute_kinds", "disputes_of", "open_dispute", "record_answer",
    "send_to_creditor",
]  # fmt: skip
ANSWERS = ("upheld", "partly", "rejected")
ENDS = ("withdrawn", "entered_by_mistake")  # how a dispute ends that the creditor did not answer


@dataclass(frozen=True, slots=True)
class DisputeEntry:
    """A dispute as typed: the whole case without `debt_id`; all that is owed without `amount` (cents). `department` of the creditor ("":
    the kind's own) answers by `due_on` (None: its days, once asked); `documents` are those asked for.
    """

    case_id: int
    debt_id: int | None
    amount: int | None
    kind: str
    reason: str
    department: str = ""
    due_on: dt.date | None = None
    documents: tuple[str, ...] = ()


def dispute_kinds() -> tuple[str, ...]:
    """The kinds a person may choose, in the order of the data."""
    return tuple(k.kind for k in load_dispute_kinds() if k.kind != "imported")


@service(Right.READ)
def disputes_of(ctx: Ctx, case_id: int) -> tuple[Dispute, ...]:
    """The disputes of a case, those that still run first."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.WORK)
def open_dispute(ctx: Ctx, entry: DisputeEntry, token: str) -> int:
    """Open a dispute: contacts about the debt (or the case) stop, looking into it comes next. Of a debt contested in part only that part
    stops: the rest stays claimed. An amount of the whole case stops all of it: nobody knows yet which debt it is of.

    Twice with one token opens one. Raises Refusal "case-closed", "choice-unknown", "field-empty", "debt-elsewhere", "more-than-owed",
    "date-in-past".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "open_dispute")
        if before:
            return int(before)
        head = contact_record.head(unit, entry.case_id)
        owed = _check(ctx, unit, entry, head)
        new = journal.NewInteraction(
            entry.case_id, "note", "none", "", ctx.day, note=entry.reason, debt_id=entry.debt_id
        )
        facts = {"step": "dispute_opened", "kind": entry.kind, "amount": entry.amount}
        interaction_id = journal.add_interaction(unit, new, facts)
        dispute_id = dispute_record.begin(
            unit,
            entry.case_id,
            interaction_id,
            ctx.day,
            entry.reason,
            kind=entry.kind,
            debt_id=entry.debt_id,
            amount=entry.amount,
            department=entry.department,
            due_on=entry.due_on.isoformat() if entry.due_on else None,
            part=entry.amount is not None and entry.amount < owed,
        )
        kept.ask_for(unit, dispute_id, entry.documents)
        if entry.debt_id is None:
            journal.close_tasks(unit, entry.case_id, "replaced", interaction_id, contact_record.REACHING)
        journal.add_task(unit, entry.case_id, "open_dispute", ctx.day, origin="dispute")
        unit.touch(entry.case_id)
        unit.audit("dispute.opened", "dispute", dispute_id, case=entry.case_id, kind=entry.kind)
        unit.remember(token, "open_dispute", dispute_id)
        return dispute_id


def _check(ctx: Ctx, unit: Unit, entry: DisputeEntry, head: CaseHead) -> int:
    """Refuse what cannot be contested; returns the cents owed of what it is about."""
    if head.status == "closed":
        raise contact_record.case_closed("kind")
    if entry.kind not in dispute_kinds():
        raise unknown_choice("kind", entry.kind)
    if entry.department and entry.department not in dispute_data().departments:
        raise unknown_choice("department", entry.department)
    unknown = [one for one in entry.documents if one not in dispute_data().documents]
    if unknown:
        raise unknown_choice("documents", unknown[0])
    if entry.due_on and entry.due_on < ctx.today:
        past = msg("The creditor would have had to answer already ({given}).", given=entry.due_on)
        raise refuse("date-in-past", past, msg("Choose today or later, or leave the day empty."), field="due_on",
                     value=entry.due_on.isoformat())  # fmt: skip
    if not entry.reason.strip():
        raise refuse(
            "field-empty",
            msg("The creditor must know what is contested."),
            msg("Type what the debtor says, in objective words."),
            field="reason",
        )
    owed = contact_record.owed_by(unit, head, entry.debt_id)
    if entry.amount is not None and not 0 < entry.amount <= owed:
        raise refuse(
            "more-than-owed",
            msg("The amount contested must lie between one cent and what is owed."),
            msg("Correct the amount, or leave it empty when all is contested."),
            field="amount",
            value=str(entry.amount),
        )
    return owed


@service(Right.WORK)
def send_to_creditor(ctx: Ctx, dispute_id: int, on: dt.date) -> None:
    """The creditor was asked on a day; chasing their answer comes next. The same day again changes nothing."""
    with ctx.write() as unit:
        dispute = _running(unit, dispute_id)
        _within(ctx, dispute, on, "sent_on")
        if dispute.answered_on:
            raise _already_answered()
        if dispute.sent_to_creditor_on == on.isoformat():
            return
        dispute_record.asked(unit, dispute, on)
        _write(unit, dispute, "dispute_sent", on, "")
        unit.audit("dispute.sent", "dispute", dispute_id, case=dispute.case_id)


@service(Right.WORK)
def record_answer(ctx: Ctx, dispute_id: int, on: dt.date, outcome: str, words: str) -> None:
    """What the creditor answered. "rejected" ends the dispute and has the debtor called; "upheld" and "partly" keep the stop
    and ask the lead for the credit note or the withdrawal. The same answer again changes nothing.
    """
    with ctx.write() as unit:
        dispute = _known(unit, dispute_id)
        if (dispute.answered_on, dispute.outcome) == (on.isoformat(), outcome):
            return
        dispute = _running(unit, dispute_id)
        if dispute.answered_on:
            raise _already_answered()
        if outcome not in ANSWERS:
            raise unknown_choice("outcome", outcome)
        _within(ctx, dispute, on, "answered_on")
        if not words.strip():
            raise refuse(
                "field-empty",
                msg("The debtor will ask what the creditor answered."),
                msg("Type the answer, in objective words."),
                field="words",
            )
        dispute_record.settle(unit, dispute, on, outcome)
        _write(unit, dispute, "dispute_answered", on, words, outcome)
        unit.audit("dispute.answered", "dispute", dispute_id, case=dispute.case_id, outcome=outcome)


@service(Right.WORK)
def close_dispute(ctx: Ctx, dispute_id: int, outcome: str = "", words: str = "") -> None:
    """End a dispute: its stop is lifted and the debtor is to be called. An answer keeps its outcome; without one, `outcome`
    says why ("withdrawn", "entered_by_mistake").
    """
    with ctx.write() as unit:
        dispute = _running(unit, dispute_id)
        if not dispute.answered_on and outcome not in ENDS:
            raise unknown_choice("outcome", outcome)
        ended = dispute.outcome if dispute.answered_on else outcome
        dispute_record.end(unit, dispute, ended)
        _write(unit, dispute, "dispute_closed", ctx.today, words, ended)
        unit.audit("dispute.closed", "dispute", dispute_id, case=dispute.case_id, outcome=ended)


def _write(unit: Unit, dispute: Dispute, step: str, on: dt.date, words: str, outcome: str = "") -> None:
    """The line of the journal for a step, and the case recomputed."""
    facts = {"step": step, "kind": dispute.kind} | ({"outcome": outcome} if outcome else {})
    new = journal.NewInteraction(
        dispute.case_id, "note", "none", "", on.isoformat(), note=words, debt_id=dispute.debt_id
    )
    journal.add_interaction(unit, new, facts)
    unit.touch(dispute.case_id)


def _known(unit: Unit, dispute_id: int) -> Dispute:
    found = kept.one(unit, dispute_id)
    if found is None:
        raise refuse(
            "dispute-unknown",
            msg("There is no such dispute here."),
            msg("Open the case again."),
            field="dispute",
            value=str(dispute_id),
        )
    return found


def _running(unit: Unit, dispute_id: int) -> Dispute:
    found = _known(unit, dispute_id)
    if found.closed_on:
        raise refuse(
            "dispute-closed",
            msg("This dispute is closed."),
            msg("Open a new one if the debtor contests again."),
            field="dispute",
            value=str(dispute_id),
        )
    return found


def _already_answered() -> Exception:
    return refuse(
        "dispute-answered",
        msg("The creditor has answered this dispute."),
        msg("Close it, and open a new one if something else is contested."),
        field="dispute",
    )


def _within(ctx: Ctx, dispute: Dispute, on: dt.date, field: str) -> None:
    """A step lies between the day the dispute began and today."""
    not_after(on, ctx.today, field=field)
    if on.isoformat() < dispute.opened_on:
        raise refuse(
            "date-in-past",
            msg(
                "{given} is before the dispute itself ({opened}).",
                given=on,
                opened=dt.date.fromisoformat(dispute.opened_on),
            ),
            msg("Give the day it really happened."),
            field=field,
            value=on.isoformat(),
        )
