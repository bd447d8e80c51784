"""Reads the sheets of an XLSX or ODS workbook as texts, and where formulas stand. Computes no formula and follows no link."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from core.domain.messages import Refusal, msg, refuse
from core.exchange.safe_xml import xml_root

ROWS_MAX = 400_000  # a placement of a year; a sheet that claims a million empty rows is refused before it fills memory
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Place = tuple[int, int]


class RawSheet(NamedTuple):
    """One sheet: every row from the first line on, and the cells (line, column from zero) that hold a formula."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[Place]


def read_workbook(data: bytes, kind: str) -> tuple[RawSheet, ...]:
    """The sheets of a workbook already let in by `intake`, values only."""
    from python_calamine import CalamineError, load_workbook

    try:
        formulas = _xlsx_formulas(data) if kind == "xlsx" else _ods_formulas(data)
        book = load_workbook(io.BytesIO(data))
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.end and sheet.end[0] >= ROWS_MAX:
                raise _too_many(name, sheet.end[0] + 1)
            rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append(RawSheet(name, rows, formulas.get(name, frozenset())))
    except (CalamineError, zipfile.BadZipFile, zlib.error) as fault:
        raise refuse(
            "file-broken",
            msg("This workbook is damaged and cannot be opened."),
            msg("Open it in a spreadsheet program and save it again, or save the sheet as CSV."),
            field="file",
        ) from fault
    return tuple(sheets)


def cell_text(cell: object) -> str:
    """A cell as text: dates ISO, whole numbers without a point, others with the 15 digits a spreadsheet shows.

    A text stays as it is, its leading zeros included; a number that a spreadsheet made of one has already lost them.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        shown = format(cell, ".15g")
        return format(cell, "f") if "e" in shown else shown
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _xlsx_formulas(data: bytes) -> dict[str, frozenset[Place]]:
    """Where formulas stand, by sheet name (ECMA-376, 18.3.1.40: element f of a cell)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = set(archive.namelist())
        found = {}
        for name, part in _parts(archive, members):
            xml = archive.read(part) if part in members else b""
            places = _FORMULA.findall(xml) if b"<f" in xml or b":f" in xml else ()
            found[name] = frozenset((int(row), _column(letters.decode())) for letters, row in places)
    return found


def _parts(archive: zipfile.ZipFile, members: set[str]) -> list[tuple[str, str]]:
    """Sheet names and the part that holds each (xl/workbook.xml and its relations)."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in members or "xl/workbook.xml" not in members:
        return []
    targets = {r.get("Id"): r.get("Target", "") for r in xml_root(archive.read(relations))}
    found = []
    for element in xml_root(archive.read("xl/workbook.xml")).iter():
        target = targets.get(element.get(_REL)) if element.tag.endswith("}sheet") else None
        if target:
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found.append((element.get("name", ""), place))
    return found


def _column(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _ods_formulas(data: bytes) -> dict[str, frozenset[Place]]:
    """Where formulas stand, by sheet name (OpenDocument 1.3, 19.642: attribute table:formula)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml") if "content.xml" in archive.namelist() else b""
    if b":formula=" not in content:
        return {}
    return {t.get(f"{_TABLE}name", ""): frozenset(_table_formulas(t)) for t in xml_root(content).iter(f"{_TABLE}table")}


def _table_formulas(table: ET.Element) -> list[Place]:
    found = []
    line = 1
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            if cell.get(f"{_TABLE}formula"):
                found.append((line, column))
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        line += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return found


def filled(rows: Sequence[Sequence[str]]) -> list[int]:
    """The places of the rows that hold something."""
    return [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]


def _too_many(name: str, rows: int) -> Refusal:
    return refuse(
        "sheet-too-long",
        msg("The sheet “{name}” claims {rows} rows; at most {limit} are read.", name=name, rows=rows, limit=ROWS_MAX),
        msg("Delete the empty rows under the table, or split it, then save again."),
        field="file",
        value=name,
    )
