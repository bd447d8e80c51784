"""Messages: the post to sort and the outbox. Files and decides through its panels only."""

import streamlit as st

from core.services import inbox
from core.ui import post_out, post_sort, session

with session.page("Messages") as (ctx, t):
    waiting = inbox.unsorted_count(ctx)
    sort, out = st.tabs([t("Post to sort ({n})", n=waiting), t("Outbox")], key="messages_tabs")
    with sort:
        post_sort.show(ctx, t)
    with out:
        post_out.show(ctx, t)
