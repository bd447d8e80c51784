"""The words for the state of a plan, an instalment or a promise, and what stands beside a plan. Decides no state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from core.domain.messages import Problem
from core.i18n import Texts
from core.services.context import Ctx
from core.ui import fields, problems, session
from core.ui.text import plain


def state(t: Texts, code: str) -> str:
    """The state of a plan, an instalment or a promise."""
    return {
        "proposed": t("proposed"),
        "withdrawn": t("withdrawn"),
        "on_time": t("on time"),
        "late": t("late"),
        "broken": t("broken"),
        "completed": t("completed"),
        "ended": t("ended"),
        "paid": t("paid"),
        "partly": t("partly paid"),
        "to_come": t("to come"),
        "kept": t("kept"),
        "pending": t("pending"),
        "partly_kept": t("partly kept"),
    }.get(code, code)


def badge(t: Texts, code: str) -> str:
    """The state as a badge, whose colour says no more than its words."""
    colour = {"kept": "green", "completed": "green", "on_time": "green", "late": "red", "broken": "red",
              "partly_kept": "orange"}.get(code, "gray")  # fmt: skip
    return f":{colour}-badge[{state(t, code)}]"


def beside(t: Texts, rate: Decimal | None, basis: str, outside: int) -> None:
    """The yearly rate with what it rests on, and what the plan leaves outside."""
    if rate:
        known = plain(basis.strip()) or t("not given yet")
        st.caption(t("Yearly interest rate: {rate} %. It rests on: {basis}.", rate=rate, basis=known))
    if outside > 0:
        st.markdown(
            f":material/info: **{t('Outside this plan: {amount}, which stays owed.', amount=t.money(outside))}**"
        )


def no_paper(t: Texts, why: tuple[Problem, ...]) -> bool:
    """Says, where the button would stand, why no paper may be printed and what to do; whether there is a reason."""
    for one in why:
        st.caption(f":material/block: {session.sentence(t, one.reason)} {session.sentence(t, one.remedy)}")
    return bool(why)


def told(ctx: Ctx, t: Texts, key: str, on: str | None, tell: Callable[[dt.date], None]) -> None:
    """The day the creditor was told of an offer (CPCE R.124-5), or that it is to be done, with the button that records it."""
    if on:
        st.caption(t("Creditor told on {day}.", day=t.date(on)), width="content")
        return
    st.caption(f":material/campaign: {t('The creditor is still to be told (CPCE, art. R. 124-5).')}", width="content")
    with st.popover(t("Creditor told"), key=f"told_{key}", type="tertiary"):
        day = fields.day(t("Told on"), f"told_on_{key}", value=ctx.today, latest=ctx.today)
        if st.button(t("Record that the creditor was told"), key=f"do_told_{key}", type="primary"):
            with problems.told(t, {"told_on": t("Told on")}):
                tell(day or ctx.today)
                session.say(t("Recorded: the creditor was told."))
                st.rerun()
