"""Keeps what comes in by mail or as a scan: filed on a case or unsorted, and how far a mailbox was read. Chooses no case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class InRow:
    """A received message; `document_id` is the mail or scan as it came."""

    id: int
    case_id: int | None
    case_ref: str | None
    channel: str
    kind: str
    state: str
    address: str
    subject: str | None
    text: str | None
    message_id: str | None
    refs: str
    document_id: int | None
    created_at: str


_ROW = """
SELECT m.id, m.case_id, c.ref, m.channel, m.kind, m.state, m.address, s.body, x.body, m.message_id, m.refs, m.document_id, m.created_at
FROM messages m LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN texts s ON s.id = m.subject_id LEFT JOIN texts x ON x.id = m.text_id
"""
_UNSORTED = "m.direction = 'in' AND m.case_id IS NULL AND m.state = 'received'"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class NewArrival:
    """Something that came: an e-mail, or a letter that was scanned."""

    channel: str
    kind: str
    address: str
    subject: str
    text: str
    key: str
    document_id: int
    case_id: int | None = None
    party_id: int | None = None
    contact_point_id: int | None = None
    message_id: str | None = None
    refs: str = ""


def add(unit: Unit, new: NewArrival) -> int:
    """Keep what came; without a case it is unsorted."""
    return unit.add(
        "messages",
        case_id=new.case_id,
        party_id=new.party_id,
        contact_point_id=new.contact_point_id,
        channel=new.channel,
        direction="in",
        kind=new.kind,
        state="received",
        message_id=new.message_id,
        idempotency_key=new.key,
        text_id=unit.text(new.text),
        subject_id=unit.text(new.subject),
        document_id=new.document_id,
        address=new.address,
        refs=new.refs,
        created_at=unit.now,
        created_by=unit.actor_id,
    )


def known(reader: Reader, key: str) -> bool:
    """Whether the same bytes came before."""
    return bool(reader.value("SELECT 1 FROM messages WHERE idempotency_key = ?", (key,)))


def keyed(reader: Reader, key: str) -> int | None:
    """The number of the arrival with a key."""
    found = reader.value("SELECT id FROM messages WHERE idempotency_key = ? AND direction = 'in'", (key,))
    return int(found) if found else None


def case_exists(reader: Reader, case_id: int) -> bool:
    """Whether there is such a case."""
    return bool(reader.value("SELECT 1 FROM cases WHERE id = ?", (case_id,)))


def has_next(reader: Reader, case_id: int) -> bool:
    """Whether a case has an open next action."""
    return bool(reader.value("SELECT 1 FROM tasks WHERE case_id = ? AND state = 'open'", (case_id,)))


def free_message_id(reader: Reader, message_id: str) -> bool:
    """Whether no message has this Message-ID yet."""
    return not reader.value("SELECT 1 FROM messages WHERE message_id = ?", (message_id,))


def attach(unit: Unit, message_id: int, documents: Sequence[int]) -> None:
    """The files that came with a message."""
    unit.many("INSERT OR IGNORE INTO message_attachments VALUES (?, ?)", [(message_id, one) for one in documents])


def one(reader: Reader, message_id: int) -> InRow | None:
    """One received message."""
    return reader.first(InRow, f"{_ROW} WHERE m.id = ? AND m.direction = 'in'", (message_id,))


def unsorted(reader: Reader) -> tuple[InRow, ...]:
    """What waits for a person to file it, the oldest first, 50 at most."""
    return reader.all(InRow, f"{_ROW} WHERE {_UNSORTED} ORDER BY m.id LIMIT {SHOWN}")


def unsorted_count(reader: Reader) -> int:
    """How much waits to be filed."""
    return int(reader.value(f"SELECT COUNT(*) FROM messages m WHERE {_UNSORTED}"))


def of_case(reader: Reader, case_id: int) -> tuple[InRow, ...]:
    """What came for a case, the newest first."""
    sql = f"{_ROW} WHERE m.case_id = ? AND m.direction = 'in' ORDER BY m.id DESC LIMIT {SHOWN}"
    return reader.all(InRow, sql, (case_id,))


def last_id(reader: Reader) -> int:
    """The number of the last message of all."""
    return int(reader.value("SELECT COALESCE(MAX(id), 0) FROM messages"))


def arrived(reader: Reader, after: int, case_id: int | None = None) -> int:
    """How many messages came in after a number: for a case, or filed on any."""
    sql = "SELECT COUNT(*) FROM messages WHERE id > ?1 AND direction = 'in' AND case_id IS NOT NULL AND (?2 IS NULL OR case_id = ?2)"
    return int(reader.value(sql, (after, case_id)))


def file_on(
    unit: Unit, message_id: int, case_id: int, party_id: int | None, point: int | None, interaction: int | None
) -> None:
    """Give an arrival its case, and its documents with it."""
    unit.run(
        "UPDATE messages SET case_id = ?, party_id = ?, contact_point_id = ?, interaction_id = ?, row_version = row_version + 1 "
        "WHERE id = ?",
        (case_id, party_id, point, interaction, message_id),
    )
    unit.run(
        "UPDATE documents SET case_id = ?1 WHERE case_id IS NULL AND (id = (SELECT document_id FROM messages WHERE id = ?2) "
        "OR id IN (SELECT document_id FROM message_attachments WHERE message_id = ?2))",
        (case_id, message_id),
    )


def put_aside(unit: Unit, message_id: int) -> bool:
    """An unsorted arrival that concerns no case."""
    sql = "UPDATE messages SET state = 'cancelled', row_version = row_version + 1 WHERE id = ? AND state = 'received' AND case_id IS NULL"
    return unit.run(sql, (message_id,)).rowcount == 1


def cases_of_threads(reader: Reader, message_ids: Sequence[str]) -> tuple[int, ...]:
    """The cases of the messages with these Message-IDs, in the order given."""
    found = dict(
        reader.rows(
            "SELECT message_id, case_id FROM messages WHERE case_id IS NOT NULL AND message_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(message_ids)),),
        )
    )
    return tuple(dict.fromkeys(int(found[one]) for one in message_ids if one in found))


def cases_of_references(reader: Reader, refs: Sequence[str]) -> tuple[int, ...]:
    """The cases with these public references."""
    sql = "SELECT id FROM cases WHERE ref IN (SELECT value FROM json_each(?)) ORDER BY id"
    return tuple(int(row[0]) for row in reader.rows(sql, (json.dumps(list(refs)),)))


def open_cases_of_address(reader: Reader, address: str) -> tuple[int, ...]:
    """The open cases of the people who have an e-mail address, three at most: one is what one looks for."""
    sql = (
        "SELECT c.id FROM contact_points p JOIN cases c ON c.debtor_id = p.party_id "
        "WHERE p.value = ?1 AND p.kind = 'email' AND c.status = 'open' "
        "UNION SELECT c.id FROM contact_points p JOIN case_parties cp ON cp.party_id = p.party_id JOIN cases c ON c.id = cp.case_id "
        "WHERE p.value = ?1 AND p.kind = 'email' AND c.status = 'open' LIMIT 3"
    )
    return tuple(int(row[0]) for row in reader.rows(sql, (address,)))


def point_of_address(reader: Reader, case_id: int, address: str) -> tuple[int, int] | None:
    """Contact point and person of a case that have an e-mail address."""
    found = reader.rows(
        "SELECT p.id, p.party_id FROM contact_points p WHERE p.value = ?2 AND p.kind = 'email' AND (p.party_id = "
        "(SELECT debtor_id FROM cases WHERE id = ?1) OR p.party_id IN (SELECT party_id FROM case_parties WHERE case_id = ?1)) LIMIT 1",
        (case_id, address),
    )
    return (int(found[0][0]), int(found[0][1])) if found else None


def place(reader: Reader, mailbox: str) -> tuple[int, int]:
    """UIDVALIDITY and last UID read of a mailbox; zeros before the first reading."""
    found = reader.rows("SELECT uidvalidity, last_uid FROM mail_places WHERE mailbox = ?", (mailbox,))
    return (int(found[0][0]), int(found[0][1])) if found else (0, 0)


def set_place(unit: Unit, mailbox: str, uidvalidity: int, last_uid: int) -> None:
    """A mailbox was read up to a UID."""
    unit.run(
        "INSERT INTO mail_places VALUES (?, ?, ?, ?, '') ON CONFLICT DO UPDATE SET uidvalidity = excluded.uidvalidity, "
        "last_uid = excluded.last_uid, read_at = excluded.read_at, error = ''",
        (mailbox, uidvalidity, last_uid, unit.now),
    )


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document of a case, as a message may carry it."""

    id: int
    kind: str
    title: str
    number: str | None
    media_type: str
    size: int
    added_on: str


def case_documents(reader: Reader, case_id: int) -> tuple[CaseDocument, ...]:
    """The documents of a case, the newest first, 50 at most."""
    return reader.all(
        CaseDocument,
        "SELECT d.id, d.kind, d.title, d.number, f.media_type, f.size, substr(d.added_at, 1, 10) FROM documents d "
        f"JOIN files f ON f.id = d.file_id WHERE d.case_id = ? AND f.erased_at IS NULL ORDER BY d.id DESC LIMIT {SHOWN}",
        (case_id,),
    )


def documents_of(reader: Reader, message_id: int) -> tuple[CaseDocument, ...]:
    """The files of a message: what came as a whole, then its attachments."""
    return reader.all(
        CaseDocument,
        "SELECT d.id, d.kind, d.title, d.number, f.media_type, f.size, substr(d.added_at, 1, 10) FROM documents d "
        "JOIN files f ON f.id = d.file_id WHERE d.id = (SELECT document_id FROM messages WHERE id = ?1) "
        "OR d.id IN (SELECT document_id FROM message_attachments WHERE message_id = ?1) ORDER BY d.id",
        (message_id,),
    )
