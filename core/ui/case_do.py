"""The centre of a case: log a contact, a payment, a note, or set the next action. Each panel writes at its named button only."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import cases, journal
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.ui import case_contact, case_payment, fields, outcome_labels, problems, session
from core.ui.text import plain

PANELS = ("contact", "payment", "note", "next")


@st.fragment
def show(case_id: int, status: str, row_version: int) -> None:
    """Do. Reruns alone while one types; a saved command reruns the whole page."""
    del status, row_version  # they make the fragment new when the case has changed
    with session.part("Case") as (ctx, t):
        file = cases.case_file(ctx, case_id)
        st.subheader(t("Do"), anchor=False)
        _next(ctx, t, file)
        names = {"contact": t("Contact"), "payment": t("Payment"), "note": t("Note"), "next": t("Next action")}
        icons = {"contact": ":material/call:", "payment": ":material/payments:", "note": ":material/sticky_note_2:", "next": ":material/event:"}
        panel = st.segmented_control(
            t("What do you want to do?"), PANELS, key=f"panel_{case_id}", default="contact", required=True, label_visibility="collapsed",
            format_func=lambda code: f"{icons[code]} {names[code]}")
        with st.container(horizontal=True, key="panel_keys"):
            st.button(t("Note"), key="key_note", shortcut="N", type="tertiary", on_click=_panel, args=(case_id, "note"))
            st.button(t("Payment"), key="key_payment", shortcut="P", type="tertiary", on_click=_panel, args=(case_id, "payment"))
        {"contact": case_contact.show, "payment": case_payment.show, "note": _note, "next": _set_next}[panel or "contact"](ctx, t, file)


def _panel(case_id: int, panel: str) -> None:
    st.session_state[f"panel_{case_id}"] = panel


def _next(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """What was planned."""
    for task in file.tasks[:2]:
        late = f" :red[({t('late')})]" if task.due_on < ctx.day else ""
        words = f" — {plain(task.text)}" if task.text else ""
        st.markdown(f":material/event: **{plain(outcome_labels.action(t, task.kind))}**, {t.date(task.due_on)} {task.due_at}{late}{words}")
    for promise in file.promises:
        if promise.due_on >= ctx.day:
            st.markdown(f":material/handshake: {t('Promised: {amount} for {day}', amount=t.money(promise.amount), day=t.date(promise.due_on))}")


def _note(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    token = session.token("note")
    with st.form("note_form", border=False):
        text = st.text_area(t("Note"), key=f"note_{token}", height=120, help=t("Objective words only: the debtor may ask to read them (GDPR article 15)."))
        if st.form_submit_button(t("Save the note"), type="primary", key="note_save"):
            with problems.told(t, {"note": t("Note")}):
                journal.add_note(ctx, file.head.id, text, token)
                session.spend("note")
                session.say(t("The note is in the journal."))
                st.rerun(scope="app")


def _set_next(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    with st.form("next_form", border=False):
        kind = st.selectbox(t("Next action"), journal.action_kinds(), format_func=lambda k: outcome_labels.action(t, k), key="next_kind")
        on = fields.day(t("Day"), "next_on", value=ctx.today)
        note = st.text_input(t("A word for the day itself (optional)"), key="next_note")
        if st.form_submit_button(t("Set as next action"), type="primary", key="next_save"):
            with problems.told(t, {"next_on": t("Day"), "next_kind": t("Next action")}):
                journal.set_next_action(ctx, file.head.id, kind, on or ctx.today, note)
                session.say(t("The next action is set."))
                st.rerun(scope="app")
