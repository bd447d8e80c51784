"""Reads the ledger rows of a case's debts as a statement of amounts wants them, and the statements issued. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit

STATEMENT = "statement"
_OWED = "('principal', 'interest', 'indemnity', 'penalty', 'costs')"


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A ledger row on a debt: `amount` cents, negative when it takes off what is owed; ISO days.

    `reversed_on` is the day the payment of the row was reversed, `undoes` 1 when the row belongs to a reversal.
    """

    id: int
    debt_id: int
    bucket: str
    against: str
    kind: str
    amount: int
    booked_on: str
    payment_id: int | None
    reverses: int | None
    undoes: int
    reversed_on: str | None


def moves(reader: Reader, case_id: int) -> tuple[MoveRow, ...]:
    """Every ledger row of the debts of a case, by day."""
    return reader.all(
        MoveRow,
        f"""SELECT e.id, e.debt_id, CASE WHEN e.to_account IN {_OWED} THEN e.to_account ELSE e.from_account END,
          CASE WHEN e.to_account IN {_OWED} THEN e.from_account ELSE e.to_account END, e.kind,
          CASE WHEN e.to_account IN {_OWED} THEN e.amount ELSE -e.amount END, e.booked_on, e.payment_id, e.reverses,
          p.reverses IS NOT NULL, n.received_on
        FROM entries e LEFT JOIN payments p ON p.id = e.payment_id LEFT JOIN payments n ON n.reverses = e.payment_id
        WHERE e.case_id = ? AND e.debt_id IS NOT NULL AND (e.to_account IN {_OWED} OR e.from_account IN {_OWED})
        ORDER BY e.booked_on, e.id""",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A statement that was issued; `dated` the day it was computed to, `issued_at` a UTC moment."""

    document_id: int
    number: str
    dated: str
    total: int
    issued_at: str
    author: str


def issued(reader: Reader, case_id: int) -> tuple[IssuedRow, ...]:
    """The statements issued for a case, the newest first."""
    return reader.all(
        IssuedRow,
        f"""SELECT d.id, d.number, json_extract(d.computation, '$.on'), json_extract(d.computation, '$.total.value'), d.added_at, u.name
        FROM documents d JOIN users u ON u.id = d.added_by WHERE d.case_id = ? AND d.kind = '{STATEMENT}' ORDER BY d.id DESC""",
        (case_id,),
    )


def next_rank(reader: Reader, case_id: int) -> int:
    """1 for the first statement issued for a case."""
    return 1 + int(reader.value("SELECT COUNT(*) FROM documents WHERE case_id = ? AND kind = ?", (case_id, STATEMENT)))


def add_document(unit: Unit, file_id: int, case_id: int, number: str, computation: str, fingerprint: str) -> int:
    """The issued statement as a document, its computations and the fingerprint of the law frozen with it."""
    return unit.add(
        "documents",
        kind=STATEMENT,
        number=number,
        file_id=file_id,
        case_id=case_id,
        computation=computation,
        law_fingerprint=fingerprint,
        added_by=unit.actor_id,
        added_at=unit.now,
    )
