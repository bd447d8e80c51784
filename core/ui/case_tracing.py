"""Tracing on the case: the checklist of lawful sources, what each gave, what is left to spend, the end. Looks for nobody."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.law.tracing import Source
from core.services import people_words, tracing
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.tracing import Sheet, StepEntry, StepRow, TracingRow
from core.ui import drafts, fields, problems, session
from core.ui.text import plain


def labels(t: Texts) -> dict[str, str]:
    """The fields of a tracing and of its steps."""
    return {
        "budget": t("Budget (0: nothing may be spent)"),
        "until": t("Until"),
        "source": t("Source"),
        "done_on": t("Looked at on"),
        "result": t("What it gave"),
        "cost": t("Cost (empty: none)"),
        "words": t("Where exactly, and what"),
        "reason": t("Why"),
        "outcome": t("How it ends"),
    }


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The tracing that runs with its checklist, or the way to begin one."""
    sheet = tracing.tracing_of(ctx, file.head.id)
    st.caption(
        t(
            "Nobody else is told of the debt. Only lawful sources; what is found is added under Who, with where it comes from."
        )
    )
    if sheet.running:
        _running(ctx, t, sheet, sheet.running)
    elif ctx.may(Right.WORK) and file.head.status == "open":
        _begin(ctx, t, file)
    _checklist(t, file, sheet)
    for step in sheet.steps:
        _step(ctx, t, step, sheet.running)
    for row in sheet.earlier:
        words = t(
            "From {start} to {end}: {outcome}, {spent} spent", start=t.date(row.opened_on), end=t.date(row.ended_on),
            outcome=people_words.tracing_outcome(t, row.outcome), spent=t.money(row.spent),
        )  # fmt: skip
        st.caption(plain(words))


def _begin(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    form, label = f"tracing_{file.head.id}", labels(t)
    token = session.token(form)
    usual = ctx.today + dt.timedelta(days=tracing.tracing_data().days)
    with st.container(border=True), drafts.kept(token, "tracing_budget", "tracing_until"):
        budget = fields.money(label["budget"], f"tracing_budget_{token}", value="0")
        until = fields.day(label["until"], f"tracing_until_{token}", value=usual) or usual
        sent = st.button(t("Begin the tracing"), type="primary", key=f"tracing_save_{token}")
    if sent:
        with problems.told(t, label):
            tracing.open_tracing(ctx, file.head.id, fields.cents_or_zero(budget, "budget"), until, token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The tracing is begun."))
            st.rerun()


def _running(ctx: Ctx, t: Texts, sheet: Sheet, row: TracingRow) -> None:
    spent = t(
        "{spent} spent of {budget}, until {day}",
        spent=t.money(row.spent),
        budget=t.money(row.budget),
        day=t.date(row.until_on),
    )
    st.markdown(f"**{t('Tracing under way')}** · {plain(spent)}")
    if sheet.missing:
        names = ", ".join(one.label.of(t.lang) for one in sheet.missing)
        st.markdown(plain(t("Before “not found”, still to be looked at: {names}.", names=names)))
    if not ctx.may(Right.WORK):
        return
    _record(ctx, t, row)
    with st.container(horizontal=True):
        with st.popover(t("End the tracing"), key=f"tracing_end_{row.id}"):
            _end(ctx, t, row)
        if ctx.may(Right.DECIDE):
            with st.popover(t("Change budget or end"), key=f"tracing_change_{row.id}"):
                _change(ctx, t, row)


def _record(ctx: Ctx, t: Texts, row: TracingRow) -> None:
    form, label, data = f"step_{row.id}", labels(t), tracing.tracing_data()
    token = session.token(form)
    typed = ("step_source", "step_result", "step_words", "step_on", "step_cost")
    with st.container(border=True), drafts.kept(token, *typed):
        source = st.selectbox(
            label["source"],
            [one.code for one in data.sources],
            format_func=lambda code: people_words.source(t, code),
            key=f"step_source_{token}",
        )
        result = st.selectbox(
            label["result"],
            tracing.RESULTS,
            format_func=lambda code: people_words.step_result(t, code),
            key=f"step_result_{token}",
        )
        words = st.text_input(label["words"], key=f"step_words_{token}")
        with st.container(horizontal=True, key=f"step_when_{row.id}"):
            done_on = fields.day(label["done_on"], f"step_on_{token}", value=ctx.today, latest=ctx.today) or ctx.today
            cost = fields.money(label["cost"], f"step_cost_{token}")
        sent = st.button(t("Record the step"), type="primary", key=f"step_save_{token}")
    if sent:
        with problems.told(t, label):
            cents = fields.cents_or_zero(cost, "cost") if cost.strip() else 0
            tracing.record_step(ctx, row.id, StepEntry(source, done_on, result, cents, words), token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The step is recorded."))
            st.rerun()


def _end(ctx: Ctx, t: Texts, row: TracingRow) -> None:
    outcome = st.selectbox(
        labels(t)["outcome"],
        tracing.OUTCOMES,
        format_func=lambda code: people_words.tracing_outcome(t, code),
        key=f"tracing_outcome_{row.id}",
    )
    if st.button(t("End it today"), key=f"tracing_end_do_{row.id}", type="primary"):
        with problems.told(t, labels(t), once=True):
            tracing.end_tracing(ctx, row.id, row.row_version, outcome)
            session.say(t("The tracing is ended."))
            st.rerun()


def _change(ctx: Ctx, t: Texts, row: TracingRow) -> None:
    label = labels(t)
    budget = fields.money(label["budget"], f"tracing_rebudget_{row.id}", value=fields.euros(row.budget))
    kept = dt.date.fromisoformat(row.until_on)
    until = fields.day(label["until"], f"tracing_reuntil_{row.id}", value=kept) or kept
    if st.button(t("Change"), key=f"tracing_change_do_{row.id}", type="primary"):
        with problems.told(t, label):
            tracing.change_tracing(ctx, row.id, row.row_version, fields.cents_or_zero(budget, "budget"), until)
            session.say(t("Budget and end are changed."))
            st.rerun()


def _checklist(t: Texts, file: CaseFile, sheet: Sheet) -> None:
    answered = {step.source for step in sheet.steps if not step.gone and step.result in ("found", "nothing")}
    missing = {one.code for one in sheet.missing}
    with st.expander(t("Where one may look, and where not"), icon=":material/rule:"):
        for one in tracing.tracing_data().sources:
            must = file.head.kind in one.compulsory
            done = one.code in answered and (one.code not in missing)
            mark = (
                ":red[:material/block:]"
                if one.refused
                else ":green[:material/check_box:]"
                if done
                else ":material/check_box_outline_blank:"
            )
            st.markdown(f"{mark} **{plain(one.label.of(t.lang))}**{_must(t, must)}")
            st.caption(plain(_explained(t, one)))


def _must(t: Texts, must: bool) -> str:
    return f" · {t('compulsory before “not found”')}" if must else ""


def _explained(t: Texts, one: Source) -> str:
    words = (one.who.of(t.lang), one.ask.of(t.lang), people_words.cited(t, one.cited))
    return " · ".join(word for word in words if word)


def _step(ctx: Ctx, t: Texts, step: StepRow, running: TracingRow | None) -> None:
    struck = "~~" if step.gone else ""
    words = [t.date(step.done_on), people_words.source(t, step.source), people_words.step_result(t, step.result)]
    words += [t.money(step.cost)] if step.cost else []
    with st.container(border=True, gap="xsmall", key=f"tracing_step_{step.id}"):
        st.markdown(f"{struck}{plain(' · '.join(words))}{struck}")
        if step.words:
            st.text(step.words)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                plain(t("recorded by {name} on {day}", name=step.author, day=t.date(step.recorded_at[:10]))),
                width="stretch",
            )
            if ctx.may(Right.WORK) and running and step.tracing_id == running.id and not step.gone:
                with st.popover(t("Take back"), key=f"step_withdraw_{step.id}"):
                    _withdraw(ctx, t, step)


def _withdraw(ctx: Ctx, t: Texts, step: StepRow) -> None:
    form = f"step_withdraw_{step.id}"
    token = session.token(form)
    reason = st.text_input(labels(t)["reason"], key=f"step_why_{step.id}")
    if st.button(t("Take back this step"), key=f"step_withdraw_do_{step.id}", type="primary"):
        with problems.told(t, labels(t)):
            tracing.withdraw_step(ctx, step.id, reason, token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The step is taken back."))
            st.rerun()
