"""The form of one rule of assignment, to add it or to edit it in its place; what was typed stays on a refusal. Gives no case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.services import assignment, cases, team
from core.services.assignment import Rule, RulesView
from core.services.context import Ctx
from core.ui import drafts, fields, problems, session

MOST_CASES = 100_000
FIELDS = ("name", "creditors", "codes", "least", "most", "people", "cap")
EMPTY = Rule("")


def add(ctx: Ctx, t: Texts, view: RulesView) -> None:
    """One more rule, at the end of the list."""
    token = session.token("rule")
    rule, sent = _form(ctx, t, EMPTY, token, t("Add the rule"), "rule_save")
    if sent and rule:
        save(ctx, t, [*view.rules, rule], view.version, t("The rule is added."), token)


def edit(ctx: Ctx, t: Texts, view: RulesView, number: int) -> None:
    """A rule in its place; saved over the version that this form was opened at."""
    token = f"{number}_{view.version}"
    rule, sent = _form(ctx, t, view.rules[number], token, t("Keep the rule"), f"rule_keep_{number}")
    if sent and rule:
        rules = [rule if at == number else one for at, one in enumerate(view.rules)]
        save(ctx, t, rules, view.version, t("The rules are changed."), token)


def save(ctx: Ctx, t: Texts, rules: Sequence[Rule], seen: int, said: str, token: str = "") -> None:
    """Keep the whole list."""
    with problems.told(t, _labels(t)):
        assignment.save_rules(ctx, rules, seen)
        session.spend("rule")
        drafts.forget(token)
        session.say(said)
        st.rerun()


def _labels(t: Texts) -> dict[str, str]:
    return {
        "name": t("Name of the rule"),
        "creditors": t("Creditors (none: all)"),
        "postcodes": t("Postcodes or departments, separated by commas (none: all)"),
        "least": t("Balance from"),
        "most": t("Balance up to"),
        "people": t("Given to"),
        "cap": t("At most so many open cases each (0: no limit)"),
    }


def _form(ctx: Ctx, t: Texts, rule: Rule, token: str, action: str, button: str) -> tuple[Rule | None, bool]:
    """The rule as typed, None while an amount cannot be read; whether the button was pressed."""
    label = _labels(t)
    people = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS}
    owners = dict(cases.creditor_choices(ctx))
    with drafts.kept(token, *(f"rule_{name}" for name in FIELDS)):
        _begin(rule, token, people, owners)
        name = st.text_input(label["name"], key=f"rule_name_{token}", width=420, autocomplete="off")
        creditors = st.multiselect(
            label["creditors"],
            list(owners),
            key=f"rule_creditors_{token}",
            placeholder=t("All"),
            format_func=lambda c: owners[c],
        )
        codes = st.text_input(label["postcodes"], key=f"rule_codes_{token}", autocomplete="off")
        left, right = st.columns(2)
        with left:
            least = fields.money(label["least"], f"rule_least_{token}", placeholder="—")
        with right:
            most = fields.money(label["most"], f"rule_most_{token}", placeholder="—")
        given = st.multiselect(
            label["people"],
            list(people),
            key=f"rule_people_{token}",
            placeholder=t("Choose"),
            format_func=lambda c: people[c],
        )
        cap = st.number_input(label["cap"], 0, MOST_CASES, key=f"rule_cap_{token}", width=420)
    sent = st.button(action, type="primary", key=button)
    try:
        low, high = (
            fields.cents_or_zero(text, key) if text.strip() else None
            for text, key in ((least, "least"), (most, "most"))
        )
    except Refusal as refusal:
        if sent:
            problems.show(t, refusal, label)
        return None, sent
    split = tuple(code.strip() for code in codes.split(",") if code.strip())
    return Rule(name.strip(), tuple(creditors), split, low, high, tuple(given), int(cap)), sent


def _begin(rule: Rule, token: str, people: Mapping[int, str], owners: Mapping[int, str]) -> None:
    """What the fields hold before anyone types: the rule, less who has left."""
    held = {
        "name": rule.name, "creditors": [one for one in rule.creditors if one in owners], "codes": ", ".join(rule.postcodes),
        "least": _euros(rule.least), "most": _euros(rule.most), "people": [one for one in rule.people if one in people], "cap": rule.cap,
    }  # fmt: skip
    for field, value in held.items():
        st.session_state.setdefault(f"rule_{field}_{token}", value)


def _euros(cents: int | None) -> str:
    return "" if cents is None else fields.euros(cents)
