"""Queue: what to do now, why, and the search. Opens cases, changes nothing."""

import streamlit as st

from core.services import cases
from core.ui import queue_view, session

with session.page("Queue") as (ctx, t):
    found = queue_view.search_box(t)
    if found:
        queue_view.results(ctx, t, found)
    else:
        creditor = queue_view.creditor_filter(ctx, t)
        tab, page = queue_view.place()
        shown = cases.queue(ctx, tab, creditor, page)
        if shown.counters.open or shown.counters.closed:
            queue_view.counters(t, shown.counters)
            queue_view.tabs(t, shown.counters)
            queue_view.table(ctx, t, shown.rows, key="queue_table")
            queue_view.pages(shown)
        else:
            queue_view.empty_house(ctx, t)
    st.space("small")
