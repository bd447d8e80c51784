"""What the day does to promises: those whose last day has passed are told in the journal, and a broken one comes back to the top.

Kept, partly kept or broken is replayed from payments (domain/promise_course); only the day it was told is kept. Run by the roll of the
day (`run-daily`); running it twice tells nothing twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.messages import Message
from core.domain.promise_course import Promised, promise_reason, promise_states
from core.domain.rights import Right
from core.services import contact_record, promise_grace
from core.services.context import Ctx, service
from core.services.plan_follow import received
from core.store import course, journal, plans
from core.store.plans import PromiseRow
from core.store.unit import Reader, Unit

BROKEN, CHECK = "promise_broken", "verify_promise"
STEPS = {"kept": "promise_kept", "partly_kept": "promise_partly", "broken": "promise_broken"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a run told: promises kept, kept in part, broken."""

    kept: int
    partly: int
    broken: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """A promise, the state that payments give it, the cents that came for it, why, and its last day."""

    row: PromiseRow
    state: str
    paid: int
    why: Message
    last: dt.date


def replay(reader: Reader, case_id: int, today: dt.date) -> tuple[Replayed, ...]:
    """The promises of a case that stand, the last due first, as payments make them."""
    grace, day = promise_grace.of_house(reader), dt.date.fromisoformat
    rows = plans.promises(reader, case_id)
    made = [Promised(row.amount, day(row.made_on), day(row.due_on), row.grace) for row in rows]
    states = promise_states(made, received(reader, case_id), today=today, grace=grace)
    return tuple(
        Replayed(
            row, state, paid,
            promise_reason(state, row.amount, paid, one.due_on, grace=grace if one.grace is None else one.grace),
            one.last(grace),
        )
        for row, one, (state, paid) in zip(rows, made, states, strict=True)
    )  # fmt: skip


@service(Right.WORK)
def follow(ctx: Ctx) -> Told:
    """Tell the promises whose last day has passed, case by case: an entry of the journal each; a broken one is today's next action."""
    with ctx.store.read() as reader:
        found = plans.cases_to_judge(reader, ctx.day)
    told = [state for case_id in found for state in _case(ctx, case_id)]
    return Told(told.count("kept"), told.count("partly_kept"), told.count("broken"))


@service(Right.READ)
def would_follow(ctx: Ctx) -> Told:
    """What `follow` would tell now. Writes nothing."""
    with ctx.store.read() as reader:
        found = plans.cases_to_judge(reader, ctx.day)
        told = [one.state for case_id in found for one in _over(replay(reader, case_id, ctx.today), ctx.today)]
    return Told(told.count("kept"), told.count("partly_kept"), told.count("broken"))


def _over(replayed: tuple[Replayed, ...], today: dt.date) -> list[Replayed]:
    """Those whose last day has passed and whose end nobody told yet."""
    return [one for one in replayed if one.last < today and one.row.judged_on is None]


def _case(ctx: Ctx, case_id: int) -> list[str]:
    with ctx.write() as unit:
        replayed = replay(unit, case_id, ctx.today)
        over = _over(replayed, ctx.today)
        for one in over:
            _tell(unit, case_id, one)
        if over:
            _next(ctx, unit, case_id, replayed, over)
            unit.touch(case_id)
    return [one.state for one in over]


def _tell(unit: Unit, case_id: int, one: Replayed) -> None:
    step = STEPS[one.state]
    facts = {"step": step, "amount": one.row.amount, "date": one.row.due_on, "paid": one.paid}
    journal.add_interaction(
        unit, journal.NewInteraction(case_id, "note", "none", "", unit.today, source="program"), facts
    )
    plans.judged(unit, one.row.id)
    unit.audit(f"promise.{one.state}", "promise", one.row.id, case=case_id, paid=one.paid)


def _next(ctx: Ctx, unit: Unit, case_id: int, replayed: tuple[Replayed, ...], over: list[Replayed]) -> None:
    """A promise not kept is called about today, its check is over; one kept ends its check, and what is still owed is called about."""
    pending = any(one.state == "pending" for one in replayed)
    if any(one.state != "kept" for one in over):
        if not journal.is_open(unit, case_id) or stopped(unit, case_id, ctx.day):
            return
        if not pending:
            journal.close_tasks(unit, case_id, "replaced", kinds=(CHECK,))
        if not any(task.kind == BROKEN for task in course.tasks(unit, case_id)):
            journal.add_task(unit, case_id, BROKEN, ctx.day, origin="promise")
        return
    if not pending:
        journal.close_tasks(unit, case_id, "done", kinds=(CHECK,))
    if (
        not course.tasks(unit, case_id)
        and contact_record.head(unit, case_id).balance
        and journal.is_open(unit, case_id)
    ):
        journal.add_task(unit, case_id, "call_back", ctx.day, origin="promise")


def stopped(reader: Reader, case_id: int, day: str) -> bool:
    """Whether a stop of the whole case is in force: nobody is called, the check of the promise stays."""
    return any(hold.debt_ref is None for hold in course.holds(reader, case_id, day))
