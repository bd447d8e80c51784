"""Keeps disputes and finds the hold each of them opened. Decides no outcome."""

from __future__ import annotations

from collections.abc import Collection
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
    department: str
    due_on: str | None
    credit_entry_id: int | None


_DISPUTE = """
SELECT d.id, d.case_id, d.debt_id, b.ref, d.amount, d.kind, d.opened_on, x.body, d.interaction_id, d.sent_to_creditor_on, d.answered_on,
  d.outcome, d.closed_on, d.row_version, d.department, d.due_on, d.credit_entry_id
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
    department: str = "",
    due_on: str | None = None,
) -> int:
    """A dispute of a debt or of the whole case, to be answered by the creditor unless it is closed; cents.

    `interaction_id` is the entry of the journal that tells it, None for one made before the case came here; `department` of the
    creditor answers by `due_on`, None until it is asked.
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
        department=department,
        due_on=due_on,
        created_at=unit.now,
    )


def sent(unit: Unit, dispute: Dispute, on: str, due_on: str) -> None:
    """The creditor was asked on a day and has until another to answer."""
    unit.change("disputes", dispute.id, dispute.row_version, sent_to_creditor_on=on, due_on=due_on)


def credited(unit: Unit, dispute_id: int, entry_id: int) -> None:
    """The credit note that ended a dispute."""
    unit.run("UPDATE disputes SET credit_entry_id = ? WHERE id = ?", (entry_id, dispute_id))


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


def unanswered(reader: Reader) -> tuple[Dispute, ...]:
    """The disputes of open cases that wait: for the creditor, or to be sent; the oldest first."""
    return reader.all(
        Dispute,
        f"{_DISPUTE} JOIN cases c ON c.id = d.case_id WHERE d.closed_on IS NULL AND d.answered_on IS NULL AND c.status = 'open' "
        "ORDER BY COALESCE(d.due_on, d.opened_on), d.id",
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """A document asked for to settle a dispute; `document_id` once it is kept here."""

    id: int
    dispute_id: int
    kind: str
    asked_on: str
    received_on: str | None
    document_id: int | None
    title: str | None
    row_version: int


_PAPER = """
SELECT p.id, p.dispute_id, p.kind, p.asked_on, p.received_on, p.document_id, d.title, p.row_version
FROM dispute_documents p LEFT JOIN documents d ON d.id = p.document_id
"""


def papers(reader: Reader, dispute_id: int) -> tuple[Paper, ...]:
    """The documents asked for, in the order they were."""
    return reader.all(Paper, f"{_PAPER} WHERE p.dispute_id = ? ORDER BY p.id", (dispute_id,))


def paper(reader: Reader, paper_id: int) -> Paper | None:
    """One document asked for."""
    return reader.first(Paper, f"{_PAPER} WHERE p.id = ?", (paper_id,))


def ask_for(unit: Unit, dispute_id: int, kinds: Collection[str]) -> None:
    """Ask for documents; one asked before stays as it is."""
    unit.many(
        "INSERT INTO dispute_documents(dispute_id, kind, asked_on) VALUES (?1, ?2, ?3) ON CONFLICT (dispute_id, kind) DO NOTHING",
        [(dispute_id, kind, unit.today) for kind in kinds],
    )


def received(unit: Unit, one_paper: Paper, on: str, document_id: int | None) -> None:
    """A document came on a day; kept here or not."""
    unit.change("dispute_documents", one_paper.id, one_paper.row_version, received_on=on, document_id=document_id)


@dataclass(frozen=True, slots=True)
class HeldDebt:
    """A debt that a hold in force stops; `amount` in cents when only a part of it is."""

    debt_id: int
    ref: str
    amount: int | None


def held_debts(reader: Reader, case_id: int, today: str) -> tuple[HeldDebt, ...]:
    """The holds of single debts in force on a day."""
    return reader.all(
        HeldDebt,
        "SELECT h.debt_id, d.ref, h.amount FROM holds h JOIN debts d ON d.id = h.debt_id WHERE h.case_id = ?1 "
        "AND h.lifted_on IS NULL AND h.from_on <= ?2 AND (h.until_on IS NULL OR h.until_on >= ?2) ORDER BY h.id",
        (case_id, today),
    )
