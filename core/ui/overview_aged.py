"""The aged balance by creditor, as a chart and as a table; a bar or a line opens its creditor's cases. Sums nothing."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from core.i18n import Texts
from core.services import overview
from core.services.overview import NAMES, AgedCreditor, Overview
from core.ui import doors

BARS = 12  # creditors drawn, the smallest together
CHOSEN = "chosen"
# The colours of the house for charts (.streamlit/config.toml), in order of age, then one for unknown due dates.
PALETTE = {
    "light": ("#1D4E89", "#2D9D6C", "#A8791A", "#C2559F", "#8C2F14", "#10141A", "#8A8478"),
    "dark": ("#7FB2E5", "#3A9A74", "#EBCB6B", "#D564A6", "#C4673F", "#EDEBE6", "#7C838D"),
}


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


def band(t: Texts, code: str) -> str:
    """An age band."""
    return {
        "not_due": t("Not due"),
        "d1_30": t("1-30 days"),
        "d31_60": t("31-60 days"),
        "d61_90": t("61-90 days"),
        "d91_180": t("91-180 days"),
        "over_180": t("> 180 days"),
        "undated": t("No due date"),
    }.get(code, code)


def _name(t: Texts, row: AgedCreditor) -> str:
    return row.name or t("Other creditors")


def _chart(t: Texts, rows: tuple[AgedCreditor, ...]) -> alt.Chart:
    """Stacked bars, the largest creditor on top."""
    dark = st.context.theme.type == "dark"
    values = [
        {
            "key": row.creditor_id,
            "creditor": _name(t, row),
            "band": band(t, code),
            "rank": rank,
            "owed": row.bands[code] / 100,
            "amount": t.money(row.bands[code]),
        }
        for row in rows
        for rank, code in enumerate(NAMES)
        if row.bands[code]
    ]
    bands = [band(t, code) for code in NAMES]
    click = alt.selection_point(name=CHOSEN, fields=["key"], on="click", toggle=False)
    drawing: alt.Chart = (
        alt.Chart(alt.InlineData(values=values), height=alt.Step(30))
        .mark_bar(cursor="pointer")
        .encode(
            y=alt.Y("creditor:N", sort=[_name(t, row) for row in rows], title=None, axis=alt.Axis(labelLimit=120)),
            x=alt.X(
                "owed:Q",
                stack="zero",
                title=None,
                axis=alt.Axis(format="$,.0f", tickCount=4, labelOverlap=True),
            ),
            color=alt.Color(
                "band:N",
                sort=bands,
                title=None,
                scale=alt.Scale(domain=bands, range=list(PALETTE["dark" if dark else "light"])),
                legend=alt.Legend(orient="bottom", columns=2, symbolType="square", labelLimit=140),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("creditor:N", title=t("Creditor")),
                alt.Tooltip("band:N", title=t("Late since")),
                alt.Tooltip("amount:N", title=t("Still owed")),
            ],
        )
        .add_params(click)
        .configure(locale=alt.Locale(number=_numbers(t)))
    )
    return drawing


def _numbers(t: Texts) -> alt.NumberLocale:
    """How the axis writes amounts."""
    if t.lang == "en":
        return alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["€", ""])
    return alt.NumberLocale(decimal=",", thousands="\u202f", grouping=[3], currency=["", "\u202f€"])


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
            "total": money(t("Still owed"), format="euro"),
            **{code: money(band(t, code), format="euro") for code in NAMES},
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
