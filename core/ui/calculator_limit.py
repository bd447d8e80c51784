"""The pocket calculator's limitation: a kind of claim, its starting day, events, then the last day to sue and why. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.limitation import Clock, Step
from core.i18n import Texts
from core.services import calculator, limitation_claim
from core.services.context import Ctx
from core.services.limitation_claim import Told
from core.ui import fields, problems, why
from core.ui.session import sentence
from core.ui.text import plain

MOST = 6


def show(ctx: Ctx, t: Texts) -> None:
    """The fields, then the date as soon as the claim and its start are given."""
    st.caption(t("Until when one may sue. An event counts here as proved; on a case it counts with its evidence."))
    periods = {period.key: period for period in limitation_claim.claims()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="calc_limit"):
        nature = st.selectbox(
            t("Kind of claim"), list(periods), index=None, key="calc_limit_nature", placeholder=t("Choose"),
            format_func=lambda key: periods[key].label.of(t.lang),
        )  # fmt: skip
        with st.container(width=240):
            start = fields.day(
                t("Starting day"),
                "calc_limit_start",
                help=t("Due date, end of the work, title… as the claim wants it."),
            )
    events = _events(t)
    if nature is None or start is None:
        st.info(
            t("Choose the kind of claim and give its starting day: the last day to sue shows at once."),
            icon=":material/hourglass:",
        )
        return
    with problems.told(t, {"event": t("Event"), "nature": t("Kind of claim")}):
        _result(ctx, t, limitation_claim.of_claim(nature, start, events))


def _events(t: Texts) -> list[Told]:
    """The events typed so far; one without its day is not one yet."""
    kinds = dict(calculator.limitation_events(t.lang))
    count = int(st.session_state.setdefault("calc_limit_events", 0))
    found = []
    for number in range(count):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"calc_limit_event_{number}"):
            kind = st.selectbox(t("Event"), list(kinds), key=f"calc_limit_kind_{number}", format_func=kinds.__getitem__)
            with st.container(width=200):
                on = fields.day(t("Date"), f"calc_limit_on_{number}")
            with st.container(width=200):
                until = fields.day(t("Ended on"), f"calc_limit_until_{number}", help=t("Only for what lasts."))
        if on is not None:
            found.append(Told(kind, on, until))
    with st.container(horizontal=True):
        if count < MOST:
            st.button(
                t("Add an event"), key="calc_limit_more", icon=":material/add:", on_click=_number, args=(count + 1,)
            )
        if count:
            st.button(
                t("Remove the last event"), key="calc_limit_less", type="tertiary", on_click=_number, args=(count - 1,)
            )
    return found


def _number(count: int) -> None:
    st.session_state["calc_limit_events"] = count


def _result(ctx: Ctx, t: Texts, found: Clock) -> None:
    left = found.days_left(ctx.today)
    with st.container(horizontal=True, gap="small", key="figures_limit"):
        why.metric(t, t("Last day to sue"), found.computation, t.date(found.date))
        st.metric(t("Days left"), t.number(max(left, 0)), border=True, width="content", height="stretch")
    if found.standing is not None:
        st.warning(
            t("The clock stands still: proceedings or a suspension have not ended."), icon=":material/pause_circle:"
        )
    elif found.barred(ctx.today):
        st.error(t("The last day to sue has passed."), icon=":material/block:")
    for step in sorted((*found.steps, *found.told), key=lambda one: one.on):
        _step(t, step)
    why.show(t, found.computation, "calc_limit", label=t("Why this date?"))


def _step(t: Texts, step: Step) -> None:
    icon = ":material/check:" if step.moves else ":material/remove:"
    st.markdown(
        f"{icon} {t.date(step.on)} · {plain(step.label.of(t.lang))} · {sentence(t, step.why)} ({plain(step.article)})"
    )
