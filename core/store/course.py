"""Reads what happened and what is planned in one case: timeline, holds, next actions, promises. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.legal_facts import WORDS
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; `kind` says what table it comes from; `text` None when there is none or it was redacted."""

    kind: str
    id: int
    on: str
    at: str
    channel: str
    direction: str
    result_code: str
    amount: int
    text: str | None
    author: str
    recorded_at: str
    corrects: int | None
    corrected_by: int | None
    extra: str


def timeline(reader: Reader, case_id: int, limit: int = 200) -> tuple[Entry, ...]:
    """What happened, newest first: contacts, payments, documents, legal facts; never edited, corrected by a later entry."""
    return reader.all(
        Entry,
        f"""SELECT * FROM (
          SELECT 'interaction' AS kind, i.id AS id, i.happened_on AS day, i.happened_at, i.channel, i.direction, i.result_code, 0,
            x.body, u.name,
            i.recorded_at AS recorded, i.corrects, n.id, i.facts
          FROM interactions i JOIN users u ON u.id = i.actor_id LEFT JOIN texts x ON x.id = i.text_id
            LEFT JOIN interactions n ON n.corrects = i.id WHERE i.case_id = ?1
          UNION ALL
          SELECT 'payment', p.id, p.received_on, '', p.means, p.paid_to, COALESCE(r.number, ''), p.amount, y.body, u.name,
            p.recorded_at, p.reverses, n.id, p.reference
          FROM payments p JOIN users u ON u.id = p.actor_id LEFT JOIN receipts r ON r.payment_id = p.id
            LEFT JOIN payments n ON n.reverses = p.id
            LEFT JOIN texts y ON y.id = p.text_id WHERE p.case_id = ?1
          UNION ALL
          SELECT 'document', d.id, substr(d.added_at, 1, 10), '', d.kind, '', COALESCE(d.number, ''), 0, d.title, u.name,
            d.added_at, NULL, NULL, ''
          FROM documents d JOIN users u ON u.id = d.added_by WHERE d.case_id = ?1 AND d.kind NOT IN ('receipt', 'evidence', 'mail', 'scan')
          UNION ALL
          SELECT 'fact', f.id, f.happened_on, '', f.kind, COALESCE(o.kind, ''), COALESCE(b.ref, ''), COALESCE(f.amount, 0), x.body,
            u.name, f.recorded_at, f.corrects, n.id, {WORDS}
          FROM legal_facts f JOIN users u ON u.id = f.actor_id LEFT JOIN debts b ON b.id = f.debt_id LEFT JOIN texts x ON x.id = f.text_id
            LEFT JOIN legal_facts o ON o.id = f.corrects LEFT JOIN legal_facts n ON n.corrects = f.id
            LEFT JOIN texts w ON w.id = f.evidence_id WHERE f.case_id = ?1)
        ORDER BY day DESC, recorded DESC, kind, id DESC LIMIT ?2""",
        (case_id, limit),
    )


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a case or a debt is stopped, and until when."""

    id: int
    debt_ref: str | None
    kind: str
    reason: str | None
    from_on: str
    until_on: str | None
    row_version: int
    dispute_id: int | None
    amount: int | None
    owner: str
    document_id: int | None
    document: str | None


def holds(reader: Reader, case_id: int, today: str) -> tuple[Hold, ...]:
    """The holds in force on a day."""
    return reader.all(
        Hold,
        """SELECT h.id, d.ref, h.kind, x.body, h.from_on, h.until_on, h.row_version,
          (SELECT v.id FROM disputes v WHERE h.kind = 'dispute' AND v.case_id = h.case_id AND v.closed_on IS NULL
            AND (v.interaction_id = h.interaction_id OR (v.interaction_id IS NULL AND h.interaction_id IS NULL
              AND v.debt_id IS h.debt_id AND v.opened_on = h.from_on)) LIMIT 1),
          h.amount, COALESCE(u.name, ''), h.document_id, e.title
        FROM holds h LEFT JOIN debts d ON d.id = h.debt_id
        LEFT JOIN texts x ON x.id = h.reason_text_id LEFT JOIN users u ON u.id = h.owner_id LEFT JOIN documents e ON e.id = h.document_id
        WHERE h.case_id = ?1 AND h.lifted_on IS NULL AND h.from_on <= ?2 AND (h.until_on IS NULL OR h.until_on >= ?2) ORDER BY h.id""",
        (case_id, today),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A next action."""

    id: int
    kind: str
    due_on: str
    due_at: str
    text: str | None


def tasks(reader: Reader, case_id: int) -> tuple[Task, ...]:
    """The open next actions, soonest first."""
    return reader.all(
        Task,
        "SELECT t.id, t.kind, t.due_on, t.due_at, x.body FROM tasks t LEFT JOIN texts x ON x.id = t.text_id "
        "WHERE t.case_id = ? AND t.state = 'open' ORDER BY t.due_on, t.id",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay; whether it is kept follows from payments."""

    id: int
    made_on: str
    due_on: str
    amount: int
    means: str


def promises(reader: Reader, case_id: int) -> tuple[Promise, ...]:
    """The promises of a case that were not cancelled."""
    return reader.all(
        Promise,
        "SELECT id, made_on, due_on, amount, means FROM promises WHERE case_id = ? AND cancelled_on IS NULL ORDER BY due_on",
        (case_id,),
    )
