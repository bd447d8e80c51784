"""Grouped actions on a screen: the selection, the trial with who changes and who does not and why, the named button, the result."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import grouped
from core.services.cases import QueueRow
from core.services.context import Ctx
from core.services.grouped import Asked, Deed, Line, Outcome
from core.ui import first_steps, grouped_deed, outcome_labels, problems, queue_view, session
from core.ui.session import sentence

AT_ONCE = 10  # lines that stand open
SHOWN = 200  # lines on the screen: a trial counts them all
TRIED, DONE = "grouped_tried", "grouped_done"


def may(ctx: Ctx, t: Texts) -> bool:
    """Whether this person acts on many cases at once, and there are some; says who does, or how to begin, when not."""
    if ctx.may(Right.STEER):
        what = t(
            "No case yet. With the first cases, choose here several of the queue and what to do to all of them; you see what it would do "
            "to each before anything is written."
        )
        return not first_steps.instead(ctx, t, what, ":material/checklist:")
    st.info(t("A lead acts on many cases at once."), icon=":material/lock:")
    return False


def show(ctx: Ctx, t: Texts, asked: Asked) -> None:
    """The last result, the selection, the deed, its trial."""
    _result(t)
    found = grouped.selection(ctx, asked)
    if not found:
        st.info(t("No case here. Choose another tab above, or widen the filters."), icon=":material/filter_alt_off:")
        return
    chosen = _selection(ctx, t, found)
    token = session.token(grouped_deed.FORM)
    deed = grouped_deed.entry(ctx, t, token)
    if st.button(t("See what it would do"), key="grouped_try", icon=":material/preview:"):
        st.session_state.pop(TRIED, None)
        st.session_state.pop(DONE, None)
        with problems.told(t, grouped_deed.labels(t, deed.code)):
            st.session_state[TRIED] = (chosen, grouped.preview(ctx, deed, chosen))
    _tried(ctx, t, deed, chosen, token)


def _selection(ctx: Ctx, t: Texts, found: Sequence[QueueRow]) -> tuple[int, ...]:
    """The lines ticked, or all that the filters keep."""
    event = st.dataframe(
        [_row(ctx, t, one) for one in found[:SHOWN]],
        hide_index=True,
        key="grouped_table",
        height=320,
        placeholder="—",
        on_select="rerun",
        selection_mode="multi-row",
        alt=t("The cases that the filter keeps, one a line"),
        column_config={
            "debtor": st.column_config.TextColumn(t("Debtor"), width=190),
            "balance": st.column_config.NumberColumn(t("Balance"), format="euro", width=110),
            "state": st.column_config.TextColumn(t("State"), width=190),
            "next": st.column_config.TextColumn(t("Next action"), width=290),
            "creditor": st.column_config.TextColumn(t("Creditor"), width=180),
            "ref": st.column_config.TextColumn(t("Case"), width=110),
        },
    )
    rows = event.selection.rows
    if rows:
        st.caption(t.n("{n} case ticked", "{n} cases ticked", len(rows)))
        return tuple(found[row].case_id for row in rows)
    every = t.n(
        "No line ticked: {n} case of the filter is meant.",
        "No line ticked: all {n} cases of the filter are meant.",
        len(found),
    )
    more = t("The most pressing {n} are taken at once; then come the next ones.", n=grouped.MOST)
    st.caption(f"{every} {more}" if len(found) >= grouped.MOST else every)
    return tuple(one.case_id for one in found)


def _row(ctx: Ctx, t: Texts, one: QueueRow) -> dict[str, object]:
    return {
        "debtor": one.debtor,
        "balance": one.balance / 100,
        "state": queue_view.state(t, ctx, one),
        "next": _planned(t, one.next_kind or "", one.next_on or ""),
        "creditor": one.creditor,
        "ref": one.ref,
    }


def _tried(ctx: Ctx, t: Texts, deed: Deed, chosen: tuple[int, ...], token: str) -> None:
    """What the trial found, while it is still about what is asked; then the named button."""
    ids, shown = st.session_state.get(TRIED, ((), None))
    if shown is None:
        return
    if (ids, shown.deed) != (chosen, deed):
        st.caption(t("The cases or what to do to them changed since the preview: look again."))
        return
    st.subheader(t("Preview: nothing is written yet"), anchor=False)
    _outcome(t, shown, done=False)
    words = t.n("Do it on {n} case", "Do it on {n} cases", len(shown.done))
    if st.button(words, type="primary", key="grouped_do", disabled=not shown.done):
        with problems.told(t, grouped_deed.labels(t, deed.code)):
            st.session_state[DONE] = grouped.apply(ctx, shown, token)
            st.session_state.pop(TRIED)
            st.session_state.pop("grouped_table", None)
            session.spend(grouped_deed.FORM)
            st.rerun()


def _result(t: Texts) -> None:
    """What became of the last grouped action, until it is put away."""
    found: Outcome | None = st.session_state.get(DONE)
    if found is None:
        return
    with st.container(border=True, key="grouped_result"):
        st.subheader(t("Done: {what}", what=grouped_deed.name(t, found.deed.code)), anchor=False)
        _outcome(t, found, done=True)
        st.button(t("Put this away"), key="grouped_away", on_click=lambda: st.session_state.pop(DONE, None))


def _outcome(t: Texts, found: Outcome, *, done: bool) -> None:
    """The two counts, why some are left as they are, then case by case."""
    changed, left = len(found.done), len(found.refused)
    if done:
        first = t.n("{n} case changed", "{n} cases changed", changed)
        second = t.n("{n} left as it is", "{n} left as they are", left)
    else:
        first = t.n("{n} case would change", "{n} cases would change", changed)
        second = t.n("{n} would be left as it is", "{n} would be left as they are", left)
    st.markdown(f":material/check_circle: **{first}** · :material/block: **{second}**")
    for why, count in Counter(_why(t, one) for one in found.refused).most_common():
        st.markdown(f"- {t.n('{n} case', '{n} cases', count)} — {why}")
    with st.expander(t("Case by case"), key=f"grouped_each_{done}", expanded=len(found.lines) <= AT_ONCE):
        _lines(t, (*found.done, *found.refused)[:SHOWN], f"grouped_lines_{done}")
        if len(found.lines) > SHOWN:
            st.caption(t("The first {n} are listed; all are counted above.", n=SHOWN))


def _why(t: Texts, line: Line) -> str:
    return f"{sentence(t, line.problem.reason)} {sentence(t, line.problem.remedy)}" if line.problem else ""


def _lines(t: Texts, lines: Sequence[Line], key: str) -> None:
    text = st.column_config.TextColumn
    st.dataframe(
        [_line(t, one) for one in lines],
        hide_index=True,
        key=key,
        placeholder="—",
        alt=t("Each case: what is done to it or why not, its next action before and after"),
        column_config={
            "debtor": text(t("Debtor"), width=170),
            "what": text(t("What is done, or why not"), width=330),
            "before": text(t("Next action before"), width=220),
            "after": text(t("Next action after"), width=220),
            "ref": text(t("Case"), width=110),
        },
    )


def _line(t: Texts, one: Line) -> dict[str, object]:
    return {
        "debtor": one.debtor,
        "what": t("Left as it is: {why}", why=one.problem.reason)
        if one.problem
        else t.render(one.done)
        if one.done
        else "",
        "before": _planned(t, one.before.kind, one.before.on),
        "after": _planned(t, one.after.kind, one.after.on),
        "ref": one.ref,
    }


def _planned(t: Texts, kind: str, on: str) -> str:
    return f"{outcome_labels.action(t, kind)} · {t.date(dt.date.fromisoformat(on))}" if kind and on else ""
