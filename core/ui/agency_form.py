"""The agency file of CPCE R.124-2 as a form: what is missing, with its article, and every field. Keeps what was typed; judges nothing."""

from __future__ import annotations

import base64
from dataclasses import asdict, replace

import streamlit as st

from core.domain.dates import day_of
from core.domain.rights import Right
from core.i18n import Texts
from core.services import agency
from core.services.agency import AgencyFile, AgencyView
from core.services.context import Ctx
from core.ui import drafts, fields, session


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "name": t("Name of the agency"),
        "legal_form": t("Legal form"),
        "siren": t("SIREN"),
        "address": t("Street lines"),
        "postcode": t("Postcode"),
        "city": t("Town"),
        "email": t("E-mail"),
        "phone": t("Telephone"),
        "signatory": t("Person who signs letters"),
        "signatory_title": t("Their title"),
        "insurer": t("Insurer"),
        "insurance_policy": t("Policy number"),
        "insurance_until": t("Insured until"),
        "client_account_iban": t("IBAN of the account"),
        "client_account_bank": t("Bank"),
        "prosecutor": t("Declared to the public prosecutor of"),
        "prosecutor_declared_on": t("Declared on"),
        "logo": t("Logo for letters (PNG or JPEG)"),
    }


def show(ctx: Ctx, t: Texts) -> None:
    """What is missing, then the form."""
    view = agency.agency_file(ctx)
    _missing(t, view)
    draft = drafts.draft("agency", view.row_version, "name")
    with st.form(draft.key("form"), border=False):
        file, logo, without = _fields(t, draft, view.file)
        sent = st.form_submit_button(
            t("Save the agency file"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.SETTINGS)
        )
    if sent:
        theirs = {k: v for k, v in drafts.differing(asdict(file), asdict(view.file)).items() if k != "logo"}
        with drafts.told(t, draft, labels(t), theirs, view.row_version):
            picture = agency.logo_text(ctx, logo) if logo else "" if without else view.file.logo
            agency.save_agency_file(ctx, replace(file, logo=picture), draft.version)
            drafts.saved(draft)
            session.say(t("The agency file is saved."))
            st.rerun()


def _missing(t: Texts, view: AgencyView) -> None:
    if not view.missing:
        st.success(t("The agency file is complete: nothing here blocks sending."), icon=":material/check_circle:")
        return
    lines = "\n".join(f"- {session.sentence(t, item)}" for item in view.missing)
    head = t("Before it collects, an agency must have what follows; as long as an item is missing, no letter leaves:")
    st.warning(f"{head}\n{lines}", icon=":material/gavel:")


def _fields(t: Texts, draft: drafts.Draft, kept: AgencyFile) -> tuple[AgencyFile, bytes, bool]:
    """What is typed, the bytes of a new logo, and whether the kept one goes."""
    label, typed = labels(t), {}

    def text(field: str, *, like: str | None = None, why: str | None = None) -> None:
        typed[field] = st.text_input(
            label[field], value=getattr(kept, field), key=draft.key(field), placeholder=like, help=why
        )

    def day(field: str) -> None:
        given = fields.day(label[field], draft.key(field), value=day_of(getattr(kept, field)))
        typed[field] = given.isoformat() if given else ""

    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Who signs"), anchor=False)
        st.caption(t("Name and address open every letter (article R. 124-4, 1°)."))
        text("name")
        text("legal_form", like=t("SAS with a capital of €10,000"))
        text("siren", like="732 829 320")
        typed["address"] = st.text_area(label["address"], value=kept.address, key=draft.key("address"), height=80)
        for first, second in (("postcode", "city"), ("phone", "email")):
            one, two = st.columns([1, 2])
            with one:
                text(first)
            with two:
                text(second)
        text("signatory")
        text("signatory_title", like=t("Manager"))
    with right:
        st.subheader(t("Liability insurance"), anchor=False)
        st.caption(t("An insurance that covers the agency's civil liability, in force (article R. 124-2, 1°)."))
        text("insurer")
        text("insurance_policy")
        day("insurance_until")
        st.subheader(t("Account for creditors' funds"), anchor=False)
        st.caption(t("An account used for nothing but the money collected for creditors (article R. 124-2, 2°)."))
        text("client_account_bank")
        text("client_account_iban", like="FR76 3000 4000…")
        st.subheader(t("Declaration to the prosecutor"), anchor=False)
        st.caption(
            t(
                "A written declaration, before the first case, to the public prosecutor of the agency's court (article R. 124-2, 3°)."
            )
        )
        text("prosecutor", like="Lyon")
        day("prosecutor_declared_on")
    logo, without = _logo(t, draft, kept, label["logo"])
    return AgencyFile(**typed), logo, without


def _logo(t: Texts, draft: drafts.Draft, kept: AgencyFile, label: str) -> tuple[bytes, bool]:
    st.subheader(t("Logo"), anchor=False)
    without = False
    if kept.logo:
        st.image(base64.b64decode(kept.logo), width=160)
        without = st.checkbox(t("Take the logo off"), key=draft.key("without_logo"))
    given = st.file_uploader(label, type=["png", "jpg", "jpeg"], key=draft.key("logo"), max_upload_size=1)
    return given.getvalue() if given else b"", without
