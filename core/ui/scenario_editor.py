"""A lead's form over the steps of a scenario: typed in a table, tried on the portfolio before it is saved, versions, back to shipped."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.i18n import Texts
from core.services import scenario_trial, scenarios
from core.services.context import Ctx
from core.services.scenario_trial import DueCount
from core.services.scenarios import ScenarioView, StepEntry
from core.ui import problems, session
from core.ui.reminders_place import anchor, counted, template
from core.ui.text import plain

ANCHORS = ("placement", "due_date", "first_letter", "previous")
LONGEST = 366


def show(ctx: Ctx, t: Texts, view: ScenarioView) -> None:
    """The form, folded until it is asked for."""
    one = view.scenario
    with st.expander(t("Change the steps"), icon=":material/edit:", key=f"edit_{one.key}"):
        gap = int(
            st.number_input(
                t("Days at least between two steps"),
                1,
                LONGEST,
                one.gap,
                key=f"gap_{one.key}_{view.version}",
                width=260,
            )
        )
        entries = _table(t, view)
        with problems.told(t):
            _tried(t, scenario_trial.try_out(ctx, one.key, gap, entries))
        with st.container(horizontal=True):
            if st.button(t("Save these steps"), type="primary", key=f"save_{one.key}"):
                with problems.told(t):
                    scenarios.save_scenario(ctx, one.key, gap, entries, view.version)
                    session.say(t("The scenario is saved as a new version; the next run follows it."))
                    st.rerun()
            if not view.shipped and st.button(t("Back to the shipped steps"), key=f"back_{one.key}"):
                with problems.told(t):
                    scenarios.back_to_shipped(ctx, one.key, view.version)
                    session.say(t("The shipped steps are in force again."))
                    st.rerun()
        _versions(t, view)


def _table(t: Texts, view: ScenarioView) -> tuple[StepEntry, ...]:
    """The steps as typed; a line is added at the bottom and taken away by its mark."""
    names = {anchor(t, code): code for code in ANCHORS}
    ways = {template(t, text): (code, text) for code in scenarios.CHANNELS for text in scenarios.TEMPLATES[code]}
    said = {pair: label for label, pair in ways.items()}
    rows = [
        {
            "days": step.days,
            "anchor": anchor(t, step.anchor),
            "way": said[step.channel, step.template],
            "auto": step.automatic,
        }
        for step in view.scenario.steps
    ]
    typed: list[dict[str, Any]] = st.data_editor(
        rows,
        key=f"steps_{view.scenario.key}_{view.version}",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "days": st.column_config.NumberColumn(
                t("Days"), min_value=-LONGEST, max_value=LONGEST, step=1, required=True, width=70
            ),
            "anchor": st.column_config.SelectboxColumn(t("After"), options=list(names), required=True, width=230),
            "way": st.column_config.SelectboxColumn(t("By"), options=list(ways), required=True, width=290),
            "auto": st.column_config.CheckboxColumn(t("By itself"), default=False, width=90),
        },
    )
    whole = [row for row in typed if row.get("days") is not None and row.get("anchor") and row.get("way")]
    return tuple(
        StepEntry(names[row["anchor"]], int(row["days"]), *ways[row["way"]], automatic=bool(row.get("auto")))
        for row in whole
    )


def _tried(t: Texts, counts: tuple[DueCount, ...]) -> None:
    """What these steps would have due today on the portfolio as it is."""
    free: dict[str, int] = {}
    for one in counts:
        if not one.bar:
            free[one.channel] = free.get(one.channel, 0) + one.cases
    kept = sum(one.cases for one in counts if one.bar)
    st.markdown(f"**{t('With these steps, due today:')}** {counted(t, free) or t('nothing')}.")
    if kept:
        st.caption(t.n("{n} more is kept back by its case.", "{n} more are kept back by their cases.", kept))
    st.caption(t("Before the contact gate, which is asked for each case of a run."))


def _versions(t: Texts, view: ScenarioView) -> None:
    for one in view.versions:
        what = t("back to the shipped steps") if one.content == scenarios.SHIPPED else t("steps changed")
        st.caption(
            t(
                "Version {n}, {day}, by {who}: {what}.",
                n=one.version,
                day=t.date(one.recorded_at[:10]),
                who=plain(one.author),
                what=what,
            )
        )
