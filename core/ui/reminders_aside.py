"""Cases left out of the run on the screen: which, until when, why. Judges none."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import scenario_case
from core.services.context import Ctx
from core.services.reminders import Run
from core.ui import fields, problems, session


def show(ctx: Ctx, t: Texts, shown: Run) -> None:
    """The lines to choose from, an end, a reason, and the button; folded until it is asked for."""
    label = {"cases": t("Cases to leave out"), "until": t("Until"), "reason": t("Reason")}
    token = session.token("leave_out")
    names = {line.case_id: f"{line.debtor} ({line.ref})" for line in shown.lines}
    with st.expander(t("Leave cases out of this run"), icon=":material/person_off:", key="leave_out"):
        st.caption(
            t(
                "They leave their scenario until the end you give, with your reason in their journal; nothing of them is sent."
            )
        )
        chosen = st.multiselect(
            label["cases"],
            list(names),
            format_func=lambda case: names[case],
            key=f"aside_cases_{token}",
            placeholder=t("Choose one case or several"),
        )
        until = fields.day(label["until"], f"aside_until_{token}", help=t("Left empty: left out for good."))
        reason = st.text_input(label["reason"], key=f"aside_reason_{token}")
        if st.button(t("Leave them out"), key="aside_do", disabled=not (chosen and ctx.may(Right.WORK))):
            with problems.told(t, label):
                count = scenario_case.leave_out(ctx, chosen, until, reason)
                session.spend("leave_out")
                session.say(t.n("{n} case is left out.", "{n} cases are left out.", count))
                st.rerun()
