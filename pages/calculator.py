"""Calculator: interest, time limits, due dates of what is typed by hand, each with its why. Needs no case and writes nothing."""

import streamlit as st

from core.ui import calculator_dates, calculator_interest, session

with session.page("Calculator") as (ctx, t):
    st.caption(t("For a sum or a date typed by hand: nothing is written, and each result says why."))
    interest, limit, due = st.tabs([t("Interest"), t("Time limit"), t("Due date")])
    with interest:
        calculator_interest.show(ctx, t)
    with limit:
        calculator_dates.deadline(ctx, t)
    with due:
        calculator_dates.due(ctx, t)
    st.space("small")
