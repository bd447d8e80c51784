"""All proceedings that go on: the counters, then the table with filters or the calendar. Opens and records nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from core.i18n import Texts
from core.services import cases, proceedings
from core.services.context import Ctx
from core.services.proceedings import Filters, Procedure, TrackerRow
from core.ui import doors, first_steps, litigation_calendar

PAGE, VIEW = "p", "view"
HORIZONS = (None, 7, 30, 90)


def asked() -> int:
    """The number of the proceeding in the address, 0 for all of them."""
    text = st.query_params.get("id", "")
    return int(text) if text.isdigit() else 0


def heading(t: Texts) -> None:
    """The title of the list; one proceeding has its own."""
    st.title(t("Litigation"), anchor=False)


def show(ctx: Ctx, t: Texts) -> None:
    """The counters, then the table or the calendar; what will stand here where no proceeding goes on."""
    if not proceedings.any_going(ctx):
        _none(ctx, t)
        return
    routes = proceedings.routes(ctx)
    count = proceedings.deadline_counts(ctx)
    with st.container(horizontal=True, gap="small", key="figures_litigation"):
        _figure(t, t("Overdue"), count.overdue, t("Acts not done whose day to act upon is past."))
        _figure(t, t("Within 7 days"), count.week, t("Acts to do, counted on the day to act upon, today included."))
        _figure(t, t("Within 30 days"), count.month, t("The 30 days hold the 7."))
    views = {"table": t("Table"), "calendar": t("Calendar")}
    asked_view = st.query_params.get(VIEW, "table")
    view = st.segmented_control(
        t("Show"),
        list(views),
        key="litigation_view",
        default=asked_view if asked_view in views else "table",
        required=True,
        format_func=lambda code: views[code],
        on_change=_view,
        label_visibility="collapsed",
    )
    if view == "calendar":
        litigation_calendar.show(ctx, t)
    else:
        _table(ctx, t, routes)


def _view() -> None:
    """The address keeps the view by its code, whatever the language."""
    st.query_params[VIEW] = st.session_state["litigation_view"]


def _figure(t: Texts, name: str, value: int, meaning: str) -> None:
    st.metric(name, t.number(value), border=True, help=meaning, width="content", height="stretch")


def _table(ctx: Ctx, t: Texts, routes: Mapping[str, Procedure]) -> None:
    filters = _filters(ctx, t, routes)
    text = str(st.session_state.get(PAGE) or st.query_params.get(PAGE, "1"))
    found = proceedings.tracker(ctx, filters, int(text) if text.isdigit() else 1)
    if not found.rows:
        st.info(t("No proceeding here: widen the filters above."), icon=":material/filter_alt_off:")
        return
    st.caption(t.n("{n} proceeding goes on", "{n} proceedings go on", found.total))
    event = st.dataframe(
        [_line(t, routes, row) for row in found.rows],
        key="tracker",
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
        row_height=38,
        alt=t("Proceedings that go on, one a line, the nearest time limit first"),
        column_config={
            "limit": st.column_config.TextColumn(t("Next time limit"), width=240),
            "safe": st.column_config.DateColumn(t("Act by"), format="DD/MM/YYYY", width=95),
            "legal": st.column_config.DateColumn(t("Last day"), format="DD/MM/YYYY", width=95),
            "sure": st.column_config.TextColumn(t("Certainty"), width=105),
            "debtor": st.column_config.TextColumn(t("Debtor"), width=175),
            "step": st.column_config.TextColumn(t("Last step"), width=260),
            "creditor": st.column_config.TextColumn(t("Creditor"), width=150),
            "route": st.column_config.TextColumn(t("Route"), width=140),
            "case": st.column_config.TextColumn(t("Case"), width=105),
        },
    )
    if found.pages > 1:
        st.pagination(found.pages, key=PAGE, bind="query-params")
    cells = event.selection.cells
    if cells:
        chosen = found.rows[int(cells[0][0])].proceeding_id
        st.session_state.pop("tracker", None)
        doors.go("litigation", t("Proceeding {n}", n=chosen), id=str(chosen))
    st.caption(t("A click on a line opens the proceeding: articles, consequences, what is possible next."))


def _filters(ctx: Ctx, t: Texts, routes: Mapping[str, Procedure]) -> Filters:
    names = dict(cases.creditor_choices(ctx))
    spans = {days: t("Within {n} days", n=days) if days else t("All time limits") for days in HORIZONS}
    with st.container(horizontal=True, gap="small", key="filters_litigation"):
        creditor = st.selectbox(
            t("Creditor"),
            [None, *names],
            format_func=lambda c: names[c] if c else t("All creditors"),
            key="lit_creditor",
            width=240,
        )
        route = st.selectbox(
            t("Route"),
            ["", *routes],
            format_func=lambda r: routes[r].label.of(t.lang) if r else t("All routes"),
            key="lit_route",
            width=240,
        )
        days = st.selectbox(t("Horizon"), HORIZONS, format_func=lambda d: spans[d], key="lit_horizon", width=200)
    return Filters(creditor, route, days)


def _none(ctx: Ctx, t: Texts) -> None:
    """Counters, filters and calendar come with the first proceeding."""
    what = t(
        "No proceeding goes on. One is opened from a case, at the bottom of its page, with the creditor's dated instruction; "
        "its time limits then stand here, with their article and what happens when they are missed."
    )
    if not first_steps.instead(ctx, t, what, ":material/gavel:"):
        st.info(what, icon=":material/gavel:")
        doors.link("queue", t("Go to the queue"), ":material/format_list_numbered:")


def _line(t: Texts, routes: Mapping[str, Procedure], row: TrackerRow) -> dict[str, object]:
    limit = proceedings.limit_of(row.route, row.key or "")
    step = proceedings.step_of(row.route, row.step)
    sure = {"S": t("to be confirmed"), "U": t("to be confirmed")}.get(row.certainty or "", "")
    return {
        "safe": dt.date.fromisoformat(row.safe_on) if row.safe_on else None,
        "debtor": row.debtor,
        "limit": limit.label.of(t.lang) if limit else t("No time limit runs"),
        "legal": dt.date.fromisoformat(row.legal_on) if row.legal_on else None,
        "sure": sure or None,
        "step": step.label.of(t.lang) if step else "",
        "creditor": row.creditor,
        "route": routes[row.route].label.of(t.lang),
        "case": row.case_ref,
    }
