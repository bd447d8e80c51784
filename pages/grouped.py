"""Grouped actions: cases of the queue, what to do to them, the trial, the doing, what became of each. Judges no case."""

import streamlit as st

from core.services import cases
from core.ui import grouped_view, queue_place, queue_saved, session

with session.page("Grouped actions") as (ctx, t):
    if grouped_view.may(ctx, t):
        with st.container(horizontal=True, gap="small", key="queue_filters"):
            asked = queue_place.asked(ctx, t)
            queue_saved.show(ctx, t, asked)
        queue_place.tabs(t, cases.queue(ctx, asked).counters, asked.tab)
        grouped_view.show(ctx, t, asked)
