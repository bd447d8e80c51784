"""Until when one may sue for each debt of a case, why, and the lead's decision once it is too late. Computes no date."""

from __future__ import annotations

import streamlit as st

from core.domain.computation import Missing
from core.domain.limitation import Clock, Step
from core.domain.rights import Right
from core.i18n import Texts
from core.services import limitation
from core.services.cases import CaseFile, CaseHead
from core.services.context import Ctx
from core.services.limitation import DebtClock, Decision
from core.ui import problems, session, why
from core.ui.session import sentence
from core.ui.text import plain

SURE = ("V", "V2")
MOST = 5  # debts shown whole; the others, later ones, as a table


def strip(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """The warning at the top of a case whose first last day to sue is near or past."""
    if head.status != "open" or not head.limitation_on:
        return
    state, left = limitation.warning(head.limitation_on, ctx.today)
    day = t.date(head.limitation_on)
    if state == "barred":
        said = t("Time-barred since {day}: no contact, promise or plan without a lead's decision.", day=day)
        st.markdown(f":red[:material/event_busy: {said}]")
    elif state == "near":
        said = t.n("Last day to sue: {day}, {n} day left. A letter does not interrupt limitation.",
                   "Last day to sue: {day}, {n} days left. A letter does not interrupt limitation.", left, day=day)  # fmt: skip
        st.markdown(f":orange[:material/hourglass_bottom: {said}]")


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """One block a debt, the nearest end first."""
    found = limitation.clocks(ctx, file.head.id)
    if not found:
        return
    st.subheader(t("Limitation"), anchor=False)
    for one in found[:MOST]:
        with st.container(border=True, gap="xsmall", key=f"limitation_{one.debt_id}"):
            _debt(t, one)
    _others(t, found[MOST:])
    _decide(ctx, t, file.head.id, found)
    st.caption(
        t(
            "To move a date, record what happened with its document under “Facts and evidence”; payments and proceedings count by "
            "themselves. The kind of claim in law is said under “Put a debt right”."
        )
    )


def _others(t: Texts, rest: tuple[DebtClock, ...]) -> None:
    """The debts whose end is later, one a line."""
    if not rest:
        return
    with st.expander(t.n("{n} other debt, later", "{n} other debts, later", len(rest)), key="limitation_others"):
        st.dataframe(
            [
                {
                    "ref": one.ref,
                    "claim": one.claim.label.of(t.lang),
                    "day": None if isinstance(one.clock, Missing) else one.clock.kept,
                    "left": one.days,
                    "owed": one.outstanding / 100,
                }
                for one in rest
            ],
            hide_index=True,
            placeholder="—",
            key="limitation_table",
            alt=t("Last day to sue of the other debts, one a line"),
            column_config={
                "ref": st.column_config.TextColumn(t("Reference"), width=120),
                "claim": st.column_config.TextColumn(t("Kind of claim in law"), width=300),
                "day": st.column_config.DateColumn(t("Last day to sue"), format="DD/MM/YYYY", width=120),
                "left": st.column_config.NumberColumn(t("Days left"), width=100),
                "owed": st.column_config.NumberColumn(t("Still owed (principal)"), format="euro", width=145),
            },
        )


def _debt(t: Texts, one: DebtClock) -> None:
    """The date first, then what it stands on."""
    st.markdown(
        f"**{plain(t('Debt {ref}', ref=one.ref))}** · {plain(t.money(one.outstanding))} · "
        f"{plain(one.claim.label.of(t.lang))} ({plain(one.claim.article)})"
    )
    st.markdown(_answer(t, one))
    for question in one.questions:
        st.markdown(f":orange[:material/help:] {sentence(t, question.label)} {sentence(t, question.why)}")
    if one.guess:
        st.markdown(
            f":orange[:material/help:] {plain(one.guess.of(t.lang))} {t('The answer is given under “Put a debt right”.')}"
        )
    if isinstance(one.clock, Missing):
        return
    with st.expander(t("Why this date?"), icon=":material/timeline:", key=f"limitation_why_{one.debt_id}"):
        _why(t, one, one.clock)


def _why(t: Texts, one: DebtClock, clock: Clock) -> None:
    """The chain of events, what to know beside it, then the computation with its articles."""
    st.markdown("\n".join(_chain(t, clock)))
    if one.claim.note:
        st.caption(plain(one.claim.note.of(t.lang)))
    st.markdown(f"**{t('The computation, article by article')}**")
    why.tree(t, clock.computation)


def _answer(t: Texts, one: DebtClock) -> str:
    """The last day to sue with the days left, how sure it is, and the other date when something told is not proved."""
    clock = one.clock
    if isinstance(clock, Missing):
        return f":orange-badge[{t('date unknown')}]"
    day = t.date(clock.date)
    if one.state == "still":
        words = [f"**{t('The clock stands still')}** — {t('a proceeding or a suspension has not ended')}"]
    elif one.state == "barred":
        words = [f":red[**{t('Time-barred since {day}', day=day)}**]", plain(limitation.voluntary()[0].of(t.lang))]
    else:
        left = t.n("{n} day left", "{n} days left", one.days or 0)
        urgent = "orange" if one.state == "near" else "gray"
        words = [f"{t('Last day to sue:')} **{day}** :{urgent}-badge[{left}]"]
    if clock.certainty not in SURE:
        words[0] += f" :orange-badge[{t('to be confirmed')}]"
    if clock.date_if_proved != clock.date:
        words.append(t("{day} if what was told is proved", day=t.date(clock.date_if_proved)))
    return " · ".join(words)


def _chain(t: Texts, clock: Clock) -> list[str]:
    """Start, events that moved the clock, then what was told and does not."""
    start = clock.computation
    while start.terms:
        start = start.terms[0]
    lines = [f"- {t.date(clock.start)} — {sentence(t, start.label)} → {t.date(clock.base)}"]
    if start.value != clock.start:  # a title stands on itself
        lines = [f"- {t.date(clock.start)} → {t.date(clock.base)} ({plain(clock.period.article)})"]
    lines += [f"{_step(t, step)} → **{t.date(step.end)}**" for step in clock.steps]
    lines += [f"{_step(t, step)} :gray-badge[{t('no effect')}]" for step in clock.told]
    return lines


def _step(t: Texts, step: Step) -> str:
    """One event: day, what, article, evidence, what follows."""
    proof = (
        plain(t("proof: {what}", what=step.evidence)) if step.evidence else f":orange-badge[{t('evidence missing')}]"
    )
    shown = proof if step.moves else ""
    head = f"- {t.date(step.on)} — **{plain(step.label.of(t.lang))}** ({plain(step.article)})"
    return " · ".join(part for part in (head, shown, sentence(t, step.why)) if part)


def _decide(ctx: Ctx, t: Texts, case_id: int, found: tuple[DebtClock, ...]) -> None:
    """What was decided about time-barred debts, and the decision of a lead."""
    for one in limitation.decisions(ctx, case_id):
        st.markdown(_decided(t, one))
    if not any(one.state == "barred" for one in found):
        return
    if not ctx.may(Right.DECIDE):
        st.info(
            t("A debt of this case is time-barred: a lead decides whether it is still asked for."),
            icon=":material/gavel:",
        )
        return
    form = f"time_barred_{case_id}"
    with st.popover(t("Decide about the time-barred debts"), icon=":material/gavel:", key=f"{form}_open"):
        token, label = session.token(form), {"reason": t("Reason")}
        st.markdown(plain(limitation.voluntary()[0].of(t.lang)))
        granted = st.radio(
            t("Decision"), (True, False), key=f"granted_{token}", format_func=lambda yes: _choice(t, granted=yes)
        )
        reason = st.text_area(label["reason"], key=f"barred_reason_{token}", height=90)
        if st.button(t("Record the decision"), type="primary", key=f"barred_do_{token}"):
            with problems.told(t, label):
                limitation.decide(ctx, case_id, granted=granted, reason=reason, token=token)
                session.spend(form)
                session.say(t("The decision is recorded."))
                st.rerun()


def _choice(t: Texts, *, granted: bool) -> str:
    return t("Go on asking, without claiming it as enforceable") if granted else t("Ask no more")


def _decided(t: Texts, one: Decision) -> str:
    if one.answer == "granted":
        what = t("Going on with debt {ref} was decided", ref=one.ref)
    else:
        what = t("Asking no more for debt {ref} was decided", ref=one.ref)
    reason = f": {plain(one.reason)}" if one.reason else ""
    return f":material/gavel: {plain(what)} — {plain(one.by)}, {t.date(one.at[:10])}{reason}"
