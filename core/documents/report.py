"""The agency's report as a PDF: scope, key figures with their definitions, tables, each with its bars. Prints what it is given.

The bars are drawn in greys, told apart on paper and by any eye; the table under them gives every value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from core.documents import faces
from core.documents.cells import Column
from core.documents.figures import written
from core.documents.ink import Shade, Words
from core.documents.parties import Agency
from core.documents.sheet import LEFT, RIGHT, Sheet
from core.domain.indicators import Indicator
from core.domain.reporting import Cell, Report, Table
from core.i18n import Texts

LABEL, FIGURE = 42.0, 26.0  # millimetres of the name of a bar and of the value after it
BAR, STEP = 3.4, 5.2
GREYS = (60, 190, 110, 225, 90, 160, 240)  # neighbours far apart
MOST_BARS = 20
FIRST = 34.0


def report_pdf(report: Report, agency: Agency, t: Texts, created_at: dt.datetime) -> bytes:
    """The bytes; `created_at` carries its time zone. The same report gives the same bytes."""
    sheet = ChartSheet(t("Report"), agency, t, created_at)
    start, end = t.date(report.scope.from_on), t.date(report.scope.to_on)
    sheet.main_title(t("From {start} to {end}", start=start, end=end))
    sheet.facts(
        (
            (t("Creditor"), report.creditor or t("All creditors")),
            (t("Collector"), report.collector or t("All collectors")),
            (t("Made on"), t.date(report.made_on)),
        )
    )
    _figures(sheet, report.indicators, t)
    for table in report.tables:
        _table(sheet, table, t)
    return sheet.pdf()


class ChartSheet(Sheet):
    """A sheet that can also draw horizontal bars."""

    def bars(self, rows: Sequence[tuple[str, Sequence[int], str]], names: Sequence[str]) -> None:
        """One bar a row, of parts that are zero or more; a legend above when there are several parts."""
        if len(names) > 1:
            self._legend(names)
        longest = max((sum(parts) for _, parts, _ in rows), default=0)
        scale = (RIGHT - LEFT - LABEL - FIGURE) / longest if longest else 0
        for name, parts, value in rows:
            self.room_for(STEP)
            self.place(Words(LEFT, self.y + BAR * 0.8, faces.wrap(name, LABEL - 3, 8)[0], 8))
            x = LEFT + LABEL
            for number, part in enumerate(parts):
                if part > 0:
                    self.place(Shade(x, self.y, part * scale, BAR, GREYS[number % len(GREYS)], outlined=True))
                    x += part * scale
            self.place(Words(x + 1.5, self.y + BAR * 0.8, faces.printable(value), 8))
            self.y += STEP
        self.gap(2)

    def _legend(self, names: Sequence[str]) -> None:
        self.room_for(STEP * 3)
        x = LEFT + LABEL
        for number, name in enumerate(names):
            words = faces.printable(name)
            wide = faces.width(words, 8) + 9
            if x + wide > RIGHT:
                x, self.y = LEFT + LABEL, self.y + STEP
            self.place(Shade(x, self.y, 3.4, BAR, GREYS[number % len(GREYS)], outlined=True))
            self.place(Words(x + 5, self.y + BAR * 0.8, words, 8))
            x += wide
        self.y += STEP + 1


def _figures(sheet: Sheet, figures: Sequence[Indicator], t: Texts) -> None:
    sheet.heading(t("Key figures"))
    columns = (Column(t("Figure"), 36), Column(t("Value"), 27, amount=True), Column(t("How it is computed"), 107))
    sheet.table(columns, [(t.render(f.label), written(t, f.value, f.unit), _how(f, t)) for f in figures], size=8.5)


def _how(figure: Indicator, t: Texts) -> str:
    """The terms with their amounts, the formula, and what is lacking."""
    terms = " ; ".join(f"{t.render(term.label)} {written(t, term.amount, term.unit)}" for term in figure.terms)
    lacking = t("Not given: {why}.", why=figure.remark) if figure.remark else ""
    return "\n".join(part for part in (terms, t.render(figure.formula) + ".", lacking) if part)


def _table(sheet: ChartSheet, table: Table, t: Texts) -> None:
    drawn = min(len(table.rows), MOST_BARS) if table.bars else 0
    sheet.room_for(45 + STEP * drawn)
    sheet.heading(t.render(table.title))
    sheet.lines(t.render(table.note), size=8.5, grey=60)
    sheet.gap(2)
    if not table.rows:
        sheet.paragraph(t("Nothing in this scope."))
        return
    if table.bars and table.rows:
        names = [t.render(table.columns[at].title) for at in table.bars]
        sheet.bars([_bar(table, row, t) for row in table.rows[:MOST_BARS]], names)
    rest = (RIGHT - LEFT - FIRST) / (len(table.columns) - 1)
    columns = [
        Column(t.render(column.title), rest if at else FIRST, amount=at > 0) for at, column in enumerate(table.columns)
    ]
    lines = [_cells(table, row, t) for row in table.rows]
    sheet.table(
        columns, lines, _cells(table, table.total, t) if table.total else (), size=8.0 if len(columns) < 8 else 7.0
    )


def _bar(table: Table, row: Sequence[Cell], t: Texts) -> tuple[str, list[int], str]:
    """Name, parts and the value after the bar; a percentage is drawn in tenths, a negative part has no length."""
    values = [row[at] for at in table.bars]
    unit = table.columns[table.bars[0]].unit
    parts = [
        max(0, int(v * 10 if isinstance(v, Decimal) else v)) if isinstance(v, (int, Decimal)) else 0 for v in values
    ]
    whole = values[0] if len(values) == 1 else sum(v for v in values if isinstance(v, int))
    return written(t, row[0], table.columns[0].unit), parts, written(t, whole, unit)


def _cells(table: Table, row: Sequence[Cell], t: Texts) -> list[str]:
    return [written(t, value, column.unit) for value, column in zip(row, table.columns, strict=True)]
