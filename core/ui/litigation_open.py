"""The opening of a proceeding: conditions shown, the creditor's dated instruction typed, a named button. Advises nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import proceedings
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.proceedings import PROVIDERS, Instruction, Proposal
from core.ui import doors, fields, litigation_words, problems, session


def form(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Choose the route and the court, read what it rests on, give the instruction."""
    routes = proceedings.routes(ctx)
    case_id = file.head.id
    route = st.selectbox(
        t("Route"), list(routes), format_func=lambda r: routes[r].label.of(t.lang), key=f"open_route_{case_id}"
    )
    found = proceedings.propose(ctx, case_id, route)
    if found.stops:
        for problem in found.stops:
            st.warning(
                f"{session.sentence(t, problem.reason)}  \n{session.sentence(t, problem.remedy)}",
                icon=":material/block:",
            )
        return
    _rests_on(t, found)
    _instruction(ctx, t, case_id, route, found)


def _rests_on(t: Texts, found: Proposal) -> None:
    st.markdown(t("The program states the conditions; the creditor decides."))
    for said in found.barred:
        st.warning(session.sentence(t, said), icon=":material/event_busy:")
    for one in found.cautions:
        st.warning(litigation_words.caution(t, one), icon=":material/info:")
    for condition in found.procedure.conditions:
        st.markdown(f"- {litigation_words.remark(t, condition)}")
    for step in found.procedure.steps.values():
        if step.caution and any(link.step == found.procedure.start for link in step.after):
            st.markdown(f":material/info: {litigation_words.remark(t, step.caution)}")


def _instruction(ctx: Ctx, t: Texts, case_id: int, route: str, found: Proposal) -> None:
    name = f"open_{case_id}"
    token = session.token(name)
    courts = found.procedure.courts
    labels = _labels(t)
    with st.form(f"form_{name}", border=True):
        st.markdown(f"**{t('Instruction of the creditor')}**")
        court = st.selectbox(
            labels["court"], list(courts), format_func=lambda c: courts[c].label.of(t.lang), key=f"lit_court_{token}"
        )
        given_by = st.text_input(labels["given_by"], key=f"lit_given_by_{token}", autocomplete="off")
        given_on = fields.day(labels["given_on"], f"lit_given_on_{token}", latest=ctx.today)
        amount = fields.money(labels["amount"], f"lit_amount_{token}", value=fields.euros(found.amount))
        provision = fields.money(labels["provision"], f"lit_provision_{token}", value=fields.euros(0))
        kind = st.selectbox(
            t("Kind of provider"),
            PROVIDERS,
            key=f"lit_kind_{token}",
            format_func=lambda c: litigation_words.provider(t, c),
        )
        provider = st.text_input(labels["provider"], key=f"lit_provider_{token}", autocomplete="off")
        power = fields.day(
            labels["special_power_on"],
            f"lit_power_{token}",
            latest=ctx.today,
            help=t("Needed before our agency files the application itself (CPC, art. 1407)."),
        )
        note = st.text_input(t("Note (optional)"), key=f"lit_note_{token}")
        sent = st.form_submit_button(
            t("Open the proceeding"), type="primary", key=f"lit_save_{name}", icon=":material/gavel:"
        )
    if sent:
        with problems.told(t, labels, once=True):
            entry = Instruction(
                case_id,
                route,
                court or "",
                given_by,
                given_on,
                fields.cents(amount, "amount") if amount.strip() else None,
                fields.cents_or_zero(provision, "provision") if provision.strip() else None,
                provider or (t("Our agency") if kind == "agency" else ""),
                power,
                note,
            )
            proceeding_id = proceedings.open_proceeding(ctx, entry, token, kind)
            session.spend(name)
            session.say(t("The proceeding is open."))
            doors.go("litigation", t("Proceeding {n}", n=proceeding_id), id=str(proceeding_id))


def _labels(t: Texts) -> dict[str, str]:
    return {
        "court": t("Court"),
        "given_by": t("Given by"),
        "given_on": t("Given on"),
        "amount": t("Amount to claim"),
        "provision": t("Cost provision"),
        "provider": t("Name of the provider"),
        "special_power_on": t("Special power signed on (if our agency files)"),
    }
