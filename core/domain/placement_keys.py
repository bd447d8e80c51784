"""Tells lines of placement files apart: the digest of a line's content, and lines that repeat a reference. Judges no value."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any

from core.domain.messages import msg
from core.domain.placement_rules import Table

KEY_LENGTH = 32  # 128 bits of SHA-256: no two lines of one agency meet by chance
_SEPARATOR = "\x1f"  # ASCII unit separator: cleaned texts never hold it


def line_key(content: Iterable[object]) -> str:
    """The digest of a line's canonical content, in the order of `placement.CONTENT`.

    The same line gives the same key in any file, under any headings, whatever columns are missing or in whatever
    order: that is how a file sent twice adds nothing.
    """
    return hashlib.sha256(_SEPARATOR.join(map(_text, content)).encode()).hexdigest()[:KEY_LENGTH]


class Texts(dict[Any, str]):
    """Canonical texts of dates and rates, each made once."""

    def __missing__(self, value: object) -> str:
        """Makes the text of a value met for the first time."""
        text = self[value] = _text(value)
        return text


def line_keys(table: Table, names: Sequence[str], empty: Mapping[str, Any], texts: Texts) -> list[str]:
    """`line_key` of every row, by columns; `empty` says what a column that is not there holds."""
    columns: list[Iterable[str]] = []
    absent: list[str] = []
    for name in names:
        values = table.values.get(name)
        if not values:
            absent.append(texts[empty.get(name, "")])
            continue
        if absent:  # neighbours that no column gives are one constant piece
            columns.append(repeat(_SEPARATOR.join(absent), table.size))
            absent = []
        kind = type(empty.get(name, ""))
        shown = values if kind is str else map(str, values) if kind is int else map(texts.__getitem__, values)
        columns.append(shown)
    if absent:
        columns.append(repeat(_SEPARATOR.join(absent), table.size))
    digest, join = hashlib.sha256, _SEPARATOR.join
    return [digest(join(row).encode()).hexdigest()[:KEY_LENGTH] for row in zip(*columns, strict=True)]


def _text(value: object) -> str:
    """A value as text that never changes: ISO dates, plain figures, 12.50 as 12.5."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


class References:
    """The references met so far in a file, and who used them first; a reference used twice is a fault of the later line.

    A line with a fault of its own does not reserve its reference: the line that follows may be its correction.
    """

    def __init__(self, *, keep_identical: bool) -> None:
        self.keep_identical = keep_identical
        self._first: dict[str, int] = {}
        self._keys: list[str] = []
        self._numbers: list[int] = []
        self._times: dict[str, int] = {}

    def occurrences(self, table: Table, keys: list[str], numbers: Sequence[int]) -> list[int]:
        """The occurrence of each row: 1, but for twins that are kept."""
        start = len(self._keys)
        self._keys.extend(keys)
        self._numbers.extend(numbers)
        creditors = table.values.get("creditor_ref") or repeat("", table.size)
        references = table.values["debt_ref"]
        owners = map(_SEPARATOR.join, zip(creditors, references, strict=False))
        first, faults = self._first, table.faults
        twins = []
        for at, owner in enumerate(owners, start):
            known = first.get(owner, at) if at - start in faults else first.setdefault(owner, at)
            if known != at and references[at - start]:
                twins.append((at - start, known))
        found = [1] * table.size
        for row, known in twins:
            key = self._keys[known]
            found[row] = self._twin(table, row, self._numbers[known], same=keys[row] == key, key=key)
        return found

    def _twin(self, table: Table, row: int, line: int, *, same: bool, key: str) -> int:
        """The occurrence of a row whose reference another line has; a fault unless it is kept."""
        if same and self.keep_identical:
            self._times[key] = self._times.get(key, 1) + 1
            return self._times[key]
        (_same_line if same else _reference_used)(table, row, line)
        return 1


def _reference_used(table: Table, row: int, line: int) -> None:
    table.fault(
        row,
        "reference-used",
        "debt_ref",
        msg(
            "The reference {ref} is already used on line {line}, for another debt.",
            ref=table.cell(row, "debt_ref"),
            line=line,
        ),
        msg("Give each debt its own reference; for the instalments of one invoice, add -1, -2… to it."),
    )


def _same_line(table: Table, row: int, line: int) -> None:
    table.fault(
        row,
        "line-repeated",
        "debt_ref",
        msg("This line is the same as line {line}.", line=line),
        msg("If these are two debts, choose to keep identical lines; otherwise there is nothing to do."),
    )
