"""The export read back with csv alone: every table, every row, hashes, and no cell that a spreadsheet would run."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.services import creditors
from core.services.context import Ctx
from core.store import export
from tests.services.factory import a_call, a_case, a_creditor, a_debt


def exported(ctx: Ctx, folder: Path) -> dict:
    with ctx.store.read() as reader:
        return export.export(reader, ctx.store, folder, {"made_at": "2026-11-23T09:00:00Z"})


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_every_table_is_there_but_sessions_tokens_and_the_search_index(ctx: Ctx, tmp_path: Path):
    exported(ctx, tmp_path / "out")
    names = {path.stem for path in (tmp_path / "out").glob("*.csv")}
    with ctx.store.read() as reader:
        tables = {name for (name,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    absent = {name for name in tables - names if not name.startswith(("case_search", "_", "sqlite_"))}
    assert absent == {"sessions", "command_tokens"}


def test_the_rows_come_out_as_they_are_kept(ctx: Ctx, tmp_path: Path):
    case_id = a_case(ctx, a_debt("F-2026-7", amount=123456), name='Œuvré; "dit" l\'Aîné')
    a_call(ctx, case_id, "NRP", note="première ligne\ndeuxième")
    exported(ctx, tmp_path / "out")
    assert [row["principal"] for row in rows(tmp_path / "out", "debts")] == ["123456"]
    assert [row["name"] for row in rows(tmp_path / "out", "parties")] == ['Œuvré; "dit" l\'Aîné']
    assert [row["body"] for row in rows(tmp_path / "out", "texts")] == ["première ligne\ndeuxième"]


def test_the_manifest_counts_and_proves_each_file(ctx: Ctx, tmp_path: Path):
    a_case(ctx, a_debt(), a_debt())
    manifest = exported(ctx, tmp_path / "out")
    assert manifest == json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"]["debts"]["rows"] == 2
    for table in manifest["tables"].values():
        data = (tmp_path / "out" / table["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == table["sha256"]


def test_the_kept_files_come_along_under_their_hash(ctx: Ctx, tmp_path: Path):
    mandate = creditors.save_mandate(ctx, a_creditor(ctx), creditors.MandateEntry("M-1"))
    creditors.keep_signed_copy(ctx, mandate, 1, "m.pdf", b"%PDF-1.7 signed")
    manifest = exported(ctx, tmp_path / "out")
    digest = hashlib.sha256(b"%PDF-1.7 signed").hexdigest()
    assert manifest["files"] == [digest]
    assert (tmp_path / "out" / "files" / digest).read_bytes() == b"%PDF-1.7 signed"


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'), ("+33 & Cie", "'+33 & Cie"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("+33612345678", "+33612345678"), ("-12,50", "-12,50"), ("-12.5", "-12.5"), ("Dupont", "Dupont"),
        ("", ""), (None, None), (-5, -5), (" =1+1", "' =1+1"), ("  \n@SUM(A1)", "'  \n@SUM(A1)"), ("\u00a0-2+3", "'\u00a0-2+3"),
        (" -12,50", " -12,50"), ("\tDupont", "'\tDupont"), ("  Dupont", "  Dupont"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_and_numbers_do_not(kept, written):
    assert export.guarded(kept) == written


def test_a_hostile_name_is_harmless_in_the_file(ctx: Ctx, tmp_path: Path):
    a_creditor(ctx, "=1+1")
    exported(ctx, tmp_path / "out")
    assert [row["name"] for row in rows(tmp_path / "out", "creditors")] == ["'=1+1"]


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(ctx: Ctx, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        exported(ctx, tmp_path / "out")
    assert refused.value.problems[0].code == "folder-not-empty"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_a_place_that_cannot_be_a_folder_is_a_sentence(ctx: Ctx, tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        exported(ctx, tmp_path / "file" / "out")
    assert refused.value.problems[0].code == "folder-unwritable"


def test_a_french_excel_opens_it_by_a_double_click(ctx: Ctx, tmp_path: Path):
    a_creditor(ctx, "Société; =Léa")
    manifest = exported(ctx, tmp_path / "out")
    data = (tmp_path / "out" / "creditors.csv").read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"id";"')
    assert '";"Société; =Léa";"'.encode() in data
    assert (manifest["separator"], manifest["encoding"]) == (";", "utf-8-sig")
