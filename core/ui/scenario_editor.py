"""A lead's form over a scenario: steps, reminders before a payment, stops; tried before it is saved, versions, back to shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.domain.scenarios import ANCHORS, Step
from core.i18n import Texts
from core.services import scenario_trial, scenarios
from core.services.context import Ctx
from core.services.scenario_trial import DueCount
from core.services.scenarios import ScenarioView, StepEntry
from core.ui import problems, session
from core.ui.reminders_place import anchor, counted, stop, template
from core.ui.text import plain

LONGEST = 366


@dataclass(frozen=True, slots=True)
class Typed:
    """A scenario as typed."""

    gap: int
    stops: tuple[str, ...]
    steps: tuple[StepEntry, ...]
    before: tuple[StepEntry, ...]


def show(ctx: Ctx, t: Texts, view: ScenarioView) -> None:
    """The form, folded until it is asked for."""
    key = view.scenario.key
    with st.expander(t("Change the steps"), icon=":material/edit:", key=f"edit_{key}"):
        typed = _typed(t, view)
        with problems.told(t):
            _tried(t, scenario_trial.try_out(ctx, key, typed.gap, typed.steps, typed.before, typed.stops))
        with st.container(horizontal=True):
            if st.button(t("Save these steps"), type="primary", key=f"save_{key}"):
                _save(ctx, t, view, typed)
            if not view.shipped and st.button(t("Back to the shipped steps"), key=f"back_{key}"):
                with problems.told(t):
                    scenarios.back_to_shipped(ctx, key, view.version)
                    session.say(t("The shipped steps are in force again."))
                    st.rerun()
        _versions(t, view)


def _save(ctx: Ctx, t: Texts, view: ScenarioView, typed: Typed) -> None:
    with problems.told(t):
        scenarios.save_scenario(
            ctx, view.scenario.key, typed.gap, typed.steps, view.version, before=typed.before, stops=typed.stops
        )
        session.say(t("The scenario is saved as a new version; the next run follows it."))
        st.rerun()


def _typed(t: Texts, view: ScenarioView) -> Typed:
    """The fields: days between two steps, what keeps them back, the two tables."""
    one, form = view.scenario, f"{view.scenario.key}_{view.version}"
    gap = int(st.number_input(t("Days at least between two steps"), 1, LONGEST, one.gap, key=f"gap_{form}", width=260))
    stops = st.multiselect(
        t("Kept back by"),
        scenarios.STOPS,
        default=one.stops,
        format_func=lambda name: stop(t, name),
        key=f"stops_{form}",
        help=t("What the law bars stays barred whatever stands here: the contact gate is asked for each case."),
    )
    st.markdown(f"**{t('The steps, in their order')}**")
    steps = _table(t, f"steps_{form}", one.steps, ANCHORS, t("Days"), t("After"))
    st.markdown(f"**{t('Reminders before an expected payment')}**")
    st.caption(
        t(
            "Once for each payment, on an open day, until the payment's own day; a promise or a plan does not keep them back."
        )
    )
    before = _table(t, f"before_{form}", one.before, scenarios.EVENTS, t("Days before"), t("Before"), sign=-1)
    return Typed(gap, tuple(stops), steps, before)


def _table(
    t: Texts, key: str, steps: tuple[Step, ...], anchors: tuple[str, ...], days: str, of: str, *, sign: int = 1
) -> tuple[StepEntry, ...]:
    """Steps as typed; a line is added at the bottom and taken away by its mark. `sign` -1: days are typed as so many before."""
    names = {anchor(t, code): code for code in anchors}
    ways = {template(t, text): (code, text) for code in scenarios.CHANNELS for text in scenarios.TEMPLATES[code]}
    said = {pair: label for label, pair in ways.items()}
    rows = [
        {
            "days": step.days * sign,
            "anchor": anchor(t, step.anchor),
            "way": said[step.channel, step.template],
            "auto": step.automatic,
        }
        for step in steps
    ]
    typed: list[dict[str, Any]] = st.data_editor(
        rows or [{"days": None, "anchor": None, "way": None, "auto": False}],
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "days": st.column_config.NumberColumn(
                days, min_value=0 if sign < 0 else -LONGEST, max_value=LONGEST, step=1, required=True, width=110
            ),
            "anchor": st.column_config.SelectboxColumn(of, options=list(names), required=True, width=230),
            "way": st.column_config.SelectboxColumn(t("By"), options=list(ways), required=True, width=290),
            "auto": st.column_config.CheckboxColumn(t("By itself"), default=False, width=90),
        },
    )
    whole = [row for row in typed if row.get("days") is not None and row.get("anchor") and row.get("way")]
    return tuple(
        StepEntry(names[row["anchor"]], sign * int(row["days"]), *ways[row["way"]], automatic=bool(row.get("auto")))
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
    st.caption(
        t("Before the contact gate, which is asked for each case of a run; without the reminders before a payment.")
    )


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
