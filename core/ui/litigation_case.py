"""The proceedings of one case, at the bottom of its page: where each stands, its time limits, the way to open one. Decides nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import proceedings
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.proceedings import File
from core.ui import doors, litigation_open, litigation_words
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The section."""
    st.subheader(t("Litigation"), anchor=False)
    found = proceedings.case_proceedings(ctx, file.head.id)
    for one in found:
        _one(t, one)
    if not found:
        st.caption(t("No proceeding in this case."))
    if file.head.status == "open":
        asked = any(task.kind == "open_litigation" for task in file.tasks)  # the result “JUD” sends here
        with st.expander(t("Open a proceeding"), icon=":material/gavel:", expanded=asked):
            litigation_open.form(ctx, t, file)


def _one(t: Texts, one: File) -> None:
    state = one.state
    with st.container(border=True, gap="xsmall", key=f"proceeding_{one.head.id}"):
        where = (
            litigation_words.outcome(t, state.outcome)
            if state.outcome
            else litigation_words.label(t, state.current.label)
            if state.current
            else ""
        )
        st.markdown(f"**{litigation_words.label(t, state.procedure.label)}** · {plain(where)}")
        for due in state.dues:
            if due.state in ("open", "missed"):
                dates = litigation_words.dates(
                    t, due.counted.legal.isoformat(), due.counted.safe.isoformat(), due.limit.direction
                )
                badge = litigation_words.certainty(t, due.counted.certainty)
                st.markdown(
                    f"{litigation_words.label(t, due.limit.label)} · {litigation_words.standing(t, due)}{badge}  \n"
                    f":gray[{dates} · {plain(due.limit.article)} · {litigation_words.consequence(t, due)}]"
                )
        doors.link("litigation", t("Open the proceeding's file"), ":material/gavel:", id=str(one.head.id))
