"""The pieces of the queue: search, counters, tabs, table. Orders nothing: the read model does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from core.i18n import Texts
from core.services import cases
from core.services.cases import Counters, QueuePage, QueueRow
from core.services.context import Ctx
from core.ui import labels, outcome_labels, welcome
from core.ui.text import plain

TAB, PAGE, SEARCH = "tab", "p", "q"


def search_box(t: Texts) -> str:
    """The typed search, kept in the address."""
    return st.text_input(
        t("Search"), key=SEARCH, type="search", bind="query-params", icon=":material/search:", label_visibility="collapsed",
        placeholder=t("Name, case or invoice number, telephone, e-mail…"),
    ).strip()


def results(ctx: Ctx, t: Texts, text: str) -> None:
    """The cases found."""
    rows = cases.search(ctx, text)
    if not rows:
        st.info(t("Nothing found for “{text}”. Try part of the name, without the first name, or the invoice number.", text=plain(text)), icon=":material/search_off:")
        return
    st.caption(t.n("{n} case found", "{n} cases found", len(rows)))
    table(ctx, t, rows, key="search_table")


def creditor_filter(ctx: Ctx, t: Texts) -> int | None:
    """The creditor chosen, or None for all."""
    choices = cases.creditor_choices(ctx)
    if len(choices) < 2:
        return None
    names = dict(choices)
    return st.selectbox(
        t("Creditor"), [None, *names], format_func=lambda c: plain(names[c]) if c else t("All creditors"), key="creditor", bind="query-params",
        label_visibility="collapsed", width=320,
    )


def place(t: Texts) -> tuple[str, int]:
    """Tab and page, from the address."""
    tab = st.session_state.get(TAB) or st.query_params.get(TAB, "todo")
    page = st.session_state.get(PAGE) or st.query_params.get(PAGE, "1")
    return (tab if tab in cases.TABS else "todo"), (int(page) if str(page).isdigit() else 1)


def counters(t: Texts, count: Counters) -> None:
    """The day at a glance."""
    todo, late, promised, held, balance = st.columns(5)
    todo.metric(t("To do now"), t.number(count.todo), border=True, help=t("Open cases, not held, whose next action is due today or before."))
    late.metric(t("Late"), t.number(count.late), border=True, help=t("Of these, the next action was due before today."))
    promised.metric(t("Promises due today"), t.number(count.promised_today), border=True, help=t("Payments promised for today: look at the bank first."))
    held.metric(t("Held"), t.number(count.held), border=True, help=t("Stopped by a dispute, an insolvency, a promise… The case says why and until when."))
    balance.metric(t("Owed in open cases"), t.money(count.balance), border=True, help=t("Principal and other sums on the ledger. Interest is not computed yet."))
    if count.lost:
        st.warning(t.n("{n} open case has no next action: it comes first.", "{n} open cases have no next action: they come first.", count.lost), icon=":material/warning:")


def tabs(t: Texts, count: Counters) -> None:
    """The tabs of the queue, each with its number."""
    names = {
        "todo": t("To do ({n})", n=t.number(count.todo)), "planned": t("Planned ({n})", n=t.number(count.planned)), "promises": t("Promises"),
        "held": t("Held ({n})", n=t.number(count.held)), "all": t("All open ({n})", n=t.number(count.open)),
        "closed": t("Closed ({n})", n=t.number(count.closed)),
    }
    st.segmented_control(
        t("Tab"), list(cases.TABS), key=TAB, default="todo", required=True, format_func=lambda code: names[code], bind="query-params",
        label_visibility="collapsed", on_change=_first_page,
    )


def _first_page() -> None:
    st.session_state.pop(PAGE, None)


def pages(t: Texts, shown: QueuePage) -> None:
    """The pager, when there is more than one page."""
    if shown.pages > 1:
        st.pagination(shown.pages, key=PAGE, bind="query-params")


def table(ctx: Ctx, t: Texts, rows: Sequence[QueueRow], key: str) -> None:
    """The cases; a click anywhere on a line opens it."""
    if not rows:
        st.info(t("No case here. Choose another tab above."), icon=":material/inbox:")
        return
    st.button(t("Open the first case"), key=f"{key}_first", icon=":material/play_arrow:", type="primary", shortcut="Alt+O", on_click=_remember, args=(rows[0].case_id,))
    names = {
        "debtor": t("Debtor"), "creditor": t("Creditor"), "balance": t("Balance"), "late": t("Days late"), "next": t("Next action"), "on": t("For"),
        "last": t("Last contact"), "state": t("Why here"), "ref": t("Case"),
    }
    event = st.dataframe(
        [_line(ctx, t, row) for row in rows],
        key=key, hide_index=True, on_select="rerun", selection_mode="single-cell", row_height=38, alt=t("The cases of this tab, one a line"),
        column_config={
            "debtor": st.column_config.TextColumn(names["debtor"], width="medium"),
            "creditor": st.column_config.TextColumn(names["creditor"], width="medium"),
            "balance": st.column_config.NumberColumn(names["balance"], format="euro", width="small"),
            "late": st.column_config.NumberColumn(names["late"], width="small", help=t("Since the oldest unpaid due date.")),
            "next": st.column_config.TextColumn(names["next"], width="medium"),
            "on": st.column_config.DateColumn(names["on"], format="DD/MM/YYYY", width="small"),
            "last": st.column_config.TextColumn(names["last"], width="medium"),
            "state": st.column_config.TextColumn(names["state"], width="medium"),
            "ref": st.column_config.TextColumn(names["ref"], width="small"),
        },
    )
    cells = event.selection.cells
    chosen = st.session_state.pop("open_case", None) or (rows[int(cells[0][0])].case_id if cells else None)
    if chosen:
        st.session_state.pop(key, None)
        st.switch_page("pages/case.py", query_params={"id": str(chosen)})


def _remember(case_id: int) -> None:
    st.session_state["open_case"] = case_id


def _line(ctx: Ctx, t: Texts, row: QueueRow) -> dict[str, object]:
    late = (ctx.today - dt.date.fromisoformat(row.oldest_due_on)).days if row.oldest_due_on else None
    contact = f"{t.date(row.last_on)} · {outcome_labels.result(t, row.last_result or '')}" if row.last_on else ""
    return {
        "debtor": row.debtor, "creditor": row.creditor, "balance": row.balance / 100, "late": late if late and late > 0 else None,
        "next": outcome_labels.action(t, row.next_kind or ""), "on": dt.date.fromisoformat(row.next_on) if row.next_on else None,
        "last": contact, "state": state(t, ctx, row), "ref": row.ref,
    }


def state(t: Texts, ctx: Ctx, row: QueueRow) -> str:
    """Why the case stands where it stands, in a few words."""
    if row.status == "closed":
        return labels.status(t, "closed")
    if row.held_kind:
        until = t(" until {day}", day=dt.date.fromisoformat(row.held_until)) if row.held_until else ""
        return t("Held: {why}", why=outcome_labels.hold(t, row.held_kind)) + until
    if not row.next_on:
        return t("No next action")
    if row.promise_on == ctx.day:
        return t("Promise due today")
    return t("Late") if row.next_on < ctx.day else t("Due today") if row.next_on == ctx.day else t("Planned")


def empty_house(ctx: Ctx, t: Texts) -> None:
    """A new agency: where to begin."""
    st.markdown(t("No case yet. Three ways to begin:"))
    one, two, three = st.columns(3, border=True)
    one.markdown(f"**{t('Import a file')}**")
    one.markdown(t("Unpaid invoices from a creditor: spreadsheet, accounting export (FEC) or electronic invoice. You see everything before it enters."))
    one.page_link("pages/import_file.py", label=t("Import a file"), icon=":material/upload_file:")
    two.markdown(f"**{t('Type a case')}**")
    two.markdown(t("One debtor, one or more debts, in two minutes."))
    two.page_link("pages/new_case.py", label=t("New case"), icon=":material/note_add:")
    three.markdown(f"**{t('Look around first')}**")
    three.markdown(t("An invented agency, in a separate file, to try everything without risk."))
    if ctx.space == "agency" and three.button(t("Discover with the demonstration agency"), icon=":material/science:", key="discover"):
        welcome.discover(ctx, t)
