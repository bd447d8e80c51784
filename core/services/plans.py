"""Payment plans of a case: simulate, save a proposal, agree, break, end, follow. Computes no instalment itself and calls nobody."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from core.domain.dates import after, not_after
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.plan_interest import AT_END, CHOICES, WAIVED, Estimate
from core.domain.plans import Schedule, Terms, months_granted, months_of, schedule
from core.domain.rights import Right
from core.law.plan_notes import PlanNote, load_plan_notes
from core.services import contact_record, plan_amounts, plan_bars, plan_follow, plan_record, plan_said
from core.services.context import Ctx, service
from core.services.plan_amounts import Owed
from core.services.plan_record import PlanState
from core.store import cases, journal, plans
from core.store.plans import InstalmentRow
from core.store.unit import Unit

__all__ = [
    "AGREED", "AT_END", "CHOICES", "WAIVED", "Owed", "PlanEntry", "PlanState", "Simulation", "acceptable", "agree_plan", "break_plan",
    "cautions", "end_plan", "notes_of", "owed", "plans_of", "save_proposal", "simulate", "spreadable", "tell_creditor", "told_too_early",
]  # fmt: skip
PlanEntry = Terms  # what a person types is what the schedule is asked with
AGREED = plan_follow.AGREED
PLANNED = (*contact_record.CALLS, "budget_form")  # next actions that an agreed plan makes useless


@dataclass(frozen=True, slots=True)
class Simulation:
    """A plan not written anywhere, with what the law says beside it."""

    schedule: Schedule
    months: int
    granted: int  # months that the mandate counts, were it agreed today
    outside: int  # cents owed on the case that it leaves outside
    notes: tuple[PlanNote, ...]
    owed: Owed | None = None  # what the case owes today, with interest claimed to the day
    ahead: Estimate | None = None  # interest that runs while the plan is kept, whoever bears it


@service(Right.READ)
def simulate(ctx: Ctx, entry: PlanEntry, case_id: int | None = None) -> Simulation:
    """The schedule and what to know about it; writes nothing. Raises Refusal on the field that is wrong."""
    found = schedule(entry)
    kind, owed, ahead = "", None, None
    if case_id is not None:
        with ctx.store.read() as reader:
            head = contact_record.head(reader, case_id)
            owed = plan_amounts.owed_on(reader, head, ctx.today)
            ahead = plan_amounts.interest_ahead(reader, head, owed, found, ctx.today)
        kind = head.kind
    months = months_of(entry.first, found.last)
    notes = tuple(n for n in load_plan_notes() if _applies(n, entry.amount, found.interest, months, kind))
    begins = ctx.today if entry.down else entry.first
    outside = max(owed.total - entry.amount, 0) if owed else 0
    return Simulation(found, months, months_granted(ctx.today, begins, found.last), outside, notes, owed, ahead)


@service(Right.READ)
def owed(ctx: Ctx, case_id: int) -> Owed:
    """What is owed on a case today, interest claimed to the day included, and what of it a plan may spread."""
    with ctx.store.read() as reader:
        return plan_amounts.owed_on(reader, contact_record.head(reader, case_id), ctx.today)


@service(Right.READ)
def spreadable(ctx: Ctx, case_id: int) -> int:
    """Cents that a plan may spread: what is owed today and neither contested nor stopped."""
    return owed(ctx, case_id).spreadable


@service(Right.READ)
def cautions(ctx: Ctx, case_id: int, months: int, running: str = "") -> tuple[Message, ...]:
    """Why the creditor's consent is needed to a plan of so many months (R.124-3, R.124-5), or that waives interest."""
    with ctx.store.read() as reader:
        limit = plan_record.limit(reader, contact_record.head(reader, case_id).creditor_id, ctx.day)
    beyond = () if limit is not None and months <= limit else (plan_record.beyond(limit, months),)
    return (*beyond, *((plan_record.waiving(),) if running == WAIVED else ()))


@service(Right.WORK)
def save_proposal(ctx: Ctx, case_id: int, entry: PlanEntry, token: str) -> int:
    """Keep a variant on the case as a proposal, its down payment as instalment 1 of today.

    One token saves once; the same variant saved again while its proposal is open is that proposal.
    """
    found = schedule(entry)
    with ctx.write() as unit:
        before = unit.done_before(token, "save_proposal")
        if before:
            return int(before)
        head = contact_record.head(unit, case_id)
        kept, rows = _kept(ctx, unit, head, found), _rows(ctx, found)
        same = _open_twin(unit, case_id, kept, rows)
        if same:
            unit.remember(token, "save_proposal", same)
            return same
        plan_id = plans.add_proposal(unit, case_id, kept, rows)
        unit.touch(case_id)
        unit.audit(
            "plan.proposed", "plan", plan_id, case=case_id, total=found.total, instalments=len(found.instalments)
        )
        unit.remember(token, "save_proposal", plan_id)
        return plan_id


@service(Right.WORK)
def agree_plan(
    ctx: Ctx, plan_id: int, agreed_on: dt.date, row_version: int, creditor_agreed_on: dt.date | None = None
) -> None:
    """The debtor agreed: the plan is in force, the next action checks its first unpaid instalment. One plan in force a case.

    Beyond the mandate's limit, or without one, the creditor's consent must be given with its day (CPCE R.124-5). Only contacts
    are replaced: what a court, a creditor or a dispute awaits stays, and so does a first letter that has not left (R.124-4).
    """
    with ctx.write() as unit:
        case_id = plan_record.named(unit, plan_id).case_id
        plan_record.put_in_force(
            unit, ctx.today, plan_id, agreed_on, row_version=row_version, consent=creditor_agreed_on
        )
        journal.close_tasks(unit, case_id, "replaced", kinds=(plan_follow.rule(unit).kind, *PLANNED))
        plan_follow.moved(unit, case_id, ctx.today, free=True)


@service(Right.READ)
def acceptable(ctx: Ctx, case_id: int, corrects: int | None = None) -> tuple[PlanState, ...]:
    """The proposals that a logged agreement may accept, the newest first; with the entry it corrects, also the plan that one agreed."""
    return tuple(
        plan
        for plan in plans_of(ctx, case_id)
        if plan.state == "proposed" or (corrects and plan.row.interaction_id == corrects and not plan.row.ended_on)
    )


@service(Right.WORK)
def tell_creditor(ctx: Ctx, plan_id: int, on: dt.date) -> None:
    """The creditor was told of the plan on a day, from its proposal to today (CPCE R.124-5). The same day again changes nothing."""
    not_after(on, ctx.today, field="told_on")
    with ctx.write() as unit:
        row = plan_record.named(unit, plan_id)
        if row.creditor_told_on == on.isoformat():
            return
        if on.isoformat() < (row.proposed_on or row.created_at[:10]):
            raise told_too_early(on)
        plans.told(unit, "plans", plan_id, row.row_version, on.isoformat())
        unit.audit("plan.creditor_told", "plan", plan_id, case=row.case_id)


def told_too_early(on: dt.date) -> Refusal:
    """The Refusal of a creditor told before the debtor offered anything."""
    return refuse("told-too-early", msg("The creditor cannot be told before the debtor's offer."), msg("Check the day."),
                  field="told_on", value=on.isoformat())  # fmt: skip


@service(Right.WORK)
def break_plan(ctx: Ctx, plan_id: int, reason: str, row_version: int) -> None:
    """A person decides that the plan is broken and says why; the next action is a call on the next working day."""
    _end(ctx, plan_id, reason, row_version, broken=True)


@service(Right.WORK)
def end_plan(ctx: Ctx, plan_id: int, reason: str, row_version: int) -> None:
    """The plan, or the proposal, no longer stands, without fault of the debtor; the reason is kept."""
    _end(ctx, plan_id, reason, row_version, broken=False)


@service(Right.READ)
def plans_of(ctx: Ctx, case_id: int) -> tuple[PlanState, ...]:
    """The plans of a case, the newest first, each replayed from the payments of the case as it stands today."""
    with ctx.store.read() as reader:
        came, grace = plan_follow.received(reader, case_id), plan_follow.rule(reader).days
        return tuple(
            plan_record.state_of(row, plans.instalments(reader, row.id), came, ctx.today, grace)
            for row in plans.plans(reader, case_id)
        )


def notes_of(rows: tuple[InstalmentRow, ...]) -> tuple[PlanNote, ...]:
    """What the law says beside a kept plan."""
    day = dt.date.fromisoformat
    months = months_of(day(rows[0].due_on), day(rows[-1].due_on))
    amount, interest = sum(r.amount - r.interest for r in rows), sum(r.interest for r in rows)
    return tuple(n for n in load_plan_notes() if _applies(n, amount, interest, months, ""))


def _applies(note: PlanNote, amount: int, interest: int, months: int, kind: str) -> bool:
    return {
        "always": True,
        "consumer": kind == "individual",
        "interest": interest > 0,
        "longer": months > note.months,
        "above": amount > note.cents,
    }[note.shown]


def _check_proposal(ctx: Ctx, unit: Unit, head: cases.CaseHead, entry: PlanEntry) -> Owed:
    """What is owed today, once the proposal may be kept."""
    if head.status == "closed":
        raise contact_record.case_closed("case")
    plan_bars.check(unit, head.id, ctx.today)
    found = plan_bars.check_amount(unit, head, entry.amount, ctx.today)
    plan_said.check_basis(entry)
    plan_said.check_running(entry, claimed=found.interest)
    if entry.first < ctx.today or (entry.down and entry.first == ctx.today):
        raise refuse("date-in-past", msg("The first instalment ({given}) must be to come, and after a down payment.", given=entry.first),
                     msg("Choose a later day."), field="first", value=entry.first.isoformat())  # fmt: skip
    return found


def _end(ctx: Ctx, plan_id: int, reason: str, row_version: int, *, broken: bool) -> None:
    if not reason.strip():
        raise refuse("reason-missing", msg("Ending a plan needs its reason."), msg("Say why in a few objective words."),
                     field="reason")  # fmt: skip
    with ctx.write() as unit:
        row = plan_record.named(unit, plan_id)
        in_force = bool(row.agreed_on) or row.proposed_on is None
        if row.ended_on or (broken and not in_force):
            raise refuse(
                "plan-not-running", msg("This plan is not in force."), msg("Open the case again."), field="plan"
            )
        plans.end(unit, plan_id, row_version, reason.strip(), broken=broken)
        if in_force and contact_record.head(unit, row.case_id).status == "open":
            _call_next(ctx, unit, row.case_id)
        unit.touch(row.case_id)
        unit.audit("plan.broken" if broken else "plan.ended", "plan", plan_id, case=row.case_id)


def _call_next(ctx: Ctx, unit: Unit, case_id: int) -> None:
    journal.close_tasks(unit, case_id, "replaced", kinds=(plan_follow.rule(unit).kind, *PLANNED))
    journal.add_task(unit, case_id, "call_back", after(ctx.today, 1).isoformat(), origin="plan")


def _kept(ctx: Ctx, unit: Unit, head: cases.CaseHead, found: Schedule) -> dict[str, object]:
    """The terms as kept, with what is owed today; raises the Refusal of a proposal that may not be kept."""
    entry = found.terms
    now = _check_proposal(ctx, unit, head, entry)
    rate = str(entry.rate) if entry.rate is not None else None
    ahead = plan_amounts.interest_ahead(unit, head, now, found, ctx.today) if entry.running else None
    until = ahead.known_until.isoformat() if ahead and ahead.known_until else None
    return {"amount": entry.amount, "first": entry.first.isoformat(), "every": entry.every, "count": entry.count,
            "instalment": entry.instalment, "rate": rate, "down": entry.down, "basis": entry.basis.strip() if rate else "",
            "outside": now.total - entry.amount, "debts": now.named, "running": entry.running, "split": now.split,
            "ahead": ahead.cents if ahead else 0, "ahead_until": until}  # fmt: skip


def _open_twin(unit: Unit, case_id: int, kept: dict[str, object], rows: list[InstalmentRow]) -> int | None:
    """The open proposal of the case with the same terms and instalments, or None."""
    asked = json.loads(json.dumps(kept))
    return next(
        (
            row.id
            for row in plans.plans(unit, case_id)
            if not row.agreed_on
            and not row.ended_on
            and json.loads(row.terms) == asked
            and list(plans.instalments(unit, row.id)) == rows
        ),
        None,
    )


def _rows(ctx: Ctx, found: Schedule) -> list[InstalmentRow]:
    down = found.terms.down
    first = [InstalmentRow(1, ctx.day, down, down, 0, 0)] if down else []
    return first + [
        InstalmentRow(i.number + len(first), i.date.isoformat(), i.amount, i.principal, i.interest, 0)
        for i in found.instalments
    ]
