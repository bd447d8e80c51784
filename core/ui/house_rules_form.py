"""Days and limits of the house in the settings: the values, from which day, on whose decision, and the versions. Judges nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import complaints, house_rules
from core.services.context import Ctx
from core.services.house_rules import HouseRules, RulesEntry, RulesView
from core.ui import drafts, fields, session
from core.ui.text import plain


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "acknowledge_days": t("Acknowledge a complaint within (days)"),
        "answer_days": t("Answer a complaint within (days)"),
        "small_amount": t("A case may end as too small to go on up to"),
        "valid_from": t("In force from"),
        "source": t("Decision or text it rests on"),
    }


def show(ctx: Ctx, t: Texts) -> None:
    """The form, then what holds when."""
    view, may = house_rules.view(ctx), ctx.may(Right.SETTINGS)
    st.caption(complaints.policy(ctx, t))
    st.caption(t("Complaints already received keep their days; a case already closed stays closed."))
    one, label = drafts.draft("house_rules", view.version, "acknowledge_days"), labels(t)
    left, right = st.columns(2, gap="large")
    with left:
        first = _days(label["acknowledge_days"], view.now.acknowledge_days, one.key("acknowledge_days"), may=may)
        second = _days(label["answer_days"], view.now.answer_days, one.key("answer_days"), may=may)
        small = fields.money(label["small_amount"], one.key("small_amount"), value=fields.euros(view.now.small_amount))
    with right:
        day = fields.day(label["valid_from"], one.key("valid_from"), value=ctx.today)
        source = st.text_input(label["source"], key=one.key("source"), disabled=not may, autocomplete="off")
    if st.button(t("Keep these rules"), type="primary", key="house_rules_save", disabled=not may):
        with drafts.told(t, one, label, {}, view.version):
            rules = HouseRules(first, second, fields.cents(small, "small_amount"))
            house_rules.save(ctx, RulesEntry(rules, day or ctx.today, source), one.version)
            drafts.saved(one)
            session.say(t("The rules are kept: they hold from {day}.", day=day or ctx.today))
            st.rerun()
    _versions(t, view)


def _days(label: str, value: int, key: str, *, may: bool) -> int:
    found = st.number_input(label, 1, house_rules.LONGEST_DAYS, value, key=key, disabled=not may)
    return int(found)


def _versions(t: Texts, view: RulesView) -> None:
    """What held from when, on whose word, the newest first."""
    st.markdown(f"**{t('What holds, and from when')}**")
    for one in view.versions:
        said = _said(t, one.rules)
        who = t("version {n}, {who}, {day}", n=one.number, who=one.author, day=t.date(one.recorded_at[:10]))
        st.markdown(
            plain(t("From {day}: {what} — {source} ({who})", day=one.valid_from, what=said, source=one.source, who=who))
        )
    st.markdown(plain(t("As shipped: {what}", what=_said(t, view.shipped))))


def _said(t: Texts, rules: HouseRules) -> str:
    return t(
        "acknowledged within {first} days, answered within {second}, small up to {amount}",
        first=rules.acknowledge_days, second=rules.answer_days, amount=t.money(rules.small_amount),
    )  # fmt: skip
