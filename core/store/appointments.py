"""Keeps the appointments of a case, their place, their people and their report. Plans none by itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as kept: ISO day, HH:MM of the agency, minutes; `outcome` empty until it is reported."""

    id: int
    case_id: int
    kind: str
    due_on: str
    due_at: str
    minutes: int
    place: str | None
    people: str | None
    contact_point_id: int | None
    user_id: int
    user: str
    task_id: int | None
    outcome: str
    report: str | None
    reported_by: str | None
    reported_at: str | None
    created_at: str
    row_version: int


_ROW = """SELECT a.id, a.case_id, a.kind, a.due_on, a.due_at, a.minutes, p.body, w.body, a.contact_point_id, a.user_id, u.name, a.task_id,
  a.outcome, r.body, b.name, a.reported_at, a.created_at, a.row_version
FROM appointments a JOIN users u ON u.id = a.user_id LEFT JOIN texts p ON p.id = a.place_id LEFT JOIN texts w ON w.id = a.people_id
  LEFT JOIN texts r ON r.id = a.report_id LEFT JOIN users b ON b.id = a.reported_by"""


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """An appointment as agreed."""

    case_id: int
    kind: str
    due_on: str
    due_at: str
    minutes: int
    place: str
    people: str
    contact_point_id: int | None
    user_id: int


def add(unit: Unit, new: NewAppointment, task_id: int) -> int:
    """Keep an appointment with the action that awaits its report."""
    return unit.add(
        "appointments",
        case_id=new.case_id,
        kind=new.kind,
        due_on=new.due_on,
        due_at=new.due_at,
        minutes=new.minutes,
        place_id=unit.text(new.place),
        people_id=unit.text(new.people),
        contact_point_id=new.contact_point_id,
        user_id=new.user_id,
        task_id=task_id,
        created_by=unit.actor_id,
        created_at=unit.now,
    )


def report(unit: Unit, row: AppointmentRow, row_version: int, outcome: str, words: str) -> None:
    """How it went; ends the action that awaited it. Raises Refusal "changed-meanwhile"."""
    unit.change(
        "appointments", row.id, row_version, outcome=outcome, report_id=unit.text(words), reported_by=unit.actor_id,
        reported_at=unit.now,
    )  # fmt: skip
    unit.run(
        "UPDATE tasks SET state = 'done', closed_by = ?, closed_at = ?, row_version = row_version + 1 WHERE id = ? AND state = 'open'",
        (unit.actor_id, unit.now, row.task_id),
    )


def of_case(reader: Reader, case_id: int) -> tuple[AppointmentRow, ...]:
    """The appointments of a case: those that await their report first, soonest first; then the others, last first."""
    return reader.all(
        AppointmentRow,
        f"{_ROW} WHERE a.case_id = ? ORDER BY a.outcome <> '', CASE a.outcome WHEN '' THEN julianday(a.due_on) "
        "ELSE -julianday(a.due_on) END, a.id",
        (case_id,),
    )


def one(reader: Reader, appointment_id: int) -> AppointmentRow | None:
    """One appointment."""
    return reader.first(AppointmentRow, f"{_ROW} WHERE a.id = ?", (appointment_id,))
