"""How a dispute begins and ends, the same from a contact and from its own panel: hold, row, next action. Opens no unit."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import after
from core.law.stops import answer_days
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
) -> int:
    """Stop the case or the debt and keep the dispute; both carry the entry they came from. Returns the dispute's id."""
    journal.add_hold(unit, case_id, "dispute", unit.today, until, interaction_id=interaction_id, debt_id=debt_id)
    return kept.add(unit, case_id, debt_id, amount, kind, opened_on, reason, interaction_id)


def asked(unit: Unit, dispute: Dispute, on: dt.date) -> None:
    """The creditor was asked: their answer is to be chased after the days of the house."""
    kept.sent(unit, dispute, on.isoformat())
    due = max(after(on, answer_days()), dt.date.fromisoformat(unit.today))
    _next(unit, dispute.case_id, "creditor_answer", due.isoformat())


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
