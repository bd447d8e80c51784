"""The care of a store: what verify finds broken, and what backup, restore, migrate, check and export leave behind."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.messages import Message, Refusal
from core.services import access, agency, creditors, payments, upkeep
from core.services.context import Ctx
from core.store import files
from core.store.home import home
from core.store.unit import Store
from tests.services.factory import a_call, a_case, a_creditor, a_debt


@pytest.fixture
def busy(ctx: Ctx) -> int:
    """A case of 100 €, called and paid 30 € by transfer; returns its number."""
    case_id = a_case(ctx, a_debt(amount=10000))
    a_call(ctx, case_id, "NRP", note="ne répond pas")
    payments.record_payment(ctx, payments.PaymentEntry(case_id, ctx.today, 3000, "transfer", "agency"), "pay-1")
    return case_id


def tamper(ctx: Ctx, *statements: str) -> None:
    """Write past the program, as someone with a database tool would."""
    with closing(sqlite3.connect(ctx.store.path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def place_of(found: upkeep.Outcome) -> str:
    assert isinstance(found, Message)
    return " ".join(str(value) for value in found.params.values())


def test_a_store_in_order_holds_everywhere_and_client_money_waits_for_the_bank(ctx: Ctx, busy: int):
    steps = []
    found = upkeep.verify(ctx, lambda done, of: steps.append((done, of)))
    assert (found.integrity, found.audit_chain, found.read_model, found.client_money) == (True, True, True, None)
    assert found.whole
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_an_amount_changed_past_the_program_breaks_the_chain_and_the_balance(ctx: Ctx, busy: int):
    tamper(ctx, "DROP TRIGGER entries_no_update", "UPDATE entries SET amount = 1 WHERE kind = 'allocation'")
    found = upkeep.verify(ctx)
    assert not found.whole
    assert found.integrity is True
    assert "entries" in place_of(found.audit_chain)
    assert "debt" in place_of(found.read_model)


def test_a_note_rewritten_past_the_program_breaks_the_chain_only(ctx: Ctx, busy: int):
    tamper(ctx, "DROP TRIGGER texts_redaction_only", "UPDATE texts SET body = 'a tout promis'")
    found = upkeep.verify(ctx)
    assert "texts" in place_of(found.audit_chain)
    assert found.read_model is True


def test_an_audit_line_taken_out_breaks_the_chain_at_its_number(ctx: Ctx, busy: int):
    tamper(ctx, "DROP TRIGGER audit_no_delete", "DELETE FROM audit WHERE id = 2")
    assert "audit line 2" in place_of(upkeep.verify(ctx).audit_chain)


def test_a_balance_kept_wrong_is_found_by_the_recount(ctx: Ctx, busy: int):
    tamper(ctx, "UPDATE case_summaries SET balance = 1")
    found = upkeep.verify(ctx)
    assert f"case {busy}" in place_of(found.read_model)
    assert found.audit_chain is True


def test_an_allocation_the_ledger_does_not_know_is_found(ctx: Ctx, busy: int):
    tamper(ctx, "INSERT INTO allocations(payment_id, debt_id, bucket, amount) VALUES (1, 1, 'principal', 500)")
    assert place_of(upkeep.verify(ctx).read_model) == "1"


def test_a_payment_the_ledger_does_not_move_is_found(ctx: Ctx, busy: int):
    tamper(
        ctx,
        "INSERT INTO payments(case_id, received_on, amount, means, paid_to, actor_id, recorded_at) "
        "VALUES (1, '2026-11-20', 700, 'cash', 'agency', 1, '2026-11-20T10:00:00Z')",
    )
    assert place_of(upkeep.verify(ctx).read_model) == "2"


def test_a_row_that_points_nowhere_is_a_fault_of_integrity(ctx: Ctx, busy: int):
    tamper(ctx, "PRAGMA foreign_keys = OFF", "UPDATE cases SET mandate_id = 99")
    assert "cases" in place_of(upkeep.verify(ctx).integrity)


def test_a_kept_file_that_is_missing_or_changed_is_a_fault_of_integrity(ctx: Ctx):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-1"))
    creditors.keep_signed_copy(ctx, mandate, 1, "m.pdf", b"%PDF-1.7 one")
    kept = next(path for path in ctx.store.folder.rglob("*") if path.is_file())
    kept.write_bytes(b"%PDF-1.7 two")
    changed = upkeep.verify(ctx).integrity
    kept.unlink()
    missing = upkeep.verify(ctx).integrity
    assert isinstance(changed, Message)
    assert isinstance(missing, Message)
    assert changed.msgid != missing.msgid


def damage(ctx: Ctx, page: int) -> None:
    """Spoil the head of one page of the file."""
    ctx.store.close()
    with closing(sqlite3.connect(ctx.store.path)) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with ctx.store.path.open("r+b") as stream:
        stream.seek((page - 1) * size + (100 if page == 1 else 0))
        stream.write(b"\xff" * 64)


def test_a_damaged_table_is_told_and_not_a_crash(ctx: Ctx, busy: int):
    with ctx.store.read() as reader:
        page = reader.value("SELECT rootpage FROM sqlite_master WHERE name = 'entries'")
    damage(ctx, page)
    found = upkeep.verify(ctx)
    assert isinstance(found.integrity, Message)
    assert isinstance(found.read_model, Message)
    assert not found.whole


def test_a_store_too_damaged_to_open_is_refused_with_the_way_back(ctx: Ctx, busy: int):
    damage(ctx, 1)
    with pytest.raises(Refusal) as refused:
        upkeep.opened(ctx.store, "fr")
    assert refused.value.problems[0].code == "store-unreadable"
    assert "restore" in str(refused.value.problems[0].remedy)


def test_a_backup_says_what_it_holds_and_is_recorded(ctx: Ctx, busy: int, tmp_path: Path):
    target = tmp_path / "disk" / "copy.zip"
    manifest = upkeep.back_up(ctx, target)
    assert target.exists()
    assert (manifest["kind"], manifest["schema"], manifest["files"]) == ("agency", upkeep.SCHEMA, [])
    with ctx.store.read() as reader:
        assert reader.value("SELECT action FROM audit ORDER BY id DESC LIMIT 1") == "store.backed_up"


def test_the_default_backup_lies_outside_of_the_program_and_of_its_data(ctx: Ctx, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "claire")
    target = upkeep.default_backup(ctx)
    assert target.parent == tmp_path / "claire" / "Quittance-backups"
    assert target.suffix == ".zip"
    assert ":" not in target.name


def test_what_a_restore_brings_back_is_what_was_saved_and_the_lost_state_is_kept_aside(
    ctx: Ctx, busy: int, tmp_path: Path
):
    upkeep.back_up(ctx, tmp_path / "b.zip")
    a_case(ctx, a_debt(amount=5000), name="Durand")
    upkeep.restore(ctx.store, tmp_path / "b.zip")
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM cases") == 1
        assert reader.value("SELECT action FROM audit ORDER BY id DESC LIMIT 1") == "store.restored"
    assert upkeep.verify(ctx).whole
    aside = list((ctx.store.path.parent / "backups").glob("*before-restore*"))
    with closing(sqlite3.connect(aside[0])) as conn:
        assert conn.execute("SELECT COUNT(*) FROM cases").fetchone() == (2,)


def test_a_session_of_the_day_of_the_backup_does_not_come_back_to_life(ctx: Ctx, sid: str, tmp_path: Path):
    upkeep.back_up(ctx, tmp_path / "b.zip")
    upkeep.restore(ctx.store, tmp_path / "b.zip")
    assert access.resolve(sid) is None


def test_a_backup_of_a_newer_program_is_refused_and_nothing_changes(ctx: Ctx, busy: int, tmp_path: Path, monkeypatch):
    upkeep.back_up(ctx, tmp_path / "b.zip")
    monkeypatch.setattr("core.store.migrations.SCHEMA", 0)
    with pytest.raises(Refusal) as refused:
        upkeep.restore(ctx.store, tmp_path / "b.zip")
    assert refused.value.problems[0].code == "store-newer"


def test_migrate_makes_a_store_that_is_whole_and_a_second_time_does_nothing(tmp_path: Path):
    store = Store(tmp_path / "new" / "house.db", tmp_path / "new" / "files" / "house")
    first, second = upkeep.migrate(store), upkeep.migrate(store)
    ctx = upkeep.opened(store, "fr", signs=False)
    assert (len(first), second) == (upkeep.SCHEMA, [])
    assert upkeep.verify(ctx).whole
    store.close()


def test_a_command_that_only_reads_leaves_the_store_as_it_was(ctx: Ctx):
    def versions() -> tuple[int, int]:
        with ctx.store.read() as reader:
            return reader.value("SELECT data_version FROM meta"), reader.value("SELECT COUNT(*) FROM users")

    before = versions()
    upkeep.verify(upkeep.opened(ctx.store, "fr", signs=False))
    assert versions() == before


def test_a_store_that_is_not_there_is_refused_not_made(tmp_path: Path):
    store = upkeep.place(tmp_path / "absent.db")
    with pytest.raises(Refusal) as refused:
        upkeep.opened(store, "fr")
    assert refused.value.problems[0].code == "store-absent"
    assert not store.path.exists()


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path):
    (tmp_path / "notes.db").write_text(
        "une liste de courses, assez longue pour remplir un en-tête de base de données", encoding="utf-8"
    )
    with pytest.raises(Refusal) as refused:
        upkeep.opened(upkeep.place(tmp_path / "notes.db"), "fr")
    assert refused.value.problems[0].code == "store-unreadable"


def test_the_store_of_a_file_has_its_own_folder_of_files(tmp_path: Path):
    store = upkeep.place(tmp_path / "dupont.db")
    assert (store.path, store.folder) == (tmp_path / "dupont.db", tmp_path / "files" / "dupont")


def test_check_lists_what_the_agency_file_lacks_and_is_content_once_it_is_whole(ctx: Ctx):
    assert [f.state for f in upkeep.check(ctx) if f.key == "agency"] == ["missing"] * 7
    whole = agency.AgencyFile(
        name="Cabinet Léa", address="1 rue Neuve", postcode="69003", city="Lyon", signatory="Léa Martin", insurer="Assureur SA",
        insurance_policy="4512", insurance_until="2027-12-31", client_account_iban="FR7630006000011234567890189", prosecutor="Lyon",
        prosecutor_declared_on="2024-02-03",
    )  # fmt: skip
    agency.save_agency_file(ctx, whole, 0)
    assert [f.state for f in upkeep.check(ctx) if f.key == "agency"] == ["ok"]


def test_check_warns_of_an_sqlite_whose_checkpoints_are_not_safe(ctx: Ctx, monkeypatch):
    monkeypatch.setattr("core.store.connection.sqlite_version", lambda: ("3.51.2", False))
    old = next(f for f in upkeep.check(ctx) if f.key == "sqlite")
    monkeypatch.setattr("core.store.connection.sqlite_version", lambda: ("3.51.3", True))
    new = next(f for f in upkeep.check(ctx) if f.key == "sqlite")
    assert (old.state, new.state) == ("warning", "ok")


def test_check_warns_of_a_synchronised_folder(tmp_path: Path):
    found = upkeep.installation(upkeep.place(tmp_path / "OneDrive" / "agency.db"))
    assert [f.state for f in found if f.key == "home"] == ["warning"]


def test_an_export_is_recorded_with_its_size(ctx: Ctx, busy: int, tmp_path: Path):
    manifest = upkeep.export(ctx, tmp_path / "out")
    assert manifest["made_at"] == ctx.stamp
    with ctx.store.read() as reader:
        assert reader.value("SELECT action FROM audit ORDER BY id DESC LIMIT 1") == "store.exported"


def test_an_export_says_what_verify_said_of_what_it_holds(ctx: Ctx, busy: int, tmp_path: Path):
    whole = upkeep.export(ctx, tmp_path / "one")["verified"]
    tamper(ctx, "UPDATE case_summaries SET balance = 1")
    upkeep.export(ctx, tmp_path / "two")
    broken = json.loads((tmp_path / "two" / "manifest.json").read_text("utf-8"))["verified"]
    assert whole == {"integrity": True, "audit_chain": True, "read_model": True, "client_money": None}
    assert f"case {busy}" in broken["read_model"]
    assert broken["audit_chain"] is True


def test_restoring_twice_loses_neither_of_the_states_replaced(ctx: Ctx, busy: int, tmp_path: Path):
    upkeep.back_up(ctx, tmp_path / "b.zip")
    for name in ("Durand", "Petit"):
        a_case(ctx, a_debt(amount=5000), name=name)
        upkeep.restore(ctx.store, tmp_path / "b.zip")
    kept = []
    for aside in (ctx.store.path.parent / "backups").glob("*before-restore*"):
        with closing(sqlite3.connect(aside)) as conn:
            kept += [row[0] for row in conn.execute("SELECT name FROM parties WHERE name IN ('Durand', 'Petit')")]
    assert sorted(kept) == ["Durand", "Petit"]


def test_a_file_gone_from_the_folder_is_a_sentence_with_its_remedy(ctx: Ctx):
    mandate = creditors.save_mandate(ctx, a_creditor(ctx), creditors.MandateEntry("M-1"))
    document = creditors.keep_signed_copy(ctx, mandate, 1, "m.pdf", b"%PDF-1.7")
    for path in ctx.store.folder.rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(Refusal) as refused:
        creditors.document_bytes(ctx, document)
    assert refused.value.problems[0].code == "file-gone"


def test_the_home_has_one_store_a_space_with_its_files_beside(ctx: Ctx):
    assert files.place(home().store("agency").folder, "ab12") == ctx.store.folder / "ab" / "ab12"
    assert dt.date.fromisoformat(ctx.day) == ctx.today
