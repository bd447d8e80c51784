"""Settings: agency file, contact policy, e-mail and SMS, own name, team, results and script, data and safety. Collects nothing."""

import streamlit as st

from core.domain.rights import Right
from core.ui import (
    access_views,
    agency_form,
    channel_form,
    contact_policy_form,
    house_rules_form,
    my_name,
    question_words_form,
    result_codes_form,
    script_form,
    session,
    store_care,
    team_tab,
)

with session.page("Settings") as (ctx, t):
    agency, contact, rules, post, me, people, results, script, data = st.tabs(
        [
            t("Our agency"),
            t("Contact policy"),
            t("Days and limits"),
            t("E-mail and SMS"),
            t("My name"),
            t("Team"),
            t("Results"),
            t("Script and questions"),
            t("Data and safety"),
        ],
        key="settings_tabs",
    )
    with agency:
        agency_form.show(ctx, t)
    with contact:
        contact_policy_form.show(ctx, t)
    with rules:
        if ctx.may(Right.READ):
            house_rules_form.show(ctx, t)
    with post:
        channel_form.show(ctx, t)
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
            question_words_form.show(ctx, t)
    with data:
        store_care.show(ctx, t)
        access_views.show(ctx, t)
