"""Tampering by raw access is found and named: chain, ledger, journal, words, read models. The tamperer here drops triggers first."""

import sqlite3

import pytest

from core.services.context import Ctx
from core.store import audit, summaries
from tests.services.factory import a_call, a_case


def tampered(ctx: Ctx, *statements: str) -> tuple[str | None, str | None]:
    """The first break of the chain and of the read models after raw statements with all triggers gone."""
    conn = sqlite3.connect(ctx.store.path, isolation_level=None)
    for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        conn.execute(statement)
    found = audit.first_break(conn), summaries.first_difference(conn)
    conn.close()
    return found


@pytest.fixture
def worked(ctx: Ctx) -> Ctx:
    """Two cases, three calls."""
    one, two = a_case(ctx), a_case(ctx, name="Œuvrard")
    a_call(ctx, one, "NRP")
    a_call(ctx, one, "REF", reason="ne veut pas")
    a_call(ctx, two, "NRP")
    return ctx


def test_an_untouched_store_holds_together(worked):
    assert tampered(worked) == (None, None)


def test_a_changed_audit_line_is_named(worked):
    assert tampered(worked, "UPDATE audit SET actor_id = 9 WHERE id = 3")[0] == "audit line 3"


def test_a_removed_audit_line_is_noticed_at_its_successor(worked):
    assert tampered(worked, "DELETE FROM audit WHERE id = 3")[0] == "audit line 3"


def test_a_changed_amount_in_the_ledger_is_named(worked):
    chain, models = tampered(worked, "UPDATE entries SET amount = amount + 1 WHERE id = 1")
    assert chain.startswith("entries 1 to 1")
    assert models == "debts.outstanding of debt 1"


def test_a_removed_ledger_row_is_noticed(worked):
    assert tampered(worked, "DELETE FROM entries WHERE id = 2")[0].startswith("entries 2 to 2")


def test_a_row_slipped_into_the_journal_without_audit_is_noticed(worked):
    slip = (
        "INSERT INTO interactions(case_id, channel, direction, happened_on, actor_id, recorded_at) "
        "VALUES (1, 'call', 'out', '2026-11-01', 1, '2026-11-01T00:00:00Z')"
    )
    assert tampered(worked, slip)[0] == "interactions 4: written without an audit line"


def test_changed_words_are_noticed_and_redacted_ones_are_not(worked):
    assert (
        tampered(worked, "UPDATE texts SET body = 'autre' WHERE id = 1")[0]
        == "texts 1: not the words that were written"
    )
    assert tampered(worked, "UPDATE texts SET body = NULL, salt = NULL WHERE id = 1")[0] is None


def test_a_read_model_that_does_not_equal_its_rebuild_is_named(worked):
    assert (
        tampered(worked, "UPDATE case_summaries SET balance = 1 WHERE case_id = 2")[1]
        == "case_summaries of case 2 as of 2026-11-23"
    )
    assert (
        tampered(
            worked,
            "UPDATE case_summaries SET balance = 10000 WHERE case_id = 2",
            "DELETE FROM case_search WHERE rowid = 1",
        )[1]
        == "case_search of case 1"
    )


def test_no_name_and_no_word_is_in_the_audit(worked):
    with worked.store.read() as reader:
        whole = repr(reader.rows("SELECT * FROM audit"))
    for word in ("Lefèvre", "Œuvrard", "Léa", "ne veut pas", "F-"):
        assert word not in whole
