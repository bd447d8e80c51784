"""Backups and the way back: own store only, whole or not at all, with the kept files."""

import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.services import creditors
from core.services.context import Ctx
from core.store import backup, connection, migrations, restoring
from core.store.unit import Store
from tests.services.factory import a_case, a_creditor, a_debt

NOW = "2026-11-23T09:00:00Z"


@pytest.fixture
def saved(ctx: Ctx, tmp_path: Path) -> Path:
    """A backup of a store with one case and one kept file."""
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-1"))
    creditors.keep_signed_copy(ctx, mandate, 1, "mandat.pdf", b"%PDF-1.7 signed")
    a_case(ctx, a_debt("F-1"), creditor=creditor)
    target = tmp_path / "backup.zip"
    backup.back_up(ctx.store.path, ctx.store.folder, target, NOW)
    return target


def rewritten(source: Path, target: Path, name: str, data: bytes | None) -> Path:
    """The zip with one member changed, or taken out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            content = data if member == name else old.read(member)
            if content is not None:
                new.writestr(member, content)
    return target


def refused(call, *args) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args)
    return refusal.value.problems[0].code


def into(tmp_path: Path) -> tuple[Path, Path, Path]:
    """An empty place: store, files, work."""
    return tmp_path / "other" / "agency.db", tmp_path / "other" / "files", tmp_path / "other" / "backups"


def test_a_backup_holds_database_files_and_manifest_and_no_secret(saved: Path):
    with zipfile.ZipFile(saved) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
    assert names[0] == "store.db"
    assert names[-1] == "manifest.json"
    assert names[1:-1] == [f"files/{manifest['files'][0]}"]
    assert manifest["made_at"] == NOW


def test_restored_into_an_empty_place_everything_is_there(saved: Path, tmp_path: Path):
    path, folder, work = into(tmp_path)
    restoring.restore(saved, path, folder, work)
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT COUNT(*) FROM debts WHERE ref = 'F-1'").fetchone() == (1,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [p.read_bytes() for p in folder.rglob("*") if p.is_file()] == [b"%PDF-1.7 signed"]
    assert list(work.iterdir()) == []


def test_a_damaged_kept_file_is_put_right_by_the_restore(ctx: Ctx, saved: Path, tmp_path: Path):
    kept = next(p for p in ctx.store.folder.rglob("*") if p.is_file())
    kept.write_bytes(b"ruined")
    restoring.restore(saved, ctx.store.path, ctx.store.folder, tmp_path / "work")
    assert kept.read_bytes() == b"%PDF-1.7 signed"


def test_it_never_goes_over_another_store(saved: Path, tmp_path: Path):
    path, folder, work = into(tmp_path)
    migrations.migrate(path, kind="agency", now=NOW, backups=work)
    assert refused(restoring.restore, saved, path, folder, work) == "backup-of-another-store"
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT COUNT(*) FROM cases").fetchone() == (0,)
    assert not folder.exists()


def test_it_never_goes_over_a_file_that_is_no_store(saved: Path, tmp_path: Path):
    path, folder, work = into(tmp_path)
    path.parent.mkdir()
    path.write_text("not a database, but something that somebody may want to keep for a while", encoding="utf-8")
    assert refused(restoring.restore, saved, path, folder, work) == "store-unreadable"
    assert path.read_text(encoding="utf-8").startswith("not a database")


@pytest.mark.parametrize("cut", [0, 100, 5000])
def test_a_cut_zip_is_refused(saved: Path, tmp_path: Path, cut: int):
    short = tmp_path / "short.zip"
    short.write_bytes(saved.read_bytes()[:cut])
    assert refused(restoring.read_manifest, short) == "backup-unreadable"


def test_a_zip_whose_database_was_edited_is_refused(saved: Path, tmp_path: Path):
    edited = rewritten(saved, tmp_path / "edited.zip", "store.db", b"SQLite format 3\x00 but another")
    assert refused(restoring.restore, edited, *into(tmp_path)) == "backup-unreadable"
    assert not (tmp_path / "other").exists()


def test_a_zip_without_one_of_its_files_is_refused(saved: Path, tmp_path: Path):
    with zipfile.ZipFile(saved) as archive:
        name = next(n for n in archive.namelist() if n.startswith("files/"))
    assert refused(restoring.read_manifest, rewritten(saved, tmp_path / "less.zip", name, None)) == "backup-unreadable"


@pytest.mark.parametrize("manifest", [b"[]", b"{}", b"not json", b'{"files": 3, "database": ""}'])
def test_a_zip_with_a_foreign_manifest_is_refused(saved: Path, tmp_path: Path, manifest: bytes):
    assert (
        refused(restoring.read_manifest, rewritten(saved, tmp_path / "odd.zip", "manifest.json", manifest))
        == "backup-unreadable"
    )


def test_a_file_that_is_no_zip_or_not_there_is_refused(tmp_path: Path):
    (tmp_path / "photo.zip").write_bytes(b"\xff\xd8\xff a picture")
    assert refused(restoring.read_manifest, tmp_path / "photo.zip") == "backup-unreadable"
    assert refused(restoring.read_manifest, tmp_path / "absent.zip") == "backup-unreadable"


def test_a_backup_never_overwrites(ctx: Ctx, saved: Path):
    before = saved.read_bytes()
    assert refused(backup.back_up, ctx.store.path, ctx.store.folder, saved, NOW) == "backup-exists"
    assert saved.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing_behind(ctx: Ctx, saved: Path, tmp_path: Path):
    next(p for p in ctx.store.folder.rglob("*") if p.is_file()).unlink()
    place = tmp_path / "disk"
    place.mkdir()
    assert refused(backup.back_up, ctx.store.path, ctx.store.folder, place / "b.zip", NOW) == "backup-failed"
    assert list(place.iterdir()) == []


def test_a_backup_into_a_folder_that_is_not_there_is_a_sentence(ctx: Ctx, tmp_path: Path):
    assert (
        refused(backup.back_up, ctx.store.path, ctx.store.folder, tmp_path / "gone" / "b.zip", NOW) == "backup-failed"
    )


def test_a_backup_made_while_someone_writes_holds_what_was_committed(ctx: Ctx, tmp_path: Path):
    a_case(ctx, a_debt("F-1"))
    with closing(connection.open_writer(ctx.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE debts SET ref = 'F-2'")
        backup.back_up(ctx.store.path, ctx.store.folder, tmp_path / "b.zip", NOW)
        other.execute("ROLLBACK")
    path, folder, work = into(tmp_path)
    restoring.restore(tmp_path / "b.zip", path, folder, work)
    with Store(path, folder).read() as reader:
        assert reader.value("SELECT ref FROM debts") == "F-1"
    connection.close_pool(path)


def told(saved: Path, target: Path, database: bytes | None = None, **said: object) -> Path:
    """The zip as someone who knows its format edits it: other words in the manifest, another database, hashes made right."""
    with zipfile.ZipFile(saved) as archive:
        manifest, data = json.loads(archive.read("manifest.json")), database or archive.read("store.db")
    manifest |= {"database": hashlib.sha256(data).hexdigest(), **said}
    part = rewritten(saved, target.with_suffix(".part"), "store.db", data)
    return rewritten(part, target, "manifest.json", json.dumps(manifest).encode())


def altered(saved: Path, tmp_path: Path, statement: str) -> bytes:
    """The database of a backup after a statement."""
    place = tmp_path / "altered.db"
    with zipfile.ZipFile(saved) as archive:
        place.write_bytes(archive.read("store.db"))
    with closing(sqlite3.connect(place)) as conn:
        conn.execute(statement)
        conn.commit()
    return place.read_bytes()


def test_each_restore_of_one_backup_keeps_the_store_it_replaces(ctx: Ctx, saved: Path, tmp_path: Path):
    work = tmp_path / "work"
    for ref in ("LIVE-1", "LIVE-2", "LIVE-3"):
        with closing(sqlite3.connect(ctx.store.path)) as conn:
            conn.execute("UPDATE debts SET ref = ?", (ref,))
            conn.commit()
        restoring.restore(saved, ctx.store.path, ctx.store.folder, work)
    kept = []
    for place in sorted(work.iterdir()):
        with closing(sqlite3.connect(place)) as conn:
            kept += [row[0] for row in conn.execute("SELECT ref FROM debts")]
    assert sorted(kept) == ["LIVE-1", "LIVE-2", "LIVE-3"]


@pytest.mark.parametrize(
    "said", [{"store_id": "0" * 32}, {"kind": "demo"}, {"schema": 0}, {"schema": True}, {"files": []}, {"schema": "1"}]
)
def test_a_manifest_that_is_not_its_database_s_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, said: dict):
    edited = told(saved, tmp_path / "edited.zip", **said)
    before = set(tmp_path.iterdir())
    assert refused(restoring.restore, edited, *into(tmp_path)) == "backup-unreadable"
    assert set(tmp_path.iterdir()) == before


def test_the_database_of_another_store_never_comes_in_under_this_one_s_name(ctx: Ctx, saved: Path, tmp_path: Path):
    data = altered(saved, tmp_path, "UPDATE meta SET store_id = 'another'")
    edited = told(saved, tmp_path / "edited.zip", data)
    assert refused(restoring.restore, edited, ctx.store.path, ctx.store.folder, tmp_path / "w") == "backup-unreadable"
    with ctx.store.read() as reader:
        assert reader.value("SELECT store_id FROM meta") != "another"
    assert not (tmp_path / "w").exists()


def test_a_newer_database_is_refused_whatever_its_manifest_says(ctx: Ctx, saved: Path, tmp_path: Path):
    edited = told(saved, tmp_path / "new.zip", altered(saved, tmp_path, "UPDATE meta SET schema = 99"))
    assert refused(restoring.restore, edited, ctx.store.path, ctx.store.folder, tmp_path / "w") == "store-newer"
    with ctx.store.read() as reader:
        assert reader.value("SELECT schema FROM meta") == migrations.SCHEMA
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("data", [b"MZ a program", b" ", b"SQLite format 3\x00 and nothing more"])
def test_a_database_that_is_none_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, data: bytes):
    edited = told(saved, tmp_path / "edited.zip", data)
    before = set(tmp_path.iterdir())
    assert refused(restoring.restore, edited, *into(tmp_path)) == "backup-unreadable"
    assert set(tmp_path.iterdir()) == before


def test_a_damaged_database_with_a_right_hash_is_refused(saved: Path, tmp_path: Path):
    data = bytearray(altered(saved, tmp_path, "UPDATE meta SET code = code"))
    with closing(sqlite3.connect(tmp_path / "altered.db")) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'debts'").fetchone()[0]
    data[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    edited = told(saved, tmp_path / "edited.zip", bytes(data))
    assert refused(restoring.restore, edited, *into(tmp_path)) == "backup-unreadable"


@pytest.mark.parametrize("made_at", ["../../evil", "2026-11-23T09:00:00Z/../../x", "", "٢٠٢٦-11-23T09:00:00Z", 3])
def test_a_moment_that_is_none_never_becomes_a_path(ctx: Ctx, saved: Path, tmp_path: Path, made_at: object):
    edited = told(saved, tmp_path / "edited.zip", made_at=made_at)
    assert refused(restoring.restore, edited, ctx.store.path, ctx.store.folder, tmp_path / "w") == "backup-unreadable"


@pytest.mark.parametrize("names", [["../../etc/passwd"], ["A" * 64], ["ab" * 31], "ab", [None], ["twice", "twice"]])
def test_names_that_are_no_hashes_are_refused(saved: Path, tmp_path: Path, names: object):
    assert refused(restoring.read_manifest, told(saved, tmp_path / "e.zip", files=names)) == "backup-unreadable"


@pytest.mark.parametrize("name", ["manifest.json", "store.db"])
def test_what_says_to_unpack_to_too_much_is_refused_before_a_byte_is_read(
    saved: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setattr(restoring, "MANIFEST_MOST" if name == "manifest.json" else "MEMBER_MOST", 100)
    opened, real = [], zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda self, info, *a: opened.append(info.filename) or real(self, info, *a)
    )
    assert refused(restoring.read_manifest, saved) == "backup-unreadable"
    assert name not in opened


def test_a_manifest_of_more_than_50_mb_is_refused(saved: Path, tmp_path: Path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("store.db", old.read("store.db"))
        new.writestr("manifest.json", old.read("manifest.json") + b" " * 50_000_000)
    assert bomb.stat().st_size < 5_000_000
    assert refused(restoring.read_manifest, bomb) == "backup-unreadable"


def test_a_packing_that_unpacks_whole_blocks_is_refused(saved: Path, tmp_path: Path):
    packed = tmp_path / "lzma.zip"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as new:
        for member in old.namelist():
            new.writestr(member, old.read(member))
    assert refused(restoring.read_manifest, packed) == "backup-unreadable"
