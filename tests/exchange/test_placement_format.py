"""The open placement format: published files, round trips, the blank workbook."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from core.domain.placement import CONTENT, Options, check
from core.domain.takeover import check_records
from core.domain.takeover_fields import BY_KEY, RECORD_KINDS
from core.exchange.placement import FIELDS, VERSION, blank_workbook, csv_bytes, published_files
from core.exchange.placement_samples import SAMPLES
from core.exchange.tables import guess_sheet, placements, read_table

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "formats" / "placement-v1"
TODAY = dt.date(2026, 6, 30)
KINDS = [kind.key for kind in RECORD_KINDS]


def read(data, kind=""):
    sheet = read_table(data, kind).sheets[0]
    found = guess_sheet(sheet)
    if found.kind == "debts":
        return check(sheet.rows, found.mapping, Options(), TODAY, sheet.lines)
    return check_records(found.kind, sheet.rows, found.mapping, TODAY, sheet.lines)


def test_the_published_files_are_up_to_date():
    assert {path.name for path in FOLDER.iterdir()} == set(published_files())
    for name, data in published_files().items():
        assert (FOLDER / name).read_bytes() == data, (
            f"{name}: write core.exchange.placement.published_files() to {FOLDER.name}"
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_sample_reads_without_a_fault_or_a_remark(kind):
    found = read((FOLDER / f"{kind}.csv").read_bytes())
    assert found.problems == []
    assert getattr(found, "remarks", []) == []
    assert len(getattr(found, "lines", None) or found.records) == len(SAMPLES[kind])


def test_the_sample_of_debts_says_what_its_file_shows():
    # data/formats/placement-v1/debts.csv, read by eye
    martin, garage, payet = read((FOLDER / "debts.csv").read_bytes()).lines
    assert (martin.debtor_name, martin.amount, martin.paid_before, martin.first_letter_on) == (
        "Martin",
        123456,
        23456,
        dt.date(2026, 6, 2),
    )
    assert (garage.debtor_kind, garage.siren, garage.postcode, garage.contract_rate) == (
        "business",
        "732829320",
        "01000",
        Decimal("12.5"),
    )
    assert (payet.nature, payet.phone, payet.debtor_kind) == ("rent", "+262692123456", "individual")


def test_the_schema_names_the_columns_of_every_sample():
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    assert schema["version"] == VERSION == "1"
    assert [r["path"] for r in schema["resources"]] == [f"{kind}.csv" for kind in KINDS]
    for resource in schema["resources"]:
        lines = (FOLDER / resource["path"]).read_text("utf-8-sig").splitlines()
        assert lines[0].split(";") == [f["name"] for f in resource["schema"]["fields"]]


def test_the_help_of_the_due_date_does_not_say_that_interest_and_limitation_always_run_from_it():
    # C. civ. 1231-6 (formal notice), C. com. L.441-10 (no notice between businesses), C. civ. 2224 and C. conso L.218-2
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    fields = {field["name"]: field["description"] for field in schema["resources"][0]["schema"]["fields"]}
    english, page = fields["date_echeance"], (ROOT / "docs" / "placement-format.md").read_text("utf-8")
    assert "limitation often runs from it" in english
    assert "generally from formal notice" in english
    assert english in page
    assert page.count("la prescription en part souvent ; les intérêts en partent entre professionnels") == 2


def test_the_samples_obey_the_constraints_of_the_schema():
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    for resource in schema["resources"]:
        rows = csv.DictReader((FOLDER / resource["path"]).read_text("utf-8-sig").splitlines(), delimiter=";")
        for row in rows:
            for field in resource["schema"]["fields"]:
                value, limits = row[field["name"]], field["constraints"]
                assert value or not limits["required"]
                assert not value or value in limits.get("enum", [value])
                assert len(value) <= limits.get("maxLength", 99)


def test_names_headings_and_examples_of_the_format_are_sound():
    for kind in RECORD_KINDS:
        assert len({f.name for f in kind.fields}) == len({f.heading for f in kind.fields}) == len(kind.fields)
        for field in kind.fields:
            assert field.heading.isascii(), field.heading
            assert field.heading == field.heading.lower()
            assert field.example, field.name
            assert str(field.help), field.name
            assert set(kind.telling) <= {f.name for f in kind.fields}


def rows_of(kind):
    """Values by field name of three invented lines, with what hurts: quotes, separators, leading zeros, accents, line feeds."""
    debts = [
        {"creditor_ref": "C1", "debtor_ref": "007", "debtor_kind": "business", "debtor_name": 'Le "Bon" Coin ; SARL', "siren": "732829320", "postcode": "01000",
         "city": "Bourg-en-Bresse", "country": "FR", "debt_ref": "0001", "nature": "cheque", "issued_on": dt.date(2026, 1, 31), "due_on": dt.date(2026, 2, 28),
         "amount": 100000001, "paid_before": 1, "contract_rate": Decimal("12.55"), "currency": "EUR", "phone": "+33612345678"},
        {"debtor_kind": "individual", "debtor_name": "Œuvrard", "debtor_first_name": "Zoé", "country": "BE", "postcode": "1000", "debt_ref": "0002",
         "nature": "other", "due_on": dt.date(2025, 12, 31), "amount": 5, "paid_before": 0, "currency": "EUR", "label": "L'été, à 50 %"},
    ]  # fmt: skip
    return (
        debts
        if kind == "debts"
        else [{f.name: value for f, value in zip(BY_KEY[kind].fields, _values(kind), strict=True)}]
    )


def _values(kind):
    day, keys = (
        dt.date(2026, 5, 12),
        {"enum": lambda f: f.choices[-1].key, "amount": lambda f: 12345, "date": lambda f: day},
    )
    return [keys.get(f.kind, lambda f: "7" if f.name == "number" else "0" + f.name)(f) for f in BY_KEY[kind].fields]


def same(kind, found):
    """What was read equals what was written, field by field."""
    lines = [line._asdict() for line in found.lines] if kind == "debts" else [r.values for r in found.records]
    for written, line in zip(rows_of(kind), lines, strict=True):
        for name, value in written.items():
            if name not in {"format_version", "number"}:
                assert line[name] == value, name
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_lines_written_as_csv_are_read_as_they_were(kind):
    found = read(csv_bytes(kind, rows_of(kind)))
    assert found.problems == []
    assert same(kind, found)


@pytest.mark.parametrize("kind", KINDS)
def test_lines_typed_in_the_blank_workbook_are_read_as_they_were(kind):
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook("fr")))
    sheet = book[BY_KEY[kind].sheet]
    for at, row in enumerate(rows_of(kind), 2):
        for column, field in enumerate(BY_KEY[kind].fields, 1):
            value = row.get(field.name)
            if field.kind == "amount" and value is not None:
                value = value / 100
            elif field.kind == "enum" and value:
                value = next((c.word for c in field.choices if c.key == value), VERSION)
            elif field.kind == "rate" and value is not None:
                value = float(value)
            cell = sheet.cell(at, column, value)
            cell.number_format = (
                "DD/MM/YYYY" if field.kind == "date" else sheet.column_dimensions[cell.column_letter].number_format
            )
    out = io.BytesIO()
    book.save(out)
    (found,) = placements(read_table(out.getvalue(), "xlsx"))
    assert (found[0].name, found[1].kind) == (BY_KEY[kind].sheet, kind)
    checked = (
        check(found[0].rows, found[1].mapping, Options(), TODAY, found[0].lines)
        if kind == "debts"
        else check_records(kind, found[0].rows, found[1].mapping, TODAY, found[0].lines)
    )
    assert checked.problems == []
    assert same(kind, checked)


def test_a_line_read_and_written_again_has_the_same_key():
    first = read((FOLDER / "debts.csv").read_bytes())
    again = read(csv_bytes("debts", [line._asdict() for line in first.lines], CONTENT))
    assert [line.key for line in again.lines] == [line.key for line in first.lines]


def test_a_text_that_looks_like_a_formula_is_disarmed_when_written():
    assert b"'=1+1" in csv_bytes("debts", [{"debtor_name": "=1+1"}])
    assert b"+33612345678" in csv_bytes("debts", [{"phone": "+33612345678"}])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_blank_workbook_explains_and_protects_what_is_typed(lang):
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(lang)))
    assert book.sheetnames[1:] == [kind.sheet for kind in RECORD_KINDS]
    debts = book["creances"]
    assert [cell.value for cell in debts[1]] == [f.heading for f in FIELDS]
    assert all(cell.comment and cell.comment.text for cell in debts[1])
    formats = {cell.value: debts.column_dimensions[cell.column_letter].number_format for cell in debts[1]}
    assert {formats[name] for name in ("code_postal", "telephone", "siret", "siren", "reference_creance", "iban")} == {
        "@"
    }
    assert formats["date_echeance"] == "DD/MM/YYYY"
    assert debts.freeze_panes == "A2"


def test_the_blank_workbook_holds_no_line_to_import():
    assert placements(read_table(blank_workbook("fr"), "xlsx")) == []


def test_the_documentation_names_every_column_and_every_word():
    text = (ROOT / "docs" / "placement-format.md").read_text("utf-8")
    for kind in RECORD_KINDS:
        assert f"`{kind.sheet}`" in text
        for field in kind.fields:
            assert f"`{field.heading}`" in text, field.heading
            for choice in field.choices:
                assert f"`{choice.word}`" in text, choice.word
