"""What is learnt while working a case, typed in small panels: contact point, person, first letter, due date. Judges nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.money import positive_cents
from core.i18n import Texts
from core.services import people, people_words, tracing
from core.services.cases import CaseFile, CaseHead
from core.services.context import Ctx
from core.services.people import ContactPointEntry
from core.services.placing import KINDS as DEBTOR_KINDS
from core.ui import fields, labels, problems, session
from core.ui.text import plain


def contact_point(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Add a telephone number, an e-mail or an address to someone of the case."""
    with st.popover(t("Add contact details"), key="add_point", icon=":material/add:", type="tertiary"):
        token = session.token("point")
        names = {p.party_id: labels.person(p.name, p.first_name) for p in file.parties}
        party = st.selectbox(t("Whose"), list(names), format_func=lambda i: names[i], key=f"point_party_{token}")
        kinds = {"phone": t("Telephone"), "email": t("E-mail"), "address": t("Address")}
        kind = st.segmented_control(
            t("What"),
            list(kinds),
            default="phone",
            required=True,
            format_func=lambda k: kinds[k],
            key=f"point_kind_{token}",
        )
        text = st.text_input(kinds[kind or "phone"], key=f"point_text_{token}")
        postcode = city = ""
        if kind == "address":
            postcode = st.text_input(t("Postcode"), key=f"point_postcode_{token}")
            city = st.text_input(t("Town"), key=f"point_city_{token}")
        origin = st.selectbox(
            t("Known from"),
            [people.COLLECTOR, *people.GIVEN_BY, *(one.code for one in tracing.tracing_data().sources)],
            format_func=lambda code: people_words.origin(t, code) or t("Not said"),
            key=f"point_origin_{token}",
        )
        if st.button(t("Add"), key=f"point_save_{token}", type="primary"):
            shown = {"text": kinds[kind or "phone"], "postcode": t("Postcode"), "origin": t("Known from")}
            with problems.told(t, shown):
                entry = ContactPointEntry(kind or "phone", text, postcode, city, origin)
                people.add_contact_point(ctx, file.head.id, party, entry)
                session.spend("point")
                session.say(t("Added; it is not verified yet."))
                st.rerun()


def person(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Add a co-debtor, a guarantor, a guardian, a lawyer…"""
    with st.popover(t("Add a person"), key="add_person", icon=":material/person_add:", type="tertiary"):
        token = session.token("person")
        role = st.selectbox(
            t("Role"), people.ROLES, format_func=lambda code: labels.role(t, code), key=f"person_role_{token}"
        )
        name = st.text_input(t("Surname"), key=f"person_name_{token}")
        first_name = st.text_input(t("First name"), key=f"person_first_{token}")
        limit = st.text_input(
            t("Liable up to (empty: the whole)"),
            key=f"person_limit_{token}",
            placeholder="1 234,56",
            icon=":material/euro:",
        )
        if st.button(t("Add"), key=f"person_save_{token}", type="primary"):
            with problems.told(t, {"name": t("Surname"), "limit": t("Liable up to (empty: the whole)")}):
                cents = positive_cents(limit, field="limit") if limit.strip() else None
                people.add_person(ctx, file.head.id, role, name, first_name, cents)
                session.spend("person")
                session.say(t("Added to the case."))
                st.rerun()


def debtor_kind(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """Put right what the debtor is in law."""
    with st.popover(t("Kind of debtor"), key="debtor_kind", icon=":material/balance:", type="tertiary"):
        st.caption(
            t(
                "It decides which rules apply: between businesses, of consumers, of public buyers. An association, a property company "
                "(SCI) or a syndicate of co-owners that acts outside any business owes neither the 40 € nor the rate between "
                "businesses (to be confirmed)."
            )
        )
        kind = st.selectbox(
            t("Kind of debtor"),
            DEBTOR_KINDS,
            index=DEBTOR_KINDS.index(head.kind),
            format_func=lambda code: labels.kind(t, code),
            key=f"debtor_kind_{head.debtor_id}_{head.kind}",
        )
        reason = st.text_input(t("Why"), key=f"debtor_kind_reason_{head.debtor_id}_{head.kind}")
        if st.button(t("Put right"), key="debtor_kind_save", type="primary"):
            with problems.told(t, {"kind": t("Kind of debtor"), "reason": t("Why")}):
                changed = people.set_debtor_kind(ctx, head.id, kind, reason)
                session.say(
                    t("The debtor is now: {kind}.", kind=labels.kind(t, kind))
                    if changed
                    else t("Nothing differs: nothing was written.")
                )
                st.rerun()


def first_letter(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """Record a first letter already sent."""
    with st.popover(t("It was sent"), key="first_letter"):
        reference = st.text_input(t("Its reference"), key="first_letter_ref")
        sent_on = fields.day(t("Sent on"), "first_letter_on", value=ctx.today, latest=ctx.today)
        if st.button(t("Record the first letter"), key="first_letter_save", type="primary"):
            with problems.told(t, {"reference": t("Its reference"), "sent_on": t("Sent on")}):
                people.record_first_letter(ctx, head.id, head.row_version, reference, sent_on or ctx.today)
                session.say(t("The first letter is recorded."))
                st.rerun()


def due_dates(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Give the debts without due date the one the creditor told."""
    for debt in file.debts:
        if debt.due_on is None and debt.outstanding:
            with st.popover(t("Due date of {ref}", ref=plain(debt.ref)), key=f"due_{debt.id}", icon=":material/event:"):
                due_on = fields.day(t("Due on"), f"due_on_{debt.id}")
                if st.button(t("Set the due date"), key=f"due_save_{debt.id}", type="primary"):
                    with problems.told(t, {"due_on": t("Due on")}):
                        people.set_due_date(ctx, debt.id, debt.row_version, due_on)
                        session.say(t("The due date is set."))
                        st.rerun()
