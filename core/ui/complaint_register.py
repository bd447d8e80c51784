"""The register of complaints as a page: tabs, lines, the rate per 1,000 contacts, the form. Counts nothing itself."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import complaints
from core.services.context import Ctx
from core.ui import complaint_form


def show(ctx: Ctx, t: Texts) -> None:
    """The page."""
    tab = str(st.session_state.get("cp_tab") or "open")
    at = int(st.session_state.get("cp_page") or 1)
    found = complaints.register(ctx, tab, at)
    count = {name: t.number(n) for name, n in found.counts.items()}
    names = {
        "open": t("To answer ({n})", n=count["open"]),
        "late": t("Late ({n})", n=count["late"]),
        "answered": t("Answered ({n})", n=count["answered"]),
    }
    st.caption(complaints.policy(ctx, t))
    st.segmented_control(
        t("Tab"),
        list(names),
        key="cp_tab",
        default="open",
        required=True,
        format_func=lambda code: names[code],
        label_visibility="collapsed",
    )
    if not found.rows:
        st.info(_empty(t, tab), icon=":material/feedback:")
    for row in found.rows:
        with st.container(border=True, gap="xsmall", key=f"cp_row_{row.id}"):
            complaint_form.line(ctx, t, row, linked=True)
    if found.pages > 1:
        st.pagination(found.pages, key="cp_page")
    _rate(ctx, t)
    if ctx.may(Right.WORK):
        with st.expander(t("Enter a complaint about no case"), icon=":material/add:", key="cp_new"):
            st.caption(
                t("A complaint about a case is entered in that case: its journal tells it, and it may stop the case.")
            )
            complaint_form.entry(ctx, t, None)


def _empty(t: Texts, tab: str) -> str:
    return {
        "late": t("No complaint is late."),
        "answered": t("No complaint was answered yet."),
    }.get(
        tab, t("No complaint waits for an answer. One that arrives is entered at once, even when it seems unfounded.")
    )


def _rate(ctx: Ctx, t: Texts) -> None:
    """Complaints for 1,000 contacts, with the two figures it is made of."""
    st.subheader(t("Complaints for 1,000 contacts"), anchor=False)
    days = complaint_form.days(t, ctx)
    if days is None:
        return
    found = complaints.rate(ctx, *days)
    value = t.fixed(found.per_thousand, 1) if found.per_thousand is not None else "—"
    st.metric(t("For 1,000 contacts"), value, border=True, width="content")
    st.caption(
        t(
            "{complaints} received, {contacts} contacts in the journal, incoming ones included; notes and corrected entries are left out.",
            complaints=t.number(found.complaints),
            contacts=t.number(found.contacts),
        )
    )
