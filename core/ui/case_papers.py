"""The clock of a dispute and its documents as a checklist: asked, received, kept. Settles nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, dispute_papers, stop_words
from core.services.context import Ctx
from core.services.dispute_papers import Paper
from core.services.disputes import Dispute
from core.ui import downloads, fields, problems, question_words, session
from core.ui.text import plain

TYPES = ["pdf", "png", "jpg", "jpeg"]


def show(ctx: Ctx, t: Texts, dispute: Dispute) -> None:
    """Who answers and by when, then the documents."""
    sentence, late = question_words.clock(t, dispute_papers.clock(ctx, dispute))
    who = stop_words.department(t, dispute.department) if dispute.department else ""
    words = [plain(t("Answered by: {who}", who=who))] if who else []
    words += [f":red[{plain(sentence)}]" if late else plain(sentence)] if sentence else []
    if dispute.credit_entry_id:
        words.append(plain(t("Credit note received")))
    if words:
        st.markdown(" · ".join(words))
    papers = dispute_papers.papers_of(ctx, dispute.id)
    for paper in papers:
        _paper(ctx, t, dispute, paper)
    if not dispute.closed_on and ctx.may(Right.WORK):
        left = [kind for kind in dispute_papers.paper_kinds() if kind not in {one.kind for one in papers}]
        with st.popover(
            t("Ask for documents"), key=f"papers_{dispute.id}", icon=":material/playlist_add:", type="tertiary"
        ):
            _more(ctx, t, dispute, left)


def _paper(ctx: Ctx, t: Texts, dispute: Dispute, paper: Paper) -> None:
    name = plain(stop_words.paper(t, paper.kind))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"paper_{paper.id}"):
        if paper.received_on:
            came = t("received on {day}", day=t.date(paper.received_on))
            st.markdown(f":green[:material/check_box:] {name} · {came}")
        else:
            asked = t("asked for on {day}", day=t.date(paper.asked_on))
            st.markdown(f":material/check_box_outline_blank: {name} · {asked}")
        document = paper.document_id
        if document:
            file_name = paper.title or name
            st.download_button(
                t("Open"), downloads.later(lambda mine: creditors.document_bytes(mine, document)[0]), file_name=file_name,
                mime="application/octet-stream", key=f"paper_file_{paper.id}", icon=":material/attach_file:", type="tertiary",
                on_click="ignore",
            )  # fmt: skip
        if not paper.received_on and not dispute.closed_on and ctx.may(Right.WORK):
            with st.popover(t("It came"), key=f"paper_in_{paper.id}", type="tertiary"):
                _received(ctx, t, paper)


def _received(ctx: Ctx, t: Texts, paper: Paper) -> None:
    label = {"received_on": t("Received on"), "scan": t("Scan (PDF, PNG or JPEG), if any")}
    on = fields.day(label["received_on"], f"paper_on_{paper.id}", value=ctx.today, latest=ctx.today) or ctx.today
    given = st.file_uploader(label["scan"], type=TYPES, key=f"paper_scan_{paper.id}", max_upload_size=20)
    if st.button(t("Note that it came"), key=f"paper_do_{paper.id}", type="primary"):
        with problems.told(t, label):
            name, data = (given.name, given.getvalue()) if given else ("", None)
            dispute_papers.receive(ctx, paper.id, paper.row_version, on, name, data)
            session.say(t("The document is ticked off."))
            st.rerun()


def _more(ctx: Ctx, t: Texts, dispute: Dispute, left: list[str]) -> None:
    chosen = st.multiselect(
        t("Documents"),
        left,
        format_func=lambda kind: stop_words.paper(t, kind),
        key=f"papers_which_{dispute.id}_{dispute.row_version}_{len(left)}",
    )
    if st.button(t("Ask for them"), key=f"papers_do_{dispute.id}", type="primary", disabled=not chosen):
        with problems.told(t):
            dispute_papers.ask_for(ctx, dispute.id, chosen)
            session.say(t("The documents are on the list of the dispute."))
            st.rerun()
