"""The scenario of a case: what was done, what comes next and when, a pause with its reason and end. Judges no step."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import scenario_case
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.scenario_case import CaseLine
from core.ui import fields, problems, session
from core.ui.reminders_place import state, template
from core.ui.session import sentence
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """One block under the case."""
    line = scenario_case.case_line(ctx, file.head.id)
    st.subheader(t("Scenario"), anchor=False)
    with st.container(border=True, key="case_scenario", gap="xsmall"):
        st.markdown(f"**{plain(line.choice.scenario.label.of(t.lang))}** — {sentence(t, line.choice.why)}")
        _next(t, line)
        _done(t, line)
        if line.paused_until:
            _resume(ctx, t, file.head.id, line)
        elif file.head.status == "open":
            _pause(ctx, t, file.head.id, line)


def _next(t: Texts, line: CaseLine) -> None:
    found, why = line.next, sentence(t, line.next.why)
    what = plain(template(t, found.step.template)) if found.step else ""
    if found.due:
        st.markdown(f":material/send: {t('Due today:')} **{what}** — {why}")
    elif found.code == "later" and found.on:
        st.markdown(f":material/event: {t('Next, on {day}:', day=t.date(found.on))} **{what}** — {why}")
    else:
        after = f" ({t('possible from {day}', day=t.date(found.on))})" if found.on else ""
        held = f" {t('Then:')} {what}." if what else ""
        st.markdown(f":material/front_hand: {why}{after}{held}")


def _done(t: Texts, line: CaseLine) -> None:
    """The steps so far, each with its day and what it became."""
    for row in line.done:
        day = t.date(row.done_on or row.planned_on)
        st.caption(f"{row.level % 100} · {plain(template(t, row.template))} · {day} · {state(t, row.state)}")


def _pause(ctx: Ctx, t: Texts, case_id: int, line: CaseLine) -> None:
    label = {"until": t("Until"), "reason": t("Reason")}
    with st.popover(t("Pause, or leave out"), icon=":material/pause:", key="scenario_pause"):
        until = fields.day(label["until"], f"pause_until_{case_id}", help=t("Left empty: left out for good."))
        reason = st.text_input(label["reason"], key=f"pause_reason_{case_id}")
        if st.button(t("Pause the scenario"), key="pause_do", type="primary", disabled=not ctx.may(Right.WORK)):
            with problems.told(t, label):
                scenario_case.pause(ctx, case_id, until, reason, line.row_version)
                session.say(t("The scenario of this case is paused."))
                st.rerun()


def _resume(ctx: Ctx, t: Texts, case_id: int, line: CaseLine) -> None:
    st.caption(t("Reason: {reason}", reason=plain(line.reason)))
    if st.button(
        t("Take it up again"), key="scenario_resume", icon=":material/play_arrow:", disabled=not ctx.may(Right.WORK)
    ):
        with problems.told(t):
            scenario_case.resume(ctx, case_id, line.row_version)
            session.say(t("The case follows its scenario again."))
            st.rerun()
