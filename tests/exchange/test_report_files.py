"""The report's workbook and CSV files, opened again: types, values, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.domain import indicators
from core.domain.indicators import Unit
from core.domain.messages import msg
from core.domain.reporting import Column, Report, ReportScope, Table
from core.exchange.report_files import csv_zip, workbook
from core.i18n import texts

OCTOBER, NOVEMBER = (dt.datetime.combine(dt.date(2026, month, 1), dt.time()) for month in (10, 11))
EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def report() -> Report:
    columns = (
        Column(msg("Month"), Unit.MONTH),
        Column(msg("Cases")),
        Column(msg("Total"), Unit.EURO),
        Column(msg("Gross rate"), Unit.PERCENT),
    )
    rows = (("2026-10", 3, 123456, Decimal("12.5")), ("2026-11", 0, -500, None))
    names = Table(
        "creditors",
        msg("By creditor"),
        msg("Month"),
        (Column(msg("Creditor"), Unit.TEXT), Column(msg("Owed"), Unit.EURO)),
        ((EVIL, 100), ("+33 & Cie", 1)),
    )
    by_month = Table(
        "collected", msg("Collected by month"), msg("Month"), columns, rows, (msg("Total"), 3, 122956, Decimal("12.5"))
    )
    figures = (
        indicators.gross_recovery(12345, 100000),
        indicators.reachability(0, 0),
        indicators.days_to_first_payment([(3, 1), (4, 1)], 2),
    )
    return Report(
        ReportScope(dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        dt.date(2026, 11, 24),
        EVIL,
        "",
        figures,
        (by_month, names),
    )


def test_a_workbook_holds_numbers_ratios_and_days_with_their_format(report):
    book = load_workbook(io.BytesIO(workbook(report, texts("fr"))))
    assert book.sheetnames == ["Indicateurs clés", "Encaissements par mois", "Par créancier"]
    sheet = book["Encaissements par mois"]
    assert [cell.value for cell in sheet[3]] == ["Mois", "Dossiers", "Total", "Taux brut"]
    assert [cell.value for cell in sheet[4]] == [OCTOBER, 3, 1234.56, 0.125]
    assert [cell.number_format for cell in sheet[4]] == ["mm/yyyy", "#,##0", '#,##0.00 "€"', "0.0 %"]
    assert [cell.value for cell in sheet[5]][2] == -5
    assert sheet[5][3].value in (None, "")
    assert [cell.value for cell in sheet[6]] == ["Total", 3, 1229.56, 0.125]
    assert sheet[6][0].font.bold


def test_the_figures_sheet_tells_scope_value_terms_and_formula(report):
    sheet = load_workbook(io.BytesIO(workbook(report, texts("fr"))))["Indicateurs clés"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][:2] == ["Du", NOVEMBER]
    gross = next(line for line in lines if line[0] == "Taux de recouvrement brut")
    assert gross[1:6] == [0.123, "encaissé sur ces dossiers", 123.45, "confié", 1000]
    assert "÷" in gross[6]
    assert (
        next(line for line in lines if line[0] == "Taux de joignabilité")[7] == "aucun dossier ouvert dans ce périmètre"
    )
    assert next(line for line in lines if line[0] == "Délai du premier paiement")[1] == 3.5


def test_no_text_of_the_workbook_is_a_formula(report):
    book = load_workbook(io.BytesIO(workbook(report, texts("fr"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == EVIL] == ["s", "s"]
    assert not [cell for cell in cells if cell.data_type == "f"]


def read(data: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {
            name: list(csv.reader(io.StringIO(pack.read(name).decode("utf-8-sig")), delimiter=";"))
            for name in pack.namelist()
        }


def test_the_csv_files_are_what_a_french_spreadsheet_reads(report):
    data = csv_zip(report, texts("fr"), dt.date(2026, 11, 24))
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        assert pack.read(pack.namelist()[1]).startswith(b"\xef\xbb\xbfMois;Dossiers;")
    found = read(data)
    assert list(found) == ["00-indicateurs-cles.csv", "01-encaissements-par-mois.csv", "02-par-creancier.csv"]
    assert found["01-encaissements-par-mois.csv"] == [
        ["Mois", "Dossiers", "Total (€)", "Taux brut (%)"], ["10/2026", "3", "1234,56", "12,5"], ["11/2026", "0", "-5,00", ""], ["Total", "3", "1229,56", "12,5"],
    ]  # fmt: skip
    assert found["02-par-creancier.csv"][1:] == [[f"'{EVIL}", "1,00"], ["'+33 & Cie", "0,01"]]
    figures = found["00-indicateurs-cles.csv"]
    assert ["Créancier", f"'{EVIL}"] in figures
    assert next(line for line in figures if line[:1] == ["Taux de recouvrement brut"])[1:7] == [
        "12,3",
        "%",
        "encaissé sur ces dossiers",
        "123,45",
        "confié",
        "1000,00",
    ]


def test_the_same_report_gives_the_same_csv_bytes(report):
    assert csv_zip(report, texts("fr"), dt.date(2026, 11, 24)) == csv_zip(report, texts("fr"), dt.date(2026, 11, 24))


def test_the_csv_files_are_named_in_the_reader_s_language(report):
    names = list(read(csv_zip(report, texts("en"), dt.date(2026, 11, 24))))
    assert names == ["00-key-figures.csv", "01-collected-by-month.csv", "02-by-creditor.csv"]
