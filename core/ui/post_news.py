"""A line that appears by itself when something came: it reads one small count every few seconds and moves nothing on the screen.

Only its own fragment is drawn again, so nothing typed elsewhere is touched; the page is drawn again when the person asks.
"""

from __future__ import annotations

import streamlit as st

from core.services import inbox
from core.services.context import Ctx
from core.ui import session

EVERY = 8  # seconds


def show(ctx: Ctx, case_id: int | None = None) -> None:
    """Watch for what comes after this drawing, for a case or for all."""
    _watch(inbox.last_seen(ctx), case_id)


@st.fragment(run_every=EVERY)
def _watch(seen: int, case_id: int | None) -> None:
    with session.part("Post") as (ctx, t):
        count = inbox.arrived(ctx, seen, case_id)
        if not count:
            return
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="post_news"):
            words = t.n("{n} message has just come.", "{n} messages have just come.", count)
            where = t("On this case.") if case_id else t("On the cases of the queue.")
            st.markdown(f":blue[:material/mark_email_unread: **{words}** {where}]", width="stretch")
            st.button(t("Show it"), key="post_news_show", type="primary", on_click=session.whole_page)
