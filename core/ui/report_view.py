"""The pieces of the report: key figures with their proof, tables with their charts, files to take away. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from core.documents.figures import written
from core.domain.ageing import BANDS
from core.domain.indicators import Indicator, Unit
from core.domain.messages import Message
from core.domain.reporting import Cell, Column
from core.i18n import Texts
from core.services import reports
from core.services.context import Ctx
from core.services.reports import Report, ReportScope, Table
from core.ui import doors, downloads, first_steps, report_charts
from core.ui.text import plain

# Lines of a table before it scrolls by itself (twelve months and their total), and its height then.
MOST_SHOWN, TALLEST = 13, 520
BESIDE, ABOVE = (
    ("collected", "recovery"),
    ("activity", "compliance", "aged", "reasons"),
)  # charts beside their table, or above a wide one
NAME, AMOUNT, OLDEST = 150, 100, 118
SIGNS = {Unit.PERCENT: ("=", " ÷ "), Unit.THOUSAND: ("= 1000 ×", " ÷ ")}  # before and between the terms of a figure
LISTS = {"creditors": "creditor", "collectors": "collector"}  # tables whose lines open the queue, and its filter


def too_early(ctx: Ctx, t: Texts) -> bool:
    """Without any case every figure is nil: what the report will say, instead."""
    what = t(
        "No case yet, so nothing to report. With the first cases stand here what was collected month by month, the recovery rates, "
        "the activity, the aged balance, by creditor and by collector, and the files to print or to send."
    )
    return first_steps.instead(ctx, t, what, ":material/bar_chart:")


def figures(t: Texts, report: Report) -> None:
    """The key figures as cards, then how each is computed."""
    start, end = report.scope.from_on, report.scope.to_on
    names = [plain(name) for name in (report.creditor, report.collector) if name]
    st.caption(" · ".join([t("From {start} to {end}", start=start, end=end), *names]))
    with st.container(horizontal=True, gap="small", key="report_figures"):
        for figure in report.indicators:
            st.metric(
                t.render(figure.label),
                written(t, figure.value, figure.unit),
                border=True,
                help=plain(t.render(figure.formula)),
                width="content",
                height="stretch",
            )
    with st.expander(t("How is it computed?"), icon=":material/function:"):
        st.markdown("\n".join(_proof(t, figure) for figure in report.indicators))
    with st.container(horizontal=True, key="report_doors"):
        scope = {"creditor": report.scope.creditor_id, "collector": report.scope.collector_id}
        asked = {name: str(number) for name, number in scope.items() if number}
        doors.link("queue", t("The open cases"), ":material/format_list_numbered:", tab="all", **asked)
        doors.link("queue", t("The promises to come"), ":material/handshake:", tab="promises", **asked)


def _proof(t: Texts, figure: Indicator) -> str:
    """One line of the list: the figure, its terms, its formula, what is lacking."""
    equals, terms = SIGNS.get(figure.unit, ("·", " · "))
    shown = terms.join(f"{written(t, term.amount, term.unit)} ({t.render(term.label)})" for term in figure.terms)
    value = f"**{plain(t.render(figure.label))} : {plain(written(t, figure.value, figure.unit))}**"
    lacking = plain(t("Not given: {why}.", why=figure.remark)) if figure.remark else ""
    return f"- {value} " + "  \n  ".join(
        part
        for part in (f"{equals} {plain(shown)}" if shown else "", plain(t.render(figure.formula)) + ".", lacking)
        if part
    )


def tables(t: Texts, report: Report) -> None:
    """The tables with a chart, then those by creditor and by collector."""
    for key in (*BESIDE, *ABOVE):
        _charted(t, report.table(key))
    _listed(t, report.table("creditors"))
    _listed(t, report.table("collectors"))


def _charted(t: Texts, table: Table) -> None:
    _head(t, table)
    if not table.rows:
        st.info(t("Nothing in this scope."), icon=":material/inbox:")
        return
    drawn, listed = st.columns([2, 3], gap="medium") if table.key in BESIDE else (st.container(), st.container())
    with drawn:
        report_charts.bars(t, table)
    with listed:
        _grid(t, table)


def _head(t: Texts, table: Table) -> None:
    st.subheader(t.render(table.title), anchor=False)
    st.caption(plain(t.render(table.note)))


def _listed(t: Texts, table: Table) -> None:
    """A table whose lines open the cases behind them, where the queue can show them."""
    _head(t, table)
    if not table.rows:
        st.info(t("Nothing in this scope."), icon=":material/inbox:")
        return
    event = _grid(t, table, on_select="rerun", selection_mode="single-cell")
    cells = event.selection.cells
    line = int(cells[0][0]) if cells else len(table.ids)
    if line < len(table.ids) and table.ids[line]:  # neither the total nor the cases of nobody
        st.session_state.pop(_key(table), None)
        name = plain(_shown(t, table.rows[line][0], table.columns[0]))
        doors.go("queue", t("Cases of {name}", name=name), tab="all", **{LISTS[table.key]: str(table.ids[line])})


def _key(table: Table) -> str:
    return f"table_{table.key}"


def _grid(t: Texts, table: Table, **more: Any) -> Any:
    lines = [*table.rows, *([table.total] if table.total else [])]
    return st.dataframe(
        [
            {
                str(at): _shown(t, value, column)
                for at, (value, column) in enumerate(zip(row, table.columns, strict=True))
            }
            for row in lines
        ],
        column_config={str(at): _column(t, column, _width(table, at)) for at, column in enumerate(table.columns)},
        key=_key(table),
        hide_index=True,
        placeholder="—",
        row_height=36,
        height=TALLEST if len(lines) > MOST_SHOWN else "content",
        alt=t.render(table.title),
        **more,
    )


def _shown(t: Texts, value: Cell, column: Column) -> Any:
    """The value as its column wants it: euros and percentages as numbers, so that they sort."""
    if isinstance(value, Message):
        return t.render(value)
    if column.unit is Unit.EURO and isinstance(value, int):
        return value / 100
    if isinstance(value, Decimal):
        return float(value / 100)
    return written(t, value, column.unit) if column.unit is Unit.MONTH else value


def _width(table: Table, at: int) -> int | None:
    """In pixels, so that the bands and their total stand in a window of 1280; other tables find their own widths."""
    if table.key != "aged":
        return None
    return NAME if not at else OLDEST if at == len(BANDS) else AMOUNT


def _column(t: Texts, column: Column, width: int | None) -> Any:
    title = t.render(column.title)
    if column.unit is Unit.EURO:
        return st.column_config.NumberColumn(title, format="euro", width=width)
    if column.unit is Unit.PERCENT:
        return st.column_config.NumberColumn(title, format="percent")
    if column.unit in (Unit.MONTH, Unit.TEXT):
        return st.column_config.TextColumn(title, width=width)
    return st.column_config.NumberColumn(title, format="localized")


def files(t: Texts, scope: ReportScope) -> None:
    """The same report to take away, made at the click."""
    words = {
        "xlsx": (t("Spreadsheet (XLSX)"), ":material/table:"),
        "csv": (t("CSV files (ZIP)"), ":material/csv:"),
        "pdf": (t("Printable (PDF)"), ":material/picture_as_pdf:"),
    }
    with st.container(horizontal=True, key="report_files"):
        for form, (ending, media_type) in reports.FORMATS.items():
            label, icon = words[form]
            st.download_button(
                label,
                downloads.later(_made(scope, form)),
                file_name=reports.file_name(t, scope, ending),
                mime=media_type,
                icon=icon,
                key=f"report_{form}",
                on_click="ignore",
            )


def _made(scope: ReportScope, form: str) -> Callable[[Ctx], bytes]:
    return lambda ctx: reports.export(ctx, scope, form).data
