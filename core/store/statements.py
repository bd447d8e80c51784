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


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What a debt's interest depends on besides its ledger and the register of facts; `claim_kind` empty: nobody said.

    `limitation_on` is the last day to sue as kept (None: not known, or the clock stands still), `limitation_trust` how sure it is.
    """

    id: int
    ref: str
    nature: str
    claim_kind: str
    issued_on: str | None
    due_on: str | None
    original: int
    contract_rate: str
    limitation_on: str | None
    limitation_trust: str


def claims(reader: Reader, case_id: int) -> tuple[ClaimRow, ...]:
    """The debts of a case, oldest due first, unknown due dates last."""
    return reader.all(
        ClaimRow,
        "SELECT id, ref, nature, claim_kind, issued_on, due_on, original, contract_rate, limitation_on, "
        "limitation_trust FROM debts WHERE case_id = ? "
        "ORDER BY due_on IS NULL, due_on, id",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class TitleRow:
    """An enforceable title of a case; `debts` the JSON list of the debts it is about, empty for all; ISO days."""

    kind: str
    issued_on: str
    served_on: str | None
    proceeding_id: int | None
    debts: str


def titles(reader: Reader, case_id: int) -> tuple[TitleRow, ...]:
    """The titles of a case, the earliest first."""
    return reader.all(
        TitleRow,
        """SELECT t.kind, t.issued_on, t.served_on, t.proceeding_id,
          (SELECT json_group_array(d.debt_id) FROM proceeding_debts d WHERE d.proceeding_id = t.proceeding_id)
        FROM titles t WHERE t.case_id = ? ORDER BY t.issued_on, t.id""",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop of a case or of a debt; `on` the day of the fact it came with, else the day it was set; `lifted_on` None while it stands."""

    kind: str
    on: str
    debt_id: int | None
    lifted_on: str | None


def stops(reader: Reader, case_id: int) -> tuple[StopRow, ...]:
    """The stops of a case by day: those that stand, and those lifted whose fact a result of contact told and nobody corrected."""
    return reader.all(
        StopRow,
        """SELECT h.kind, MIN(h.from_on, COALESCE(json_extract(i.facts, '$.date'), h.from_on)) AS day, h.debt_id, h.lifted_on
        FROM holds h LEFT JOIN interactions i ON i.id = h.interaction_id
        WHERE h.case_id = ? AND (h.lifted_on IS NULL OR (i.result_code <> ''
          AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)))
        ORDER BY day, h.id""",
        (case_id,),
    )


def quality(reader: Reader, creditor_id: int) -> str:
    """The quality of a creditor (CMF L.313-2): "individual", "business", "" when nobody has said."""
    return str(reader.value("SELECT quality FROM creditors WHERE id = ?", (creditor_id,)) or "")


def mandate_of(reader: Reader, case_id: int) -> int | None:
    """The mandate a case was placed under; None when nobody said which."""
    found = reader.value("SELECT mandate_id FROM cases WHERE id = ?", (case_id,))
    return int(found) if found else None


def third_party_payments(reader: Reader, case_id: int) -> frozenset[int]:
    """The payments of a case made by somebody who is neither its debtor nor a co-debtor; a payer nobody named is the debtor."""
    rows = reader.rows(
        """SELECT p.id FROM payments p JOIN cases c ON c.id = p.case_id WHERE p.case_id = ? AND p.payer_id <> c.debtor_id AND NOT EXISTS
        (SELECT 1 FROM case_parties o WHERE o.case_id = c.id AND o.party_id = p.payer_id AND o.role = 'co_debtor')""",
        (case_id,),
    )
    return frozenset(int(row[0]) for row in rows)
