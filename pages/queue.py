"""Queue: what to do now, why, and the search. Opens cases, changes nothing."""

import streamlit as st

from core.services import cases
from core.ui import case_neighbours, first_steps, queue_place, queue_view, session

with session.page("Queue") as (ctx, t):
    case_neighbours.forget()
    found = queue_view.search_box(t)
    if found:
        queue_view.results(ctx, t, found)
    else:
        creditor, collector = queue_place.filters(ctx, t)
        tab, page = queue_place.place()
        shown = cases.queue(ctx, tab, creditor, page, collector)
        if shown.counters.open or shown.counters.closed or collector:
            queue_view.counters(t, shown.counters)
            queue_place.tabs(t, shown.counters, tab)
            queue_view.table(ctx, t, shown.rows, key="queue_table")
            queue_view.pages(shown)
        else:
            first_steps.show(ctx, t)
    st.space("small")
