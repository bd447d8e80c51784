"""The report as a PDF, read again: scope, figures with their definitions, tables, bars that stay on the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from core.documents import report as drawn
from core.documents.cells import Column as SheetColumn
from core.documents.ink import Shade, Words
from core.documents.report import ChartSheet, report_pdf
from core.documents.sheet import LEFT, RIGHT
from core.domain import indicators
from core.domain.indicators import Unit
from core.domain.messages import msg
from core.domain.reporting import Column, Report, ReportScope, Table
from core.i18n import texts
from tests.documents.conftest import AT


@pytest.fixture
def report() -> Report:
    columns = (
        Column(msg("Month"), Unit.MONTH),
        Column(msg("To the agency"), Unit.EURO),
        Column(msg("Directly to the creditor"), Unit.EURO),
        Column(msg("Gross rate"), Unit.PERCENT),
    )
    rows = (("2026-10", 100000, 50000, Decimal("19.0")), ("2026-11", -500, 0, None))
    table = Table(
        "collected",
        msg("Collected by month"),
        msg("Month"),
        columns,
        rows,
        (msg("Total"), 99500, 50000, Decimal("19.0")),
        bars=(1, 2),
    )
    empty = Table("aged", msg("Aged balance by creditor"), msg("Month"), columns, ())
    figures = (indicators.gross_recovery(12345, 100000), indicators.reachability(0, 0))
    return Report(
        ReportScope(dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        dt.date(2026, 11, 24),
        "Garage du Port",
        "",
        figures,
        (table, empty),
    )


def test_scope_figures_definitions_and_tables_are_printed(report, agency, read):
    text = read(report_pdf(report, agency, texts("fr"), AT))
    assert "Du 01/11/2026 au 30/11/2026" in text
    assert "Garage du Port" in text
    assert "Tous les chargés de recouvrement" in text
    assert "12,3 %" in text
    assert "encaissé sur ces dossiers 123,45 €" in text
    assert "Non calculé : aucun dossier ouvert dans ce périmètre." in text
    assert "10/2026 1 000,00 € 500,00 € 19,0 %" in text
    assert "11/2026 -5,00 € 0,00 € —" in text
    assert "Total 995,00 € 500,00 € 19,0 %" in text
    assert "Rien dans ce périmètre." in text


def test_the_longest_bar_ends_before_the_margin_and_a_negative_part_has_no_length(report, agency):
    sheet = ChartSheet("x", agency, texts("fr"), AT)
    sheet.bars([("a", [300, 100], "400"), ("b", [200, -5], "195")], ["one", "two"])
    shades = [item for page in sheet._pages for item in page if isinstance(item, Shade)][2:]  # after the legend
    room = RIGHT - LEFT - drawn.LABEL - drawn.FIGURE
    assert [round(s.wide / room, 2) for s in shades] == [0.75, 0.25, 0.5]
    assert all(s.x + s.wide <= RIGHT - drawn.FIGURE + 0.01 for s in shades)


def test_the_same_report_gives_the_same_bytes(report, agency):
    assert report_pdf(report, agency, texts("fr"), AT) == report_pdf(report, agency, texts("fr"), AT)


def test_a_long_list_runs_over_pages_with_titles_repeated(report, agency, read):
    columns = (Column(msg("Creditor"), Unit.TEXT), Column(msg("Owed"), Unit.EURO))
    table = Table(
        "creditors", msg("By creditor"), msg("Month"), columns, tuple((f"Créancier {n}", n) for n in range(120))
    )
    text = read(
        report_pdf(Report(report.scope, report.made_on, "", "", report.indicators, (table,)), agency, texts("fr"), AT)
    )
    assert "Créancier 119" in text
    assert text.count("Créancier Reste dû") + text.count("Créancier Dû") >= 2


def test_a_total_never_stands_alone_on_a_page(agency):
    for count in range(30, 60):  # one of them ends the page at its last row
        sheet = ChartSheet("x", agency, texts("fr"), AT)
        columns = (SheetColumn("a", 100), SheetColumn("b", 70, amount=True))
        sheet.table(columns, [(f"row {n}", "1") for n in range(count)], ("Total", "1"))
        written = [item.text for item in sheet._pages[-1] if isinstance(item, Words)]
        assert f"row {count - 1}" in written[: written.index("Total")]
