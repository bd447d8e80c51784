"""What the database itself refuses, whatever program talks to it. Judges no rule of the trade."""

import re
import sqlite3
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.services.context import Ctx
from core.store import connection, migrations
from tests.services.factory import a_call, a_case

NOW = "2026-11-23T10:00:00Z"
APPEND_ONLY = [
    "interactions",
    "events",
    "payments",
    "allocations",
    "receipts",
    "entries",
    "remittance_lines",
    "audit",
    "audit_checkpoints",
    "legal_facts",
]


@pytest.fixture
def raw(ctx: Ctx):
    """A plain sqlite3 connection, as any other tool would open it, on a store with one case and one call."""
    a_call(ctx, a_case(ctx), "NRP")
    conn = sqlite3.connect(ctx.store.path)
    yield conn
    conn.close()


def triggers(conn) -> dict[str, str]:
    return dict(conn.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall())


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_each_append_only_table_is_guarded_against_update_and_delete(raw, table):
    names = triggers(raw)
    assert names[f"{table}_no_update"] == table
    assert names[f"{table}_no_delete"] == table


@pytest.mark.parametrize(
    ("table", "column"), [("interactions", "result_code"), ("entries", "kind"), ("audit", "action")]
)
def test_an_entry_can_be_neither_changed_nor_deleted(raw, table, column):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"UPDATE {table} SET {column} = 'x'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"DELETE FROM {table}")


def test_an_audit_line_that_does_not_continue_the_chain_is_refused_even_as_a_replacement(raw):
    row = raw.execute("SELECT * FROM audit WHERE id = 1").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="chain"):
        raw.execute("INSERT OR REPLACE INTO audit VALUES (?,?,?,?,?,?,?,?,?)", row)
    with pytest.raises(sqlite3.IntegrityError, match="chain"):
        raw.execute("INSERT INTO audit VALUES (99, ?, 1, 'x', 'case', 1, '{}', 'nowhere', 'h')", (NOW,))


@pytest.mark.parametrize("day", ["2026-02-30", "22/11/2026", "2026-2-3", "2026-11-23T10:00", "demain", ""])
def test_an_impossible_or_ambiguous_day_is_refused(raw, day):
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE cases SET placed_on = ?", (day,))


def test_every_day_column_is_checked(raw):
    for table, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"):
        if table == "case_summaries":
            continue  # a read model: its days come from checked columns
        for column in re.findall(r"^\s+(\w+_on) TEXT(?! *--)", sql, re.MULTILINE):
            assert f"{column} IS date({column}, '+0 days')" in sql, f"{table}.{column}"


def test_every_table_is_strict(raw):
    shadow = "case_search"
    for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if not name.startswith((shadow, "_sqlite", "sqlite_")):
            assert sql.rstrip().endswith("STRICT"), name


def test_money_that_is_not_a_whole_number_of_cents_is_refused(raw):
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE debts SET outstanding = 12.5")


def test_words_can_be_redacted_with_author_and_reason_and_not_otherwise(ctx: Ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "REF", reason="ne veut pas payer")
    conn = sqlite3.connect(ctx.store.path)
    with pytest.raises(sqlite3.IntegrityError, match="redaction"):
        conn.execute("UPDATE texts SET body = 'autre chose'")
    with pytest.raises(sqlite3.IntegrityError, match="redact"):
        conn.execute("DELETE FROM texts")
    with pytest.raises(sqlite3.IntegrityError, match="redaction"):
        conn.execute("UPDATE texts SET body = NULL, salt = NULL")
    conn.execute(
        "UPDATE texts SET body = NULL, salt = NULL, redacted_at = ?, redacted_by = 1, redaction_reason = 'demande'",
        (NOW,),
    )
    conn.close()


def test_a_store_of_a_newer_program_is_refused_with_a_sentence(tmp_path: Path):
    path = tmp_path / "agency.db"
    migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path / "backups")
    conn = connection.open_writer(path)
    conn.execute("UPDATE meta SET schema = 99")
    conn.close()
    with pytest.raises(Refusal) as refused:
        migrations.open_store(path, tmp_path / "files")
    assert refused.value.problems[0].code == "store-newer"
    assert refused.value.problems[0].reason.params == {"given": 99, "known": migrations.SCHEMA}
    with pytest.raises(Refusal):
        migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path / "backups")


def test_an_older_store_is_backed_up_before_it_is_migrated(tmp_path: Path):
    path = tmp_path / "agency.db"
    conn = connection.open_writer(path)
    conn.execute("CREATE TABLE meta(schema INTEGER)")
    conn.execute("INSERT INTO meta VALUES (-1)")  # a store of a schema before the first
    conn.close()
    with pytest.raises(sqlite3.OperationalError):  # its meta is not ours: the step fails...
        migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path / "backups")
    copies = list((tmp_path / "backups").iterdir())
    assert len(copies) == 1  # ...after the copy was made, and nothing was changed
    conn = connection.open_writer(path)
    assert conn.execute("SELECT schema FROM meta").fetchone() == (-1,)
    conn.close()


def test_a_second_migration_changes_nothing(tmp_path: Path):
    path = tmp_path / "agency.db"
    assert migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path) == list(migrations.STEPS)
    assert migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path) == []


def test_a_failed_unit_writes_nothing(ctx: Ctx):
    def count() -> int:
        with ctx.store.read() as reader:
            return reader.value("SELECT COUNT(*) FROM creditors")

    before = count()
    with pytest.raises(ZeroDivisionError), ctx.write() as unit:  # noqa: PT012 - the block is the unit
        unit.add("creditors", ref="X", name="X", created_at=unit.now)
        raise ZeroDivisionError
    assert count() == before


def test_ledger_rows_without_an_audit_line_cannot_be_committed(ctx: Ctx):
    case_id = a_case(ctx)
    with pytest.raises(RuntimeError, match="without an audit line"), ctx.write() as unit:
        unit.add(
            "entries",
            case_id=case_id,
            kind="x",
            from_account="placement",
            to_account="costs",
            amount=1,
            booked_on=ctx.day,
            actor_id=1,
            recorded_at=unit.now,
        )
