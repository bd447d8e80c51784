"""The stop panel of a case, and the lifting of a stop with its reason. Decides no stop."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import holds, stop_words
from core.services.cases import CaseFile, Hold
from core.services.context import Ctx
from core.services.holds import HoldEntry
from core.ui import case_dispute, drafts, fields, problems, session


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Stop a case or one debt."""
    form = f"hold_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    label = {"kind": t("Why it stops"), "debt": t("What it is about"), "until": t("Until"), "reason": t("Reason")}
    with drafts.kept(token, "hold_kind", "hold_until", "hold_debt", "hold_reason"):
        left, right = st.columns(2)
        with left:
            kind = st.selectbox(
                label["kind"], holds.hold_kinds(), key=f"hold_kind_{token}", format_func=lambda k: _kind(t, k)
            )
            until = fields.day(label["until"], f"hold_until_{token}", help=t("Left empty: until someone lifts it."))
        with right:
            debt = case_dispute.which_debt(t, file, f"hold_debt_{token}")
            reason = st.text_input(label["reason"], key=f"hold_reason_{token}")
        st.caption(t("A stop of the whole case replaces the next contacts; looking at it again is planned."))
        sent = st.button(t("Set the stop"), type="primary", key="hold_save", shortcut="Ctrl+Enter")
    if sent:
        with problems.told(t, label):
            holds.open_hold(ctx, HoldEntry(file.head.id, debt, kind, reason, until), token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The stop is set."))
            st.rerun(scope="app")


def _kind(t: Texts, kind: str) -> str:
    """The kind, with the text it rests on."""
    article = stop_words.hold_article(t, kind)
    name = stop_words.hold_kind(t, kind)
    return f"{name} — {article}" if article else name


def lift(ctx: Ctx, t: Texts, hold: Hold) -> None:
    """Lift a stop; that of a dispute goes with its dispute."""
    if hold.dispute_id:
        st.caption(t("ends with its dispute, below"))
        return
    with st.popover(t("Lift"), key=f"lift_{hold.id}"):
        label = {"reason": t("Why it is lifted")}
        reason = st.text_input(label["reason"], key=f"lift_reason_{hold.id}")
        if st.button(t("Lift this stop"), key=f"lift_do_{hold.id}", type="primary"):
            with problems.told(t, label):
                holds.lift_hold(ctx, hold.id, hold.row_version, reason)
                session.say(t("The hold is lifted."))
                st.rerun()
