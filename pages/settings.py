"""Settings: the agency file of R.124-2, one's own name, the team, results and call script, the data and its safety. Collects nothing."""

import streamlit as st

from core.domain.rights import Right
from core.ui import access_views, agency_form, my_name, result_codes_form, script_form, session, store_care, team_tab

with session.page("Settings") as (ctx, t):
    agency, me, people, results, script, data = st.tabs(
        [t("Our agency"), t("My name"), t("Team"), t("Results"), t("Call script"), t("Data and safety")],
        key="settings_tabs",
    )
    with agency:
        agency_form.show(ctx, t)
    with me:
        my_name.show(ctx, t)
    with people:
        team_tab.show(ctx, t)
    with results:
        if ctx.may(Right.READ):
            result_codes_form.show(ctx, t)
    with script:
        if ctx.may(Right.READ):
            script_form.show(ctx, t)
    with data:
        store_care.show(ctx, t)
        access_views.show(ctx, t)
