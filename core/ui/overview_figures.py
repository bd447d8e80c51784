"""The figures of the portfolio, each with its meaning and the way to its cases, and the top of the queue. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import limitation
from core.services.context import Ctx
from core.services.overview import Money, Overview
from core.ui import doors, outcome_labels, queue_view
from core.ui.text import plain


def counters(t: Texts, shown: Overview) -> None:
    """What waits, with the list behind each figure."""
    count, limits = shown.counters, shown.deadlines
    with st.grid(4, min_column_width=150, gap="small", key="figures_portfolio"):
        _card(t, "todo", t("To do now"), count.todo, t("To do"),
              t("Open cases, not held, whose next action is due today or before."))  # fmt: skip
        _card(t, "late", t("Late"), count.late, t("Late ones first"),
              t("Of these, the next action was due before today."))  # fmt: skip
        _card(t, "promises", t("Promises due today"), count.promised_today, t("Promises"),
              t("Payments promised for today: look at the bank first."))  # fmt: skip
        _card(t, "held", t("Held"), count.held, t("What is held"),
              t("Stopped by a dispute, an insolvency, a promise… The case says why and until when."))  # fmt: skip
        day = t("Time limits of proceedings not met yet, counted on the day to act upon, which leaves a margin.")
        _card(t, "overdue", t("Deadlines overdue"), limits.overdue, t("Deadlines"), day)
        _card(t, "week", t("Deadlines, 7 days"), limits.week, t("Deadlines"), day)
        _card(t, "month", t("Deadlines, 30 days"), limits.month, t("Deadlines"), day)
        near, first = shown.limitation, limitation.alerts()
        law = t("Of the open debts of a case, the first last day to sue. A letter does not interrupt limitation.")
        _card(t, "barred", t("Time-barred"), near.passed, t("Limitation"), law)
        _card(t, "near_third", t("Limitation, {n} days", n=first[2]), near.third, t("Limitation"), law)
        _card(t, "near_second", t("Limitation, {n} days", n=first[1]), near.second, t("Limitation"), law)
        _card(t, "near_first", t("Limitation, {n} days", n=first[0]), near.first, t("Limitation"), law)
        _card(
            t, "open", t("Open cases"), count.open, t("All open cases"), t("Cases that are worked, held ones included.")
        )
    if shown.held:
        kinds = " · ".join(f"{plain(outcome_labels.hold(t, kind))} {t.number(n)}" for kind, n in shown.held)
        st.caption(t("Held because of: {kinds}", kinds=kinds))
    queue_view.lost(t, count)


TABS = {
    "todo": "todo",
    "late": "todo",
    "promises": "promises",
    "held": "held",
    "overdue": "deadlines",
    "week": "deadlines",
    "month": "deadlines",
    "barred": "limitation",
    "near_third": "limitation",
    "near_second": "limitation",
    "near_first": "limitation",
    "open": "all",
}


def _card(t: Texts, code: str, label: str, number: int, way: str, meaning: str) -> None:
    """One figure; the link under it opens the tab of the queue that holds its cases."""
    with st.container(border=True, gap="xsmall", key=f"count_{code}", height="stretch"):
        st.metric(label, t.number(number), help=meaning)
        doors.link("queue", way, ":material/arrow_forward:", tab=TABS[code])


def money(t: Texts, found: Money) -> None:
    """Entrusted, collected, owed."""
    st.subheader(t("Money"), anchor=False)
    with st.container(horizontal=True, gap="small", key="figures_money"):
        _amount(
            t("Placed"),
            t.money(found.placed),
            t("Principal the creditors placed with the agency, since the beginning, closed cases included."),
        )
        _amount(
            t("Collected"),
            t.money(found.collected),
            t(
                "What payments settled, to the agency or to the creditor directly, reversals deducted, closed cases included."
            ),
        )
        _amount(
            t("Owed in open cases"),
            t.money(found.owed),
            t(
                "What open cases still owe on the ledger. The interest that runs is in the statement of each case; "
                "closed cases are left out."
            ),
        )


def _amount(label: str, value: str, meaning: str) -> None:
    st.metric(label, value, border=True, help=meaning, width="content", height="stretch")


def top(ctx: Ctx, t: Texts, shown: Overview) -> None:
    """The most pressing cases."""
    st.subheader(t("First in the queue"), anchor=False)
    if shown.top:
        queue_view.table(ctx, t, shown.top, key="overview_top")
        doors.link("queue", t("The whole queue"), ":material/format_list_numbered:")
    else:
        st.success(t("Nothing is to be done today."), icon=":material/task_alt:")
