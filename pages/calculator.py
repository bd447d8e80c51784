"""Calculator: interest, allocation, limitation, time limits, due dates of what is typed by hand, each with its why. Writes nothing."""

import streamlit as st

from core.ui import calculator_allocation, calculator_dates, calculator_interest, calculator_limit, session

with session.page("Calculator") as (ctx, t):
    st.caption(t("For a sum or a date typed by hand: nothing is written, and each result says why."))
    names = (t("Interest"), t("Allocation"), t("Limitation"), t("Time limit"), t("Due date"))
    interest, allocation, limitation, limit, due = st.tabs(names)
    with interest:
        calculator_interest.show(ctx, t)
    with allocation:
        calculator_allocation.show(ctx, t)
    with limitation:
        calculator_limit.show(ctx, t)
    with limit:
        calculator_dates.deadline(ctx, t)
    with due:
        calculator_dates.due(ctx, t)
    st.space("small")
