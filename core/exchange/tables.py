"""Reads tables: CSV, XLSX and ODS become sheets of texts with their lines and a guess of their columns. Checks no value.

A formula is never computed: of a workbook the value kept in the file is read, and the place of each formula is known so
that one under an amount or a date refuses its line; in a CSV a cell that starts with "=" is refused by its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain.bulk import collector_at_rest
from core.domain.messages import Message, Problem, msg
from core.domain.takeover_fields import BY_KEY
from core.exchange.csv_rows import crooked, cut, header_place, nothing_in_it, separator_of
from core.exchange.encoding import decode
from core.exchange.headings import Guess, guess
from core.exchange.intake import Intake
from core.exchange.workbooks import RawSheet, filled, read_workbook

__all__ = ["Sheet", "Table", "describe", "guess_sheet", "placements", "read_table", "without_formulas"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: headings, rows of texts as wide as the headings, the file's line of each row, the lines set apart."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[list[str]]
    lines: Sequence[int]
    header_line: int = 1
    faults: tuple[Problem, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A file of one or several sheets; `notices` are worth saying and refuse nothing."""

    format: str
    encoding: str
    separator: str
    sheets: tuple[Sheet, ...]
    notices: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The lines set apart in all sheets."""
        return tuple(problem for sheet in self.sheets for problem in sheet.faults)


def read_table(source: Intake | bytes, kind: str = "", encoding: str = "", separator: str = "") -> Table:
    """The sheets of a file; a Refusal when it holds no line or cannot be opened.

    `source` comes from `intake`, which refuses hostile files; bytes are for callers that made them, with their `kind`
    (csv, xlsx, ods). `encoding` and `separator` are the person's choice when there is one.
    """
    data = source.data if isinstance(source, Intake) else source
    nature = kind or (source.kind if isinstance(source, Intake) else "csv")
    with collector_at_rest():
        return _workbook(data, nature) if nature in {"xlsx", "ods"} else _csv(data, encoding, separator)


def describe(source: Intake, encoding: str = "", render: Callable[[Message], str] = str) -> dict[str, Any]:
    """The object of the command `read` for a table: format, encoding, separator, sheets with the guessed mapping.

    `mapping` is {heading: field}; `kind` what the lines are. `render` puts sentences in the reader's language.
    """
    table = read_table(source, encoding=encoding)
    return {
        "format": table.format,
        "encoding": table.encoding,
        "separator": table.separator,
        "sheets": [_described(sheet) for sheet in table.sheets],
        "problems": [_shown(problem, render) for problem in table.problems],
        "notices": [_shown(problem, render) for problem in table.notices],
    }


def guess_sheet(sheet: Sheet, kind: str = "") -> Guess:
    """The guess for a sheet, by its headings and its first rows."""
    return guess(sheet.header, sheet.rows[:200], kind)


def placements(table: Table) -> list[tuple[Sheet, Guess]]:
    """The sheets that hold lines of the placement format, each with its guess; a sheet of instructions is none of them."""
    found = []
    for sheet in table.sheets:
        made = guess_sheet(sheet)
        known = set(made.mapping.values())
        if made.kind == "debts":
            enough = "debt_ref" in known and bool(known & {"amount", "balance"})
        else:
            enough = known >= set(BY_KEY[made.kind].telling)
        if enough and (sheet.rows or sheet.faults):
            found.append((sheet, made))
    return found


def without_formulas(sheet: Sheet, mapping: Mapping[int, str], kind: str = "debts") -> Sheet:
    """The sheet without the lines whose amount or date is a formula; each is a fault with its place."""
    watched = {
        at
        for at, name in mapping.items()
        for f in BY_KEY[kind].fields
        if f.name == name and f.kind in {"amount", "date", "rate"}
    }
    places = {(line, at) for line, at in sheet.formulas if at in watched}
    if not places:
        return sheet
    rows = dict(zip(sheet.lines, sheet.rows, strict=True))
    faults = [_formula(line, sheet.header[at], rows[line][at]) for line, at in sorted(places) if line in rows]
    refused = {line for line, _ in places}
    kept = [line for line in sheet.lines if line not in refused]
    return replace(sheet, rows=[rows[line] for line in kept], lines=kept, faults=(*sheet.faults, *faults))


def _csv(data: bytes, encoding: str, separator: str) -> Table:
    decoded = decode(data, encoding)
    mark = separator or separator_of(decoded.text)
    found = cut(decoded.text, mark or ";")
    sheet = Sheet("", found.header, found.rows, found.lines, found.header_line, found.faults)
    return Table("csv", decoded.encoding, mark, (sheet,), _notices((sheet,)))


def _workbook(data: bytes, nature: str) -> Table:
    sheets = tuple(sheet for raw in read_workbook(data, nature) if (sheet := _sheet(raw)))
    if not sheets:
        raise nothing_in_it()
    return Table(nature, "", "", sheets, _notices(sheets))


def _sheet(raw: RawSheet) -> Sheet | None:
    """A sheet with its headings found; None when it is empty."""
    places = filled(raw.rows)
    if not places:
        return None
    start = header_place([raw.rows[at] for at in places])
    header = [" ".join(cell.split()) for cell in raw.rows[places[start]]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    below = places[start + 1 :]
    over = {at for at in below if any(cell.strip() for cell in raw.rows[at][width:])}
    kept = [at for at in below if at not in over]
    rows = [(raw.rows[at] + [""] * width)[:width] for at in kept]
    faults = tuple(crooked(at + 1, [c for c in raw.rows[at] if c.strip()], width) for at in sorted(over))
    return Sheet(raw.name, tuple(header), rows, [at + 1 for at in kept], places[start] + 1, faults, raw.formulas)


def _notices(sheets: tuple[Sheet, ...]) -> tuple[Problem, ...]:
    """What the person should know: formulas, and lines above the headings that were not read."""
    found = []
    for sheet in sheets:
        if sheet.formulas:
            reason = msg("{number} cells of the sheet “{sheet}” hold a formula; the values kept in the file are read.",
                         number=len(sheet.formulas), sheet=sheet.name)  # fmt: skip
            remedy = msg("A line whose amount or date is a formula is refused: paste values instead.")
            found.append(Problem("formulas", reason, remedy, "file", sheet.name))
        if sheet.header_line > 1:
            reason = msg("The headings were found on line {line}; nothing above was read.", line=sheet.header_line)
            found.append(Problem("titles-above", reason, msg("Check that these are the headings."), "file", sheet.name))
    return tuple(found)


def _formula(line: int, heading: str, value: str) -> Problem:
    return Problem(
        "formula",
        msg("The column “{heading}” holds a formula on this line.", heading=heading),
        msg("In the spreadsheet, copy the column and paste it as values, then save again."),
        heading,
        value,
        f"line {line}",
        line,
    )


def _described(sheet: Sheet) -> dict[str, Any]:
    found = guess_sheet(sheet)
    return {
        "name": sheet.name,
        "kind": found.kind,
        "rows": len(sheet.rows),
        "columns": list(sheet.header),
        "mapping": {sheet.header[at]: field for at, field in found.mapping.items()},
        "header_line": sheet.header_line,
    }


def _shown(problem: Problem, render: Callable[[Message], str]) -> dict[str, str]:
    return {
        "where": problem.where, "field": problem.field, "value": problem.value,
        "reason": render(problem.reason), "remedy": render(problem.remedy),
    }  # fmt: skip
