"""How a running plan moves the next action of its case to the first instalment that is not paid. Opens no unit and ends no plan."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import after
from core.domain.plan_course import Course, Due, Received, course
from core.law.results import NextAction, load_results
from core.store import course as planned
from core.store import journal, plans
from core.store.plans import InstalmentRow, PlanRow
from core.store.unit import Reader, Unit

AGREED = "ECH"  # the result code whose next action and delay follow an agreed plan
DONE = "check_and_close"


def rule() -> NextAction:
    """The next action and the delay, in days after an instalment, that follow an agreed plan."""
    return next(result.next_action for result in load_results() if result.code == AGREED)


def received(reader: Reader, case_id: int) -> tuple[Received, ...]:
    """The payments of a case as the replay wants them."""
    day = dt.date.fromisoformat
    return tuple(Received(day(r.on), r.amount, day(r.paid_on)) for r in plans.receipts(reader, case_id))


def replayed(row: PlanRow, rows: tuple[InstalmentRow, ...], came: tuple[Received, ...], today: dt.date) -> Course:
    """A plan as payments make it; nothing counts for a proposal that nobody agreed."""
    day = dt.date.fromisoformat
    proposed = day(row.proposed_on) if row.proposed_on else None
    return course(
        (Due(r.number, day(r.due_on), r.amount, r.paid_before) for r in rows),
        came if row.agreed_on or row.proposed_on is None else (),
        since=day(row.agreed_on or row.created_at[:10]),
        today=min(today, day(row.ended_on)) if row.ended_on else today,
        grace=rule().days,
        broken_on=day(row.ended_on) if row.ended_on and row.broken else None,
        proposed=proposed,
    )


def moved(unit: Unit, case_id: int, today: dt.date, *, free: bool) -> bool:
    """After money came or went back: follow the first unpaid instalment of the plan in force, or check the case once all are paid.

    Only the following of an instalment moves; `free` says that the case has no other next action and may get one. False when
    no plan says what comes next.
    """
    row = plans.plan(unit, plans.running(unit, case_id) or 0)
    standing = [task for task in planned.tasks(unit, case_id) if task.kind == rule().kind]
    if row is None or not (standing or free):
        return False
    due = replayed(row, plans.instalments(unit, row.id), received(unit, case_id), today).next
    kind, on = (rule().kind, after(due.on, rule().days)) if due else (DONE, after(today, 1))
    wanted = max(on, today).isoformat()
    if due and any(max(task.due_on, today.isoformat()) == wanted for task in standing):
        return True
    journal.close_tasks(unit, case_id, "done", kinds=(rule().kind,))
    journal.add_task(unit, case_id, kind, wanted, origin="plan")
    return True
