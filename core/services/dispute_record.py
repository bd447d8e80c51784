"""How a dispute begins and ends, the same from a contact and from its own panel: hold, row, next action. Opens no unit."""

from __future__ import annotations

import datetime as dt

from core.law.stops import dispute_data
from core.services.working_time import due_after
from core.store import disputes as kept
from core.store import journal, people
from core.store.disputes import Dispute
from core.store.unit import Unit

WORK = ("open_dispute", "creditor_answer", "credit_note")  # next actions that a dispute asks for
UNSORTED = "other"  # the kind of a dispute logged by a contact, whose words say more


def begin(
    unit: Unit,
    case_id: int,
    interaction_id: int,
    opened_on: str,
    reason: str,
    *,
    kind: str = UNSORTED,
    debt_id: int | None = None,
    amount: int | None = None,
    until: str | None = None,
    department: str = "",
    due_on: str | None = None,
    part: bool = False,
) -> int:
    """Stop the case or the debt, or only the amount contested of a debt (`part`), and keep the dispute; both carry the entry they came
    from. Returns the dispute's id.
    """
    stopped = amount if part and debt_id is not None else None
    journal.add_hold(
        unit, case_id, "dispute", unit.today, until, interaction_id=interaction_id, debt_id=debt_id, amount=stopped
    )
    return kept.add(
        unit, case_id, debt_id, amount, kind, opened_on, reason, interaction_id,
        department=department or department_of(kind), due_on=due_on,
    )  # fmt: skip


def department_of(kind: str) -> str:
    """The department of the creditor that answers a kind of dispute."""
    data = dispute_data()
    return next((one.department for one in data.kinds if one.kind == kind), "") or next(iter(data.departments))


def due_of(department: str, on: dt.date) -> dt.date:
    """The day by which a department asked on a day is to answer, in working days of the house."""
    data = dispute_data()
    found = data.departments.get(department) or data.departments[department_of(UNSORTED)]
    return due_after(on, found.days)


def asked(unit: Unit, dispute: Dispute, on: dt.date, due: dt.date | None = None) -> dt.date:
    """The creditor was asked: their answer is to be chased once its day has come. Returns that day: `due`, the one set when the dispute
    was opened, or the one that the days of the department give.
    """
    told = dt.date.fromisoformat(dispute.due_on) if dispute.due_on else None
    by = due or told or due_of(dispute.department, on)
    kept.sent(unit, dispute, on.isoformat(), by.isoformat())
    _next(unit, dispute.case_id, "creditor_answer", max(by, dt.date.fromisoformat(unit.today)).isoformat())
    return by


def settle(unit: Unit, dispute: Dispute, on: dt.date, outcome: str) -> None:
    """The creditor answered. The debt maintained: the dispute ends. Otherwise the stop stands until the credit note is made,
    and whoever leads the house is asked to have it made.
    """
    ends = outcome == "rejected"
    kept.answered(unit, dispute, on.isoformat(), outcome, unit.today if ends else None)
    if ends:
        _lift(unit, dispute)
        _next(unit, dispute.case_id, "call_back", unit.today)
    else:
        _next(unit, dispute.case_id, "credit_note", unit.today, people.first_lead(unit))


def end(unit: Unit, dispute: Dispute, outcome: str) -> None:
    """Nothing is contested any more: the stop of this dispute is lifted and the debtor is called."""
    kept.closed(unit, dispute, unit.today, outcome)
    _lift(unit, dispute)
    _next(unit, dispute.case_id, "call_back", unit.today)


def _lift(unit: Unit, dispute: Dispute) -> None:
    hold = kept.hold_of(unit, dispute.id)
    if hold:
        journal.lift_hold(unit, *hold)


def _next(unit: Unit, case_id: int, kind: str, due_on: str, assignee: int | None = None) -> None:
    """What the dispute asked for is done; this comes next, unless the case is closed."""
    journal.close_tasks(unit, case_id, "done", kinds=WORK)
    if journal.is_open(unit, case_id):
        journal.add_task(unit, case_id, kind, due_on, origin="dispute", assignee_id=assignee)
