"""Proves that a store is whole: SQLite's own check, kept files, audit chain, read models, ledger against payments. Repairs nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable

from core.domain.messages import Message, msg
from core.store import audit, files, summaries
from core.store.unit import Reader, Store

# The money each payment says against what the ledger moved for it.
_MOVED = """
SELECT p.id FROM payments p LEFT JOIN (
  SELECT payment_id, SUM(CASE WHEN from_account = 'debtor' THEN amount ELSE -amount END) AS moved
  FROM entries WHERE payment_id IS NOT NULL AND 'debtor' IN (from_account, to_account) GROUP BY payment_id) e ON e.payment_id = p.id
WHERE COALESCE(e.moved, 0) <> p.amount ORDER BY p.id LIMIT 1
"""

# What each payment gave each part of each debt, said twice: by the allocations and by the ledger.
_SHARED = """
WITH said AS (SELECT payment_id, debt_id, bucket, SUM(amount) AS cents FROM allocations GROUP BY 1, 2, 3),
booked AS (
  SELECT payment_id, debt_id, CASE WHEN to_account = 'collected' THEN from_account ELSE to_account END AS bucket,
    SUM(CASE WHEN to_account = 'collected' THEN amount ELSE -amount END) AS cents
  FROM entries WHERE payment_id IS NOT NULL AND 'collected' IN (from_account, to_account) GROUP BY 1, 2, 3)
SELECT payment_id FROM (SELECT * FROM (SELECT * FROM said EXCEPT SELECT * FROM booked)
  UNION ALL SELECT * FROM (SELECT * FROM booked EXCEPT SELECT * FROM said)) ORDER BY payment_id LIMIT 1
"""

_TOO_MUCH = """
SELECT p.id FROM payments p JOIN (SELECT payment_id, SUM(amount) AS given FROM allocations GROUP BY payment_id) a ON a.payment_id = p.id
WHERE ABS(a.given) > ABS(p.amount) ORDER BY p.id LIMIT 1
"""


def integrity(reader: Reader, store: Store) -> Message | None:
    """None when the database file, its links and the files kept beside it are whole; else the first fault."""
    return _first(lambda: _pages(reader), lambda: _links(reader), lambda: _kept_files(reader, store))


def audit_chain(reader: Reader) -> Message | None:
    """None when the audit chain holds and proves every row and text it covers; else the first break."""
    return _first(lambda: _told(msg("altered outside the program: {place}"), audit.first_break(reader.conn)))


def read_model(reader: Reader) -> Message | None:
    """None when balances and case rows equal a recount, and the ledger equals the payments; else the first difference."""
    return _first(
        lambda: _told(msg("differs from a recount: {place}"), summaries.first_difference(reader.conn)),
        *(lambda sql=sql: _payment(reader, sql) for sql in (_MOVED, _SHARED, _TOO_MUCH)),
    )


def _first(*checks: Callable[[], Message | None]) -> Message | None:
    """The first fault; a database too damaged to be asked is a fault too."""
    for check in checks:
        try:
            found = check()
        except sqlite3.DatabaseError as error:
            return msg("SQLite cannot read on: {given}", given=str(error))
        if found:
            return found
    return None


def _told(sentence: Message, place: str | None) -> Message | None:
    return Message(sentence.msgid, {"place": place}) if place else None


def _pages(reader: Reader) -> Message | None:
    found = reader.value("PRAGMA integrity_check(1)")
    return None if found == "ok" else msg("SQLite says: {given}", given=str(found))


def _links(reader: Reader) -> Message | None:
    found = reader.rows("PRAGMA foreign_key_check")
    return (
        msg("{table}, row {row}: it points to a row that is not there", table=found[0][0], row=str(found[0][1]))
        if found
        else None
    )


def _kept_files(reader: Reader, store: Store) -> Message | None:
    for file_id, digest in reader.rows("SELECT id, sha256 FROM files WHERE erased_at IS NULL ORDER BY id"):
        place = files.place(store.folder, digest)
        if not place.exists():
            return msg("the kept file number {number} is missing from the data folder", number=str(file_id))
        with place.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                return msg("the kept file number {number} is not what was kept", number=str(file_id))
    return None


def _payment(reader: Reader, sql: str) -> Message | None:
    found = reader.value(sql)
    return msg("payment {number}: the ledger does not say the same", number=str(found)) if found else None
