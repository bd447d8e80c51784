"""One unit of work: read one snapshot, or write in one immediate transaction with its audit. Knows no rule of the trade."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from core.domain.messages import Refusal, msg, refuse
from core.store import audit, connection, summaries

T = TypeVar("T")
Params = Sequence[Any] | dict[str, Any]


class Reader:
    """Reads of one snapshot."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    def all(self, shape: type[T], sql: str, params: Params = ()) -> tuple[T, ...]:
        """Each row as `shape`, whose fields stand in the order of the columns."""
        return tuple(shape(*row) for row in self.conn.execute(sql, params))

    def first(self, shape: type[T], sql: str, params: Params = ()) -> T | None:
        """The first row as `shape`, or None."""
        row = self.conn.execute(sql, params).fetchone()
        return shape(*row) if row else None

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Plain rows."""
        return self.conn.execute(sql, params).fetchall()

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.conn.execute(sql, params).fetchone()
        return row[0] if row else None


class Unit(Reader):
    """Writes of one transaction. Touched cases are recomputed and the audit is chained just before the commit."""

    def __init__(self, conn: sqlite3.Connection, actor_id: int, now: str, today: str, law: str) -> None:
        super().__init__(conn)
        self.actor_id, self.now, self.today, self.law = actor_id, now, today, law
        self.given_up = False  # a trial: nothing of it is kept
        self._lines: list[audit.Line] = []
        self._digests: audit.Known = {}
        self._before = audit.last_ids(conn)
        summaries.prepare(conn)

    def run(self, sql: str, params: Params = ()) -> sqlite3.Cursor:
        """One statement."""
        return self.conn.execute(sql, params)

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """One statement for many rows."""
        self.conn.executemany(sql, rows)

    def add(self, table: str, **columns: Any) -> int:
        """Insert one row and return its id."""
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        cursor = self.conn.execute(f"INSERT INTO {table}({names}) VALUES ({marks})", tuple(columns.values()))
        return int(cursor.lastrowid or 0)

    def change(self, table: str, row_id: int, row_version: int, **columns: Any) -> None:
        """Update an editable row that is still at `row_version`; raise Refusal "changed-meanwhile" if it is not."""
        sets = ", ".join(f"{name} = ?" for name in columns)
        cursor = self.conn.execute(
            f"UPDATE {table} SET {sets}, row_version = row_version + 1 WHERE id = ? AND row_version = ?",
            (*columns.values(), row_id, row_version),
        )
        if cursor.rowcount != 1:
            raise changed_meanwhile(f"{table} {row_id}")

    def text(self, body: str) -> int | None:
        """Keep free words away from the chain, salted; None for an empty text."""
        if not body.strip():
            return None
        salt = secrets.token_hex(16)
        return self.add(
            "texts",
            body=body.strip(),
            salt=salt,
            digest=audit.text_digest(salt, body.strip()),
            author_id=self.actor_id,
            written_at=self.now,
        )

    def redact(self, text_id: int, reason: str) -> None:
        """Take the words of a text away for good, with author, date and reason; its digest stays, so that the chain still holds."""
        self.run(
            "UPDATE texts SET body = NULL, salt = NULL, redacted_at = ?, redacted_by = ?, redaction_reason = ? "
            "WHERE id = ? AND body IS NOT NULL",
            (self.now, self.actor_id, reason.strip(), text_id),
        )

    def touch(self, *case_ids: int) -> None:
        """Have these cases recomputed before the commit."""
        self.conn.executemany(
            "INSERT INTO temp.touched VALUES (?, 0) ON CONFLICT DO UPDATE SET fresh = 0", [(c,) for c in case_ids]
        )

    def touch_fresh(self, first: int, last: int) -> None:
        """The same for a range of cases made in this unit, whose debts stand at what the ledger opens them with."""
        self.conn.execute(
            "INSERT INTO temp.touched SELECT id, 1 FROM cases WHERE id BETWEEN ? AND ? ON CONFLICT DO NOTHING",
            (first, last),
        )

    def wrote(self, table: str, first: int, last: int, digest: str) -> None:
        """The digest of a range of covered rows, from whoever wrote all of them; used if nobody else writes there."""
        self._digests[table, first, last] = digest

    def audit(self, action: str, object_kind: str, object_id: int, **details: Any) -> None:
        """One audit line; details are identifiers, counts and digests, never a name."""
        self._lines.append(audit.Line(action, object_kind, object_id, details))

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """One step of several: what it wrote goes when it is refused, what the others wrote stands."""
        lines = len(self._lines)
        self.run("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK TO step")
            self.run("RELEASE step")
            del self._lines[lines:]
            raise
        self.run("RELEASE step")

    def settle(self) -> None:
        """What happens before each commit: read models, proof, data version."""
        if self.value("SELECT 1 FROM temp.touched LIMIT 1"):
            summaries.refresh(self.conn, self.today, self.law)
        rows = audit.written(self.conn, self._before, self._digests)
        if rows and not self._lines:
            raise RuntimeError("a unit wrote ledger or journal rows without an audit line")
        if rows:
            self._lines[0].details["rows"] = rows
        audit.append(self.conn, self._lines, self.actor_id, self.now)
        self.conn.execute("UPDATE meta SET data_version = data_version + 1")

    def done_before(self, token: str, service: str) -> Any:
        """The result of a command already run with this form token, else None."""
        found = self.value("SELECT result FROM command_tokens WHERE token = ? AND service = ?", (token, service))
        return json.loads(found) if found else None

    def remember(self, token: str, service: str, result: Any) -> None:
        """Keep the result of a command under its form token, so that a double click gives it again."""
        self.run(
            "INSERT INTO command_tokens VALUES (?,?,?,?,?)",
            (token, self.actor_id, service, json.dumps(result), self.now),
        )


@dataclass(frozen=True, slots=True)
class Store:
    """One store file; `folder` holds the bytes of its files, under their hash."""

    path: Path
    folder: Path

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """One snapshot for a whole screen."""
        with connection.pool(self.path).reader() as conn:
            yield Reader(conn)

    @contextlib.contextmanager
    def write(
        self, actor_id: int, now: str, today: str, law: str = "", keep: Callable[[Unit], None] | None = None
    ) -> Iterator[Unit]:
        """One immediate transaction: everything or nothing, nothing too when it is given up. `keep` makes kept columns agree with
        what was written, before it settles.
        """
        shared = connection.pool(self.path)
        with connection.writer(self.path) as conn:
            try:
                _begin(conn)
                unit = Unit(conn, actor_id, now, today, law)
                yield unit
                if unit.given_up:
                    conn.execute("ROLLBACK")
                    return
                if keep is not None:
                    keep(unit)
                unit.settle()
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
        shared.checkpoint()

    def close(self) -> None:
        """Let go of the file."""
        connection.close_pool(self.path)


def changed_meanwhile(what: str) -> Refusal:
    """The Refusal told to the second of two people who edit the same thing."""
    return refuse(
        "changed-meanwhile",
        msg("Someone else has changed this since you opened it; nothing of yours was saved."),
        msg("Read what they wrote, then save again: what you typed is still on the screen."),
        value=what,
    )


def _begin(conn: sqlite3.Connection) -> None:
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _busy(error) from error


def _busy(error: sqlite3.OperationalError) -> Refusal:
    return refuse(
        "store-busy",
        msg("The store stayed busy with someone else's work for {seconds} seconds.", seconds=connection.BUSY_SECONDS),
        msg("Nothing was written. Wait for the long work (an import, a backup) to end and try again."),
        value=str(error),
    )
