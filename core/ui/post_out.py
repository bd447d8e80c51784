"""The outbox on screen: what is to leave, what perhaps left, what did not, and what a person decides about it. Sends nothing itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import channel_settings, outbox
from core.services.context import Ctx
from core.services.outbox import OutRow
from core.ui import doors, post_words, problems, session
from core.ui.text import plain

TABS = {"ready": ("ready", "sending"), "failed": ("failed", "returned"), "sent": ("sent", "delivered")}


def show(ctx: Ctx, t: Texts) -> None:
    """What asks for a decision first, then a list."""
    if not channel_settings.channel_settings(ctx).real:
        st.info(session.sentence(t, channel_settings.never_leaves().reason), icon=":material/science:")
    doubtful = outbox.doubtful(ctx)
    if doubtful:
        st.warning(
            t.n(
                "{n} message perhaps left: the program stopped before the answer was written down. Look into the mailbox, then decide.",
                "{n} messages perhaps left: the program stopped before the answer was written down. Look into the mailbox, then decide.",
                len(doubtful),
            ),
            icon=":material/help:",
        )
    names = {"ready": t("To leave"), "failed": t("Not sent"), "sent": t("Sent")}
    chosen = st.segmented_control(
        t("Show"),
        list(TABS),
        default="ready",
        required=True,
        key="outbox_tab",
        format_func=lambda c: names[c],
        label_visibility="collapsed",
    )
    shown = {row.id for row in doubtful}
    rows = [*doubtful, *(row for row in outbox.listed(ctx, TABS[chosen or "ready"]) if row.id not in shown)]
    if not rows:
        st.info(t("Nothing here. A message is written on its case, with the button “Write”."), icon=":material/outbox:")
    for row in rows:
        line(ctx, t, row)


def line(ctx: Ctx, t: Texts, row: OutRow, *, on_case: bool = False) -> None:
    """One message: how it stands, why, and the buttons that its state allows."""
    state = outbox.state_of(ctx, row)
    icon = ":material/sms:" if row.channel == "sms" else ":material/mail:"
    with st.container(border=True, gap="xsmall", key=f"out_{row.id}"):
        colour = post_words.COLOURS.get(state, "gray")
        words = (row.subject or row.text or "")[:80]
        st.markdown(f"{icon} :{colour}[**{post_words.state(t, state)}**] · {plain(row.address)} · {plain(words)}")
        why = outbox.why(row)
        if why and state in ("ready", "failed", "doubtful"):
            st.caption(f"{session.sentence(t, why.reason)} {session.sentence(t, why.remedy)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if not on_case:
                doors.link("case", t("Case {ref}", ref=row.case_ref), ":material/folder_open:", id=str(row.case_id))
            _buttons(ctx, t, row, state)


def _buttons(ctx: Ctx, t: Texts, row: OutRow, state: str) -> None:
    if not ctx.may(Right.WORK):
        return
    if state == "doubtful":
        _do(ctx, t, row, "again", t("It did not leave: send it again"), outbox.send_again)
        _do(ctx, t, row, "left", t("It left: mark it as sent"), outbox.mark_as_sent)
    if state == "failed" or (state == "ready" and row.error):
        _do(ctx, t, row, "retry", t("Try again now"), outbox.retry)
    if state in ("ready", "failed", "doubtful"):
        _do(ctx, t, row, "cancel", t("Give it up"), outbox.cancel_message)


def _do(ctx: Ctx, t: Texts, row: OutRow, what: str, label: str, command: Callable[[Ctx, int], None]) -> None:
    if st.button(label, key=f"out_{what}_{row.id}", type="tertiary"):
        with problems.told(t):
            command(ctx, row.id)
            st.rerun(scope="app")
