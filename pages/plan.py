"""Payment plan: variants side by side, one in full, kept on a case by a named button. Without a case it only computes."""

import streamlit as st

from core.ui import plan_inputs, plan_view, session

with session.page("Payment plan") as (ctx, t):
    case_id = plan_inputs.case_asked()
    plan_view.about_case(ctx, t, case_id)
    variants = plan_inputs.variants(ctx, t, case_id)
    plan_view.show(ctx, t, variants, case_id)
    st.space("small")
