"""Cuts a CSV text into rows, keeps each row's line and sets crooked lines apart. Names no field and converts no value.

RFC 4180 with what French spreadsheets do to it: semicolons or tabs, a "sep=;" first line, empty lines, titles above the
headings, rows of nothing but separators. A line that has more or fewer cells than the headings never enters: cells
have moved, so an amount may stand in another column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import compress, repeat
from typing import NamedTuple, overload

from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.exchange.headings import recognised

SEPARATORS = (";", "\t", "|", ",")
LONGEST_RECORD = 60  # physical lines of one quoted record: an address has six
BROKEN_MAX = 1000  # records broken by quotation marks: beyond, the separator or the quoting is another
_TITLE_LINES = 15  # how far down headings are looked for


class Cut(NamedTuple):
    """The rows of a text with their lines; `header_line` is where the headings stand."""

    header: tuple[str, ...]
    rows: Sequence[list[str]]
    lines: Sequence[int]
    header_line: int
    faults: tuple[Problem, ...]


class SplitRows(Sequence[list[str]]):
    """Rows of a text without quotation marks, cut when asked for: a hundred thousand lines stay as many strings."""

    def __init__(self, texts: list[str], separator: str) -> None:
        self._texts, self._separator = texts, separator

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> SplitRows: ...
    def __getitem__(self, at: int | slice) -> list[str] | SplitRows:
        if isinstance(at, slice):
            return SplitRows(self._texts[at], self._separator)
        return self._texts[at].split(self._separator)

    def columns(self) -> list[list[str]]:
        """The columns: one cut of all the rows joined, then one cell in so many; all rows are as wide."""
        if not self._texts:
            return []
        cells = self._separator.join(self._texts).split(self._separator)
        width = len(cells) // len(self._texts)
        return [cells[at::width] for at in range(width)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def cut(text: str, separator: str) -> Cut:
    """The rows of a text whose separator is known."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = int(lines[0].replace('"', "").lower().startswith("sep=") and len(lines[0].strip().strip('"')) <= 5)
    return _quoted(lines, separator, skipped) if '"' in text else _unquoted(lines, separator, skipped)


def separator_of(text: str) -> str:
    """The separator under which the first lines have the same number of cells, and more than one; "" when there is none.

    Judged on whole records, so that a decimal comma inside a file of semicolons, or a semicolon inside quotation marks,
    counts for nothing.
    """
    head = text[:200_000].replace("\r\n", "\n").replace("\r", "\n")
    first = head.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    lines = [line + "\n" for line in head.split("\n")[:200] if line.strip()]
    scores = {mark: _agreement(lines, mark) for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: scores[mark])
    return best if scores[best][0] > 0 else ""


def _agreement(lines: list[str], mark: str) -> tuple[int, int, int]:
    """Headings recognised, records of the commonest width above one, and that width."""
    try:
        records = [row for row in csv.reader(lines, delimiter=mark) if any(row)]
    except csv.Error:
        return (0, 0, 0)
    widths = [len(row) for row in records if len(row) > 1]
    if not widths:
        return (0, 0, 0)
    width = max(set(widths), key=lambda w: (widths.count(w), w))
    names = max(recognised(row) for row in records[:_TITLE_LINES])
    agreed = widths.count(width)
    return (agreed * (1 + names), agreed, width)


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows holds the headings: the one with most of them recognised, else the first with two cells."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:_TITLE_LINES]]
    known = [recognised(row) if count > 1 else 0 for row, count in zip(rows, filled, strict=False)]
    if max(known, default=0) >= 2:
        return known.index(max(known))
    return next((at for at, count in enumerate(filled) if count > 1), 0)


def _unquoted(lines: list[str], separator: str, skipped: int) -> Cut:
    """A text without any quotation mark: a line is a row."""
    blank = separator + " \t\u00a0"
    places = [at for at, line in enumerate(lines) if at >= skipped and line.strip(blank)]
    if not places:
        raise nothing_in_it()
    head = [lines[at].split(separator) for at in places[:_TITLE_LINES]]
    start = header_place(head)
    header = _header(head[start])
    kept = places[start + 1 :]
    texts = [lines[at] for at in kept]
    marks = len(header) - 1
    counts = list(map(str.count, texts, repeat(separator)))
    faults: list[Problem] = []
    if counts.count(marks) != len(counts):
        texts = [_trimmed(text, count - marks, separator) for text, count in zip(texts, counts, strict=True)]
        good = [text.count(separator) == marks for text in texts]
        faults = [crooked(at + 1, texts[n].split(separator), len(header)) for n, at in enumerate(kept) if not good[n]]
        texts, kept = list(compress(texts, good)), list(compress(kept, good))
    return Cut(header, SplitRows(texts, separator), _numbers(kept), places[start] + 1, tuple(faults))


def _header(cells: list[str]) -> tuple[str, ...]:
    """The headings, cleaned, without the empty ones at the end."""
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _trimmed(text: str, more: int, separator: str) -> str:
    """A line without the empty cells that it has beyond the headings."""
    while more > 0 and text.endswith(separator):
        text, more = text[:-1], more - 1
    return text


def _numbers(places: list[int]) -> Sequence[int]:
    """Line numbers of rows; a range when no line was left out."""
    if places and places[-1] - places[0] == len(places) - 1:
        return range(places[0] + 1, places[-1] + 2)
    return [at + 1 for at in places]


class _Lines(Iterator[str]):
    """Physical lines for the csv module, with the place of the next one."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines, self.at = lines, at

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1] + "\n"


def _quoted(lines: list[str], separator: str, skipped: int) -> Cut:
    """A text with quotation marks; after a broken record, reading goes on at the line after its first one."""
    source = _Lines(lines, skipped)
    reader = csv.reader(source, delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    broken: list[Problem] = []
    while source.at < len(lines):
        first = source.at
        try:
            row = next(reader, [])
            crooked_record = source.at - first > LONGEST_RECORD
        except csv.Error:
            row, crooked_record = [], True
        if crooked_record:
            broken.append(_unbalanced(first + 1, lines[first]))
            source.at = first + 1
            reader = csv.reader(source, delimiter=separator, strict=True)
            if len(broken) > BROKEN_MAX:
                raise _wrong_quotes(broken[0])
        elif any(cell.strip() for cell in row):
            found.append((first, row))
            _step_back(source, first, row, found)
    if not found:
        raise nothing_in_it()
    return _straight(found, broken)


def _step_back(source: _Lines, first: int, row: list[str], found: list[tuple[int, list[str]]]) -> None:
    """A record over several lines that is not as wide as the first one swallowed its neighbours: give them back."""
    if source.at - first > 1 and len(row) != len(found[0][1]) and len(found) > 1:
        found[-1] = (first, [row[0].split("\n")[0]])
        source.at = first + 1


def _straight(found: list[tuple[int, list[str]]], broken: list[Problem]) -> Cut:
    """Rows as wide as the headings, faults for the others."""
    start = header_place([row for _, row in found[:_TITLE_LINES]])
    header = _header(found[start][1])
    width = len(header)
    rows, places, faults = [], [], list(broken)
    for at, row in found[start + 1 :]:
        cells = row if len(row) <= width else row[:width] + [cell for cell in row[width:] if cell.strip()]
        if len(cells) == width:
            rows.append(cells)
            places.append(at)
        else:
            faults.append(crooked(at + 1, cells, width))
    return Cut(header, rows, _numbers(places), found[start][0] + 1, tuple(sorted(faults, key=lambda p: p.line)))


def crooked(line: int, cells: Sequence[str], width: int) -> Problem:
    """The fault of a line that has not as many cells as the headings."""
    return _line_fault(
        "line-crooked",
        msg("This line has {given} cells, the headings have {width}.", given=len(cells), width=width),
        msg("A separator is missing or too many, or the line is cut: correct it in the file."),
        line,
        " | ".join(cells)[:200],
    )


def _unbalanced(line: int, text: str) -> Problem:
    return _line_fault(
        "line-quotes",
        msg("A quotation mark on this line is not closed, or stands inside a cell that starts with one."),
        msg("Remove the quotation mark or double it, then give the file again."),
        line,
        text[:200],
    )


def _line_fault(code: str, reason: Message, remedy: Message, line: int, value: str) -> Problem:
    return Problem(code, reason, remedy, "line", value, f"line {line}", line)


def _wrong_quotes(first: Problem) -> Refusal:
    return refuse(
        "file-quotes",
        msg(
            "More than {limit} lines have broken quotation marks, the first is line {line}.",
            limit=BROKEN_MAX,
            line=first.line,
        ),
        msg("Export the file again with text between quotation marks, or as XLSX."),
        field="file",
        value=first.value,
        where=first.where,
    )


def nothing_in_it() -> Refusal:
    """The Refusal for a table without a single filled cell."""
    return refuse(
        "file-empty",
        msg("This file holds no line."),
        msg("Export it again: the first export kept no line."),
        field="file",
    )
