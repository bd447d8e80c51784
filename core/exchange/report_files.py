"""A report as a workbook or as CSV files for a French spreadsheet. Computes nothing and reads no store.

Numbers, percentages and months are real numbers and dates in the workbook; no text of either file can be taken for a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.domain.folding import words
from core.domain.indicators import Indicator, Unit
from core.domain.messages import Message
from core.domain.reporting import Cell, Column, Report, Table
from core.domain.spreadsheets import guarded
from core.i18n import Texts

FORMATS = {
    Unit.EURO: '#,##0.00 "€"',
    Unit.PERCENT: "0.0 %",
    Unit.MONTH: "mm/yyyy",
    Unit.COUNT: "#,##0",
    Unit.DAYS: "0.0",
    Unit.THOUSAND: "0.0",
}
WIDE, NARROW = 34, 17
SHEET_NAME = 31  # characters that a workbook allows


def workbook(report: Report, t: Texts) -> bytes:
    """An XLSX: the key figures with their definitions, then one sheet a table."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = t("Report")
    _figures(book.create_sheet(t("Key figures")[:SHEET_NAME]), report, t)
    for table in report.tables:
        _table(book.create_sheet(t.render(table.title)[:SHEET_NAME].strip()), table, t)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(sheet: Any, report: Report, t: Texts) -> None:
    for letter, width in zip("ABCDEFGH", (30, NARROW, 34, NARROW, 34, NARROW, 80, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for label, value in scope_lines(report, t):
        sheet.append([text_cell(sheet, label, bold=True), typed_cell(sheet, value)])
    sheet.append([])
    sheet.append([text_cell(sheet, words, bold=True) for words in _figure_titles(t)])
    for figure in report.indicators:
        line = [text_cell(sheet, t.render(figure.label)), _value(sheet, figure.value, figure.unit)]
        for term in figure.terms:
            line += [text_cell(sheet, t.render(term.label)), _value(sheet, term.amount, term.unit)]
        line += [text_cell(sheet, "")] * (6 - len(line))
        sheet.append([*line, text_cell(sheet, t.render(figure.formula)), text_cell(sheet, _remark(figure, t))])


def _figure_titles(t: Texts) -> tuple[str, ...]:
    return (
        t("Figure"),
        t("Value"),
        t("First term"),
        t("Amount"),
        t("Second term"),
        t("Amount"),
        t("How it is computed"),
        t("Remark"),
    )


def scope_lines(report: Report, t: Texts) -> tuple[tuple[str, str | dt.date], ...]:
    """What the report is about: label and value."""
    return (
        (t("From"), report.scope.from_on),
        (t("To"), report.scope.to_on),
        (t("Creditor"), report.creditor or t("All creditors")),
        (t("Collector"), report.collector or t("All collectors")),
        (t("Made on"), report.made_on),
    )


def _remark(figure: Indicator, t: Texts) -> str:
    return t.render(figure.remark) if figure.remark else ""


def _table(sheet: Any, table: Table, t: Texts) -> None:
    sheet.freeze_panes = "B4"
    for at in range(len(table.columns)):
        sheet.column_dimensions["ABCDEFGHIJKLMNOP"[at]].width = NARROW if at else WIDE
    sheet.append([text_cell(sheet, t.render(table.note))])
    sheet.append([])
    sheet.append([text_cell(sheet, t.render(column.title), bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append(_line(sheet, table.columns, row, t))
    if table.total:
        sheet.append(_line(sheet, table.columns, table.total, t, bold=True))


def _line(sheet: Any, columns: Sequence[Column], row: Sequence[Cell], t: Texts, *, bold: bool = False) -> list[Any]:
    cells = []
    for column, value in zip(columns, row, strict=True):
        shown = t.render(value) if isinstance(value, Message) else value
        cells.append(_value(sheet, shown, column.unit, bold=bold))
    return cells


def _value(sheet: Any, value: Any, unit: Unit, *, bold: bool = False) -> Any:
    """A typed cell: euros, ratio, first day of the month, number, or text."""
    if value is None:
        return text_cell(sheet, "", bold=bold)
    if unit is Unit.MONTH and _is_month(value):
        return typed_cell(sheet, dt.date.fromisoformat(f"{value}-01"), FORMATS[unit], bold=bold)
    if isinstance(value, str):
        return text_cell(sheet, value, bold=bold)
    number = value / Decimal(100) if unit in (Unit.EURO, Unit.PERCENT) else value
    return typed_cell(sheet, number, FORMATS.get(unit, "General"), bold=bold)


def _is_month(value: object) -> bool:
    return isinstance(value, str) and len(value) == 7 and value[4] == "-"


def typed_cell(sheet: Any, value: Any, number_format: str = "dd/mm/yyyy", *, bold: bool = False) -> Any:
    """A cell of a write-only sheet with its format; a text is a plain text."""
    if isinstance(value, str):
        return text_cell(sheet, value, bold=bold)
    cell = text_cell(sheet, value, bold=bold)
    cell.number_format = number_format
    return cell


def text_cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell of a write-only sheet; a text is never a formula, whatever it starts with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def csv_zip(report: Report, t: Texts, made_on: dt.date) -> bytes:
    """A zip of CSV files: semicolons, UTF-8 with its mark, decimal commas, days as dd/mm/yyyy; the same report gives the same bytes."""
    out = io.BytesIO()
    stamp = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for number, (name, lines) in enumerate(_files(report, t)):
            info = zipfile.ZipInfo(f"{number:02d}-{name}.csv", stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(info, _csv(lines).encode("utf-8-sig"))
    return out.getvalue()


def _files(report: Report, t: Texts) -> list[tuple[str, list[list[str]]]]:
    figures = [
        [
            t.render(figure.label),
            _text(figure.value, figure.unit, t),
            UNITS[figure.unit],
            *(part for term in figure.terms for part in (t.render(term.label), _text(term.amount, term.unit, t))),
            *([""] * (4 - 2 * len(figure.terms))),
            t.render(figure.formula),
            _remark(figure, t),
        ]
        for figure in report.indicators
    ]
    scope = [[label, _text(value, Unit.TEXT, t)] for label, value in scope_lines(report, t)]
    titles = list(_figure_titles(t))
    found = [(file_name(t("Key figures")), [*scope, [], [*titles[:2], t("Unit"), *titles[2:]], *figures])]
    return found + [(file_name(t.render(table.title)), _lines(table, t)) for table in report.tables]


def file_name(title: str) -> str:
    """A title as the name of a file anywhere: lower case, without accents, words joined by hyphens; "table" if nothing is left."""
    return "-".join(words(title)) or "table"


UNITS = {
    Unit.EURO: "€",
    Unit.PERCENT: "%",
    Unit.DAYS: "j",
    Unit.THOUSAND: "",
    Unit.COUNT: "",
    Unit.MONTH: "",
    Unit.TEXT: "",
}


def _lines(table: Table, t: Texts) -> list[list[str]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    titles = [f"{t.render(c.title)} ({UNITS[c.unit]})" if UNITS[c.unit] else t.render(c.title) for c in table.columns]
    return [
        titles,
        *([_text(value, column.unit, t) for column, value in zip(table.columns, row, strict=True)] for row in rows),
    ]


def _text(value: object, unit: Unit, t: Texts) -> str:
    """A cell as a French spreadsheet reads it: 1234,56 without sign or grouping."""
    if value is None:
        return ""
    if isinstance(value, Message):
        return t.render(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if unit is Unit.EURO and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}".replace(".", ",")
    if unit is Unit.MONTH and _is_month(value):
        return "/".join(reversed(str(value).split("-")))
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _csv(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue()
