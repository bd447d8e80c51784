"""What comes next in a case once its balance fell to nothing, or is owed again. Opens no unit and moves no money."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import after
from core.services import plan_follow
from core.store import cases, course, journal
from core.store.cases import CaseHead
from core.store.unit import Reader, Unit

CHECK = "check_and_close"


def owed(reader: Reader, case_id: int) -> int:
    """What a case owes by the ledger as it stands inside a unit, all buckets together, in cents."""
    return sum(cases.bucket_balances(reader, case_id).values())


def settled(unit: Unit, today: dt.date, case_id: int, origin: str) -> None:
    """Nothing is owed any more: no chasing action stays, the case is checked before it is closed."""
    journal.close_tasks(unit, case_id, "replaced")
    journal.add_task(unit, case_id, CHECK, after(today, 1).isoformat(), origin=origin)


def owed_again(unit: Unit, today: dt.date, head: CaseHead, origin: str) -> None:
    """Something is owed again: a closed case is open again, and a check before closing gives way to a call."""
    if head.status == "closed":
        journal.reopen_case(unit, head.id)
    planned = [task.kind for task in course.tasks(unit, head.id)]
    if head.status == "closed" or set(planned) <= {CHECK}:
        journal.close_tasks(unit, head.id, "replaced")
        journal.add_task(unit, head.id, "call_back", after(today, 1).isoformat(), origin=origin)
    else:
        plan_follow.moved(unit, head.id, today, free=False)
