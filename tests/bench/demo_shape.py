"""The demonstration multiplied: the same cases, calls, payments, plans and proceedings many times over, for the benches. Measures nothing.

The demonstration is made through the services, then its rows are copied with new numbers by SQL; the parts that are
computed (read models, search) are copied too. The audit is not: such a store serves to be read, not to be proved.
"""

from __future__ import annotations

import os
import shutil

from core.services import access, demo
from core.services.context import Ctx
from core.services.house import prepare
from core.store.home import home as home_of
from core.store.unit import Unit
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
    with home_of().store("demo").write(1, "2026-11-23T08:00:00Z", "2026-11-23") as unit:
        guards = unit.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in guards:
            unit.run(f"DROP TRIGGER {name}")
        unit.run("PRAGMA defer_foreign_keys = ON")
        there = unit.value("SELECT COUNT(*) FROM debts")
        for copy in range(1, -(-debts // there)):
            for table in _tables(unit):
                _copy(unit, table, copy)
            unit.run(
                "INSERT INTO case_search(rowid, names, refs) SELECT rowid + ?, names, refs FROM case_search WHERE rowid < ?",
                (copy * STEP, STEP),
            )
        for _, sql in guards:
            unit.run(sql)
        unit.audit("bench.multiplied", "user", 1, rows_proved=False)
    with home_of().store("demo").read() as reader:
        reader.conn.execute("PRAGMA query_only = OFF")
        reader.conn.execute("ANALYZE")


def _tables(unit: Unit) -> list[str]:
    """The tables to copy: those whose rows hang on a case or a party."""
    named = [
        name
        for (name,) in unit.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name"
        )
    ]
    return [
        name for name in named if name not in SHARED | LEFT and not name.startswith(("sqlite_", "_", "case_search"))
    ]


def _copy(unit: Unit, table: str, copy: int) -> None:
    """The rows of the original once more, their numbers and those they point to moved by `copy` steps."""
    columns = unit.rows(f"PRAGMA table_info({table})")
    points = {row[3] for row in unit.rows(f"PRAGMA foreign_key_list({table})") if row[2] not in SHARED}
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
    unit.run(f"INSERT INTO {table} SELECT {', '.join(parts)} FROM {table} WHERE {key} < {STEP}")
