"""The rules of assignment on a screen: the list in its order, each edited in its place, moved up or removed. Proposes nothing itself."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import assignment, cases, team
from core.services.assignment import Rule, RulesView
from core.services.context import Ctx
from core.ui import team_rule_form
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The rules, then the form for a lead."""
    view = assignment.rules(ctx)
    people = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS}
    owners = dict(cases.creditor_choices(ctx))
    st.caption(
        t(
            "The first rule that fits a case decides; of its people, the one with the fewest open cases gets it. "
            "An import gives its new cases so; cases already here change hands after a preview only."
        )
    )
    if not view.rules:
        st.info(t("No rule yet. Without a rule, cases are given by hand under “Give cases”."), icon=":material/rule:")
    for number, rule in enumerate(view.rules):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"rule_{number}"):
            st.markdown(f"**{number + 1}. {plain(rule.name)}** · {_said(t, rule, people, owners)}", width="stretch")
            if ctx.may(Right.TEAM):
                _move(ctx, t, view, number)
    if view.version:
        st.caption(
            t("Version {n}, {name}, {day}", n=view.version, name=plain(view.author), day=t.date(view.recorded_at[:10]))
        )
    if ctx.may(Right.TEAM):
        st.subheader(t("Add a rule"), anchor=False)
        team_rule_form.add(ctx, t, view)


def _said(t: Texts, rule: Rule, people: dict[int, str], owners: dict[int, str]) -> str:
    """A rule in one line."""
    words = []
    if rule.creditors:
        words.append(t("creditors: {names}", names=plain(", ".join(owners.get(one, "—") for one in rule.creditors))))
    if rule.postcodes:
        words.append(t("postcodes: {codes}", codes=plain(", ".join(rule.postcodes))))
    if rule.least is not None:
        words.append(t("from {amount}", amount=t.money(rule.least)))
    if rule.most is not None:
        words.append(t("up to {amount}", amount=t.money(rule.most)))
    words.append("→ " + plain(", ".join(people.get(one, t("gone")) for one in rule.people)))
    if rule.cap:
        words.append(t.n("at most {n} open case each", "at most {n} open cases each", rule.cap))
    return " · ".join(words)


def _move(ctx: Ctx, t: Texts, view: RulesView, number: int) -> None:
    """Up one place, or out."""
    rules = list(view.rules)
    with st.popover(t("Edit"), icon=":material/edit:", key=f"rule_edit_{number}"):
        team_rule_form.edit(ctx, t, view, number)
    up = st.button(t("Up"), key=f"rule_up_{number}", icon=":material/arrow_upward:", disabled=number == 0)
    out = st.button(t("Remove"), key=f"rule_out_{number}", icon=":material/delete:")
    if up:
        rules.insert(number - 1, rules.pop(number))
    if out:
        rules.pop(number)
    if up or out:
        team_rule_form.save(ctx, t, rules, view.version, t("The rules are changed."))
