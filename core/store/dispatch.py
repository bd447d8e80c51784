"""Keeps how letters leave by post and what becomes of them: slips, tracking numbers, proofs, outcomes. Decides nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A letter on its way; days ISO, `state` that of the outbox; proofs are documents. `address_id` is the contact point written to."""

    message_id: int
    case_id: int
    case_ref: str
    reference: str
    kind: str
    document_id: int
    state: str
    dated: str
    posted_on: str | None
    debtor: str
    address_id: int | None
    address: str
    registered: int
    slip: str | None
    tracking: str | None
    sent_proof_id: int | None
    receipt_proof_id: int | None
    outcome: str
    outcome_on: str | None
    row_version: int


_DISPATCH = """SELECT m.id, m.case_id, c.ref, d.number, m.kind, d.id, m.state, json_extract(d.computation, '$.dated'),
  substr(m.sent_at, 1, 10),
  trim(p.first_name || ' ' || p.name), m.contact_point_id, COALESCE(a.value || char(10) || trim(a.postcode || ' ' || a.city), ''),
  COALESCE(x.registered, 0), s.number, x.tracking, x.sent_proof_id, x.receipt_proof_id, COALESCE(x.outcome, ''), x.outcome_on, m.row_version
FROM messages m JOIN documents d ON d.id = m.document_id JOIN cases c ON c.id = m.case_id JOIN parties p ON p.id = m.party_id
LEFT JOIN contact_points a ON a.id = m.contact_point_id LEFT JOIN dispatches x ON x.message_id = m.id
LEFT JOIN deposit_slips s ON s.id = x.slip_id """
_LETTER = "m.channel = 'letter' AND m.direction = 'out'"


def ready(reader: Reader, *, registered: bool | None = None, limit: int = 500, offset: int = 0) -> tuple[Dispatch, ...]:
    """The letters to post, the oldest first; only registered ones, or only the others, when asked."""
    which = "" if registered is None else f"AND COALESCE(x.registered, 0) = {int(registered)}"
    sql = f"{_DISPATCH} WHERE {_LETTER} AND m.state = 'ready' {which} ORDER BY m.id LIMIT ? OFFSET ?"
    return reader.all(Dispatch, sql, (limit, offset))


def count_ready(reader: Reader, *, registered: bool | None = None) -> int:
    """How many letters are to be posted."""
    which = "" if registered is None else f"AND COALESCE(x.registered, 0) = {int(registered)}"
    joined = "messages m LEFT JOIN dispatches x ON x.message_id = m.id"
    sql = f"SELECT COUNT(*) FROM {joined} WHERE {_LETTER} AND m.state = 'ready' {which}"
    return int(reader.value(sql))


def awaited(reader: Reader, limit: int = 500, offset: int = 0) -> tuple[Dispatch, ...]:
    """The registered letters posted whose receipt nobody recorded yet, the oldest first."""
    which = "m.state = 'sent' AND x.registered = 1 AND x.outcome = '' ORDER BY m.sent_at, m.id"
    return reader.all(Dispatch, f"{_DISPATCH} WHERE {_LETTER} AND {which} LIMIT ? OFFSET ?", (limit, offset))


def of_case(reader: Reader, case_id: int) -> tuple[Dispatch, ...]:
    """Every letter issued for a case, the newest first."""
    return reader.all(Dispatch, f"{_DISPATCH} WHERE {_LETTER} AND m.case_id = ? ORDER BY m.id DESC", (case_id,))


def numbered(reader: Reader, references: Sequence[str]) -> dict[str, Dispatch]:
    """Letters by their references."""
    sql = f"{_DISPATCH} WHERE {_LETTER} AND d.number IN (SELECT value FROM json_each(?))"
    return {row.reference: row for row in reader.all(Dispatch, sql, (json.dumps([*references]),))}


def with_tracking(reader: Reader, tracking: str) -> str | None:
    """The reference of the letter that carries a tracking number."""
    sql = (
        "SELECT d.number FROM dispatches x JOIN messages m ON m.id = x.message_id JOIN documents d ON d.id = m.document_id "
        "WHERE x.tracking = ?"
    )
    found = reader.value(sql, (tracking,))
    return str(found) if found else None


def begin(unit: Unit, message_id: int, *, registered: bool) -> None:
    """How a letter leaves."""
    unit.add("dispatches", message_id=message_id, registered=int(registered))


def _row(unit: Unit, message_id: int) -> None:
    """A letter issued before dispatches were kept has its row too."""
    unit.run("INSERT OR IGNORE INTO dispatches(message_id) VALUES (?)", (message_id,))


def set_tracking(unit: Unit, message_id: int, tracking: str) -> None:
    """The number of a registered letter; a letter that has one is registered."""
    _row(unit, message_id)
    unit.run("UPDATE dispatches SET tracking = ?, registered = 1 WHERE message_id = ?", (tracking, message_id))


def set_slip(unit: Unit, message_ids: Sequence[int], slip_id: int) -> None:
    """The letters of a slip."""
    for message_id in message_ids:
        _row(unit, message_id)
    unit.run(
        "UPDATE dispatches SET slip_id = ?, registered = 1 WHERE message_id IN (SELECT value FROM json_each(?))",
        (slip_id, json.dumps([*message_ids])),
    )


def set_sent_proof(unit: Unit, message_id: int, document_id: int) -> None:
    """What proves that a letter left."""
    _row(unit, message_id)
    unit.run("UPDATE dispatches SET sent_proof_id = ? WHERE message_id = ?", (document_id, message_id))


def set_outcome(unit: Unit, message_id: int, outcome: str, on: str, document_id: int | None) -> None:
    """What became of a letter, on an ISO day, and what proves it."""
    _row(unit, message_id)
    unit.run(
        "UPDATE dispatches SET outcome = ?, outcome_on = ?, receipt_proof_id = COALESCE(?, receipt_proof_id) WHERE message_id = ?",
        (outcome, on, document_id, message_id),
    )


def set_state(unit: Unit, row: Dispatch, state: str) -> None:
    """The state of the outbox row."""
    unit.change("messages", row.message_id, row.row_version, state=state)


def next_slip(reader: Reader, year: str) -> str:
    """The number of the next slip of a year: BD-2026-0007."""
    count = int(reader.value("SELECT COUNT(*) FROM deposit_slips WHERE number LIKE ?", (f"BD-{year}-%",)))
    return f"BD-{year}-{count + 1:04d}"


def add_slip(unit: Unit, number: str, document_id: int) -> int:
    """A slip with its document."""
    return unit.add(
        "deposit_slips",
        number=number,
        drawn_on=unit.today,
        document_id=document_id,
        created_by=unit.actor_id,
        created_at=unit.now,
    )


def slip_document(reader: Reader, number: str) -> int | None:
    """The document of a slip."""
    found = reader.value("SELECT document_id FROM deposit_slips WHERE number = ?", (number,))
    return int(found) if found else None


def computation(reader: Reader, document_id: int) -> str | None:
    """The figures frozen with a letter, as JSON."""
    found = reader.value("SELECT computation FROM documents WHERE id = ?", (document_id,))
    return str(found) if found else None
