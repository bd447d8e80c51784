"""Promises to pay: record one, cancel it, see whether it was kept. Keeps no state: payments say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import after, not_after
from core.domain.messages import Message, msg, refuse
from core.domain.money import MEANS
from core.domain.rights import Right
from core.services import contact_record, plan_bars, promise_follow, promise_grace
from core.services.contact_record import result_named
from core.services.context import Ctx, service
from core.services.plans import told_too_early
from core.services.refusals import unknown_choice
from core.store import course, journal, plans
from core.store.plans import PromiseRow
from core.store.unit import Unit

PROMISED = promise_grace.PROMISED
SOURCES = ("debtor", "other")  # whose promise it is


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """A promise as a person types it; `amount` in cents, `source` one of SOURCES."""

    case_id: int
    amount: int
    due_on: dt.date
    means: str = "transfer"
    source: str = "debtor"


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise with its state ("kept", "pending", "partly_kept", "broken"), the cents that came for it, and why."""

    row: PromiseRow
    state: str
    paid: int
    why: Message


@service(Right.WORK)
def record_promise(ctx: Ctx, entry: PromiseEntry, token: str) -> int:
    """Keep a promise made today, outside a logged contact; checking it replaces the next contacts, and nothing else. One token
    records once.

    Raises Refusal "case-closed", "promise-amount", "date-in-past", "choice-unknown", "plan-barred".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "record_promise")
        if before:
            return int(before)
        head = contact_record.head(unit, entry.case_id)
        _check(ctx, entry, head.balance, head.status)
        plan_bars.check(unit, entry.case_id, ctx.today)
        grace = promise_grace.of_mandate(unit, head.creditor_id, ctx.day)
        promise_id = journal.add_promise(
            unit, entry.case_id, None, ctx.day, entry.due_on.isoformat(), entry.amount, entry.means, entry.source, grace
        )
        rule = result_named(unit, PROMISED).next_action
        check_on = after(entry.due_on, rule.days if grace is None else grace)
        journal.close_tasks(unit, entry.case_id, "replaced", kinds=contact_record.CALLS)
        journal.add_task(unit, entry.case_id, rule.kind, check_on.isoformat(), origin="promise")
        unit.touch(entry.case_id)
        unit.audit("promise.recorded", "promise", promise_id, case=entry.case_id, amount=entry.amount)
        unit.remember(token, "record_promise", promise_id)
        return promise_id


@service(Right.WORK)
def cancel_promise(ctx: Ctx, promise_id: int, row_version: int) -> None:
    """The promise no longer stands (typing error, replaced); without another one to check, a case left without next action is called."""
    with ctx.write() as unit:
        row = _standing(unit, promise_id)
        plans.cancel_promise(unit, promise_id, row_version)
        _check_no_more(ctx, unit, row.case_id)
        unit.touch(row.case_id)
        unit.audit("promise.cancelled", "promise", promise_id, case=row.case_id)


@service(Right.READ)
def promises_of(ctx: Ctx, case_id: int) -> tuple[PromiseState, ...]:
    """The promises of a case, the last due first, each replayed from payments as it stands today."""
    with ctx.store.read() as reader:
        return tuple(
            PromiseState(one.row, one.state, one.paid, one.why)
            for one in promise_follow.replay(reader, case_id, ctx.today)
        )


@service(Right.READ)
def broken_of(ctx: Ctx, case_id: int) -> tuple[PromiseState, ...]:
    """The promises of a case that were not kept, the last due first: none once a later one was kept or is awaited."""
    found = promises_of(ctx, case_id)
    after_all = next((n for n, one in enumerate(found) if one.state in ("kept", "pending")), len(found))
    return found[:after_all]


@service(Right.WORK)
def tell_creditor(ctx: Ctx, promise_id: int, on: dt.date) -> None:
    """The creditor was told of the promise on a day, from its own to today (CPCE R.124-5). The same day again changes nothing."""
    not_after(on, ctx.today, field="told_on")
    with ctx.write() as unit:
        row = _standing(unit, promise_id)
        if row.creditor_told_on == on.isoformat():
            return
        if on.isoformat() < row.made_on:
            raise told_too_early(on)
        plans.told(unit, "promises", promise_id, row.row_version, on.isoformat())
        unit.audit("promise.creditor_told", "promise", promise_id, case=row.case_id)


def _standing(unit: Unit, promise_id: int) -> PromiseRow:
    row = plans.promise(unit, promise_id)
    if row is None or row.cancelled_on:
        raise refuse("promise-unknown", msg("There is no such promise in force."), msg("Open the case again."),
                     field="promise", value=str(promise_id))  # fmt: skip
    return row


def _check_no_more(ctx: Ctx, unit: Unit, case_id: int) -> None:
    """Nothing is to be checked once no promise to come stands."""
    if any(one.due_on >= ctx.day for one in plans.promises(unit, case_id)):
        return
    journal.close_tasks(unit, case_id, "replaced", kinds=("verify_promise",))
    if not course.tasks(unit, case_id) and journal.is_open(unit, case_id):
        journal.add_task(unit, case_id, "call_back", after(ctx.today, 1).isoformat(), origin="promise")


def _check(ctx: Ctx, entry: PromiseEntry, balance: int, status: str) -> None:
    if status == "closed":
        raise refuse("case-closed", msg("The case is closed: nothing is to be planned in it."),
                     msg("Take it up again first."), field="case")  # fmt: skip
    if not 0 < entry.amount <= balance:
        raise refuse("promise-amount", msg("A promise is more than zero and not more than what is owed."),
                     msg("Check the amount with the debtor."), field="amount", value=str(entry.amount))  # fmt: skip
    if entry.due_on < ctx.today:
        raise refuse("date-in-past", msg("The day of the promise ({given}) is past.", given=entry.due_on),
                     msg("Choose today or later."), field="due_on", value=entry.due_on.isoformat())  # fmt: skip
    if entry.means not in MEANS:
        raise unknown_choice("means", entry.means)
    if entry.source not in SOURCES:
        raise unknown_choice("source", entry.source)
