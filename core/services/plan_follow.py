"""How a running plan moves the next action of its case to the first instalment that is not paid. Opens no unit and ends no plan."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import after
from core.domain.plan_course import Course, Due, Received, course
from core.law.results import NextAction
from core.services import result_codes
from core.store import course as planned
from core.store import journal, plans
from core.store.plans import InstalmentRow, PlanRow
from core.store.unit import Reader, Unit

AGREED = "ECH"  # the result code whose next action and delay follow an agreed plan
DONE = "check_and_close"


def rule(reader: Reader) -> NextAction:
    """The next action and the delay, in days after an instalment, that follow an agreed plan, as this agency has them."""
    return next(result.next_action for result in result_codes.known(reader) if result.code == AGREED)


def received(reader: Reader, case_id: int) -> tuple[Received, ...]:
    """The payments of a case as the replay wants them."""
    day = dt.date.fromisoformat
    return tuple(Received(day(r.on), r.amount, day(r.paid_on)) for r in plans.receipts(reader, case_id))


def replayed(
    row: PlanRow, rows: tuple[InstalmentRow, ...], came: tuple[Received, ...], today: dt.date, grace: int
) -> Course:
    """A plan as payments make it, `grace` days (of `rule`) after each instalment; nothing counts for a proposal that nobody agreed."""
    day = dt.date.fromisoformat
    proposed = day(row.proposed_on) if row.proposed_on else None
    return course(
        (Due(r.number, day(r.due_on), r.amount, r.paid_before) for r in rows),
        came if row.agreed_on or row.proposed_on is None else (),
        since=day(row.agreed_on or row.created_at[:10]),
        today=min(today, day(row.ended_on)) if row.ended_on else today,
        grace=grace,
        broken_on=day(row.ended_on) if row.ended_on and row.broken else None,
        proposed=proposed,
    )


def moved(unit: Unit, case_id: int, today: dt.date, *, free: bool) -> bool:
    """After money came or went back: follow the first unpaid instalment of the plan in force, or check the case once all are paid.

    Only the following of an instalment moves; `free` says that the case has no other next action and may get one. False when
    no plan says what comes next.
    """
    row = plans.plan(unit, plans.running(unit, case_id) or 0)
    after_each = rule(unit)
    standing = [task for task in planned.tasks(unit, case_id) if task.kind == after_each.kind]
    if row is None or not (standing or free):
        return False
    due = replayed(row, plans.instalments(unit, row.id), received(unit, case_id), today, after_each.days).next
    kind, on = (after_each.kind, after(due.on, after_each.days)) if due else (DONE, after(today, 1))
    wanted = max(on, today).isoformat()
    if due and any(max(task.due_on, today.isoformat()) == wanted for task in standing):
        return True
    journal.close_tasks(unit, case_id, "done", kinds=(after_each.kind,))
    journal.add_task(unit, case_id, kind, wanted, origin="plan")
    return True
