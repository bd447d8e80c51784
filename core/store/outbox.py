"""Keeps the e-mails and SMS that leave: ready, taken under a lease, sent or not, each attempt. Sends nothing and decides no retry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class OutRow:
    """A message of the outbox; `error` JSON of what went wrong last, empty otherwise; moments UTC text."""

    id: int
    case_id: int
    case_ref: str
    party_id: int | None
    contact_point_id: int | None
    channel: str
    kind: str
    state: str
    address: str
    subject: str | None
    text: str | None
    message_id: str | None
    idempotency_key: str
    in_reply_to: str
    refs: str
    automatic: int
    purpose: str
    attempts: int
    next_try_at: str | None
    lease_until: str | None
    error: str
    provider_ref: str
    created_at: str
    sent_at: str | None
    created_by: int | None
    answers_id: int | None


_ROW = """
SELECT m.id, m.case_id, c.ref, m.party_id, m.contact_point_id, m.channel, m.kind, m.state, m.address, s.body, x.body, m.message_id,
  m.idempotency_key, m.in_reply_to, m.refs, m.automatic, m.purpose, m.attempts, m.next_try_at, m.lease_until, m.error,
  m.provider_ref, m.created_at, m.sent_at, m.created_by, m.answers_id
FROM messages m JOIN cases c ON c.id = m.case_id LEFT JOIN texts s ON s.id = m.subject_id LEFT JOIN texts x ON x.id = m.text_id
"""
_OURS = "m.direction = 'out' AND m.channel <> 'letter'"
SHOWN = 50
CREDITOR = "creditor"  # the purpose of what leaves for a creditor: no debtor is reached


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it is written, ready to leave."""

    case_id: int
    party_id: int | None
    contact_point_id: int | None
    channel: str
    kind: str
    address: str
    subject: str
    text: str
    message_id: str | None
    idempotency_key: str
    in_reply_to: str = ""
    refs: str = ""
    automatic: bool = False
    purpose: str = "claim"
    answers_id: int | None = None
    documents: tuple[int, ...] = ()


def add(unit: Unit, new: NewMessage) -> int:
    """Write a message as ready: its Message-ID and its key stand in the store before anything is sent."""
    row = unit.add(
        "messages",
        case_id=new.case_id,
        party_id=new.party_id,
        contact_point_id=new.contact_point_id,
        channel=new.channel,
        direction="out",
        kind=new.kind,
        state="ready",
        message_id=new.message_id,
        idempotency_key=new.idempotency_key,
        text_id=unit.text(new.text),
        subject_id=unit.text(new.subject),
        address=new.address,
        in_reply_to=new.in_reply_to,
        refs=new.refs,
        automatic=int(new.automatic),
        purpose=new.purpose,
        answers_id=new.answers_id,
        created_at=unit.now,
        created_by=unit.actor_id,
    )
    unit.many("INSERT INTO message_attachments VALUES (?, ?)", [(row, one) for one in new.documents])
    return row


def one(reader: Reader, message_id: int) -> OutRow | None:
    """One e-mail or SMS of the outbox."""
    return reader.first(OutRow, f"{_ROW} WHERE m.id = ? AND {_OURS}", (message_id,))


def of_case(reader: Reader, case_id: int) -> tuple[OutRow, ...]:
    """The e-mails and SMS of a case, the newest first."""
    return reader.all(OutRow, f"{_ROW} WHERE m.case_id = ? AND {_OURS} ORDER BY m.id DESC LIMIT {SHOWN}", (case_id,))


def listed(reader: Reader, states: Sequence[str]) -> tuple[OutRow, ...]:
    """The messages in some states, the newest first, 50 at most."""
    sql = f"{_ROW} WHERE {_OURS} AND m.state IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC LIMIT {SHOWN}"
    return reader.all(OutRow, sql, (json.dumps(list(states)),))


def documents(reader: Reader, message_id: int) -> tuple[int, ...]:
    """The documents that travel with a message."""
    sql = "SELECT document_id FROM message_attachments WHERE message_id = ? ORDER BY document_id"
    return tuple(int(row[0]) for row in reader.rows(sql, (message_id,)))


def next_ready(reader: Reader, now: str, after: int) -> int | None:
    """The first message after an id that may leave at a moment."""
    found = reader.value(
        "SELECT MIN(id) FROM messages WHERE direction = 'out' AND channel <> 'letter' AND state = 'ready' AND id > ? "
        "AND (next_try_at IS NULL OR next_try_at <= ?)",
        (after, now),
    )
    return int(found) if found else None


def is_answered(reader: Reader, case_id: int, received_id: int) -> bool:
    """Whether a message of ours in a case already answers a received one, sent or about to leave."""
    sql = "SELECT EXISTS (SELECT 1 FROM messages WHERE case_id = ? AND answers_id = ? AND state NOT IN ('cancelled', 'failed'))"
    return bool(reader.value(sql, (case_id, received_id)))


def waiting(reader: Reader) -> int:
    """How many messages are ready or being sent: a walk along a small index."""
    sql = "SELECT COUNT(*) FROM messages WHERE direction = 'out' AND channel <> 'letter' AND state IN ('ready', 'sending')"
    return int(reader.value(sql))


def doubtful(reader: Reader, now: str) -> tuple[OutRow, ...]:
    """The messages that were being sent when their program stopped: the lease is over and nobody wrote how it ended."""
    sql = (
        f"{_ROW} WHERE {_OURS} AND m.state = 'sending' AND COALESCE(m.lease_until, '') <= ? ORDER BY m.id LIMIT {SHOWN}"
    )
    return reader.all(OutRow, sql, (now,))


def take(unit: Unit, message_id: int, owner: str, until: str) -> bool:
    """Take a ready message to send it: False when somebody else took it first. The attempt is written before it is made."""
    cursor = unit.run(
        "UPDATE messages SET state = 'sending', lease_owner = ?, lease_until = ?, attempts = attempts + 1, error = '', "
        "row_version = row_version + 1 WHERE id = ? AND state = 'ready'",
        (owner, until, message_id),
    )
    if cursor.rowcount != 1:
        return False
    unit.add("message_attempts", message_id=message_id, began_at=unit.now)
    return True


def end_attempt(unit: Unit, message_id: int, outcome: str, stage: str = "", code: int = 0) -> None:
    """How the last attempt ended."""
    unit.run(
        "UPDATE message_attempts SET ended_at = ?, outcome = ?, stage = ?, code = ? "
        "WHERE id = (SELECT MAX(id) FROM message_attempts WHERE message_id = ?)",
        (unit.now, outcome, stage, code, message_id),
    )


def settle(
    unit: Unit, message_id: int, state: str, expected: str, *, error: str = "", next_try_at: str | None = None
) -> bool:
    """Give a message its next state; False when it is no longer in the state it was read in."""
    cursor = unit.run(
        "UPDATE messages SET state = ?1, error = ?2, next_try_at = ?3, lease_owner = NULL, lease_until = NULL, "
        "row_version = row_version + 1 WHERE id = ?4 AND state = ?5",
        (state, error, next_try_at, message_id, expected),
    )
    return cursor.rowcount == 1


def mark_sent(unit: Unit, message_id: int, interaction_id: int, provider_ref: str, at: str) -> None:
    """When a message left, its entry in the journal, and the gateway's number for it."""
    unit.run(
        "UPDATE messages SET sent_at = ?, interaction_id = ?, provider_ref = ? WHERE id = ?",
        (at, interaction_id, provider_ref, message_id),
    )


def leave(unit: Unit, message_id: int, at: str) -> None:
    """When a message left that is no contact with a debtor."""
    unit.run("UPDATE messages SET sent_at = ? WHERE id = ?", (at, message_id))


def unreported(reader: Reader, since: str) -> tuple[OutRow, ...]:
    """The SMS sent since a moment whose gateway gave a number and no report yet, 50 at most."""
    sql = f"{_ROW} WHERE {_OURS} AND m.provider_ref <> '' AND m.state = 'sent' AND m.sent_at >= ? ORDER BY m.id LIMIT {SHOWN}"
    return reader.all(OutRow, sql, (since,))


def by_message_id(reader: Reader, message_id: str) -> OutRow | None:
    """The e-mail of ours that has a Message-ID."""
    return reader.first(OutRow, f"{_ROW} WHERE m.message_id = ? AND m.direction = 'out'", (message_id,))


def last_to(reader: Reader, address: str) -> OutRow | None:
    """The last e-mail of ours that left for an address."""
    sql = f"{_ROW} WHERE m.address = ? AND m.direction = 'out' AND m.channel = 'email' AND m.state = 'sent' ORDER BY m.id DESC LIMIT 1"
    return reader.first(OutRow, sql, (address,)) if address else None


def doubt_all(unit: Unit) -> int:
    """After a backup was put back: what it holds as ready or sending may have left since, so a person decides. How many."""
    return unit.run(
        "UPDATE messages SET state = 'sending', lease_owner = NULL, lease_until = NULL, row_version = row_version + 1 "
        "WHERE direction = 'out' AND channel <> 'letter' AND state IN ('ready', 'sending')"
    ).rowcount


def claims_too_much(reader: Reader, message_id: int, day: str) -> bool:
    """Whether, since a message or letter was written, its case came to owe less or a debt of it was stopped, as of a day."""
    return bool(
        reader.value(
            "SELECT EXISTS(SELECT 1 FROM messages m JOIN entries e ON e.case_id = m.case_id WHERE m.id = ?1 "
            "AND e.recorded_at > m.created_at AND e.booked_on <= ?2 "
            "AND e.from_account IN ('principal', 'interest', 'indemnity', 'penalty', 'costs')) "
            "OR EXISTS(SELECT 1 FROM messages m JOIN holds h ON h.case_id = m.case_id WHERE m.id = ?1 AND h.debt_id IS NOT NULL "
            "AND h.created_at > m.created_at AND h.lifted_on IS NULL AND h.from_on <= ?2 AND (h.until_on IS NULL OR h.until_on >= ?2))",
            (message_id, day),
        )
    )
