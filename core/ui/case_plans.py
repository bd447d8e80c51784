"""Payment plans of a case with their state, and the ways to agree, break or end, under its promises. Decides no state."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from core.i18n import Texts
from core.services import plan_papers, plans, promises
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.plans import PlanState
from core.ui import case_promises, doors, downloads, fields, plan_signed, plan_words, problems, session
from core.ui.text import plain

IN_FORCE = ("on_time", "late")


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The ways to promise and to plan, then the promises, then the plans."""
    made, found = promises.promises_of(ctx, file.head.id), plans.plans_of(ctx, file.head.id)
    works = file.head.status == "open" and file.head.balance > 0
    if made or found or works:
        st.subheader(t("Promises and payment plans"), anchor=False)
    if works:
        with st.container(horizontal=True, vertical_alignment="center"):
            case_promises.note(ctx, t, file)
            doors.link("plan", t("Simulate a payment plan"), ":material/event_repeat:", case=str(file.head.id))
    for promise in made:
        case_promises.show(ctx, t, promise)
    for plan in found:
        _plan(ctx, t, plan)


def _plan(ctx: Ctx, t: Texts, one: PlanState) -> None:
    with st.container(border=True, key=f"plan_{one.row.id}"):
        course = one.course
        left = (
            t("{amount} in all", amount=t.money(course.left))
            if one.state in ("proposed", "withdrawn")
            else t("{paid} paid, {left} left", paid=t.money(course.paid), left=t.money(course.left))
        )
        late = f" · :red[{t('{amount} late', amount=t.money(course.late))}]" if one.state == "late" else ""
        st.markdown(f"**{t('Plan {ref}', ref=plain(one.row.ref))}** · {plan_words.badge(t, one.state)} · {left}{late}")
        if one.row.end_reason:
            st.caption(plain(one.row.end_reason))
        plan_words.beside(t, one.said.rate, one.said.basis, one.said.outside)
        plan_words.interest(t, one.said)
        _creditor(ctx, t, one)
        plan_signed.show(t, one)
        with st.expander(t.n("{n} instalment", "{n} instalments", len(one.rows))):
            _instalments(t, one)
        with st.container(horizontal=True):
            _actions(ctx, t, one)


def _creditor(ctx: Ctx, t: Texts, one: PlanState) -> None:
    """What the creditor knows of the plan: their consent, or that they were told, or that it is to be done."""
    row = one.row
    if row.creditor_agreed_on:
        st.caption(t("The creditor consented on {day}.", day=t.date(row.creditor_agreed_on)))
    elif one.untold or row.creditor_told_on:
        with st.container(horizontal=True, vertical_alignment="center"):
            plan_words.told(ctx, t, f"plan_{row.id}", row.creditor_told_on, partial(plans.tell_creditor, ctx, row.id))


def _instalments(t: Texts, one: PlanState) -> None:
    st.dataframe(
        [
            {
                "n": i.number,
                "day": i.on,
                "amount": i.amount / 100,
                "paid": i.paid / 100,
                "state": plan_words.state(t, i.state),
            }
            for i in one.course.instalments
        ],
        hide_index=True,
        key=f"instalments_{one.row.id}",
        alt=t("Instalments, one a line"),
        column_config={
            "n": st.column_config.NumberColumn(t("No.")),
            "day": st.column_config.DateColumn(t("Date"), format="DD/MM/YYYY"),
            "amount": st.column_config.NumberColumn(t("Amount"), format="euro"),
            "paid": st.column_config.NumberColumn(t("Paid"), format="euro"),
            "state": st.column_config.TextColumn(t("State")),
        },
    )


def _actions(ctx: Ctx, t: Texts, one: PlanState) -> None:
    if not plan_words.no_paper(t, plan_papers.kept_from_paper(ctx, one.row.case_id)):
        _paper(t, one)
    plan_signed.keep(ctx, t, one)
    if one.state == "proposed":
        with st.popover(t("The debtor agrees"), key=f"agree_{one.row.id}"):
            _agree(ctx, t, one)
    if one.state in IN_FORCE:
        with st.popover(t("The plan is broken"), key=f"break_{one.row.id}"):
            _end(ctx, t, one, broken=True)
    if one.state in ("proposed", *IN_FORCE):
        with st.popover(t("End without fault"), key=f"end_{one.row.id}"):
            _end(ctx, t, one, broken=False)


def _paper(t: Texts, one: PlanState) -> None:
    st.download_button(
        t("Plan as PDF"),
        downloads.later(partial(_pdf, one.row.id)),
        file_name=f"{one.row.ref}.pdf",
        mime="application/pdf",
        key=f"plan_pdf_{one.row.id}",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )


def _pdf(plan_id: int, ctx: Ctx) -> bytes:
    return plan_papers.plan_file(ctx, plan_id)[1]


def _agree(ctx: Ctx, t: Texts, one: PlanState) -> None:
    on = fields.day(t("Agreed on"), f"agreed_{one.row.id}", value=ctx.today, latest=ctx.today)
    consent: dt.date | None = fields.day(
        t("The creditor consented on (if needed)"),
        f"consent_{one.row.id}",
        latest=ctx.today,
        help=t("Beyond the mandate (CPCE, art. R. 124-5)"),
    )
    if st.button(t("Put the plan in force"), key=f"do_agree_{one.row.id}", type="primary"):
        with problems.told(
            t, {"agreed_on": t("Agreed on"), "creditor_agreed_on": t("The creditor consented on (if needed)")}
        ):
            plans.agree_plan(ctx, one.row.id, on or ctx.today, one.row.row_version, consent)
            session.say(t("The plan is in force; its first instalment is the next action."))
            st.rerun()


def _end(ctx: Ctx, t: Texts, one: PlanState, *, broken: bool) -> None:
    name = "broken" if broken else "ended"
    reason = st.text_input(t("Why"), key=f"why_{name}_{one.row.id}")
    label = t("Record that the plan is broken") if broken else t("End the plan")
    if st.button(label, key=f"do_{name}_{one.row.id}", type="primary"):
        with problems.told(t, {"reason": t("Why")}):
            (plans.break_plan if broken else plans.end_plan)(ctx, one.row.id, reason, one.row.row_version)
            session.say(t("Recorded. The next action is set."))
            st.rerun()
