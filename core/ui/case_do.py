"""The centre of a case: one panel a gesture, from contact to stop. Each writes at its named button only."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import cases, journal, result_words
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.ui import (
    case_call,
    case_callback,
    case_contact,
    case_dispute,
    case_hold,
    case_message,
    case_money,
    case_result,
    drafts,
    fields,
    outcome_labels,
    problems,
    session,
)
from core.ui.text import plain


@st.fragment
def show(case_id: int, status: str, row_version: int) -> None:
    """Do. Reruns alone while one types; a saved command reruns the whole page."""
    del status, row_version  # they make the fragment new when the case has changed
    with session.part("Case") as (ctx, t):
        file = cases.case_file(ctx, case_id)
        with st.container(gap="xsmall", key="do"):
            st.subheader(t("Do"), anchor=False)
            _next(ctx, t, file)
            panel = st.session_state.setdefault(f"panel_{case_id}", "contact")
            _choice(ctx, t, file, panel)
            {
                "contact": case_contact.show,
                "message": case_message.show,
                "payment": case_money.show,
                "note": _note,
                "next": _set_next,
                "dispute": case_dispute.show,
                "hold": case_hold.show,
            }[panel](ctx, t, file)


def _choice(ctx: Ctx, t: Texts, file: CaseFile, panel: str) -> None:
    """The things one does, each under its key. Streamlit keeps C and R for itself."""
    buttons = (
        ("contact", t("Contact"), "O"),
        ("message", t("Write"), "W"),
        ("promise", t("Promise"), "P"),
        ("payment", t("Payment"), "E"),
        ("note", t("Note"), "N"),
        ("next", t("What next"), "A"),
        ("dispute", t("Dispute"), "D"),
        ("hold", t("Stop"), "H"),
    )
    with st.container(horizontal=True, gap="xxsmall", key="panels"):
        case_call.button(ctx, t, file)
        for code, label, key in buttons:
            st.button(
                label,
                key=f"key_{code}",
                shortcut=key,
                type="primary" if code == panel else "secondary",
                on_click=_panel,
                args=(file.head.id, code),
            )


def _panel(case_id: int, panel: str) -> None:
    """Open a panel; a promise is a contact whose result is already chosen."""
    if panel == "promise":
        case_result.choose(case_id, "PRO")
    st.session_state[f"panel_{case_id}"] = "contact" if panel == "promise" else panel


def _next(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """What was planned."""
    for task in file.tasks[:2]:
        late = f" :red[({t('late')})]" if task.due_on < ctx.day else ""
        words = f" — {plain(task.text)}" if task.text else ""
        with st.container(
            horizontal=True, vertical_alignment="center", wrap=False, gap="small", key=f"planned_{task.id}"
        ):
            st.markdown(
                f":material/event: **{plain(outcome_labels.action(t, task.kind))}**, {t.date(task.due_on)} {task.due_at}{late}{words}",
                width="stretch",
            )
            case_callback.calendar(t, file.head, task)
    for promise in file.promises:
        if promise.due_on >= ctx.day:
            st.markdown(
                f":material/handshake: {t('Promised: {amount} for {day}', amount=t.money(promise.amount), day=t.date(promise.due_on))}"
            )


def _note(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    form = f"note_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    with drafts.kept(token, "note"):  # no form: a form tells nothing of what is typed before it is sent
        text = st.text_area(
            t("Note"),
            key=f"note_{token}",
            height=120,
            help=t("Objective words only: the debtor may ask to read them (GDPR article 15)."),
        )
    if st.button(t("Save the note"), type="primary", key="note_save", shortcut="Ctrl+Enter"):
        with problems.told(t, {"note": t("Note")}):
            journal.add_note(ctx, file.head.id, text, token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The note is in the journal."))
            st.rerun(scope="app")


def _set_next(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    form = f"next_{file.head.id}"  # as for a note
    token = session.token(form)
    with drafts.kept(token, "next_kind", "next_on", "next_at", "next_note"):
        kind = st.selectbox(
            t("Next action"),
            result_words.action_kinds(),
            format_func=lambda k: outcome_labels.action(t, k),
            key=f"next_kind_{token}",
        )
        on = fields.day(t("Day"), f"next_on_{token}", value=ctx.today)
        at = st.text_input(t("Hour (optional)"), key=f"next_at_{token}", placeholder="14:30", width=160)
        planned, here = case_callback.clocks(ctx, t, file.head.id, None, on or ctx.today, at)
        note = st.text_input(t("A word for the day itself (optional)"), key=f"next_note_{token}")
    if st.button(t("Set as next action"), type="primary", key="next_save", shortcut="Ctrl+Enter"):
        with problems.told(t, {"next_on": t("Day"), "next_kind": t("Next action"), "hour": t("Hour (optional)")}):
            journal.set_next_action(ctx, file.head.id, kind, planned, note, here)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The next action is set."))
            st.rerun(scope="app")
