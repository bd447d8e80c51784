"""The aged balance by creditor, as a chart and as a table; a bar or a line opens its creditor's cases. Sums nothing."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from core.domain.ageing import WORDS
from core.domain.indicators import Unit
from core.i18n import Texts
from core.services import overview
from core.services.overview import NAMES, AgedCreditor, Overview
from core.ui import charts, doors

BARS = 12  # creditors drawn, the smallest together
CHOSEN = "chosen"


def show(t: Texts, shown: Overview) -> None:
    """Chart, then table."""
    st.subheader(t("Aged balance by creditor"), anchor=False)
    if not shown.aged:
        st.info(t("Nothing is owed: the aged balance is empty."), icon=":material/task_alt:")
        return
    st.caption(
        t(
            "Principal still owed, closed cases included, by days late; a debt due today is not late. Click for the cases."
        )
    )
    drawn = overview.fold_small(shown.aged, BARS)
    event: Any = st.altair_chart(
        _chart(t, drawn),
        key="aged_chart",
        on_select="rerun",
        selection_mode=CHOSEN,
        alt=t("Aged balance by creditor, stacked bars; the same figures stand in the table below"),
    )
    picked = event.selection.get(CHOSEN) if event else None
    _open(t, int(picked[0]["key"]) if picked else 0, "aged_chart")
    _table(t, shown)


def _name(t: Texts, row: AgedCreditor) -> str:
    return row.name or t("Other creditors")


def _chart(t: Texts, rows: tuple[AgedCreditor, ...]) -> Any:
    """Stacked bars, the largest creditor on top."""
    values = [
        {
            "key": row.creditor_id,
            "creditor": _name(t, row),
            "band": t.render(WORDS[code]),
            "rank": rank,
            "owed": row.bands[code] / 100,
            "amount": t.money(row.bands[code]),
        }
        for row in rows
        for rank, code in enumerate(NAMES)
        if row.bands[code]
    ]
    bands = [t.render(WORDS[code]) for code in NAMES]
    click = alt.selection_point(name=CHOSEN, fields=["key"], on="click", toggle=False)
    drawing: alt.Chart = (
        alt.Chart(alt.InlineData(values=values), height=alt.Step(30))
        .mark_bar(cursor="pointer")
        .encode(
            y=alt.Y("creditor:N", sort=[_name(t, row) for row in rows], title=None, axis=alt.Axis(labelLimit=170)),
            x=alt.X(
                "owed:Q",
                stack="zero",
                title=None,
                axis=charts.amounts(t, Unit.EURO),
            ),
            color=alt.Color(
                "band:N",
                sort=bands,
                title=None,
                scale=alt.Scale(domain=bands, range=list(charts.ages())),
                legend=charts.legend(),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("creditor:N", title=t("Creditor")),
                alt.Tooltip("band:N", title=t("Late since")),
                alt.Tooltip("amount:N", title=t("Still owed")),
            ],
        )
        .add_params(click)
    )
    return charts.finished(t, drawing)


def _table(t: Texts, shown: Overview) -> None:
    """The same figures, with totals first."""
    rows = (shown.total, *shown.aged)
    lines: list[dict[str, object]] = [
        {"creditor": t("All creditors") if row is shown.total else _name(t, row)}
        | {"total": row.total / 100}
        | {code: row.bands[code] / 100 or None for code in NAMES}
        for row in rows
    ]
    money = st.column_config.NumberColumn
    event = st.dataframe(
        lines,
        column_config={
            "creditor": st.column_config.TextColumn(t("Creditor"), pinned=True, width=150),
            "total": money(t("Total"), format="euro"),
            **{code: money(t.render(WORDS[code]), format="euro") for code in NAMES},
        },
        key="aged_table",
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
        row_height=36,
        alt=t("Aged balance by creditor, one a line, totals first"),
    )
    cells = event.selection.cells
    _open(t, rows[int(cells[0][0])].creditor_id if cells else 0, "aged_table")


def _open(t: Texts, creditor_id: int, key: str) -> None:
    """The cases of a creditor; the totals and the small ones together have no list of their own."""
    if creditor_id:
        st.session_state.pop(key, None)
        doors.go("queue", t("Creditor {n}", n=creditor_id), tab="all", creditor=str(creditor_id))
