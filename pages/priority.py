"""Priority: what makes a case come first, what other weights would change, who set what aside. Computes no points."""

import streamlit as st

from core.services import priority
from core.ui import queue_aside, queue_weights, session

with session.page("Priority") as (ctx, t):
    st.markdown(t("The queue is ordered by points; each case of the queue says which of these factors gave them."))
    shown = priority.weights(ctx)
    queue_weights.show(ctx, t, shown)
    queue_weights.history(ctx, t, shown)
    queue_aside.show(ctx, t)
