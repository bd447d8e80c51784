"""The scenarios: the steps of one with a lead's form, who follows which, the tone of a reason. Judges no step."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.domain.scenario_choice import TONE
from core.i18n import Texts
from core.services import scenarios
from core.services.context import Ctx
from core.services.scenarios import ScenarioView
from core.ui import scenario_editor, scenario_followed, scenario_tones
from core.ui.reminders_place import anchor, channel, stop, template

CHOSEN = "scenario"


def show(ctx: Ctx, t: Texts) -> None:
    """One scenario chosen, then who follows which, then the tone that a reason calls for."""
    views = {one.scenario.key: one for one in scenarios.catalogue(ctx)}
    asked = st.query_params.get(CHOSEN, "")
    key = st.selectbox(
        t("Scenario"),
        list(views),
        index=list(views).index(asked) if asked in views else 0,
        format_func=lambda one: views[one].scenario.label.of(t.lang),
        key="scenario_chosen",
    )
    view = views[key]
    _facts(t, view)
    _steps(t, view)
    if ctx.may(Right.SETTINGS):
        scenario_editor.show(ctx, t, view)
    else:
        st.caption(t("A lead of the agency may change the steps."))
    scenario_followed.show(ctx, t, {key: one.scenario for key, one in views.items()})
    scenario_tones.show(ctx, t)


def _facts(t: Texts, view: ScenarioView) -> None:
    one = view.scenario
    profile = {
        "consumer": t("consumer"),
        "business": t("business"),
        "landlord": t("landlord's tenant"),
        "public_body": t("public body"),
    }[one.profile]
    tone = t.render(TONE[one.tone])
    version = t("as shipped") if view.shipped else t("version {n}", n=view.version)
    st.caption(
        t(
            "Profile: {profile}; tone: {tone}; {gap} days at least between two steps; {version}.",
            profile=profile,
            tone=tone,
            gap=one.gap,
            version=version,
        )
    )
    st.caption(
        t(
            "Kept back by: {stops}; a case paid or closed has no step.",
            stops=", ".join(stop(t, name) for name in one.stops) or t("nothing"),
        )
    )


def _steps(t: Texts, view: ScenarioView) -> None:
    """The steps as a table, those before an expected payment last."""
    st.dataframe(
        [
            {
                "n": step.level % 100 if step.level < 100 else None,
                "when": t("{n} days · {anchor}", n=f"{step.days:+d}", anchor=anchor(t, step.anchor)),
                "channel": channel(t, step.channel),
                "text": template(t, step.template),
                "auto": t("by itself") if step.automatic else t("to validate"),
            }
            for step in (*view.scenario.steps, *view.scenario.before)
        ],
        key="scenario_steps",
        hide_index=True,
        placeholder="—",
        alt=t("The steps of the scenario in their order"),
        column_config={
            "n": st.column_config.NumberColumn(t("No."), width=50),
            "when": st.column_config.TextColumn(t("When"), width=330),
            "channel": st.column_config.TextColumn(t("Channel"), width=130),
            "text": st.column_config.TextColumn(t("Text"), width=210),
            "auto": st.column_config.TextColumn(t("Leaves"), width=110),
        },
    )
