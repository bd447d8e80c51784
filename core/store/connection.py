"""Opens SQLite the one safe way: pragmas, a pool of readers, one anchor that alone checkpoints. Holds no SQL of the trade."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from core.domain.messages import msg, refuse

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
SAFE_CHECKPOINT_SQLITE = (3, 51, 3)  # before it, concurrent checkpoints have a known bug: only the anchor checkpoints
BUSY_SECONDS = 10
POOL_SIZE = 4
WAL_PAGES = 4000
WRITER_CACHE_KB = 98_304  # a large import keeps its dirty pages in memory instead of spilling and reading them back
PRAGMAS = (
    "foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL", "temp_store = MEMORY", "wal_autocheckpoint = 0",
    "cache_size = -16384",
)  # fmt: skip


def sqlite_version() -> tuple[str, bool]:
    """The SQLite of this Python, and whether concurrent checkpoints are safe in it."""
    return sqlite3.sqlite_version, sqlite3.sqlite_version_info >= SAFE_CHECKPOINT_SQLITE


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise refuse(
            "sqlite-too-old",
            msg(
                "This Python carries SQLite {given}; the store needs {least} or newer.",
                given=sqlite3.sqlite_version,
                least=".".join(map(str, OLDEST_SQLITE)),
            ),
            msg("Install a current Python from python.org and start again."),
        )
    conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for setting in PRAGMAS:
            conn.execute(f"PRAGMA {setting}")
        conn.execute("PRAGMA query_only = ON" if read_only else f"PRAGMA cache_size = -{WRITER_CACHE_KB}")
    except sqlite3.DatabaseError:
        conn.close()  # not a database: left open, the file could not be moved on Windows
        raise
    return conn


def open_writer(path: Path) -> sqlite3.Connection:
    """A connection that may write; the caller closes it."""
    return _open(path, read_only=False)


_KEPT: dict[Path, sqlite3.Connection] = {}


@contextlib.contextmanager
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may write, for one unit; one of its own unless the store is under construction."""
    kept = _KEPT.get(path)
    if kept:
        yield kept
        return
    conn = open_writer(path)
    try:
        yield conn
    finally:
        conn.close()


@contextlib.contextmanager
def under_construction(path: Path) -> Iterator[None]:
    """Inside, units of a store that nobody uses yet share one connection that does not wait for the disk.

    Only for a store that can be thrown away and made again; `settle` it before it takes its place.
    """
    conn = open_writer(path)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES // 4}")
    _KEPT[path] = conn
    try:
        yield
    finally:
        del _KEPT[path]
        conn.close()


def settle(path: Path) -> None:
    """Have the disk hold all of a closed file."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


class Pool:
    """Readers of one store file, lent to one thread at a time, and the anchor that keeps its WAL open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._free: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._checkpoint = threading.Lock()
        self._closed = False
        self._anchor = _open(path, read_only=False)
        self._anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()

    @contextlib.contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """One snapshot for all the reads of the block."""
        with self._lock:
            conn = self._free.pop() if self._free else None
        conn = conn or _open(self.path, read_only=True)
        try:
            conn.execute("BEGIN")
            yield conn
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            with self._lock:
                kept = len(self._free) < POOL_SIZE
                if kept:
                    self._free.append(conn)
            if not kept:
                conn.close()

    def checkpoint(self) -> None:
        """Fold the WAL back when it has grown, in a thread of its own: the person who wrote waits for nothing."""
        if self.path in _KEPT:  # its own connection does it: two at once would meet the bug of old versions
            return
        wal = self.path.with_name(self.path.name + "-wal")
        if wal.exists() and wal.stat().st_size >= WAL_PAGES * 4096:
            threading.Thread(target=self._fold, name="checkpoint").start()

    def _fold(self) -> None:
        if self._checkpoint.acquire(blocking=False):
            try:
                if not self._closed:
                    self._anchor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                self._checkpoint.release()

    def close(self) -> None:
        """Close every connection; the last one of all processes folds the WAL away."""
        with self._checkpoint, self._lock:
            self._closed = True
            for conn in self._free:
                conn.close()
            self._free.clear()
            self._anchor.close()


_POOLS: dict[Path, Pool] = {}
_POOLS_LOCK = threading.Lock()


def pool(path: Path) -> Pool:
    """The one Pool of this process for a store file."""
    with _POOLS_LOCK:
        if path not in _POOLS:
            _POOLS[path] = Pool(path)
        return _POOLS[path]


def close_pool(path: Path) -> None:
    """Let go of a store file (before it is replaced or deleted, and when a command ends)."""
    with _POOLS_LOCK:
        found = _POOLS.pop(path, None)
    if found:
        found.close()
