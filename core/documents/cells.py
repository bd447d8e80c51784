"""The cells of a table: a column, and the lines that a text takes in it. Places nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents import faces


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, width in millimetres, and whether it holds amounts (set to the right)."""

    title: str
    wide: float
    amount: bool = False


def cell(column: Column, text: str, size: float, *, bold: bool) -> tuple[float, tuple[str, ...]]:
    """Size and lines of a cell: text wraps, an amount never does, it is set smaller."""
    room = column.wide - 3
    if not column.amount or " " in text:  # a title of several words may wrap; figures hold by no-break spaces
        return size, faces.wrap(text, room, size, bold)
    line = faces.printable(text)
    return size * min(1.0, room / (faces.width(line, size, bold) or room)), (line,)
