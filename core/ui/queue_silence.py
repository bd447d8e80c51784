"""The silence report above the queue, folded, until it is read. Counts nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import silence
from core.services.cases import Asked
from core.services.context import Ctx
from core.services.silence import Line
from core.ui import doors, queue_place, session


def show(ctx: Ctx, t: Texts) -> None:
    """Nothing when all was done, or when this person has put it away today."""
    if silence.dismissed(ctx):
        return
    found = silence.report(ctx)
    if not found.lines:
        return
    title = t.n(
        "Silence of the morning: {n} thing was not done",
        "Silence of the morning: {n} things were not done",
        len(found.lines),
    )
    with st.expander(title, icon=":material/notifications_off:", key="silence"):
        st.caption(t("What was to be done before today and was not, with its reason, and the oldest case of each."))
        for number, line in enumerate(found.lines):
            _line(t, line, number)
        st.button(t("Read: put away until tomorrow"), key="silence_read", icon=":material/done:", on_click=_read)


def _line(t: Texts, line: Line, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"silence_{number}"):
        st.markdown(session.sentence(t, line.sentence), width="stretch")
        doors.link("case", line.ref, ":material/folder_open:", id=str(line.case_id))
        if line.tab:
            asked = Asked(line.tab, collector=line.collector, state=line.state)
            st.button(
                t("See them"), key=f"silence_see_{number}", type="tertiary", on_click=queue_place.apply, args=(asked,)
            )


def _read() -> None:
    ctx = session.here()
    with session.spoken(ctx):
        silence.dismiss(ctx)
