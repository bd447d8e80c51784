"""The left of a case: persons, telephone numbers, addresses. Marks validity; consents are typed beside."""

from __future__ import annotations

import streamlit as st

from core.domain.countries import country_name
from core.i18n import Texts
from core.services import addressee, journal
from core.services.cases import CaseFile, ContactPoint
from core.services.context import Ctx
from core.ui import case_addressee, case_consents, case_learnt, case_point, case_whose, labels, session
from core.ui.text import plain

ICONS = {"phone": ":material/call:", "email": ":material/mail:", "address": ":material/home:"}
SIGNS = {"confirmed": ":green[:material/check_circle:]", "unknown": "", "invalid": ":red[:material/cancel:]"}


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Who."""
    st.subheader(t("Who"), anchor=False)
    standing = addressee.standings(ctx, file.head.id) if len(file.parties) > 1 else {}
    for party in file.parties:
        if party.role != "debtor":
            case_addressee.line(ctx, t, file.head.id, party, standing.get(party.party_id))
        points = [p for p in file.contact_points if p.party_id == party.party_id]
        for point in points:
            _point(ctx, t, file, point)
        if not points:
            st.caption(t("No telephone, e-mail or address is known."))
    case_learnt.contact_point(ctx, t, file)
    case_learnt.person(ctx, t, file)
    case_learnt.debtor_kind(ctx, t, file.head)
    if file.head.creditor_debtor_ref:
        st.caption(t("Number at the creditor: {ref}", ref=plain(file.head.creditor_debtor_ref)))


def _point(ctx: Ctx, t: Texts, file: CaseFile, point: ContactPoint) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", gap="xxsmall", key=f"point_{point.id}"):
        said = f"{case_consents.sign(t, file, point)} {case_whose.sign(t, point)}"
        about = case_point.about(ctx, t, file, point)
        st.markdown(
            f"{ICONS[point.kind]} {plain(spelled(t, point))} {SIGNS[point.validity]} {said}{about}", width="stretch"
        )
        with st.popover("…", key=f"mark_{point.id}", help=t("Good or wrong, agreement or objection"), type="tertiary"):
            st.markdown(t("This contact point is {state}.", state=labels.validity(t, point.validity)))
            for validity, label in (("confirmed", t("Good")), ("invalid", t("Wrong")), ("unknown", t("Not verified"))):
                st.button(
                    label,
                    key=f"{validity}_{point.id}",
                    on_click=_mark,
                    args=(point.id, validity),
                    disabled=point.validity == validity,
                    icon=None,
                )
            case_point.first(t, file, point)
            case_consents.show(ctx, t, file, point)
            case_whose.form(ctx, t, file.head.id, point)


def spelled(t: Texts, point: ContactPoint) -> str:
    """A contact point as a person reads it."""
    if point.kind == "phone":
        return phone(point.value)
    if point.kind == "address":
        lines = [
            line for line in (*point.value.splitlines(), f"{point.postcode} {point.city}".strip()) if line.strip("- ")
        ]
        return ", ".join([*lines, country_name(point.country, t.lang)] if point.country not in ("", "FR") else lines)
    return point.value


def phone(e164: str) -> str:
    """A French number by pairs, another as it is dialled: "06 12 34 56 78", "+32 2 555 12 12"."""
    import phonenumbers

    number = phonenumbers.parse(e164, None)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 33 else style.INTERNATIONAL)


def _mark(point_id: int, validity: str) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        journal.mark_contact_point(ctx, point_id, validity)
