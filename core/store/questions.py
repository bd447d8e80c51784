"""Keeps the contacts of creditors and the questions asked of them. Sends nothing and decides no reminder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class CreditorContact:
    """A person of a creditor, by department; `ended_on` once they are no longer to be asked."""

    id: int
    creditor_id: int
    department: str
    name: str
    email: str
    phone: str
    lang: str
    ended_on: str | None
    row_version: int


_CONTACT = "SELECT id, creditor_id, department, name, email, phone, lang, ended_on, row_version FROM creditor_contacts"


def contacts(reader: Reader, creditor_id: int) -> tuple[CreditorContact, ...]:
    """The contacts of a creditor that may be asked, by department and name."""
    return reader.all(
        CreditorContact,
        f"{_CONTACT} WHERE creditor_id = ? AND ended_on IS NULL ORDER BY department, name, id",
        (creditor_id,),
    )


def contact(reader: Reader, contact_id: int) -> CreditorContact | None:
    """One contact of a creditor."""
    return reader.first(CreditorContact, f"{_CONTACT} WHERE id = ?", (contact_id,))


def save_contact(
    unit: Unit, creditor_id: int, contact_id: int | None, row_version: int, values: dict[str, object]
) -> int:
    """Add a contact, or change one that nobody changed meanwhile; returns its id."""
    if contact_id is None:
        return unit.add("creditor_contacts", creditor_id=creditor_id, **values, created_at=unit.now)
    unit.change("creditor_contacts", contact_id, row_version, **values)
    return contact_id


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a creditor; `chase_on` the day of its next reminder; days ISO; words None when there are none or were redacted."""

    id: int
    ref: str
    case_id: int
    case_ref: str
    creditor_id: int
    debt_id: int | None
    debt_ref: str | None
    dispute_id: int | None
    kind: str
    department: str
    contact_id: int | None
    contact: str | None
    email: str
    phone: str
    lang: str
    subject: str | None
    text: str | None
    asked_on: str
    due_on: str
    sent_on: str | None
    sent_by: str
    message_id: int | None
    message_state: str | None
    chases: int
    chase_on: str | None
    answered_on: str | None
    answer: str | None
    withdrawn_on: str | None
    created_by: int
    asked_by: str
    row_version: int

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered_on is None and self.withdrawn_on is None


_QUESTION = """
SELECT q.id, q.ref, q.case_id, c.ref, q.creditor_id, q.debt_id, d.ref, q.dispute_id, q.kind, q.department, q.contact_id, k.name,
  COALESCE(k.email, ''), COALESCE(k.phone, ''), COALESCE(k.lang, 'fr'), s.body, x.body, q.asked_on, q.due_on, q.sent_on, q.sent_by,
  q.message_id, m.state, q.chases, q.chase_on, q.answered_on, a.body, q.withdrawn_on, q.created_by, u.name, q.row_version
FROM questions q JOIN cases c ON c.id = q.case_id JOIN users u ON u.id = q.created_by LEFT JOIN debts d ON d.id = q.debt_id
LEFT JOIN creditor_contacts k ON k.id = q.contact_id LEFT JOIN texts s ON s.id = q.subject_id LEFT JOIN texts x ON x.id = q.text_id
LEFT JOIN texts a ON a.id = q.answer_id LEFT JOIN messages m ON m.id = q.message_id
"""
_OPEN = "q.answered_on IS NULL AND q.withdrawn_on IS NULL"
SHOWN = 100


def one(reader: Reader, question_id: int) -> Question | None:
    """One question."""
    return reader.first(Question, f"{_QUESTION} WHERE q.id = ?", (question_id,))


def by_reference(reader: Reader, ref: str) -> Question | None:
    """The question that has a reference."""
    return reader.first(Question, f"{_QUESTION} WHERE q.ref = ?", (ref,))


def by_thread(reader: Reader, message_ids: Sequence[str]) -> Question | None:
    """The question that one of these e-mails of ours carried."""
    return reader.first(
        Question,
        f"{_QUESTION} WHERE m.message_id IN (SELECT value FROM json_each(?)) ORDER BY q.id DESC LIMIT 1",
        (json.dumps([*message_ids]),),
    )


def of_case(reader: Reader, case_id: int) -> tuple[Question, ...]:
    """The questions of a case: those that wait first, by due date, then the newest."""
    return reader.all(
        Question,
        f"{_QUESTION} WHERE q.case_id = ? ORDER BY NOT ({_OPEN}), CASE WHEN {_OPEN} THEN q.due_on END, q.id DESC",
        (case_id,),
    )


def waiting(reader: Reader, creditor_id: int | None = None) -> tuple[Question, ...]:
    """The questions that wait for an answer, of a creditor or of all, the one due first on top, 100 at most."""
    where, values = (" AND q.creditor_id = ?", (creditor_id,)) if creditor_id else ("", ())
    return reader.all(Question, f"{_QUESTION} WHERE {_OPEN}{where} ORDER BY q.due_on, q.id LIMIT {SHOWN}", values)


def to_chase(reader: Reader, today: str) -> tuple[Question, ...]:
    """The questions whose reminder is due on a day, in cases that are open, the oldest first."""
    return reader.all(
        Question,
        f"{_QUESTION} WHERE q.chase_on <= ? AND {_OPEN} AND c.status = 'open' ORDER BY q.chase_on, q.id",
        (today,),
    )


def rank(reader: Reader, case_id: int) -> int:
    """The rank of the next question of a case."""
    return int(reader.value("SELECT COUNT(*) FROM questions WHERE case_id = ?", (case_id,))) + 1


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question as it is written; days ISO."""

    ref: str
    case_id: int
    creditor_id: int
    debt_id: int | None
    dispute_id: int | None
    kind: str
    department: str
    contact_id: int | None
    subject: str
    text: str
    due_on: str


def add(unit: Unit, new: NewQuestion) -> int:
    """Write a question, not sent yet."""
    return unit.add(
        "questions",
        ref=new.ref,
        case_id=new.case_id,
        creditor_id=new.creditor_id,
        debt_id=new.debt_id,
        dispute_id=new.dispute_id,
        kind=new.kind,
        department=new.department,
        contact_id=new.contact_id,
        subject_id=unit.text(new.subject),
        text_id=unit.text(new.text),
        asked_on=unit.today,
        due_on=new.due_on,
        created_by=unit.actor_id,
        created_at=unit.now,
    )


def queued(unit: Unit, question: Question, message_id: int) -> None:
    """The message of the outbox that carries the question."""
    unit.change("questions", question.id, question.row_version, message_id=message_id)


def carried(reader: Reader, message_id: int) -> Question | None:
    """The question that a message of the outbox carries."""
    return reader.first(Question, f"{_QUESTION} WHERE q.message_id = ?", (message_id,))


def sent(unit: Unit, question: Question, on: str, by: str, chase_on: str, message_id: int | None = None) -> None:
    """The question left on a day; its first reminder comes on another."""
    unit.change(
        "questions",
        question.id,
        question.row_version,
        sent_on=on,
        sent_by=by,
        chase_on=chase_on,
        message_id=message_id,
    )


def chased(unit: Unit, question: Question, chase_on: str | None) -> None:
    """One more reminder was made; the next comes on a day, or none."""
    unit.change("questions", question.id, question.row_version, chases=question.chases + 1, chase_on=chase_on)


def answered(unit: Unit, question: Question, on: str, words: str, message_id: int | None) -> None:
    """The creditor answered; no reminder comes any more."""
    unit.change(
        "questions",
        question.id,
        question.row_version,
        answered_on=on,
        answer_id=unit.text(words),
        answer_message_id=message_id,
        chase_on=None,
    )


def withdrawn(unit: Unit, question: Question, on: str) -> None:
    """The question is given up."""
    unit.change("questions", question.id, question.row_version, withdrawn_on=on, chase_on=None)


def wait_of(reader: Reader, case_id: int) -> int:
    """How many questions of a case wait for an answer."""
    sql = f"SELECT COUNT(*) FROM questions q WHERE q.case_id = ? AND {_OPEN}"
    return int(reader.value(sql, (case_id,)))
