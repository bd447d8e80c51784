"""Takes the indexes of a table off before very many rows come and builds them again after, in one transaction. Writes no row."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

FEWEST = 2000  # below, keeping the indexes row by row costs nothing worth saving


@contextlib.contextmanager
def indexes_after(conn: sqlite3.Connection, table: str, coming: int) -> Iterator[None]:
    """Inside the block the table has no index but its key, when at least as many rows are `coming` as are there.

    Sorting a hundred thousand keys once costs half of finding a place for each. A unique index is checked when it
    is built: rows that break it end the transaction. Other connections see the indexes all along.
    """
    if coming < FEWEST or coming < _rows(conn, table):
        yield
        return
    made = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall()
    for name, _ in made:
        conn.execute(f"DROP INDEX {name}")
    yield
    for _, sql in made:
        conn.execute(sql)


def _rows(conn: sqlite3.Connection, table: str) -> int:
    """The highest key: at least the number of rows."""
    return int(conn.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0])
