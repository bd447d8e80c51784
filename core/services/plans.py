"""Payment plans of a case: simulate, save a proposal, agree, break, end, follow. Computes no instalment itself and calls nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import after, not_after
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.plan_course import Course, Due, Received, course
from core.domain.plans import Schedule, Terms, months_of, schedule
from core.domain.rights import Right
from core.law.plan_notes import PlanNote, load_plan_notes
from core.services import contact_record
from core.services.contact_record import result_named
from core.services.context import Ctx, service
from core.store import cases, creditors, journal, plans
from core.store.plans import InstalmentRow, PlanRow
from core.store.unit import Reader, Unit

PlanEntry = Terms  # what a person types is what the schedule is asked with
AGREED = "ECH"  # the result code whose next action and delay follow an agreed plan


@dataclass(frozen=True, slots=True)
class Simulation:
    """A plan not written anywhere, with what the law says beside it."""

    schedule: Schedule
    months: int
    notes: tuple[PlanNote, ...]


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan of a case: `state` is "proposed", "withdrawn", or the course's; `course` is replayed from payments."""

    row: PlanRow
    rows: tuple[InstalmentRow, ...]
    state: str
    course: Course


@service(Right.READ)
def simulate(ctx: Ctx, entry: PlanEntry, case_id: int | None = None) -> Simulation:
    """The schedule and what to know about it; writes nothing. Raises Refusal on the field that is wrong."""
    found = schedule(entry)
    kind = ""
    if case_id is not None:
        with ctx.store.read() as reader:
            kind = contact_record.head(reader, case_id).kind
    months = months_of(entry.first, found.last)
    return Simulation(
        found, months, tuple(n for n in load_plan_notes() if _applies(n, entry.amount, found.interest, months, kind))
    )


@service(Right.READ)
def owed(ctx: Ctx, case_id: int) -> tuple[int, str]:
    """Cents owed on a case and its reference, to begin a simulation with."""
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        return head.balance, head.ref


@service(Right.READ)
def cautions(ctx: Ctx, case_id: int, months: int) -> tuple[Message, ...]:
    """What the mandate says of a plan of so many months (R.124-3, R.124-5): whether the creditor's consent is needed."""
    with ctx.store.read() as reader:
        limit = _limit(reader, contact_record.head(reader, case_id).creditor_id, ctx.day)
    return () if limit is not None and months <= limit else (_beyond(limit, months),)


@service(Right.WORK)
def save_proposal(ctx: Ctx, case_id: int, entry: PlanEntry, token: str) -> int:
    """Keep a variant on the case as a proposal, its down payment as instalment 1 of today; one token saves once."""
    found = schedule(entry)
    with ctx.write() as unit:
        before = unit.done_before(token, "save_proposal")
        if before:
            return int(before)
        head = contact_record.head(unit, case_id)
        _check_proposal(ctx, head, entry)
        plan_id = plans.add_proposal(unit, case_id, _kept(entry), _rows(ctx, found))
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
    """The debtor agreed: the plan is in force, the next action checks its first instalment. One plan in force a case.

    Beyond the mandate's limit, or without one, the creditor's consent must be given with its day (CPCE R.124-5).
    """
    not_after(agreed_on, ctx.today, field="agreed_on")
    with ctx.write() as unit:
        row = _plan(unit, plan_id)
        head = contact_record.head(unit, row.case_id)
        rows = plans.instalments(unit, plan_id)
        _check_agreement(unit, row, head, agreed_on)
        if creditor_agreed_on is None:
            _within_mandate(unit, head.creditor_id, rows, ctx.day)
        else:
            not_after(creditor_agreed_on, ctx.today, field="creditor_agreed_on")
        consent = creditor_agreed_on.isoformat() if creditor_agreed_on else None
        plans.agree(unit, plan_id, row_version, agreed_on.isoformat(), consent)
        rule = result_named(AGREED).next_action
        first = max(after(dt.date.fromisoformat(rows[0].due_on), rule.days), ctx.today)
        journal.close_tasks(unit, row.case_id, "replaced")
        journal.add_task(unit, row.case_id, rule.kind, first.isoformat(), origin="plan")
        unit.touch(row.case_id)
        unit.audit("plan.agreed", "plan", plan_id, case=row.case_id, creditor_consent=bool(consent))


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
        came = received(reader, case_id)
        return tuple(_state(row, plans.instalments(reader, row.id), came, ctx) for row in plans.plans(reader, case_id))


def notes_of(rows: tuple[InstalmentRow, ...]) -> tuple[PlanNote, ...]:
    """What the law says beside a kept plan."""
    day = dt.date.fromisoformat
    months = months_of(day(rows[0].due_on), day(rows[-1].due_on))
    amount, interest = sum(r.amount - r.interest for r in rows), sum(r.interest for r in rows)
    return tuple(n for n in load_plan_notes() if _applies(n, amount, interest, months, ""))


def received(reader: Reader, case_id: int) -> tuple[Received, ...]:
    """The payments of a case as the replay wants them."""
    day = dt.date.fromisoformat
    return tuple(Received(day(r.on), r.amount, day(r.paid_on)) for r in plans.receipts(reader, case_id))


def _state(row: PlanRow, rows: tuple[InstalmentRow, ...], came: tuple[Received, ...], ctx: Ctx) -> PlanState:
    day = dt.date.fromisoformat
    taken_over = row.proposed_on is None
    since = day(row.agreed_on or row.created_at[:10])
    found = course(
        (Due(r.number, day(r.due_on), r.amount, r.paid_before) for r in rows),
        came if row.agreed_on or taken_over else (),
        since=since,
        today=min(ctx.today, day(row.ended_on)) if row.ended_on else ctx.today,
        grace=result_named(AGREED).next_action.days,
        broken_on=day(row.ended_on) if row.ended_on and row.broken else None,
    )
    if not (row.agreed_on or taken_over):
        return PlanState(row, rows, "withdrawn" if row.ended_on else "proposed", found)
    ended = row.ended_on and not row.broken and found.state != "completed"
    return PlanState(row, rows, "ended" if ended else found.state, found)


def _applies(note: PlanNote, amount: int, interest: int, months: int, kind: str) -> bool:
    return {
        "always": True,
        "consumer": kind == "individual",
        "interest": interest > 0,
        "longer": months > note.months,
        "above": amount > note.cents,
    }[note.shown]


def _limit(reader: Reader, creditor_id: int, today: str) -> int | None:
    mandate_id = creditors.mandate_in_force(reader, creditor_id, today)
    found = creditors.mandate(reader, mandate_id) if mandate_id else None
    return found.max_instalments if found else None


def _beyond(limit: int | None, months: int) -> Message:
    if limit is None:
        return msg(
            "The mandate gives the agency no power to grant a plan alone: the creditor's consent is needed (CPCE R.124-5)."
        )
    return msg("The plan runs over {months} months; the mandate lets the agency grant {limit} alone: the creditor's consent is "
               "needed (CPCE R.124-5).", months=months, limit=limit)  # fmt: skip


def _within_mandate(reader: Reader, creditor_id: int, rows: tuple[InstalmentRow, ...], today: str) -> None:
    first, last = (dt.date.fromisoformat(r.due_on) for r in (rows[0], rows[-1]))
    months = months_of(first, last)
    limit = _limit(reader, creditor_id, today)
    if limit is None or months > limit:
        raise refuse("beyond-mandate", _beyond(limit, months),
                     msg("Ask the creditor, then give the day of the consent."), field="creditor_agreed_on")  # fmt: skip


def _plan(reader: Reader, plan_id: int) -> PlanRow:
    found = plans.plan(reader, plan_id)
    if found is None:
        raise refuse("plan-unknown", msg("There is no such plan."), msg("Open the case again."), field="plan",
                     value=str(plan_id))  # fmt: skip
    return found


def _check_proposal(ctx: Ctx, head: cases.CaseHead, entry: PlanEntry) -> None:
    if head.status == "closed":
        raise _closed()
    if entry.amount > head.balance:
        raise refuse("more-than-owed", msg("The plan is for more than what is owed."),
                     msg("Check the amount."), field="amount", value=str(entry.amount))  # fmt: skip
    if entry.first < ctx.today or (entry.down and entry.first == ctx.today):
        raise refuse("date-in-past", msg("The first instalment ({given}) must be to come, and after a down payment.", given=entry.first),
                     msg("Choose a later day."), field="first", value=entry.first.isoformat())  # fmt: skip


def _closed() -> Refusal:
    return refuse("case-closed", msg("The case is closed: nothing is to be planned in it."), msg("Take it up again first."),
                  field="case")  # fmt: skip


def _check_agreement(reader: Reader, row: PlanRow, head: cases.CaseHead, agreed_on: dt.date) -> None:
    if head.status == "closed":
        raise _closed()
    if row.agreed_on or row.ended_on or row.proposed_on is None:
        raise refuse(
            "plan-not-proposed", msg("Only a proposal can be agreed."), msg("Open the case again."), field="plan"
        )
    if agreed_on.isoformat() < row.proposed_on:
        raise refuse("agreed-too-early", msg("The plan cannot be agreed before it was proposed."),
                     msg("Check the day."), field="agreed_on", value=agreed_on.isoformat())  # fmt: skip
    if plans.running(reader, row.case_id):
        raise refuse(
            "plan-running",
            msg("Another plan is in force on this case."),
            msg("End it first, with its reason."),
            field="plan",
        )


def _end(ctx: Ctx, plan_id: int, reason: str, row_version: int, *, broken: bool) -> None:
    if not reason.strip():
        raise refuse("reason-missing", msg("Ending a plan needs its reason."), msg("Say why in a few objective words."),
                     field="reason")  # fmt: skip
    with ctx.write() as unit:
        row = _plan(unit, plan_id)
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
    journal.close_tasks(unit, case_id, "replaced")
    journal.add_task(unit, case_id, "call_back", after(ctx.today, 1).isoformat(), origin="plan")


def _kept(entry: PlanEntry) -> dict[str, object]:
    rate = str(entry.rate) if entry.rate is not None else None
    return {"amount": entry.amount, "first": entry.first.isoformat(), "every": entry.every, "count": entry.count,
            "instalment": entry.instalment, "rate": rate, "down": entry.down}  # fmt: skip


def _rows(ctx: Ctx, found: Schedule) -> list[InstalmentRow]:
    down = found.terms.down
    first = [InstalmentRow(1, ctx.day, down, down, 0, 0)] if down else []
    return first + [
        InstalmentRow(i.number + len(first), i.date.isoformat(), i.amount, i.principal, i.interest, 0)
        for i in found.instalments
    ]
