"""Horizontal and vertical bars of a report's table, in the colours of the theme. Draws what it is given and adds nothing up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import streamlit as st

from core.documents.figures import written
from core.domain.indicators import Unit
from core.domain.reporting import Cell, Table
from core.i18n import Texts
from core.ui import charts

HIGH, STEP = 420, 30  # pixels: upright bars, one lying bar
MOST = 20  # lying bars: beyond, the table tells


def bars(t: Texts, table: Table) -> None:
    """The chart of a table: upright by month, lying by channel or creditor, stacked when several columns are named."""
    upright = table.columns[0].unit is Unit.MONTH
    rows = table.rows if upright else table.rows[:MOST]
    names = [t.render(table.columns[at].title) for at in table.bars]
    points = [point for row in rows for point in _points(t, table, row)]
    where = _line(alt.X if upright else alt.Y)
    amount = _amount(t, table)
    chart = (
        alt.Chart(alt.InlineData(values=points))
        .mark_bar()
        .encode(
            where if upright else amount(alt.X),
            amount(alt.Y) if upright else where,
            tooltip=[
                alt.Tooltip("line:N", title=t.render(table.columns[0].title)),
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("text:N", title=t("Value")),
            ],
            order=alt.Order("rank:Q"),
        )
        .properties(height=HIGH if upright else alt.Step(STEP))
    )
    if len(names) > 1:
        scale = alt.Scale(domain=names, range=list(charts.ages())) if table.key == "aged" else alt.Scale(domain=names)
        chart = chart.encode(color=alt.Color("part:N", sort=names, scale=scale, legend=charts.legend()))
    st.altair_chart(charts.finished(t, chart), key=f"chart_{table.key}", width="stretch")


def _line(channel: Any) -> Any:
    """The axis of the lines, in the table's order, every name written."""
    return channel("line:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=150))


def _points(t: Texts, table: Table, row: tuple[Cell, ...]) -> list[dict[str, Any]]:
    """One point a stacked part, its value in euros, percent or things, and as it is read."""
    line = written(t, row[0], table.columns[0].unit)
    found = []
    for rank, at in enumerate(table.bars):
        value, column = row[at], table.columns[at]
        number = float(value) if isinstance(value, (int, Decimal)) else 0.0
        found.append(
            {
                "line": line,
                "part": t.render(column.title),
                "rank": rank,
                "value": number / 100 if column.unit is Unit.EURO else number,
                "text": written(t, value, column.unit),
            }
        )
    return found


def _amount(t: Texts, table: Table) -> Any:
    """The axis of the values; a percentage starts at zero like the others."""
    unit = table.columns[table.bars[0]].unit
    axis = charts.amounts(t, unit)
    return lambda channel: channel(
        "value:Q", title=None, axis=axis, stack="zero", scale=alt.Scale(nice=True, padding=6)
    )
