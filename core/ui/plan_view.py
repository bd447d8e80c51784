"""Variants of a payment plan compared, one in full with its picture and its reasons, kept by a named button. Computes nothing."""

from __future__ import annotations

from functools import partial

import altair as alt
import streamlit as st

from core.domain.indicators import Unit
from core.i18n import Texts
from core.services import plan_papers, plans, statements
from core.services.context import Ctx
from core.services.plans import PlanEntry, Simulation
from core.services.statements import Statement
from core.ui import charts, doors, downloads, plan_inputs, plan_words, problems, session, why
from core.ui.text import plain

OWED_DEPTH = 2  # levels of the proof of the sum owed that this page draws; the case and its statement have them all


def about_case(ctx: Ctx, t: Texts, case_id: int | None) -> None:
    """Which case the plan is for, or that it is for none."""
    if case_id is None:
        st.caption(t("A computation only: open this page from a case to keep a proposal there."))
        return
    found = statements.statement_view(ctx, case_id, ctx.today)
    ref, amounts = plain(found.head.ref), found.found
    doors.link("case", t("Case {ref}, {amount} owed", ref=ref, amount=why.figure(t, amounts.total)), ":material/folder_open:",
               id=str(case_id))  # fmt: skip
    _owed(t, amounts)
    left = plans.owed(ctx, case_id)
    if left.spreadable < left.total:
        said = t("Only {amount} may be spread: the rest is contested or stopped.", amount=t.money(left.spreadable))
        st.markdown(f":orange[:material/info:] {said}")


def _owed(t: Texts, amounts: Statement) -> None:
    """The sum owed today with its parts, as the case shows it, and why."""
    parts = [
        (t("Owed today"), why.figure(t, amounts.total)),
        (t("Principal"), why.figure(t, amounts.sums["principal"])),
    ]
    if amounts.sums["interest"].value or amounts.claimed:
        parts.append((t("Interest"), why.figure(t, amounts.sums["interest"])))
    parts.append((t("€40, penalty, costs"), t.money(amounts.accessories)))
    with st.container(horizontal=True, gap="xsmall", key="figures_plan"):
        for label, value in parts:
            st.metric(label, value, border=True, width="content", height="stretch")
    why.show(t, amounts.total, "plan_owed", deepest=OWED_DEPTH)


def show(ctx: Ctx, t: Texts, entries: dict[str, PlanEntry], case_id: int | None) -> None:
    """The comparison, then the chosen variant."""
    found: dict[str, Simulation] = {}
    for name, entry in entries.items():
        with problems.told(t, {k: f"{name}, {label}" for k, label in plan_inputs.labels(t).items()}):
            found[name] = plans.simulate(ctx, entry, case_id)
    if not found:
        return
    chosen = next(iter(found))
    if len(found) > 1:
        _compare(t, found)
        picked = st.segmented_control(
            t("Variant in full"),
            list(found),
            key="plan_chosen",
            default=chosen,
            format_func=lambda n: t("Variant {name}", name=n),
        )
        chosen = picked if picked in found else chosen
    _whole(ctx, t, chosen, found[chosen], case_id)


def _compare(t: Texts, found: dict[str, Simulation]) -> None:
    st.subheader(t("Side by side"), anchor=False)
    st.dataframe(
        [
            {
                "name": name,
                "count": len(one.schedule.instalments),
                "instalment": one.schedule.instalments[0].amount / 100,
                "end": one.schedule.last,
                "months": one.months,
                "interest": one.schedule.interest / 100,
                "total": one.schedule.total / 100,
            }
            for name, one in found.items()
        ],
        hide_index=True,
        key="plan_compare",
        alt=t("The variants, one a line"),
        column_config={
            "name": st.column_config.TextColumn(t("Variant")),
            "count": st.column_config.NumberColumn(t("Instalments")),
            "instalment": st.column_config.NumberColumn(t("Amount"), format="euro"),
            "end": st.column_config.DateColumn(t("Last on"), format="DD/MM/YYYY"),
            "months": st.column_config.NumberColumn(t("Months")),
            "interest": st.column_config.NumberColumn(t("Interest"), format="euro"),
            "total": st.column_config.NumberColumn(t("Total paid"), format="euro"),
        },
    )


def _whole(ctx: Ctx, t: Texts, name: str, one: Simulation, case_id: int | None) -> None:
    plan = one.schedule
    st.subheader(t("Variant {name}", name=name), anchor=False)
    st.markdown(_said(t, one))
    plan_words.beside(t, plan.terms.rate, plan.terms.basis, one.outside)
    _ahead(t, name, one)
    _buttons(ctx, t, name, one, case_id)
    _table(t, one)
    picture, words = st.columns([3, 2], gap="medium")
    with picture:
        _picture(t, one)
    with words:
        _computed(t, one)
        _law(t, one)


def _said(t: Texts, one: Simulation) -> str:
    """The plan in a sentence; the last instalment apart when it takes the rest."""
    plan = one.schedule
    first, last = plan.instalments[0].amount, plan.instalments[-1].amount
    known = {"amount": t.money(first), "last": t.money(last), "day": t.date(plan.last), "total": t.money(plan.total),
             "interest": t.money(plan.interest)}  # fmt: skip
    rows = (
        t("**{n} × {amount}**, the last on {day}.", n=len(plan.instalments), **known)
        if first == last
        else t("**{n} × {amount}**, then {last} on {day}.", n=len(plan.instalments[1:]), **known)
    )
    if plan.terms.running:  # the sum spread holds interest already: its parts stand above
        return f"{rows} {t('Total paid: **{total}**.', **known)}"
    return f"{rows} {t('Total paid: **{total}**, interest {interest}.', **known)}"


def _ahead(t: Texts, name: str, one: Simulation) -> None:
    """The interest that runs while the plan is kept, whoever bears it, and why."""
    running = one.schedule.terms.running
    if one.ahead is None or not running:
        return
    st.markdown(f":material/percent: {plan_words.ahead(t, running, one.ahead.cents, one.ahead.known_until)}")
    why.show(t, one.ahead.figure, f"plan_ahead_{name}", label=t("Why this interest?"))


def _table(t: Texts, one: Simulation) -> None:
    shown = ("n", "day", "amount", "left", "why") if one.schedule.terms.running else None
    st.dataframe(
        [
            {"n": r.number, "day": r.date, "amount": r.amount / 100, "principal": r.principal / 100, "interest": r.interest / 100,
             "left": r.balance / 100, "why": t.render(r.why)}
            for r in one.schedule.instalments
        ],
        hide_index=True,
        key="plan_table",
        column_order=shown,
        alt=t("Instalments, one a line"),
        column_config={
            "n": st.column_config.NumberColumn(t("No.")),
            "day": st.column_config.DateColumn(t("Date"), format="DD/MM/YYYY"),
            "amount": st.column_config.NumberColumn(t("Amount"), format="euro"),
            "principal": st.column_config.NumberColumn(t("Principal"), format="euro"),
            "interest": st.column_config.NumberColumn(t("Interest"), format="euro"),
            "left": st.column_config.NumberColumn(t("Left"), format="euro"),
            "why": st.column_config.TextColumn(t("Why"), width="large"),
        },
    )  # fmt: skip


def _computed(t: Texts, one: Simulation) -> None:
    with st.expander(t("How it is computed"), icon=":material/help:"):
        for why in one.schedule.why:
            st.markdown(f"- {session.sentence(t, why)}")


def _picture(t: Texts, one: Simulation) -> None:
    """What is left after each instalment; the table gives the same figures."""
    rows = [{"day": r.date.isoformat(), "left": r.balance / 100} for r in one.schedule.instalments]
    days = [
        alt.DateTime(year=r.date.year, month=r.date.month, date=r.date.day, utc=True) for r in one.schedule.instalments
    ]
    chart = (
        alt.Chart(alt.InlineData(values=rows), height=200, title=t("Left to pay"))
        .mark_line(interpolate="step-after", point=True)
        .encode(
            x=alt.X(
                "day:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%d/%m/%y", values=days, labelOverlap="parity"),
            ),
            y=alt.Y("left:Q", title=None, axis=charts.amounts(t, Unit.EURO)),
        )
    )
    st.altair_chart(charts.finished(t, chart), key="plan_picture")


def _law(t: Texts, one: Simulation) -> None:
    with st.expander(t("What the law says (information, not advice)"), icon=":material/gavel:", expanded=False):
        for note in one.notes:
            unsure = "" if note.sure else f" — {t('to be confirmed')}"
            st.markdown(f"- {plain(note.text.of(t.lang))} ({plain(note.article)}){unsure}")


def _buttons(ctx: Ctx, t: Texts, name: str, one: Simulation, case_id: int | None) -> None:
    entry = one.schedule.terms
    refused = plan_papers.kept_from_paper(ctx, case_id, entry) if case_id else ()
    if case_id:
        for caution in plans.cautions(ctx, case_id, one.granted, entry.running):
            st.warning(session.sentence(t, caution), icon=":material/gavel:")
    with st.container(horizontal=True):
        if case_id:
            token = session.token(f"plan_{case_id}_{name}")
            if st.button(
                t("Save variant {name} on the case", name=name), key="plan_save", type="primary", icon=":material/save:"
            ):
                _save(ctx, t, case_id, entry, name, token)
        if not refused:
            st.download_button(
                t("Plan as PDF"),
                downloads.later(partial(_pdf, entry, case_id)),
                file_name="echeancier.pdf" if t.lang == "fr" else "plan.pdf",
                mime="application/pdf",
                key="plan_pdf",
                icon=":material/picture_as_pdf:",
                on_click="ignore",
            )
    plan_words.no_paper(t, refused)


def _save(ctx: Ctx, t: Texts, case_id: int, entry: PlanEntry, name: str, token: str) -> None:
    with problems.told(t, plan_inputs.labels(t)):
        plans.save_proposal(ctx, case_id, entry, token)
        session.spend(f"plan_{case_id}_{name}")
        session.say(t("Variant {name} is saved as a proposal on the case.", name=name))
        st.rerun()


def _pdf(entry: PlanEntry, case_id: int | None, ctx: Ctx) -> bytes:
    return plan_papers.simulation_file(ctx, entry, case_id)
