"""Team: who works what, grouped giving with its preview, rules, absences and covers, ends of cases to decide. Computes nothing."""

import streamlit as st

from core.ui import session, team_absences, team_assign, team_closings, team_rules

with session.page("Team") as (ctx, t):
    give, rules, away, ends = st.tabs(
        [t("Give cases"), t("Rules"), t("Absences"), t("Ends to decide")], key="team_tabs", on_change="rerun"
    )
    for tab, screen in ((give, team_assign), (rules, team_rules), (away, team_absences), (ends, team_closings)):
        if tab.open:
            with tab:
                screen.show(ctx, t)
