"""Keeps disputes and finds the hold each of them opened. Decides no outcome."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a debtor contests; `amount` in cents, None when it is all of it; `debt_id` None when it is the whole case."""

    id: int
    case_id: int
    debt_id: int | None
    debt_ref: str | None
    amount: int | None
    kind: str
    opened_on: str
    reason: str | None
    interaction_id: int | None
    sent_to_creditor_on: str | None
    answered_on: str | None
    outcome: str
    closed_on: str | None
    row_version: int


_DISPUTE = """
SELECT d.id, d.case_id, d.debt_id, b.ref, d.amount, d.kind, d.opened_on, x.body, d.interaction_id, d.sent_to_creditor_on, d.answered_on,
  d.outcome, d.closed_on, d.row_version
FROM disputes d LEFT JOIN debts b ON b.id = d.debt_id LEFT JOIN texts x ON x.id = d.text_id
"""


def of_case(reader: Reader, case_id: int) -> tuple[Dispute, ...]:
    """The disputes of a case, those that still run first, then the newest."""
    return reader.all(
        Dispute,
        f"{_DISPUTE} WHERE d.case_id = ? ORDER BY d.closed_on IS NOT NULL, d.opened_on DESC, d.id DESC",
        (case_id,),
    )


def one(reader: Reader, dispute_id: int) -> Dispute | None:
    """One dispute."""
    return reader.first(Dispute, f"{_DISPUTE} WHERE d.id = ?", (dispute_id,))


def add(
    unit: Unit,
    case_id: int,
    debt_id: int | None,
    amount: int | None,
    kind: str,
    opened_on: str,
    reason: str,
    interaction_id: int | None,
    *,
    closed_on: str | None = None,
) -> int:
    """A dispute of a debt or of the whole case, to be answered by the creditor unless it is closed; cents.

    `interaction_id` is the entry of the journal that tells it, None for one made before the case came here.
    """
    return unit.add(
        "disputes",
        case_id=case_id,
        debt_id=debt_id,
        amount=amount,
        kind=kind,
        opened_on=opened_on,
        text_id=unit.text(reason),
        interaction_id=interaction_id,
        closed_on=closed_on,
        created_at=unit.now,
    )


def sent(unit: Unit, dispute: Dispute, on: str) -> None:
    """The creditor was asked on a day."""
    unit.change("disputes", dispute.id, dispute.row_version, sent_to_creditor_on=on)


def answered(unit: Unit, dispute: Dispute, on: str, outcome: str, closed_on: str | None) -> None:
    """The creditor answered on a day; closed at once where nothing is left to do."""
    unit.change("disputes", dispute.id, dispute.row_version, answered_on=on, outcome=outcome, closed_on=closed_on)


def closed(unit: Unit, dispute: Dispute, on: str, outcome: str) -> None:
    """Nothing is contested any more."""
    unit.change("disputes", dispute.id, dispute.row_version, closed_on=on, outcome=outcome)


# A dispute and its hold come from one entry of the journal; those taken over from another program share debt and day instead.
_SAME = """h.kind = 'dispute' AND h.case_id = d.case_id AND (h.interaction_id = d.interaction_id
  OR (h.interaction_id IS NULL AND d.interaction_id IS NULL AND h.debt_id IS d.debt_id AND h.from_on = d.opened_on))"""


def hold_of(reader: Reader, dispute_id: int) -> tuple[int, int] | None:
    """Id and row version of the hold a dispute opened, while nobody lifted it."""
    found = reader.rows(
        f"SELECT h.id, h.row_version FROM disputes d JOIN holds h ON {_SAME} WHERE d.id = ? AND h.lifted_on IS NULL "
        "ORDER BY h.id LIMIT 1",
        (dispute_id,),
    )
    return (int(found[0][0]), int(found[0][1])) if found else None


def running_of_hold(reader: Reader, hold_id: int) -> int | None:
    """The dispute that still runs behind a hold."""
    found = reader.value(
        f"SELECT d.id FROM holds h JOIN disputes d ON {_SAME} WHERE h.id = ? AND d.closed_on IS NULL ORDER BY d.id LIMIT 1",
        (hold_id,),
    )
    return int(found) if found else None
