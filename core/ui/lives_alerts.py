"""What waits beside the queue: complaints and disputes past their day, ends of cases to decide. Shown to whoever may act on them."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import closures, complaints, dispute_papers
from core.services.context import Ctx
from core.ui import doors


def show(ctx: Ctx, t: Texts) -> None:
    """One line each, with the way there; nothing when nothing waits."""
    late = complaints.late(ctx)
    if late:
        with st.container(horizontal=True, vertical_alignment="center", key="alert_complaints"):
            said = t.n("{n} complaint is past its day.", "{n} complaints are past their day.", late)
            st.markdown(f":red[:material/feedback: {said}]")
            doors.link("complaints", t("To the register"), ":material/arrow_forward:")
    _disputes(ctx, t)
    waiting = closures.waiting(ctx)[1] if ctx.may(Right.DECIDE) else 0
    if waiting:
        with st.container(horizontal=True, vertical_alignment="center", key="alert_closures"):
            said = t.n(
                "{n} case waits for your decision to close it.",
                "{n} cases wait for your decision to close them.",
                waiting,
            )
            st.markdown(f":orange[:material/lock_clock: {said}]")
            doors.link("team", t("To the decisions"), ":material/arrow_forward:")


def _disputes(ctx: Ctx, t: Texts) -> None:
    """Those past their day: to be sent, or to be answered by the creditor."""
    late = dispute_papers.late(ctx)
    if late:
        unsent = sum(clock.state == "to_send" for _, clock in late)
        with st.container(horizontal=True, vertical_alignment="center", key="alert_disputes"):
            said = t.n("{n} dispute is past its day", "{n} disputes are past their day", len(late))
            parts = (
                t.n("{n} to send to the creditor", "{n} to send to the creditor", unsent) if unsent else "",
                t.n(
                    "{n} that the creditor has not answered",
                    "{n} that the creditor has not answered",
                    len(late) - unsent,
                )
                if len(late) > unsent
                else "",
            )
            st.markdown(f":red[:material/gavel: {said} : {', '.join(part for part in parts if part)}]")
            doors.link("queue", t("To the disputes"), ":material/arrow_forward:", tab="disputes")
