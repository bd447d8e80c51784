"""The contacts of a creditor by department, and the questions that wait for it. Asks nothing itself."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditor_contacts, questions
from core.services.context import Ctx
from core.services.creditor_contacts import ContactEntry, CreditorContact
from core.ui import case_who, doors, drafts, problems, question_words, session
from core.ui.text import plain

LANGUAGES = {"fr": "Français", "en": "English"}


def show(ctx: Ctx, t: Texts, creditor_id: int) -> None:
    """The contacts, then what waits for an answer."""
    found = creditor_contacts.contacts_of(ctx, creditor_id)
    if not found:
        st.info(
            t("No contact yet. Questions go to a person: say who answers for sales, accounting and legal matters."),
            icon=":material/contacts:",
        )
    for one in found:
        _contact(ctx, t, one)
    with st.expander(t("Add a contact"), icon=":material/person_add:", expanded=not found):
        _form(ctx, t, creditor_id, None)
    _questions(ctx, t, creditor_id)


def _contact(ctx: Ctx, t: Texts, one: CreditorContact) -> None:
    with st.container(border=True, gap="xsmall", key=f"contact_{one.id}"):
        words = (
            question_words.department(t, one.department),
            one.email,
            case_who.phone(one.phone) if one.phone else "",
            LANGUAGES[one.lang],
        )
        st.markdown(" · ".join([f"**{plain(one.name)}**", *(plain(word) for word in words if word)]))
        with st.container(horizontal=True, gap="xsmall"):
            with st.popover(t("Change"), key=f"contact_change_{one.id}", icon=":material/edit:"):
                _form(ctx, t, one.creditor_id, one)
            if st.button(
                t("No longer to be asked"),
                key=f"contact_end_{one.id}",
                type="tertiary",
                disabled=not ctx.may(Right.CREDITORS),
            ):
                with problems.told(t):
                    creditor_contacts.end_contact(ctx, one.id, one.row_version)
                    session.say(t("This person is no longer asked."))
                    st.rerun()


def _form(ctx: Ctx, t: Texts, creditor_id: int, row: CreditorContact | None) -> None:
    version = row.row_version if row else 0
    draft = drafts.draft(f"contact_{row.id if row else f'of_{creditor_id}'}", version, "name")
    label = {
        "department": t("Department"),
        "name": t("Name"),
        "email": t("E-mail"),
        "phone": t("Telephone"),
        "lang": t("Language"),
    }
    with st.form(draft.key("form"), border=False):
        entry = _fields(t, label, draft, row)
        sent = st.form_submit_button(
            t("Save"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.CREDITORS)
        )
    if sent:
        kept = {name: getattr(row, name) for name in label} if row else {}
        theirs = drafts.differing(asdict(entry), kept) if row else {}
        with drafts.told(t, draft, label, theirs, version):
            creditor_contacts.save_contact(ctx, creditor_id, entry, row.id if row else None, draft.version)
            drafts.saved(draft)
            session.say(t("The contact is saved."))
            st.rerun()


def _fields(t: Texts, label: dict[str, str], draft: drafts.Draft, row: CreditorContact | None) -> ContactEntry:
    codes = creditor_contacts.departments()
    left, right = st.columns(2)
    with left:
        department = st.selectbox(
            label["department"],
            codes,
            index=codes.index(row.department) if row and row.department in codes else 0,
            format_func=lambda code: question_words.department(t, code),
            key=draft.key("department"),
        )
        name = st.text_input(label["name"], value=row.name if row else "", key=draft.key("name"))
        lang = st.selectbox(
            label["lang"],
            creditor_contacts.LANGUAGES,
            index=creditor_contacts.LANGUAGES.index(row.lang) if row else 0,
            format_func=LANGUAGES.__getitem__,
            key=draft.key("lang"),
        )
    with right:
        email = st.text_input(label["email"], value=row.email if row else "", key=draft.key("email"))
        phone = st.text_input(label["phone"], value=row.phone if row else "", key=draft.key("phone"))
    return ContactEntry(str(department), name, email, phone, str(lang))


def _questions(ctx: Ctx, t: Texts, creditor_id: int) -> None:
    """The open questions, the one due first on top, each with its case."""
    waits = questions.waiting(ctx, creditor_id)
    st.subheader(t("Questions that wait for an answer"), anchor=False)
    if not waits:
        st.caption(t("None: ask one from a case."))
    for one in waits:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"waits_{one.id}"):
            sentence, late = question_words.waiting(t, one, ctx.today)
            st.markdown(f":red[{plain(sentence)}]" if late else plain(sentence), width="stretch")
            doors.link("case", one.case_ref, ":material/folder_open:", id=str(one.case_id))
