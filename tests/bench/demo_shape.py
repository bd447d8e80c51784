"""The demonstration multiplied: the same cases, calls, payments, plans and proceedings many times over, for the benches. Measures nothing.

The demonstration is made through the services, then its rows are copied with new numbers by SQL; the parts that are
computed (read models, search) are copied too. The audit is not: such a store serves to be read, not to be proved.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

from core.services import access, demo
from core.services.context import Ctx
from core.services.house import prepare
from core.store import connection
from core.store.home import home as home_of
from tests.bench.stores import FOLDER

STEP = 1_000_000  # between the numbers of one copy and those of the next
SHARED = {"users", "sessions", "creditors", "mandates", "import_batches", "texts", "files", "documents", "providers"}
LEFT = {
    "meta",
    "settings",
    "overlays",
    "approvals",
    "command_tokens",
    "jobs",
    "mapping_profiles",
    "taken_over",
    "audit",
    "audit_checkpoints",
}
UNIQUE = {
    ("cases", "ref"),
    ("receipts", "number"),
    ("debts", "line_key"),
    ("messages", "message_id"),
    ("messages", "idempotency_key"),
}


def demo_store_of(debts: int) -> Ctx:
    """The visitor in a demonstration of at least `debts` debts; made once in BENCH_DIR."""
    home = FOLDER / f"demo-{debts}"
    os.environ["QUITTANCE_HOME"] = str(home)
    os.environ["QUITTANCE_TODAY"] = "2026-11-23"
    if not (home / "made").exists():
        shutil.rmtree(home, ignore_errors=True)
        prepare()
        stranger = access.resolve(access.open_local_session())
        access.introduce(stranger, "Léa Martin")
        demo.make_if_absent(stranger)
        _multiply(debts)
        (home / "made").write_text("yes", encoding="utf-8")
    prepare()
    return access.resolve(access.open_local_session(), space="demo")


def _multiply(debts: int) -> None:
    """Foreign keys are checked by whoever measures, at the end: row by row, a parent would be looked for in whole tables."""
    with closing(connection.open_writer(home_of().store("demo").path)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("BEGIN IMMEDIATE")
        guards = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            conn.execute(f"DROP TRIGGER {name}")
        there = conn.execute("SELECT COUNT(*) FROM debts").fetchone()[0]
        tables = _tables(conn)
        for copy in range(1, -(-debts // there)):
            for table in tables:
                _copy(conn, table, copy)
            conn.execute(
                "INSERT INTO case_search(rowid, names, refs) SELECT rowid + ?, names, refs FROM case_search WHERE rowid < ?",
                (copy * STEP, STEP),
            )
        for _, sql in guards:
            conn.execute(sql)
        conn.execute("COMMIT")
        conn.execute("ANALYZE")


def _tables(conn: sqlite3.Connection) -> list[str]:
    """The tables to copy: those whose rows hang on a case or a party."""
    named = [
        name
        for (name,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name"
        )
    ]
    return [
        name for name in named if name not in SHARED | LEFT and not name.startswith(("sqlite_", "_", "case_search"))
    ]


def _copy(conn: sqlite3.Connection, table: str, copy: int) -> None:
    """The rows of the original once more, their numbers and those they point to moved by `copy` steps."""
    columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
    points = {row[3] for row in conn.execute(f"PRAGMA foreign_key_list({table})") if row[2] not in SHARED}
    if table == "case_summaries":
        points |= {"debtor_id", "next_task_id"}
    moved = copy * STEP
    key = next(name for _, name, _, _, _, primary in columns if primary)
    parts = []
    for _, name, _, _, _, primary in columns:
        own = primary and name not in points and name in {"id", "case_id"}
        if own or name in points:
            parts.append(f"{name} + {moved}")
        elif (table, name) in UNIQUE:
            parts.append(f"{name} || '-{copy}'")
        else:
            parts.append(name)
    conn.execute(f"INSERT INTO {table} SELECT {', '.join(parts)} FROM {table} WHERE {key} < {STEP}")
