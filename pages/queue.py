"""Queue: what to do now, why, and the search. Opens cases, sets some aside."""

import streamlit as st

from core.services import cases
from core.ui import (
    case_neighbours,
    first_steps,
    lives_alerts,
    post_news,
    queue_place,
    queue_saved,
    queue_silence,
    queue_view,
    queue_why,
    session,
)

with session.page("Queue") as (ctx, t):
    case_neighbours.forget()
    post_news.show(ctx)
    found = queue_view.search_box(t)
    if found:
        queue_view.results(ctx, t, found)
    else:
        queue_silence.show(ctx, t)
        with st.container(horizontal=True, gap="small", key="queue_filters"):
            asked = queue_place.asked(ctx, t)
            queue_saved.show(ctx, t, asked)
            queue_place.grouped(ctx, t)
        shown = cases.queue(ctx, asked)
        if shown.counters.open or shown.counters.closed or asked.collector:
            queue_view.counters(t, shown.counters)
            lives_alerts.show(ctx, t)
            queue_view.put_right(t, shown.counters)
            queue_place.tabs(t, shown.counters, asked.tab)
            queue_why.show(ctx, t, shown.rows, shown.why)
            queue_view.table(ctx, t, shown.rows, key="queue_table", why=shown.why)
            queue_place.steps(t, shown)
        else:
            first_steps.show(ctx, t)
    st.space("small")
