"""The pieces of the queue: search, counters, tabs, table. Orders nothing: the read model does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.domain.references import mistyped
from core.i18n import Texts
from core.services import cases, skips
from core.services.cases import Counters, QueueRow, Reason
from core.services.context import Ctx
from core.ui import doors, labels, outcome_labels, queue_place, queue_why, session
from core.ui.text import plain

SEARCH = "q"
LIMITATION = ("debtor", "balance", "limitation", "state", "next", "on", "creditor", "ref", "last")
WHY = "why"  # the column that explains
SHOWN = (
    "debtor",
    "balance",
    WHY,
    "state",
    "next",
    "on",
    "late",
    "points",
    "creditor",
    "ref",
    "limitation",
    "last",
    "reach",
)
MOST_SHOWN, TALLEST = 18, 720  # lines before the table scrolls by itself, and its height then, in pixels


def search_box(t: Texts) -> str:
    """The typed search, kept in the address."""
    return st.text_input(
        t("Search"),
        key=SEARCH,
        type="search",
        bind="query-params",
        icon=":material/search:",
        label_visibility="collapsed",
        placeholder=t("Name, case or invoice number, telephone, e-mail…"),
    ).strip()


def results(ctx: Ctx, t: Texts, text: str) -> None:
    """The cases found."""
    rows = cases.search(ctx, text)
    if not rows:
        words = t(
            "Nothing found for “{text}”. Try part of the name, without the first name, or the invoice number.",
            text=plain(text),
        )
        if mistyped(text):
            words += " " + t(
                "If this is a case reference, one of its characters is wrong: its last two digits do not match."
            )
        st.info(words, icon=":material/search_off:")
        return
    st.caption(t.n("{n} case found", "{n} cases found", len(rows)))
    table(ctx, t, rows, key="search_table")


def counters(t: Texts, count: Counters) -> None:
    """The day at a glance."""
    with st.container(horizontal=True, gap="small", key="figures_day"):
        _figure(
            t("To do now"), t.number(count.todo), t("Open cases, not held, whose next action is due today or before.")
        )
        _figure(t("Late"), t.number(count.late), t("Of these, the next action was due before today."))
        _figure(
            t("Promises due today"),
            t.number(count.promised_today),
            t("Payments promised for today: look at the bank first."),
        )
        _figure(t("Replies"), t.number(count.replies), t("Debtors who wrote and whom nobody answered yet."))
        _figure(
            t("Held"),
            t.number(count.held),
            t("Stopped by a dispute, an insolvency, a promise… The case says why and until when."),
        )
        _figure(
            t("Owed in open cases"),
            t.money(count.balance),
            t("Principal and other sums on the ledger. The interest that runs is in the statement of each case."),
        )
    lost(t, count)


def lost(t: Texts, count: Counters) -> None:
    """Open cases without a next action: an error the day begins with."""
    if count.lost:
        st.warning(
            t.n(
                "{n} open case has no next action: it comes first.",
                "{n} open cases have no next action: they come first.",
                count.lost,
            ),
            icon=":material/warning:",
        )


def _figure(label: str, value: str, meaning: str) -> None:
    st.metric(label, value, border=True, help=meaning, width="content", height="stretch")


def put_right(t: Texts, count: Counters) -> None:
    """One click gives each of those cases what comes next."""
    if count.lost:
        st.button(
            t("Give them their next action"), key="put_right", icon=":material/build:", type="primary", on_click=_put_right,
            help=t("Their first letter when it has not left, otherwise a call; to check and close when nothing is owed. Due today."),
        )  # fmt: skip


def _put_right() -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        done = skips.put_right(ctx, session.token("put_right"))
        session.spend("put_right")
        session.say(t.n("{n} case has its next action.", "{n} cases have their next action.", done))


def table(
    ctx: Ctx, t: Texts, rows: Sequence[QueueRow], key: str, why: Mapping[int, tuple[Reason, ...]] | None = None
) -> None:
    """The cases; a click on a line opens it, on why it comes first explains it."""
    if not rows:
        st.info(t("No case here. Choose another tab above."), icon=":material/inbox:")
        return
    with st.container(horizontal=True, gap="small"):
        _first(t, rows[0], key, explained=why is not None)
    event = st.dataframe(
        [_line(ctx, t, row, (why or {}).get(row.case_id, ())) for row in rows],
        column_config=_columns(t),
        column_order=_order(key, explained=why is not None),
        key=key,
        height=TALLEST if len(rows) > MOST_SHOWN else "auto",
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
        row_height=38,
        alt=t("The cases of this tab, one a line"),
    )
    cells = event.selection.cells
    if cells and cells[0][1] == WHY:
        st.session_state.pop(key, None)
        queue_why.pick(rows[int(cells[0][0])].case_id)
        st.rerun()
    chosen = st.session_state.pop("open_case", None) or (rows[int(cells[0][0])].case_id if cells else None)
    if chosen:
        st.session_state.pop(key, None)
        place = queue_place.address() if key == "queue_table" else {}
        doors.go("case", t("Case {n}", n=chosen), id=str(chosen), **place)


def _order(key: str, *, explained: bool) -> tuple[str, ...] | None:
    if queue_place.place() == "limitation" and key == "queue_table":
        return LIMITATION
    return SHOWN if explained else tuple(name for name in SHOWN if name not in (WHY, "points"))


def _first(t: Texts, row: QueueRow, key: str, *, explained: bool) -> None:
    """To the first case, or to why it is the first."""
    if explained:
        st.button(
            t("Why first?"), key=f"{key}_why", icon=":material/help:", on_click=queue_why.pick, args=(row.case_id,)
        )
    st.button(
        t("Open the first case"),
        key=f"{key}_first",
        icon=":material/play_arrow:",
        type="primary",
        shortcut="Alt+O",
        on_click=_remember,
        args=(row.case_id,),
    )


def _columns(t: Texts) -> dict[str, Any]:
    """Headings and widths in pixels: the first six, about 970 together, fill a window of 1280; the others are a scroll away."""
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    return {
        "debtor": text(t("Debtor"), width=165),
        "balance": number(t("Balance"), format="euro", width=100),
        "late": number(t("Late (d)"), width=75, help=t("Days since the oldest unpaid due date.")),
        "state": text(t("State"), width=150),
        WHY: text(
            t("Why first"), width=245, help=t("Click to read each factor with its points, or to set the case aside.")
        ),
        "points": number(t("Points"), width=70),
        "reach": text(t("Reach"), width=120, help=t("The ways to the debtor that hold.")),
        "next": text(t("Next action"), width=185),
        "on": st.column_config.DateColumn(t("For"), format="DD/MM/YYYY", width=95),
        "creditor": text(t("Creditor"), width=150),
        "ref": text(t("Case"), width=105),
        "limitation": st.column_config.DateColumn(t("Last day to sue"), format="DD/MM/YYYY", width=150),
        "last": text(t("Last contact"), width=180),
    }


def _remember(case_id: int) -> None:
    st.session_state["open_case"] = case_id


def _line(ctx: Ctx, t: Texts, row: QueueRow, why: tuple[Reason, ...]) -> dict[str, object]:
    late = (ctx.today - dt.date.fromisoformat(row.oldest_due_on)).days if row.oldest_due_on else None
    contact = f"{t.date(row.last_on)} · {outcome_labels.result(t, row.last_result or '')}" if row.last_on else ""
    return {
        "debtor": row.debtor,
        "balance": row.balance / 100,
        "late": late if late and late > 0 else None,
        "state": state(t, ctx, row),
        "next": outcome_labels.action(t, row.next_kind or ""),
        "on": dt.date.fromisoformat(row.next_on) if row.next_on else None,
        "creditor": row.creditor,
        "ref": row.ref,
        "limitation": dt.date.fromisoformat(row.limitation_on) if row.limitation_on else None,
        "last": contact,
        "reach": _reach(t, row.reach),
        "points": row.priority,
        WHY: queue_why.short(t, why),
    }


def _reach(t: Texts, bits: int) -> str:
    """The ways to a debtor that hold, in words."""
    words = (t("telephone"), t("e-mail"), t("post"))
    return ", ".join(word for at, word in enumerate(words) if bits & (1 << at)) or t("none")


def state(t: Texts, ctx: Ctx, row: QueueRow) -> str:
    """Where the case stands, in a few words."""
    if row.status == "closed":
        return labels.status(t, "closed")
    pressing = _pressing(t, ctx, row)
    if pressing:
        return pressing
    if row.held_kind:
        until = t(" until {day}", day=dt.date.fromisoformat(row.held_until)) if row.held_until else ""
        return t("Held: {why}", why=outcome_labels.hold(t, row.held_kind)) + until
    return _planned(t, ctx, row)


def _pressing(t: Texts, ctx: Ctx, row: QueueRow) -> str:
    """What comes before a stop or a plan, "" when nothing does."""
    if row.limitation_on and row.limitation_on < ctx.day:
        return t("Time-barred, {day}", day=dt.date.fromisoformat(row.limitation_on))
    if row.replies:
        return t("Reply waiting")
    if row.skipped_until and row.skipped_until > ctx.day:
        return t("Set aside until {day}", day=dt.date.fromisoformat(row.skipped_until))
    if row.deadline_on and (row.deadline_on <= ctx.day or queue_place.place() == "deadlines"):
        return t("Deadline on {day}", day=dt.date.fromisoformat(row.deadline_on))
    return ""


def _planned(t: Texts, ctx: Ctx, row: QueueRow) -> str:
    """The same for a case that nothing stops."""
    day = row.next_on
    if not day:
        return t("No next action")
    if row.promise_on == ctx.day:
        return t("Promise due today")
    return t("Late") if day < ctx.day else t("Due today") if day == ctx.day else t("Planned")
