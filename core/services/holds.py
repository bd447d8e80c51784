"""Holds: stop a case or one debt with a reason, and lift the stop with a reason. A dispute lifts its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import after
from core.domain.messages import Refusal, msg, refuse
from core.domain.rights import Right
from core.law.stops import HoldKind, load_hold_kinds
from core.services import contact_record
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import course, disputes, journal
from core.store.unit import Unit


@dataclass(frozen=True, slots=True)
class HoldEntry:
    """A stop as typed: the whole case without `debt_id`; until someone lifts it without `until` (that day included)."""

    case_id: int
    debt_id: int | None
    kind: str
    reason: str
    until: dt.date | None


def hold_kinds() -> tuple[str, ...]:
    """The kinds a person may choose, in the order of the data."""
    return tuple(k.kind for k in load_hold_kinds() if k.by_hand)


@service(Right.WORK)
def open_hold(ctx: Ctx, entry: HoldEntry, token: str) -> int:
    """Stop a case, or one debt of it. A stop of the whole case replaces the next contacts by looking at it again; other actions stay.

    Twice with one token stops once. Raises Refusal "case-closed", "choice-unknown", "field-empty", "date-in-past", "debt-elsewhere".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "open_hold")
        if before:
            return int(before)
        kind = _check(ctx, unit, entry)
        until = entry.until.isoformat() if entry.until else None
        facts = {"step": "hold_opened", "kind": entry.kind, "date": until}
        interaction_id = _write(unit, entry.case_id, facts, entry.reason, entry.debt_id)
        hold_id = journal.add_hold(
            unit, entry.case_id, entry.kind, ctx.day, until, reason=entry.reason, interaction_id=interaction_id,
            debt_id=entry.debt_id,
        )  # fmt: skip
        if entry.debt_id is None:
            again = after(entry.until, 1) if entry.until else after(ctx.today, kind.review_days)
            journal.close_tasks(unit, entry.case_id, "replaced", interaction_id, contact_record.REACHING)
            journal.add_task(unit, entry.case_id, "review_hold", again.isoformat(), origin="hold")
        unit.audit("hold.opened", "hold", hold_id, case=entry.case_id, kind=entry.kind)
        unit.remember(token, "open_hold", hold_id)
        return hold_id


def _check(ctx: Ctx, unit: Unit, entry: HoldEntry) -> HoldKind:
    """The kind, once it is sure that this stop can be."""
    head = contact_record.head(unit, entry.case_id)
    if head.status == "closed":
        raise contact_record.case_closed("kind")
    found = next((k for k in load_hold_kinds() if k.kind == entry.kind and k.by_hand), None)
    if found is None:
        raise unknown_choice("kind", entry.kind)
    contact_record.owed_by(unit, head, entry.debt_id)
    if not entry.reason.strip():
        raise _no_reason()
    if entry.until and entry.until < ctx.today:
        raise refuse(
            "date-in-past",
            msg("The stop would have ended already ({given}).", given=entry.until),
            msg("Choose today or later, or leave the day empty."),
            field="until",
            value=entry.until.isoformat(),
        )
    return found


@service(Right.WORK)
def lift_hold(ctx: Ctx, hold_id: int, row_version: int, reason: str) -> None:
    """End a hold today, with its reason; a case left without next action gets a call back.

    Raises Refusal "hold-unknown", "hold-of-dispute" (close the dispute instead), "field-empty", "changed-meanwhile".
    """
    with ctx.write() as unit:
        case_id = journal.hold_case(unit, hold_id)
        if case_id is None:
            raise refuse(
                "hold-unknown",
                msg("There is no such hold in force."),
                msg("Open the case again."),
                field="hold",
                value=str(hold_id),
            )
        if disputes.running_of_hold(unit, hold_id):
            raise refuse(
                "hold-of-dispute",
                msg("A dispute that still runs stops this case."),
                msg("Record the creditor's answer or close the dispute: its stop goes with it."),
                field="hold",
            )
        if not reason.strip():
            raise _no_reason()
        journal.lift_hold(unit, hold_id, row_version)
        _write(unit, case_id, {"step": "hold_lifted", "kind": journal.hold_kind(unit, hold_id)}, reason, None)
        if not course.holds(unit, case_id, ctx.day):
            journal.close_tasks(unit, case_id, "done", kinds=("review_hold",))
        if not course.tasks(unit, case_id) and journal.is_open(unit, case_id):
            journal.add_task(unit, case_id, "call_back", ctx.day, origin="hold")
        unit.audit("hold.lifted", "hold", hold_id, case=case_id)


def _write(unit: Unit, case_id: int, facts: dict[str, str | None], words: str, debt_id: int | None) -> int:
    """The line of the journal for a stop set or lifted, and the case recomputed."""
    new = journal.NewInteraction(case_id, "note", "none", "", unit.today, note=words, debt_id=debt_id)
    unit.touch(case_id)
    return journal.add_interaction(unit, new, {key: value for key, value in facts.items() if value})


def _no_reason() -> Refusal:
    return refuse(
        "field-empty",
        msg("A stop is set and lifted with a reason: the creditor and the debtor may ask for it."),
        msg("Type the reason, in objective words."),
        field="reason",
    )
