"""The rules of assignment on a screen: the list in its order, one form to add or change, removal. Proposes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import assignment, cases, team
from core.services.assignment import Rule, RulesView
from core.services.context import Ctx
from core.ui import fields, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The rules, then the form for a lead."""
    view = assignment.rules(ctx)
    people = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS}
    owners = dict(cases.creditor_choices(ctx))
    st.caption(
        t(
            "The first rule that fits a case decides; of its people, the one with the fewest open cases gets it. "
            "Nothing is given without a preview."
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
        _form(ctx, t, view, people, owners)


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
    up = st.button(t("Up"), key=f"rule_up_{number}", icon=":material/arrow_upward:", disabled=number == 0)
    out = st.button(t("Remove"), key=f"rule_out_{number}", icon=":material/delete:")
    if up:
        rules.insert(number - 1, rules.pop(number))
    if out:
        rules.pop(number)
    if up or out:
        _save(ctx, t, rules, view.version, t("The rules are changed."))


def _save(ctx: Ctx, t: Texts, rules: Sequence[Rule], seen: int, said: str) -> None:
    label = {
        "name": t("Name of the rule"),
        "people": t("Given to"),
        "least": t("Balance from"),
        "postcodes": t("Postcodes"),
        "cap": t("At most"),
    }
    with problems.told(t, label):
        assignment.save_rules(ctx, rules, seen)
        session.spend("rule")
        session.say(said)
        st.rerun()


def _form(ctx: Ctx, t: Texts, view: RulesView, people: dict[int, str], owners: dict[int, str]) -> None:
    """One more rule, at the end of the list."""
    token = session.token("rule")
    label = {"least": t("Balance from"), "most": t("Balance up to")}
    st.subheader(t("Add a rule"), anchor=False)
    with st.form("rule_form", border=False):
        name = st.text_input(t("Name of the rule"), key=f"rule_name_{token}", width=420, autocomplete="off")
        creditors = st.multiselect(
            t("Creditors (none: all)"),
            list(owners),
            key=f"rule_creditors_{token}",
            placeholder=t("All"),
            format_func=lambda c: owners[c],
        )
        postcodes = st.text_input(
            t("Postcodes or departments, separated by commas (none: all)"),
            key=f"rule_codes_{token}",
            autocomplete="off",
        )
        left, right = st.columns(2)
        with left:
            least = fields.money(label["least"], f"rule_least_{token}", placeholder="—")
        with right:
            most = fields.money(label["most"], f"rule_most_{token}", placeholder="—")
        given = st.multiselect(
            t("Given to"),
            list(people),
            key=f"rule_people_{token}",
            placeholder=t("Choose"),
            format_func=lambda c: people[c],
        )
        cap = st.number_input(
            t("At most so many open cases each (0: no limit)"), 0, 100_000, 0, key=f"rule_cap_{token}", width=420
        )
        sent = st.form_submit_button(t("Add the rule"), type="primary", key="rule_save")
    if sent:
        codes = tuple(code.strip() for code in postcodes.split(",") if code.strip())
        with problems.told(t, label):
            low, high = (
                fields.cents_or_zero(text, key) if text.strip() else None
                for text, key in ((least, "least"), (most, "most"))
            )
            rule = Rule(name.strip(), tuple(creditors), codes, low, high, tuple(given), int(cap))
            _save(ctx, t, [*view.rules, rule], view.version, t("The rule is added."))
