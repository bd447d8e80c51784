"""The appointments of a case: set one, its script at hand, its .ics file, its report of the day. Plans none by itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import appointments, people_words, team
from core.services.appointments import Appointment, AppointmentEntry
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.ui import downloads, fields, problems, session
from core.ui.case_who import spelled
from core.ui.text import plain


def labels(t: Texts) -> dict[str, str]:
    """The fields of an appointment and of its report."""
    return {
        "kind": t("Where"),
        "on": t("Day"),
        "at": t("Hour"),
        "minutes": t("Minutes"),
        "place": t("Place or link"),
        "people": t("Who else takes part"),
        "contact_point": t("Address whose holder agreed in writing (visit)"),
        "user": t("Received by"),
        "outcome": t("How it went"),
        "words": t("Report: what was said and agreed"),
    }


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Those that await their report, the others, the form."""
    found = appointments.appointments_of(ctx, file.head.id)
    if not found:
        st.caption(
            t("No appointment yet. Its report is due on the day itself and stands in the queue until it is written.")
        )
    for one in found:
        _appointment(ctx, t, one)
    if ctx.may(Right.WORK) and file.head.status == "open":
        with st.expander(t("Set an appointment"), icon=":material/event_available:", expanded=not found):
            _form(ctx, t, file)


def _appointment(ctx: Ctx, t: Texts, one: Appointment) -> None:
    row = one.row
    with st.container(border=True, gap="xsmall", key=f"appointment_{row.id}"):
        late = f" · :red[{t('report late')}]" if one.late or one.reported_late else ""
        when = t("{day} at {hour}, {n} min", day=t.date(row.due_on), hour=row.due_at, n=row.minutes)
        st.markdown(f"**{plain(people_words.appointment(t, row.kind))}** · {plain(when)}{late}")
        st.caption(
            plain(" · ".join(word for word in (row.place, row.people, t("received by {name}", name=row.user)) if word))
        )
        if row.outcome:
            st.markdown(plain(people_words.appointment_outcome(t, row.outcome)))
            if row.report:
                st.text(row.report)
            return
        with st.container(horizontal=True):
            _script(t, row.kind, row.id)
            st.download_button(
                t("Calendar (.ics)"),
                downloads.later(partial(_file, row.id)),
                file_name=f"{t('appointment')}-{row.due_on}.ics",
                mime="text/calendar",
                key=f"ics_{row.id}",
                icon=":material/calendar_add_on:",
                on_click="ignore",
            )
            if ctx.may(Right.WORK):
                with st.popover(t("Write the report"), key=f"appointment_report_{row.id}", icon=":material/edit_note:"):
                    _report(ctx, t, one)


def _script(t: Texts, kind: str, number: int) -> None:
    found = next(one for one in appointments.appointment_data().kinds if one.kind == kind)
    with st.popover(t("Script"), key=f"script_{number}", icon=":material/checklist:"):
        for title, lines in ((t("To bring:"), found.bring), (t("To say:"), found.say)):
            st.markdown("\n".join([f"**{title}**", "", *(f"- {plain(line.of(t.lang))}" for line in lines)]))


def _file(appointment_id: int, ctx: Ctx) -> bytes:
    return appointments.appointment_file(ctx, appointment_id)[1]


def _report(ctx: Ctx, t: Texts, one: Appointment) -> None:
    label, row = labels(t), one.row
    codes = [outcome.code for outcome in appointments.appointment_data().outcomes]
    outcome = st.selectbox(
        label["outcome"],
        codes,
        format_func=lambda code: people_words.appointment_outcome(t, code),
        key=f"outcome_{row.id}",
    )
    words = st.text_area(label["words"], key=f"report_{row.id}", height=100)
    st.caption(t("A promise or a plan is logged as a contact, with its result; a visit too."))
    if st.button(t("Keep the report"), key=f"report_save_{row.id}", type="primary"):
        with problems.told(t, label):
            appointments.report_appointment(ctx, row.id, row.row_version, outcome, words)
            session.say(t("The report is kept."))
            st.rerun()


def _form(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    form, label = f"appointment_{file.head.id}", labels(t)
    token, people = session.token(form), {one.id: one.name for one in team.colleagues(ctx)}
    addresses = {point.id: point for point in file.contact_points if point.kind == "address"}
    kinds = [one.kind for one in appointments.appointment_data().kinds]
    with st.form(f"appointment_form_{token}", border=False):
        kind = st.selectbox(
            label["kind"], kinds, format_func=lambda one: people_words.appointment(t, one), key=f"app_kind_{token}"
        )
        with st.container(horizontal=True, key=f"app_when_{file.head.id}"):
            on = fields.day(label["on"], f"app_on_{token}", value=ctx.today)
            at = st.text_input(label["at"], key=f"app_at_{token}", placeholder="14:30")
            minutes = st.number_input(
                label["minutes"], min_value=5, max_value=480, value=30, step=5, key=f"app_minutes_{token}"
            )
        place = st.text_input(label["place"], key=f"app_place_{token}")
        with_whom = st.text_input(label["people"], key=f"app_people_{token}")
        user = st.selectbox(
            label["user"], list(people), index=list(people).index(ctx.user.id) if ctx.user.id in people else 0,
            format_func=lambda one: people[one], key=f"app_user_{token}",
        )  # fmt: skip
        point = st.selectbox(
            label["contact_point"],
            [None, *addresses],
            format_func=lambda one: spelled(t, addresses[one]) if one else "—",
            key=f"app_point_{token}",
        )
        sent = st.form_submit_button(t("Set the appointment"), type="primary", key=f"app_save_{token}")
    if sent:
        with problems.told(t, label):
            entry = AppointmentEntry(kind, on or ctx.today, at, place, with_whom, int(minutes), point, user)
            appointments.set_appointment(ctx, file.head.id, entry, token)
            session.spend(form)
            session.say(t("The appointment is set; its report is due the same day."))
            st.rerun()
