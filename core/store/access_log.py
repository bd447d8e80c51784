"""Keeps who looked at which case: a file of its own beside the stores, unchained, written by batches. Never part of the audit.

A view costs its reader a place in a set; a timer writes what gathered in the meantime. A line says the minute, so that the
many reruns of one screen are one line. A killed process loses the views of its last second.
"""

from __future__ import annotations

import atexit
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.store import connection
from core.store.unit import Store

NAME = "access.db"
PAUSE = 1.0  # seconds
PAGE = 50
_TABLE = """
CREATE TABLE IF NOT EXISTS views(
  space TEXT NOT NULL,
  minute TEXT NOT NULL,  -- UTC, "2026-11-23T10:05Z"
  user_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  PRIMARY KEY (space, minute, user_id, case_id)
) STRICT, WITHOUT ROWID
"""
_WAITING: dict[Path, set[tuple[str, str, int, int]]] = {}
_GATHER, _WRITE = threading.Lock(), threading.Lock()


@dataclass(frozen=True, slots=True)
class View:
    """One person on one case in one minute."""

    minute: str
    user_id: int
    case_id: int


def beside(store: Store) -> Path:
    """The access log of the home in which a store lies."""
    return store.path.with_name(NAME)


def add(path: Path, space: str, moment: str, user_id: int, case_id: int) -> None:
    """Note a view at a UTC moment ("2026-11-23T10:05:07Z"); it is written within about a second, by another thread."""
    with _GATHER:
        first = not _WAITING
        _WAITING.setdefault(path, set()).add((space, f"{moment[:16]}Z", user_id, case_id))
    if first:
        timer = threading.Timer(PAUSE, flush)
        timer.daemon = True
        timer.start()


def flush() -> None:
    """Write the views that wait. A log that cannot be written is told to the program's log and stops nobody's work."""
    with _WRITE:
        with _GATHER:
            waiting = dict(_WAITING)
            _WAITING.clear()
        for path, views in waiting.items():
            try:
                with _opened(path) as conn:
                    conn.executemany("INSERT OR IGNORE INTO views VALUES (?, ?, ?, ?)", sorted(views))
            except sqlite3.Error as error:
                facts = {"where": "access_log", "type": type(error).__name__, "lost": len(views)}
                logging.getLogger("quittance").error("access-log-not-written", extra={"facts": facts})  # noqa: TRY400 - places only, no values


atexit.register(flush)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, made if absent, in one transaction."""
    with closing(connection.open_writer(path)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute(_TABLE)
        yield conn
        conn.execute("COMMIT")


def views(path: Path, space: str, case_id: int | None = None, page: int = 1) -> tuple[tuple[View, ...], int]:
    """A page (from 1) of the views of a space, or of one case, newest first; and how many there are in all."""
    flush()
    where = "space = ?1 AND (?2 IS NULL OR case_id = ?2)"
    with _opened(path) as conn:
        total = conn.execute(f"SELECT COUNT(*) FROM views WHERE {where}", (space, case_id)).fetchone()[0]
        rows = conn.execute(
            f"SELECT minute, user_id, case_id FROM views WHERE {where} ORDER BY minute DESC, user_id, case_id LIMIT {PAGE} OFFSET ?3",
            (space, case_id, (page - 1) * PAGE),
        )
        return tuple(View(*row) for row in rows), int(total)


def purge(path: Path, before: str) -> int:
    """Erase the views before an ISO day, of every space; returns how many."""
    if not path.exists():
        return 0
    with _opened(path) as conn:
        return conn.execute("DELETE FROM views WHERE minute < ?", (before,)).rowcount
