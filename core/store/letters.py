"""Keeps the letters that were issued, of any kind: outbox rows, their documents, the first letter of a case. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit

FIRST = "first_letter"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """An issued letter; `state` is ready (to be posted) or sent, `dated` and `posted_on` ISO days."""

    message_id: int
    case_id: int
    reference: str
    document_id: int
    state: str
    dated: str
    posted_on: str | None
    row_version: int
    kind: str = FIRST


_LETTER = (
    "SELECT m.id, m.case_id, d.number, d.id, m.state, json_extract(d.computation, '$.dated'), substr(m.sent_at, 1, 10), "
    "m.row_version, m.kind FROM messages m JOIN documents d ON d.id = m.document_id "
)


def of_case(reader: Reader, case_id: int) -> tuple[LetterRow, ...]:
    """The first letters issued for a case, the newest first."""
    return reader.all(LetterRow, f"{_LETTER} WHERE m.case_id = ? AND m.kind = '{FIRST}' ORDER BY m.id DESC", (case_id,))


def all_of_case(reader: Reader, case_id: int) -> tuple[LetterRow, ...]:
    """Every letter issued for a case, the newest first."""
    sql = f"{_LETTER} WHERE m.case_id = ? AND m.channel = 'letter' AND m.direction = 'out' ORDER BY m.id DESC"
    return reader.all(LetterRow, sql, (case_id,))


def numbered(reader: Reader, reference: str) -> LetterRow | None:
    """The letter with a reference."""
    sql = f"{_LETTER} WHERE d.number = ? AND m.channel = 'letter' AND m.direction = 'out'"
    return reader.first(LetterRow, sql, (reference,))


def next_rank(reader: Reader, case_id: int, kind: str = FIRST) -> int:
    """1 for the first letter of a kind in a case, 2 when it is issued again."""
    return 1 + int(reader.value("SELECT COUNT(*) FROM documents WHERE case_id = ? AND kind = ?", (case_id, kind)) or 0)


def add_document(
    unit: Unit, file_id: int, case_id: int, reference: str, computation: str, kind: str = FIRST, title: str = ""
) -> int:
    """The issued letter as a document, with the figures it was made of, frozen."""
    return unit.add(
        "documents",
        kind=kind,
        title=title,
        number=reference,
        file_id=file_id,
        case_id=case_id,
        computation=computation,
        law_fingerprint=unit.law,
        added_by=unit.actor_id,
        added_at=unit.now,
    )


def add_message(
    unit: Unit, case_id: int, party_id: int, point: int | None, reference: str, document_id: int, kind: str = FIRST
) -> int:
    """The letter in the outbox: ready, to be posted."""
    return unit.add(
        "messages",
        case_id=case_id,
        party_id=party_id,
        contact_point_id=point,
        channel="letter",
        direction="out",
        kind=kind,
        state="ready",
        idempotency_key=reference,
        document_id=document_id,
        created_at=unit.now,
    )


def set_posted(unit: Unit, row: LetterRow, day: str) -> None:
    """The letter left on a day."""
    unit.change("messages", row.message_id, row.row_version, state="sent", sent_at=day)


def set_first_letter(unit: Unit, case_id: int, reference: str, sent_on: str) -> None:
    """The reference and the sending date that each later step with the debtor recalls (CPCE R.124-4, last paragraph)."""
    unit.run(
        "UPDATE cases SET first_letter_ref = ?, first_letter_on = ?, row_version = row_version + 1 WHERE id = ?",
        (reference, sent_on, case_id),
    )


def cancel_unposted(unit: Unit, case_id: int, kind: str = FIRST) -> None:
    """A newer letter replaces those that never left."""
    unit.run(
        "UPDATE messages SET state = 'cancelled', row_version = row_version + 1 WHERE case_id = ? AND kind = ? AND state = 'ready'",
        (case_id, kind),
    )


def close_letter_tasks(unit: Unit, case_id: int, interaction_id: int | None = None) -> None:
    """The next actions about sending the letter are done; others stay."""
    unit.run(
        "UPDATE tasks SET state = 'done', interaction_id = ?, closed_by = ?, closed_at = ?, row_version = row_version + 1 "
        "WHERE case_id = ? AND state = 'open' AND kind IN ('first_letter', 'post_letter')",
        (interaction_id, unit.actor_id, unit.now, case_id),
    )
