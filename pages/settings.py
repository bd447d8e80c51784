"""Settings: the agency file of R.124-2, contact policy, e-mail and SMS, one's own name, team, data and its safety. Collects nothing."""

import streamlit as st

from core.ui import access_views, agency_form, channel_form, contact_policy_form, my_name, session, store_care, team_tab

with session.page("Settings") as (ctx, t):
    agency, contact, post, me, people, data = st.tabs(
        [t("Our agency"), t("Contact policy"), t("E-mail and SMS"), t("My name"), t("Team"), t("Data and safety")],
        key="settings_tabs",
    )
    with agency:
        agency_form.show(ctx, t)
    with contact:
        contact_policy_form.show(ctx, t)
    with post:
        channel_form.show(ctx, t)
    with me:
        my_name.show(ctx, t)
    with people:
        team_tab.show(ctx, t)
    with data:
        store_care.show(ctx, t)
        access_views.show(ctx, t)
