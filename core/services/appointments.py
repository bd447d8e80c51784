"""Appointments with a debtor: at the office, by video, a visit agreed to in writing first; their script, their report of the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.domain.dates import working_day
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.outcomes import hour
from core.domain.rights import Right
from core.exchange.ics import Event, calendar
from core.i18n import texts
from core.law.appointments import AppointmentData, AppointmentKind, load_appointments
from core.services import contact_gate, contact_record, note_filter, visit_agreement
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import appointments as kept
from core.store import course, journal, people, team
from core.store.appointments import AppointmentRow, NewAppointment
from core.store.unit import Reader, Unit

__all__ = [
    "TASK", "Appointment", "AppointmentEntry", "AppointmentRow", "appointment_data", "appointment_file", "appointments_of",
    "report_appointment", "set_appointment",
]  # fmt: skip
TASK = "appointment"  # the next action of the day itself: late from the day after while no report is written
LONGEST_MINUTES = 480


@dataclass(frozen=True, slots=True)
class AppointmentEntry:
    """An appointment as agreed: `at` as 14:30 or 14h30 in the agency's zone, `minutes` None for those of its kind."""

    kind: str
    on: dt.date
    at: str
    place: str
    people: str = ""
    minutes: int | None = None
    contact_point_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment; `late` when its day has passed without report, `reported_late` when the report came after its day."""

    row: AppointmentRow
    late: bool
    reported_late: bool


def appointment_data() -> AppointmentData:
    """The kinds with their script, the outcomes."""
    return load_appointments()


@service(Right.READ)
def appointments_of(ctx: Ctx, case_id: int) -> tuple[Appointment, ...]:
    """The appointments of a case: those that await their report first."""
    with ctx.store.read() as reader:
        return tuple(_shown(ctx, row) for row in kept.of_case(reader, case_id))


def _shown(ctx: Ctx, row: AppointmentRow) -> Appointment:
    told = _local_day(ctx, row.reported_at) if row.reported_at else ""
    return Appointment(row, not row.outcome and row.due_on < ctx.day, bool(told) and told > row.due_on)


def _local_day(ctx: Ctx, stamp: str) -> str:
    return dt.datetime.fromisoformat(stamp).astimezone(ZoneInfo(ctx.time_zone)).date().isoformat()


@service(Right.WORK)
def set_appointment(ctx: Ctx, case_id: int, entry: AppointmentEntry, token: str) -> int:
    """Keep an appointment, with a next action on its day that awaits the report. Twice with one token keeps once.

    A visit passes the contact gate at its moment, first of all the written agreement (CON-07; C. conso. L121-7, C. pén. 226-4):
    refused "visit-unagreed" and what the gate says.
    Other Refusals: "case-closed", "choice-unknown", "date-in-past", "hour-unreadable", "field-empty", "minutes", "note-words".
    """
    with contact_gate.recorded(ctx), ctx.write() as unit:
        before = unit.done_before(token, "set_appointment")
        if before:
            return int(before)
        head = contact_record.head(unit, case_id)
        if head.status == "closed":
            raise contact_record.case_closed("on")
        kind = _kind(entry.kind)
        at, minutes = _check(ctx, unit, entry, kind)
        user, point = entry.user_id or ctx.user.id, None
        if kind.agreement:
            moment = dt.datetime.combine(entry.on, dt.time.fromisoformat(at), ZoneInfo(ctx.time_zone))
            point = visit_agreement.check(ctx, unit, case_id, entry.contact_point_id, moment, user)
        day = entry.on.isoformat()
        new = NewAppointment(case_id, kind.kind, day, at, minutes, entry.place, entry.people, point, user)
        task = journal.add_task(unit, case_id, TASK, day, due_at=at, origin=kind.kind, assignee_id=user)
        appointment_id = kept.add(unit, new, task)
        said = _write(unit, case_id, {"step": "appointment_set", "kind": kind.kind, "date": day, "hour": at})
        unit.touch(case_id)
        unit.audit("appointment.set", "appointment", appointment_id, case=case_id, kind=kind.kind, entry=said)
        unit.remember(token, "set_appointment", appointment_id)
        return appointment_id


@service(Right.WORK)
def report_appointment(ctx: Ctx, appointment_id: int, row_version: int, outcome: str, words: str) -> None:
    """How it went, within the day: ends the action that awaited it; a case left without next action gets a call back.

    Raises Refusal "appointment-unknown", "choice-unknown", "appointment-early", "field-empty", "note-words", "changed-meanwhile".
    """
    found = next((one for one in load_appointments().outcomes if one.code == outcome), None)
    if found is None:
        raise unknown_choice("outcome", outcome)
    with ctx.write() as unit:
        row = _awaited(unit, appointment_id)
        _check_report(ctx, row, found.took_place, outcome, words)
        kept.report(unit, row, row_version, outcome, words)
        said = _write(unit, row.case_id, {"step": "appointment_reported", "kind": row.kind, "outcome": outcome})
        if not course.tasks(unit, row.case_id) and journal.is_open(unit, row.case_id):
            journal.add_task(unit, row.case_id, "call_back", working_day(ctx.today).isoformat(), origin="appointment")
        unit.touch(row.case_id)
        unit.audit("appointment.reported", "appointment", row.id, case=row.case_id, outcome=outcome, entry=said)


@service(Right.READ)
def appointment_file(ctx: Ctx, appointment_id: int) -> tuple[str, bytes]:
    """Name and bytes of the .ics file of an appointment; it names the case, never the debtor: calendars are shared."""
    with ctx.store.read() as reader:
        row = kept.one(reader, appointment_id)
        if row is None:
            raise _unknown(appointment_id)
        head, house = contact_record.head(reader, row.case_id), people.meta(reader)
    kind, t = _kind(row.kind), texts(ctx.lang)
    moment = dt.datetime.fromisoformat(f"{row.due_on}T{row.due_at}").replace(tzinfo=ZoneInfo(ctx.time_zone))
    said = [t("To bring:"), *(f"- {one.of(ctx.lang)}" for one in kind.bring)]
    said += [t("To say:"), *(f"- {one.of(ctx.lang)}" for one in kind.say)]
    event = Event(
        uid=f"appointment-{row.id}@{house.store_id}",
        start=moment,
        minutes=row.minutes,
        stamp=dt.datetime.fromisoformat(row.created_at),
        summary=f"{kind.label.of(ctx.lang)} · {head.ref}",
        place=row.place or "",
        description="\n".join(said),
        sequence=row.row_version - 1,
    )
    return f"{t('appointment')}-{head.ref}-{row.due_on}.ics", calendar(event)


def _kind(code: str) -> AppointmentKind:
    found = next((one for one in load_appointments().kinds if one.kind == code), None)
    if found is None:
        raise unknown_choice("kind", code)
    return found


def _check(ctx: Ctx, reader: Reader, entry: AppointmentEntry, kind: AppointmentKind) -> tuple[str, int]:
    """The hour as HH:MM and the minutes; raises Refusal with what is missing or impossible."""
    minutes, problems = kind.minutes if entry.minutes is None else entry.minutes, []
    if entry.on < ctx.today:
        past = msg("The appointment would be in the past ({given}).", given=entry.on)
        problems.append(Problem("date-in-past", past, msg("Choose today or later."), field="on"))
    if not entry.place.strip():
        where = msg("Type the address, the room or the link of the meeting.")
        problems.append(
            Problem("field-empty", msg("An appointment without a place cannot be kept."), where, field="place")
        )
    if not 0 < minutes <= LONGEST_MINUTES:
        long = msg("{given} minutes is no length for an appointment.", given=minutes)
        problems.append(Problem("minutes", long, msg("Type the minutes, for example 30."), field="minutes"))
    if problems:
        raise Refusal(*problems)
    if entry.user_id and entry.user_id not in {one.id for one in team.colleagues(reader)}:
        raise unknown_choice("user", str(entry.user_id))
    note_filter.check(entry.people, "people")
    return _hour(entry.at), minutes


def _hour(text: str) -> str:
    """The hour as HH:MM; raises Refusal "hour-unreadable" on its field."""
    try:
        return hour(text)
    except Refusal as refusal:
        raise Refusal(
            *(Problem(p.code, p.reason, p.remedy, field="at", value=p.value) for p in refusal.problems)
        ) from refusal


def _check_report(ctx: Ctx, row: AppointmentRow, took_place: bool, outcome: str, words: str) -> None:
    if row.due_on > ctx.day and outcome != "called_off":
        raise refuse(
            "appointment-early",
            msg("The appointment is on {day}: it has not taken place yet.", day=dt.date.fromisoformat(row.due_on)),
            msg("Report it on its day, or say that it was called off."),
            field="outcome",
        )
    if took_place and not words.strip():
        raise refuse(
            "field-empty",
            msg("A report without words is not a report."),
            msg("Type what was said and agreed, in objective words."),
            field="words",
        )
    note_filter.check(words, "words")


def _awaited(reader: Reader, appointment_id: int) -> AppointmentRow:
    row = kept.one(reader, appointment_id)
    if row is None or row.outcome:
        raise _unknown(appointment_id)
    return row


def _unknown(appointment_id: int) -> Refusal:
    return refuse(
        "appointment-unknown",
        msg("There is no such appointment, or it is reported already."),
        msg("Open the case again."),
        field="appointment",
        value=str(appointment_id),
    )


def _write(unit: Unit, case_id: int, facts: dict[str, str]) -> int:
    return journal.add_interaction(unit, journal.NewInteraction(case_id, "note", "none", "", unit.today), facts)
