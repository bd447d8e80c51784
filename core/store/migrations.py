"""Makes a store and brings an older one up to date, backup first, as ordered functions. A newer store is refused."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from core.domain.messages import msg, refuse
from core.store import connection
from core.store.backup import snapshot
from core.store.unit import Store
from core.store.utils_door import sqlite_utils

SCHEMA_FOLDER = Path(__file__).parent / "schema"
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
STEPS = (
    "001_walls", "002_deadlines", "003_seams", "004_litigation", "005_plans", "006_reporting", "007_team", "009_plans_told",
    "010_law", "013_limitation", "014_titles", "016_debtor_kinds", "017_proofs", "020_contact_gate",
    "021_letters", "022_channels", "023_scenarios", "024_queue", "025_results", "026_people", "027_lives", "028_disputes",
    "029_sole_contact", "031_compliance",
)  # fmt: skip
SCHEMA = len(STEPS)


def statements(script: str) -> list[str]:
    """The statements of an SQL script, each complete (a trigger is one)."""
    found, pending = [], ""
    for line in script.splitlines():
        if line.strip().startswith("--") and not pending.strip():
            continue
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def _steps() -> Any:
    steps = sqlite_utils().Migrations("quittance")
    for name in STEPS:

        def apply(db: Any, name: str = name) -> None:
            for statement in statements((SCHEMA_FOLDER / f"{name}.sql").read_text(encoding="utf-8")):
                db.conn.execute(statement)

        steps(name=name)(apply)
    return steps


def schema_of(path: Path) -> int:
    """The schema number of a store file; 0 when there is no store in it, refused when it is not a database."""
    try:
        with closing(connection.open_writer(path)) as conn:
            if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                return 0
            return int(conn.execute("SELECT schema FROM meta").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise refuse(
            "store-unreadable",
            msg("“{name}” cannot be read as a store: {given}.", name=path.name, given=str(error)),
            msg("Check that it is the right file; if it is, put a backup back (python -m core restore)."),
            field="store",
            value=path.name,
        ) from error


def check_not_newer(path: Path) -> int:
    """The schema number; raises Refusal "store-newer" when a newer program made the store."""
    found = schema_of(path)
    if found > SCHEMA:
        raise refuse(
            "store-newer",
            msg(
                "This store was made by a newer Quittance (schema {given}; this program knows up to {known}).",
                given=found,
                known=SCHEMA,
            ),
            msg(
                "Install the newer version and start again, or restore a backup made before the update. Nothing was changed."
            ),
            value=str(path.name),
        )
    return found


def migrate(path: Path, *, kind: str, now: str, backups: Path) -> list[str]:
    """Create the store or apply the missing steps; returns their names. A store that exists is backed up first into `backups`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = check_not_newer(path)
    if found == SCHEMA:
        return []
    if found:
        backups.mkdir(parents=True, exist_ok=True)
        snapshot(path, backups / f"{path.stem}-before-schema-{SCHEMA}-{now.replace(':', '')}.db")
    conn = connection.open_writer(path)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("BEGIN IMMEDIATE")
        db = sqlite_utils().Database(conn)
        before = {m.name for m in _steps().applied(db)}
        _steps().apply(db)
        if not conn.execute("SELECT 1 FROM meta").fetchone():
            _name_store(conn, kind, now)
        conn.execute("UPDATE meta SET schema = ?", (SCHEMA,))
        conn.execute("COMMIT")
    finally:
        conn.close()
    return [name for name in STEPS if name not in before]


def _name_store(conn: sqlite3.Connection, kind: str, now: str) -> None:
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(2))
    conn.execute(
        "INSERT INTO meta(one, store_id, code, kind, schema, created_at) VALUES (1, ?, ?, ?, ?, ?)",
        (secrets.token_hex(16), code, kind, SCHEMA, now),
    )


def open_store(path: Path, folder: Path) -> Store:
    """A store that is up to date; raises Refusal "store-newer", or "store-older" when it must be migrated first."""
    found = check_not_newer(path)
    if found < SCHEMA:
        raise refuse(
            "store-older",
            msg("The store is at schema {given}, this program works with {known}.", given=found, known=SCHEMA),
            msg("Run “python -m core migrate”: a backup is made first."),
            value=str(path.name),
        )
    return Store(path, folder)
