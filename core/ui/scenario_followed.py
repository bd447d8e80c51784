"""Which scenario each kind of debtor follows: for all, at a creditor, under a mandate. Judges no step."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.domain.rights import Right
from core.domain.scenario_choice import BY
from core.domain.scenarios import Scenario
from core.i18n import Texts
from core.services import scenario_choice
from core.services.context import Ctx
from core.services.scenario_choice import Place, PlaceChoice
from core.ui import labels, problems, session
from core.ui.session import sentence
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, scenarios: Mapping[str, Scenario]) -> None:
    """The place, then a scenario for each kind of debtor there."""
    st.subheader(t("Who follows which"), anchor=False)
    places = {one.key: one for one in scenario_choice.places(ctx)}
    place = st.selectbox(
        t("Creditor or mandate"),
        list(places),
        format_func=lambda key: _name(t, places[key]),
        key="scenario_place",
        width=520,
    )
    found = scenario_choice.place_choice(ctx, place)
    form = f"{place}_{found.version}"
    with st.form(f"scenario_choice_{form}", border=False):
        left, right = st.columns(2)
        chosen = {
            kind: _kind((left, right)[at % 2], t, kind, scenarios, found, form)
            for at, kind in enumerate(scenario_choice.DEBTORS)
        }
        sent = st.form_submit_button(
            t("Save who follows which"), key=f"choice_save_{place}", disabled=not ctx.may(Right.SETTINGS)
        )
    st.caption(
        t(
            "The mandate of a case counts before its creditor, and the creditor before the choice for all. What was done in a case counts, "
            "whichever scenario it follows next: step 3 comes after step 2."
        )
    )
    if sent:
        with problems.told(t):
            scenario_choice.save_place(ctx, place, chosen, found.version)
            session.say(t("The choice is saved; the next run follows it."))
            st.rerun()


def _name(t: Texts, place: Place) -> str:
    if not place.name:
        return t("All creditors, by default")
    if not place.ref:
        return place.name
    return t("{creditor} — mandate {ref}", creditor=place.name, ref=place.ref)


def _kind(
    where: st.delta_generator.DeltaGenerator,
    t: Texts,
    kind: str,
    scenarios: Mapping[str, Scenario],
    found: PlaceChoice,
    form: str,
) -> str:
    """The scenario of a kind of debtor at a place, nothing where it follows what stands above, and why it follows the one it does."""
    above = t("The usual one") if form.startswith(scenario_choice.AGENCY) else t("As above")
    names = {"": above, **{key: one.label.of(t.lang) for key, one in scenarios.items()}}
    chosen = where.selectbox(
        labels.kind(t, kind),
        list(names),
        index=list(names).index(found.own[kind]),
        format_func=lambda key: names[key],
        key=f"choice_{form}_{kind}",
    )
    followed = found.followed[kind]
    where.caption(f"{plain(names[followed.scenario])} — {sentence(t, BY[followed.by])}")
    return str(chosen)
