"""The top of a case: debtor, creditor, balance, what stops it, the neighbours in the queue. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services.cases import CaseFile, CaseHead
from core.services.context import Ctx
from core.services.statements import Statement
from core.ui import (
    case_assigned,
    case_closing,
    case_creditor,
    case_gate,
    case_hold,
    case_learnt,
    case_letter,
    case_limitation,
    case_neighbours,
    case_others,
    case_people,
    case_promises,
    doors,
    first_steps,
    interest_view,
    labels,
    outcome_labels,
    why,
)
from core.ui.text import plain


def asked(ctx: Ctx, t: Texts) -> int:
    """The case number of the address; a helpful sentence and 0 when there is none."""
    text = st.query_params.get("id", "")
    if text.isdigit() and int(text):
        return int(text)
    st.title(t("Case"), anchor=False)
    what = t(
        "No case yet. Each debtor entrusted by a creditor has one: what is owed, what to do, what happened stand in it."
    )
    if first_steps.instead(ctx, t, what, ":material/folder_open:"):
        return 0
    st.info(t("Open a case from the queue: click its line, or search a name."), icon=":material/folder_open:")
    doors.link("queue", t("Go to the queue"), ":material/format_list_numbered:")
    return 0


def show(ctx: Ctx, t: Texts, file: CaseFile, amounts: Statement) -> None:
    """The banner, with the amounts of today."""
    with st.container(gap="xsmall", key="case_banner"):
        head = file.head
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(labels.person(head.name, head.first_name), anchor=False, width="stretch")
            case_neighbours.show(ctx, t, head.id)
        facts = [
            f"**{plain(head.ref)}**",
            t("for {creditor}", creditor=plain(head.creditor)),
            labels.kind(t, head.kind),
        ]
        if head.siren:
            facts.append(t("SIREN {siren}", siren=head.siren))
        facts.append(t("placed on {day}", day=t.date(head.placed_on)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="case_facts"):
            st.markdown(" · ".join(facts), width="content")
            case_assigned.show(ctx, t, file)
        case_others.show(ctx, t, head.id)
        _stops(ctx, t, file)
        case_gate.show(ctx, t, file)
        _balance(t, file, amounts)


def _stops(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The strip of what stops or limits the work, in the order of weight."""
    head = file.head
    if head.status == "closed":
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(t(":material/lock: Closed: {why}", why=plain(outcome_labels.closing(t, head.closure_reason))))
            case_closing.reopen(ctx, t, head.id)
    for hold in file.holds:
        until = t("until {day}", day=t.date(hold.until_on)) if hold.until_on else t("until someone lifts it")
        what = t("Debt {ref}", ref=plain(hold.debt_ref)) if hold.debt_ref else t("Contacts stopped")
        if hold.amount:
            what = t("{amount} of debt {ref}", amount=t.money(hold.amount), ref=plain(hold.debt_ref))
        with st.container(border=True, gap="xsmall", key=f"stop_{hold.id}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":red[:material/front_hand: **{what}**] — {outcome_labels.hold(t, hold.kind)}, {until}")
                case_hold.evidence(ctx, t, hold)
                case_hold.lift(ctx, t, hold)
            case_hold.facts(t, hold)
    case_promises.strip(ctx, t, head)
    case_creditor.strip(ctx, t, file)
    case_people.strip(ctx, t, file)
    case_limitation.strip(ctx, t, head)
    _letter(ctx, t, head)
    if not head.next_on and head.status == "open" and not head.held_kind:
        st.markdown(f":red[:material/warning:] {t('No next action: set one below.')}")


def _letter(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """The first letter: missing, to be posted, or sent."""
    with st.container(horizontal=True, vertical_alignment="center", key="letter_strip"):
        if head.first_letter_on:
            letter = t(
                "First letter {ref} sent on {day}", ref=plain(head.first_letter_ref), day=t.date(head.first_letter_on)
            )
            st.caption(f":material/mail: {letter}", width="stretch")
        else:
            missing = t(
                "No first letter (CPCE, art. R. 124-4) is recorded: it must come before any other step with the debtor."
            )
            st.markdown(f":orange[:material/mail:] {missing}")
        if head.status == "open" or head.first_letter_on:
            case_letter.button(t, head)
        if not head.first_letter_on:
            case_learnt.first_letter(ctx, t, head)
    case_letter.show(ctx, t, head)


def _balance(t: Texts, file: CaseFile, amounts: Statement) -> None:
    """The figures of today, each as wide as it is; on a phone two stand side by side."""
    with st.container(horizontal=True, gap="xsmall", key="figures_case"):
        _figure(
            t("Owed"),
            why.figure(t, amounts.total),
            t(
                "On {day}: what came with the placement and what the creditor claims beside, less what was paid.",
                day=amounts.on,
            ),
        )
        _figure(t("Principal"), why.figure(t, amounts.sums["principal"]))
        _figure(*interest_view.figure(t, amounts))
        _figure(t("€40, penalty, costs"), t.money(amounts.accessories))
        _figure(t("Collected"), t.money(file.head.collected))


def _figure(label: str, value: str, meaning: str | None = None) -> None:
    st.metric(label, value, border=True, help=meaning, width="content", height="stretch")
