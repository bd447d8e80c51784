"""Keeps the register of complaints and counts it. Judges none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit

PAGE = 50


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint; days ISO text, words None when there are none or they were redacted."""

    id: int
    ref: str
    case_id: int | None
    case_ref: str | None
    from_kind: str
    name: str | None
    channel: str
    subject: str
    about: str
    about_user: str | None
    owner_id: int
    owner: str
    received_on: str
    acknowledge_by: str
    answer_by: str
    acknowledged_on: str | None
    answered_on: str | None
    outcome: str
    words: str | None
    answer: str | None
    lessons: str | None
    hold_id: int | None
    row_version: int


_COMPLAINT = """
SELECT m.id, m.ref, m.case_id, c.ref, m.from_kind, n.body, m.channel, m.subject, m.about, a.name, m.owner_id, o.name, m.received_on,
  m.acknowledge_by, m.answer_by, m.acknowledged_on, m.answered_on, m.outcome, x.body, y.body, z.body, m.hold_id, m.row_version
FROM complaints m JOIN users o ON o.id = m.owner_id LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN users a ON a.id = m.about_user_id
LEFT JOIN texts n ON n.id = m.name_text_id LEFT JOIN texts x ON x.id = m.text_id LEFT JOIN texts y ON y.id = m.answer_text_id
LEFT JOIN texts z ON z.id = m.lessons_text_id
"""
# What each tab of the register holds; :today is the day.
TABS = {
    "open": "m.answered_on IS NULL",
    "late": "m.answered_on IS NULL AND (m.answer_by < :today OR (m.acknowledged_on IS NULL AND m.acknowledge_by < :today))",
    "answered": "m.answered_on IS NOT NULL",
}


def page(reader: Reader, tab: str, today: str, at: int = 1) -> tuple[ComplaintRow, ...]:
    """A page (from 1) of a tab: the first to be answered first, the answered ones newest first."""
    order = "m.answered_on DESC, m.id DESC" if tab == "answered" else "m.answer_by, m.id"
    sql = f"{_COMPLAINT} WHERE {TABS[tab]} ORDER BY {order} LIMIT {PAGE} OFFSET :skip"
    return reader.all(ComplaintRow, sql, {"today": today, "skip": (at - 1) * PAGE})


def count(reader: Reader, tab: str, today: str) -> int:
    """How many a tab holds."""
    return int(reader.value(f"SELECT COUNT(*) FROM complaints m WHERE {TABS[tab]}", {"today": today}))


def of_case(reader: Reader, case_id: int) -> tuple[ComplaintRow, ...]:
    """The complaints about a case, the newest first."""
    return reader.all(ComplaintRow, f"{_COMPLAINT} WHERE m.case_id = ? ORDER BY m.id DESC", (case_id,))


def one(reader: Reader, complaint_id: int) -> ComplaintRow | None:
    """One complaint."""
    return reader.first(ComplaintRow, f"{_COMPLAINT} WHERE m.id = ?", (complaint_id,))


def add(unit: Unit, words: str, name: str, **columns: Any) -> int:
    """A complaint; its reference counts the complaints of the house."""
    rank = 1 + int(unit.value("SELECT COUNT(*) FROM complaints"))
    return unit.add(
        "complaints", ref=f"R-{unit.today[:4]}-{rank:04d}", text_id=unit.text(words), name_text_id=unit.text(name),
        recorded_by=unit.actor_id, recorded_at=unit.now, **columns,
    )  # fmt: skip


def acknowledge(unit: Unit, complaint_id: int, row_version: int, on: str) -> None:
    """The person was told that the complaint arrived."""
    unit.change("complaints", complaint_id, row_version, acknowledged_on=on)


def answer(unit: Unit, complaint_id: int, row_version: int, on: str, outcome: str, words: str, lessons: str) -> None:
    """The answer, what came out of it and what the house learns."""
    unit.change(
        "complaints", complaint_id, row_version, answered_on=on, outcome=outcome, answer_text_id=unit.text(words),
        lessons_text_id=unit.text(lessons),
    )  # fmt: skip


def hand_over(unit: Unit, complaint_id: int, row_version: int, owner_id: int) -> None:
    """Somebody else answers it."""
    unit.change("complaints", complaint_id, row_version, owner_id=owner_id)


def received(reader: Reader, first: str, last: str) -> int:
    """How many complaints were received from a day to a day, both included; those withdrawn by their author count too."""
    return int(reader.value("SELECT COUNT(*) FROM complaints WHERE received_on BETWEEN ? AND ?", (first, last)))


def contacts(reader: Reader, first: str, last: str) -> int:
    """How many contacts with debtors the journal holds from a day to a day: notes and corrected entries left out."""
    return int(
        reader.value(
            "SELECT COUNT(*) FROM interactions i WHERE i.happened_on BETWEEN ? AND ? AND i.channel <> 'note' AND i.source <> 'imported' "
            "AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)",
            (first, last),
        )
    )
