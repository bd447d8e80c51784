"""Post to sort: what came and names no case, filed by a person in one click; scans dropped here. Guesses nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import cases, inbox
from core.services.context import Ctx
from core.services.inbox import InRow
from core.ui import case_message, post_words, problems, session
from core.ui.text import plain

MOST = 8  # cases offered for one search


def show(ctx: Ctx, t: Texts) -> None:
    """Drop scans, then sort."""
    _drop(ctx, t)
    rows = inbox.unsorted(ctx)
    if not rows:
        st.info(t("Nothing to sort: what came is on its case."), icon=":material/inbox:")
    for row in rows:
        _line(ctx, t, row)


def _drop(ctx: Ctx, t: Texts) -> None:
    token = session.token("scan_unsorted")
    found = st.file_uploader(
        post_words.message(t)["scan"],
        type=["pdf", "png", "jpg", "jpeg"],
        key=f"scan_{token}",
        accept_multiple_files=True,
        max_upload_size=20,
    )
    if found and st.button(
        t("Put them with the post to sort"), key="scan_drop", type="primary", disabled=not ctx.may(Right.WORK)
    ):
        with problems.told(t, post_words.message(t)):
            for number, one in enumerate(found):
                inbox.drop_scan(ctx, one.name, one.getvalue(), f"{token}_{number}")
            session.spend("scan_unsorted")
            st.rerun()


def _line(ctx: Ctx, t: Texts, row: InRow) -> None:
    with st.container(border=True, gap="small", key=f"sort_{row.id}"):
        head = plain(row.subject or post_words.arrival(t, row.kind))
        parts = [f"**{head}**", plain(row.address), post_words.arrival(t, row.kind)]
        st.markdown(f":material/mark_email_unread: {' · '.join(filter(None, parts))}")
        if row.text:
            st.text(row.text[:800])
        with st.container(horizontal=True):
            for one in inbox.documents_of(ctx, row.id)[:6]:
                case_message.file_button(t, one)
        if ctx.may(Right.WORK):
            _choose(ctx, t, row)


def _choose(ctx: Ctx, t: Texts, row: InRow) -> None:
    """Search a case by anything; each one found is one click away."""
    asked = st.text_input(
        t("Its case"),
        key=f"sort_case_{row.id}",
        placeholder=t("Name, case or invoice number, telephone, e-mail…"),
        icon=":material/search:",
    ).strip()
    with st.container(horizontal=True):
        for found in cases.search(ctx, asked)[:MOST] if asked else ():
            if st.button(
                f"{plain(found.debtor)} · {plain(found.ref)}",
                key=f"file_{row.id}_{found.case_id}",
                icon=":material/drive_file_move:",
            ):
                _file(ctx, t, row, found.ref)
        if st.button(t("Concerns no case"), key=f"aside_{row.id}", type="tertiary", icon=":material/archive:"):
            with problems.told(t):
                inbox.put_aside(ctx, row.id)
                session.say(t("Put aside: it stays kept."))
                st.rerun()


def _file(ctx: Ctx, t: Texts, row: InRow, ref: str) -> None:
    with problems.told(t, post_words.message(t)):
        inbox.file_on_case(ctx, row.id, ref)
        session.say(t("Filed on case {ref}, to be answered today.", ref=ref))
        st.rerun()
