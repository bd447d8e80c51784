"""The audit: an append-only chain of hashes that also covers ledger and journal rows by digest. Carries no name and no word."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

# Tables whose rows are proved by a digest in the audit line of the unit that wrote them.
COVERED = {
    "entries": "id, case_id, debt_id, payment_id, kind, from_account, to_account, amount, booked_on, reverses, actor_id, recorded_at",
    "interactions": "id, case_id, debt_id, party_id, contact_point_id, channel, direction, result_code, happened_on, happened_at, "
    "facts, text_id, corrects, source, actor_id, recorded_at, (SELECT digest FROM texts WHERE texts.id = text_id)",
    "payments": "id, case_id, received_on, amount, means, paid_to, payer_id, reference, bank_line_id, reverses, text_id, source, "
    "actor_id, recorded_at, (SELECT digest FROM texts WHERE texts.id = text_id)",
    "allocations": "id, payment_id, debt_id, bucket, amount",
    "receipts": "id, number, payment_id, issued_on, issued_at",
    "events": "id, proceeding_id, kind, happened_on, facts, text_id, document_id, corrects, actor_id, recorded_at, "
    "(SELECT digest FROM texts WHERE texts.id = text_id)",
    "legal_facts": "id, case_id, debt_id, kind, happened_on, until_on, amount, rate, "
    "CASE WHEN evidence_id IS NULL THEN evidence ELSE (SELECT digest FROM texts WHERE texts.id = evidence_id) END, "
    "document_id, text_id, corrects, actor_id, recorded_at, (SELECT digest FROM texts WHERE texts.id = text_id)",
}
BATCH = 2000
Known = dict[tuple[str, int, int], str]


@dataclass(slots=True)
class Line:
    """One thing done, before it is chained."""

    action: str
    object_kind: str
    object_id: int
    details: dict[str, Any] = field(default_factory=dict)


def line_hash(prev: str, number: int, at: str, actor: int, action: str, kind: str, object_id: int, details: str) -> str:
    """sha256 of the fields as a JSON array, so that no separator can be moved between them."""
    plain = json.dumps(
        [prev, number, at, actor, action, kind, object_id, details], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(plain.encode()).hexdigest()


def rows_digest(conn: sqlite3.Connection, table: str, first: int, last: int) -> str:
    """sha256 over the rows `first` to `last` (both included) of a covered table, each as SQL literals."""
    columns = " || ',' || ".join(f"quote({name.strip()})" for name in COVERED[table].split(","))
    digest = hashlib.sha256()
    cursor = conn.execute(f"SELECT {columns} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))
    while rows := cursor.fetchmany(BATCH):
        digest.update("".join([f"{literal}\n" for (literal,) in rows]).encode())
    return digest.hexdigest()


def last_ids(conn: sqlite3.Connection) -> dict[str, int]:
    """The highest id of each covered table."""
    return {table: conn.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}").fetchone()[0] for table in COVERED}


def written(conn: sqlite3.Connection, before: dict[str, int], known: Known | None = None) -> dict[str, list[Any]]:
    """For each covered table that grew since `before`: [first id, last id, digest].

    `known`: digests that the writer of a whole range made while writing it; `first_break` reads the rows all the same.
    """
    ranges: dict[str, list[Any]] = {}
    for table, last in last_ids(conn).items():
        if last > before[table]:
            first = before[table] + 1
            digest = (known or {}).get((table, first, last)) or rows_digest(conn, table, first, last)
            ranges[table] = [first, last, digest]
    return ranges


def append(conn: sqlite3.Connection, lines: list[Line], actor: int, at: str) -> None:
    """Chain the lines behind the last one, inside the caller's transaction."""
    last = conn.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, prev = last or (0, "")
    for line in lines:
        number += 1
        details = json.dumps(line.details, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        new = line_hash(prev, number, at, actor, line.action, line.object_kind, line.object_id, details)
        conn.execute(
            "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?)",
            (number, at, actor, line.action, line.object_kind, line.object_id, details, prev, new),
        )
        prev = new


def first_break(conn: sqlite3.Connection) -> str | None:
    """None when chain, covered rows and texts hold together; else the first that does not."""
    prev = ""
    seen = dict.fromkeys(COVERED, 0)
    if conn.execute("SELECT 1 FROM audit_checkpoints").fetchone():
        return "audit_checkpoints: no truncation exists in this version"
    for number, row in enumerate(conn.execute("SELECT * FROM audit ORDER BY id").fetchall(), 1):
        found, at, actor, action, kind, object_id, details, given_prev, given = row
        if (
            found != number
            or given_prev != prev
            or given != line_hash(prev, number, at, actor, action, kind, object_id, details)
        ):
            return f"audit line {number}"
        for table, (first, last, digest) in json.loads(details).get("rows", {}).items():
            if seen[table] != first - 1 or rows_digest(conn, table, first, last) != digest:
                return f"{table} {first} to {last}, proved by audit line {number}"
            seen[table] = last
        wrong = _wrong_document(conn, json.loads(details))
        if wrong:
            return f"{wrong}, proved by audit line {number}"
        prev = given
    for table, last in last_ids(conn).items():
        lowest = conn.execute(f"SELECT MIN(id) FROM {table}").fetchone()[0]
        if last != seen[table] or (lowest is not None and lowest < 1):
            return f"{table} {seen[table] + 1 if last != seen[table] else lowest}: written without an audit line"
    return _first_bad_text(conn)


def _wrong_document(conn: sqlite3.Connection, details: dict[str, Any]) -> str | None:
    """A kept document whose bytes are no longer those that an audit line saw."""
    for document, digest in details.get("digests", {}).items():
        kept = conn.execute(
            "SELECT f.sha256 FROM documents d JOIN files f ON f.id = d.file_id WHERE d.id = ?", (int(document),)
        ).fetchone()
        if kept is None or kept[0] != digest:
            return f"document {document}"
    return None


def text_digest(salt: str, body: str) -> str:
    """sha256 of salt then body: what the chain may keep of a text."""
    return hashlib.sha256((salt + body).encode()).hexdigest()


def _first_bad_text(conn: sqlite3.Connection) -> str | None:
    for number, body, salt, digest in conn.execute("SELECT id, body, salt, digest FROM texts WHERE body IS NOT NULL"):
        if text_digest(salt, body) != digest:
            return f"texts {number}: not the words that were written"
    bare = conn.execute(
        "SELECT id FROM texts WHERE body IS NULL AND (redacted_at IS NULL OR redacted_by IS NULL OR COALESCE(redaction_reason, '') = '')"
    ).fetchone()
    return f"texts {bare[0]}: removed without author, date and reason" if bare else None
