"""Portfolio: the whole house at a glance, each figure one click from its cases. Changes nothing."""

import streamlit as st

from core.services import overview
from core.ui import first_steps, lives_alerts, overview_aged, overview_figures, session

with session.page("Portfolio") as (ctx, t):
    shown = overview.portfolio(ctx)
    if shown.counters.open or shown.counters.closed:
        overview_figures.counters(t, shown)
        lives_alerts.show(ctx, t)
        overview_figures.money(t, shown.money)
        overview_aged.show(t, shown)
        overview_figures.top(ctx, t, shown)
    else:
        first_steps.show(ctx, t)
    st.space("small")
