"""Tampering by raw access is found and named: chain, ledger, journal, words, read models. The tamperer here drops triggers first."""

import datetime as dt
import sqlite3

import pytest

from core.services import agency, legal_facts, payments, receipts
from core.services.context import Ctx
from core.services.legal_facts import FactEntry
from core.store import audit, summaries
from tests.services.factory import a_call, a_case


def named(ctx: Ctx) -> None:
    """An agency with a name and an address: its receipts are kept."""
    agency.save_agency_file(ctx, agency.AgencyFile(name="Agence", address="1 rue", postcode="75001", city="Paris"), 0)


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
    bare = "UPDATE texts SET body = NULL, salt = NULL WHERE id = 1"
    assert tampered(worked, bare)[0] == "texts 1: removed without author, date and reason"
    whole = "UPDATE texts SET redacted_at = '2026-11-23T10:00:00Z', redacted_by = 1, redaction_reason = 'demande' WHERE id = 1"
    assert tampered(worked, whole)[0] is None


def test_words_rewritten_with_a_fresh_digest_are_noticed_by_the_line_that_proved_the_entry(worked):
    import hashlib

    digest = hashlib.sha256(b"saltautre").hexdigest()
    forged = f"UPDATE texts SET body = 'autre', salt = 'salt', digest = '{digest}' WHERE id = 1"
    assert tampered(worked, forged)[0].startswith("interactions 2 to 2")


def test_a_changed_day_of_a_legal_fact_and_its_reason_are_noticed(worked):
    first = legal_facts.record_fact(worked, FactEntry(1, "formal_notice", dt.date(2026, 3, 2)), "a")
    legal_facts.withdraw_fact(worked, first, "autre dossier", "b")
    assert tampered(worked) == (None, None)
    moved = "UPDATE legal_facts SET happened_on = '2026-03-01' WHERE id = 1"
    assert tampered(worked, moved)[0].startswith("legal_facts 1 to 1")


def test_a_legal_fact_slipped_in_without_audit_is_noticed(worked):
    slip = (
        "INSERT INTO legal_facts(case_id, kind, happened_on, actor_id, recorded_at) "
        "VALUES (1, 'acknowledgment', '2026-11-01', 1, '2026-11-01T00:00:00Z')"
    )
    assert tampered(worked, slip)[0] == "legal_facts 1: written without an audit line"


def test_a_row_slipped_in_below_the_first_is_noticed(worked):
    slip = (
        "INSERT INTO interactions(id, case_id, channel, direction, happened_on, actor_id, recorded_at) "
        "VALUES (0, 1, 'call', 'out', '2026-11-01', 1, '2026-11-01T00:00:00Z')"
    )
    assert tampered(worked, slip)[0] == "interactions 0: written without an audit line"


def test_a_checkpoint_blinds_nobody(worked):
    blind = "INSERT INTO audit_checkpoints(upto_id, hash, at, reason) SELECT id, hash, at, 'x' FROM audit ORDER BY id DESC LIMIT 1"
    conn = sqlite3.connect(worked.store.path)
    with pytest.raises(sqlite3.IntegrityError, match="no truncation"):
        conn.execute(blind)
    conn.close()
    assert tampered(worked, blind)[0].startswith("audit_checkpoints")


def test_a_debt_whose_principal_is_not_what_was_placed_is_named(worked):
    changed = ("UPDATE debts SET principal = principal + 1000, original = original + 1000 WHERE id = 1",)
    assert tampered(worked, *changed)[1] == "debts.principal of debt 1"


def test_a_kept_receipt_replaced_by_other_bytes_is_named(worked):
    named(worked)
    done = payments.record_payment(worked, payments.PaymentEntry(1, worked.today, 100, "card", "agency"), "p")
    receipts.receipt_file(worked, done.payment_id)
    assert tampered(worked, "UPDATE files SET sha256 = 'f00'")[0].startswith("document 1")


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
