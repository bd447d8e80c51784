"""The words for the state of a plan, an instalment or a promise, and what stands beside a plan. Decides no state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from core.domain.messages import Problem
from core.i18n import Texts
from core.services import plans
from core.services.context import Ctx
from core.services.plan_said import PlanSaid
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


def running(t: Texts, code: str) -> str:
    """What becomes of claimed interest while a plan runs."""
    return {
        plans.AT_END: t("It goes on running and is asked for after the last instalment"),
        plans.WAIVED: t("It is no longer claimed while the plan is kept"),
    }.get(code, code)


def running_means(t: Texts, code: str) -> str:
    """What follows from that choice, in a few words."""
    return {
        plans.AT_END: t(
            "Each payment settles the interest owed on its day first; what is left at the end is asked for then."
        ),
        plans.WAIVED: t(
            "The last instalment closes the plan at zero. The creditor gives this up: their consent is needed."
        ),
    }.get(code, code)


def ahead(t: Texts, code: str, cents: int, until: dt.date | None) -> str:
    """How much that interest is about, to the day whose rate is known."""
    amount = t.money(cents)
    if code == plans.WAIVED:
        said = t("Interest that the creditor gives up if the plan is kept: about **{amount}**.", amount=amount)
    else:
        said = t("Interest left to ask for after the last instalment: about **{amount}**.", amount=amount)
    if until is None:
        return said
    return f"{said} {t('Counted to {day} only: the rates of later days are not known yet.', day=t.date(until))}"


def interest(t: Texts, said: PlanSaid) -> None:
    """What a kept plan says of interest, where any was claimed."""
    if said.running:
        st.caption(f"{t('Interest after the day of the plan: {choice}.', choice=running(t, said.running))} "
                   f"{ahead(t, said.running, said.ahead, said.ahead_until)}")  # fmt: skip


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
