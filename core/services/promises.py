"""Promises to pay: record one, cancel it, see whether it was kept. Keeps no state: payments say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import after
from core.domain.messages import msg, refuse
from core.domain.promise_course import promise_state
from core.domain.rights import Right
from core.services import contact_record
from core.services.contact_record import result_named
from core.services.context import Ctx, service
from core.services.payments import MEANS
from core.services.plans import received
from core.store import journal, plans
from core.store.plans import PromiseRow

PROMISED = "PRO"  # the result code whose next action and delay follow a promise


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """A promise as a person types it; `amount` in cents."""

    case_id: int
    amount: int
    due_on: dt.date
    means: str = "transfer"


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise with its state ("kept", "pending", "partly_kept", "broken") and the cents that came for it."""

    row: PromiseRow
    state: str
    paid: int


@service(Right.WORK)
def record_promise(ctx: Ctx, entry: PromiseEntry, token: str) -> int:
    """Keep a promise made today, outside a logged contact; the next action checks it. One token records once."""
    with ctx.write() as unit:
        before = unit.done_before(token, "record_promise")
        if before:
            return int(before)
        head = contact_record.head(unit, entry.case_id)
        _check(ctx, entry, head.balance, head.status)
        promise_id = journal.add_promise(
            unit, entry.case_id, None, ctx.day, entry.due_on.isoformat(), entry.amount, entry.means
        )
        rule = result_named(PROMISED).next_action
        journal.close_tasks(unit, entry.case_id, "replaced")
        journal.add_task(unit, entry.case_id, rule.kind, after(entry.due_on, rule.days).isoformat(), origin="promise")
        unit.touch(entry.case_id)
        unit.audit("promise.recorded", "promise", promise_id, case=entry.case_id, amount=entry.amount)
        unit.remember(token, "record_promise", promise_id)
        return promise_id


@service(Right.WORK)
def cancel_promise(ctx: Ctx, promise_id: int, row_version: int) -> None:
    """The promise no longer stands (typing error, replaced)."""
    with ctx.write() as unit:
        row = plans.promise(unit, promise_id)
        if row is None or row.cancelled_on:
            raise refuse("promise-unknown", msg("There is no such promise in force."), msg("Open the case again."),
                         field="promise", value=str(promise_id))  # fmt: skip
        plans.cancel_promise(unit, promise_id, row_version)
        unit.touch(row.case_id)
        unit.audit("promise.cancelled", "promise", promise_id, case=row.case_id)


@service(Right.READ)
def promises_of(ctx: Ctx, case_id: int) -> tuple[PromiseState, ...]:
    """The promises of a case, the last due first, each replayed from payments as it stands today."""
    grace, day, found = result_named(PROMISED).next_action.days, dt.date.fromisoformat, []
    with ctx.store.read() as reader:
        came = received(reader, case_id)
        for row in plans.promises(reader, case_id):
            state, paid = promise_state(
                row.amount, day(row.made_on), day(row.due_on), came, today=ctx.today, grace=grace
            )
            found.append(PromiseState(row, state, paid))
    return tuple(found)


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
        raise refuse("choice-unknown", msg("“{given}” is not one of the choices.", given=entry.means),
                     msg("Choose one of the list."), field="means", value=entry.means)  # fmt: skip
