"""Holds: stop a case or one debt with a reason, and lift the stop with a reason. A dispute lifts its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import after
from core.domain.messages import Refusal, msg, refuse
from core.domain.rights import Right
from core.law.stops import HoldKind, load_hold_kinds
from core.services import contact_record, dispute_papers
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import course, disputes, journal, people
from core.store.unit import Unit


@dataclass(frozen=True, slots=True)
class HoldEntry:
    """A stop as typed: the whole case without `debt_id`; until someone lifts it without `until` (that day included). `owner_id` sees to
    it (None: whoever sets it); `evidence` is the name and the bytes of a scan that proves it.
    """

    case_id: int
    debt_id: int | None
    kind: str
    reason: str
    until: dt.date | None
    owner_id: int | None = None
    evidence: tuple[str, bytes] | None = None


def hold_kinds() -> tuple[str, ...]:
    """The kinds a person may choose, in the order of the data."""
    return tuple(k.kind for k in load_hold_kinds() if k.by_hand)


@service(Right.WORK)
def open_hold(ctx: Ctx, entry: HoldEntry, token: str) -> int:
    """Stop a case, or one debt of it, and plan to look at it again. A stop of the whole case replaces the next contacts; that of one debt
    leaves them: the other debts are chased.

    Twice with one token stops once. Raises Refusal "case-closed", "choice-unknown", "field-empty", "date-in-past", "debt-elsewhere",
    "copy-unreadable".
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
            debt_id=entry.debt_id, owner_id=entry.owner_id,
        )  # fmt: skip
        if entry.evidence:
            _keep(ctx, unit, entry.case_id, hold_id, 1, entry.evidence)
        if entry.debt_id is None:
            journal.close_tasks(unit, entry.case_id, "replaced", interaction_id, contact_record.REACHING)
        _again(ctx, unit, entry.case_id, kind, entry.until, entry.owner_id)
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
    if entry.owner_id is not None and people.user(unit, entry.owner_id) is None:
        raise unknown_choice("owner", str(entry.owner_id))
    if not entry.reason.strip():
        raise _no_reason()
    if entry.until and entry.until < ctx.today:
        raise _ended_already(entry.until)
    return found


@service(Right.WORK)
def review_hold(ctx: Ctx, hold_id: int, row_version: int, reason: str, until: dt.date | None = None) -> None:
    """Somebody looked at a stop again: it stands, with its reason, until a day or until someone lifts it; the next look is planned.

    Raises Refusal "hold-unknown", "hold-of-dispute", "field-empty", "date-in-past", "changed-meanwhile".
    """
    with ctx.write() as unit:
        case_id = _standing(unit, hold_id)
        if not reason.strip():
            raise _no_reason()
        if until and until < ctx.today:
            raise _ended_already(until)
        kind = journal.hold_kind(unit, hold_id)
        unit.change("holds", hold_id, row_version, until_on=until.isoformat() if until else None)
        date = until.isoformat() if until else None
        _write(unit, case_id, {"step": "hold_reviewed", "kind": kind, "date": date}, reason, None)
        found = next(k for k in load_hold_kinds() if k.kind == kind)
        _again(ctx, unit, case_id, found, until, None)
        unit.audit("hold.reviewed", "hold", hold_id, case=case_id)


@service(Right.WORK)
def keep_evidence(ctx: Ctx, hold_id: int, row_version: int, name: str, data: bytes) -> None:
    """Keep the scan that proves a stop (PDF, PNG, JPEG). Raises Refusal "hold-unknown", "copy-unreadable", "changed-meanwhile"."""
    with ctx.write() as unit:
        case_id = _standing(unit, hold_id, of_dispute=True)
        _keep(ctx, unit, case_id, hold_id, row_version, (name, data))
        _write(unit, case_id, {"step": "hold_evidence", "kind": journal.hold_kind(unit, hold_id)}, "", None)
        unit.audit("hold.evidence", "hold", hold_id, case=case_id)


def _keep(ctx: Ctx, unit: Unit, case_id: int, hold_id: int, row_version: int, scan: tuple[str, bytes]) -> None:
    document = dispute_papers.keep(ctx, unit, case_id, "hold_evidence", *scan)
    journal.prove_hold(unit, hold_id, row_version, document)


def _again(ctx: Ctx, unit: Unit, case_id: int, kind: HoldKind, until: dt.date | None, owner_id: int | None) -> None:
    """When a stop is looked at again: the day after its end, or after the days of its kind."""
    again = after(until, 1) if until else after(ctx.today, kind.review_days)
    journal.close_tasks(unit, case_id, "replaced", kinds=("review_hold",))
    journal.add_task(unit, case_id, "review_hold", again.isoformat(), origin="hold", assignee_id=owner_id)


def _standing(unit: Unit, hold_id: int, *, of_dispute: bool = False) -> int:
    """The case of a hold in force; raises Refusal "hold-unknown", "hold-of-dispute"."""
    case_id = journal.hold_case(unit, hold_id)
    if case_id is None:
        raise refuse(
            "hold-unknown",
            msg("There is no such hold in force."),
            msg("Open the case again."),
            field="hold",
            value=str(hold_id),
        )
    if not of_dispute and disputes.running_of_hold(unit, hold_id):
        raise refuse(
            "hold-of-dispute",
            msg("A dispute that still runs stops this case."),
            msg("Record the creditor's answer or close the dispute: its stop goes with it."),
            field="hold",
        )
    return case_id


@service(Right.WORK)
def lift_hold(ctx: Ctx, hold_id: int, row_version: int, reason: str) -> None:
    """End a hold today, with its reason; a case left without next action gets a call back.

    Raises Refusal "hold-unknown", "hold-of-dispute" (close the dispute instead), "field-empty", "changed-meanwhile".
    """
    with ctx.write() as unit:
        case_id = _standing(unit, hold_id)
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


def _ended_already(until: dt.date) -> Refusal:
    return refuse(
        "date-in-past",
        msg("The stop would have ended already ({given}).", given=until),
        msg("Choose today or later, or leave the day empty."),
        field="until",
        value=until.isoformat(),
    )


def _no_reason() -> Refusal:
    return refuse(
        "field-empty",
        msg("A stop is set and lifted with a reason: the creditor and the debtor may ask for it."),
        msg("Type the reason, in objective words."),
        field="reason",
    )
