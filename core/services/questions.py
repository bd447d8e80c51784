"""Questions to a creditor about a case: drafted, asked, answered, given up. A creditor needs no access: e-mail, or sent by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import Problem, Refusal, choice_unknown, msg, refuse
from core.domain.question_refs import question_reference
from core.domain.rights import Right
from core.law.questions import question_data
from core.law.stops import dispute_data
from core.services import contact_record, dispute_record, question_post, question_record, question_text, working_time
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.question_text import About, Words
from core.services.refusals import debt_elsewhere, empty_field, unknown_choice
from core.services.result_words import labels
from core.store import cases, disputes
from core.store import questions as kept
from core.store.questions import CreditorContact, NewQuestion, Question
from core.store.unit import Reader, Unit

__all__ = [
    "BY", "Asked", "Draft", "Question", "QuestionEntry", "ask", "draft", "file_answer", "mark_sent", "of_case", "question_kinds",
    "standing", "state_of", "waited", "waiting", "withdraw",
]  # fmt: skip
BY = ("email", "hand", "later")  # leaves now by e-mail; was sent by the person; is sent later


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: a kind of the data, a debt of the case or None for the case, a dispute of it or None, the person asked or
    None; `department` "" for the one of the dispute or of the kind.
    """

    case_id: int
    kind: str
    debt_id: int | None = None
    dispute_id: int | None = None
    contact_id: int | None = None
    department: str = ""


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question as a person sends it: its words may have been changed; `by` one of BY."""

    about: Asked
    subject: str
    text: str
    due_on: dt.date
    by: str = "later"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it would leave: its reference, department, words, due date, who is asked, whether an e-mail can leave from here."""

    ref: str
    department: str
    words: Words
    due_on: dt.date
    contact: CreditorContact | None
    sends: bool


def question_kinds() -> tuple[str, ...]:
    """The kinds of questions, in the order of the data."""
    return tuple(one.kind for one in question_data().kinds)


@service(Right.READ)
def draft(ctx: Ctx, asked: Asked, due_on: dt.date | None = None) -> Draft:
    """The question of a kind as it would leave today, due after the working days of the department. Writes nothing.

    Raises Refusal "case-unknown", "choice-unknown", "debt-elsewhere".
    """
    agency = agency_file(ctx).file.name
    with ctx.store.read() as reader:
        about, contact = _about(reader, asked)
        department = _department(asked, about, contact)
        due = due_on or dispute_record.due_of(department, ctx.today)
        ref = question_reference(about.head.ref, kept.rank(reader, about.head.id))
        lang = contact.lang if contact else "fr"
        data = question_text.data_of(reader)
        words = question_text.written(data, about, asked.kind, ref, due, lang, (ctx.user.name, agency))
        sends = question_post.can_send(ctx, reader, contact.email if contact else "")
        return Draft(ref, department, words, due, contact, sends)


@service(Right.WORK)
def ask(ctx: Ctx, entry: QuestionEntry, token: str) -> int:
    """Ask a creditor: the case waits for the answer once the question left. Its reference, in the subject, files the answer by itself.

    Twice with one token asks once. Raises Refusal "case-closed", "choice-unknown", "debt-elsewhere", "field-empty", "date-in-past",
    "reference-missing", "no-way-out" (by e-mail without a server or an address).
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "ask_question")
        if before:
            return int(before)
        about, contact = _about(unit, entry.about)
        ref = question_reference(about.head.ref, kept.rank(unit, about.head.id))
        _check(ctx, unit, entry, about.head.status, ref, contact)
        department = _department(entry.about, about, contact)
        number = kept.add(
            unit,
            NewQuestion(
                ref,
                about.head.id,
                about.head.creditor_id,
                entry.about.debt_id,
                entry.about.dispute_id,
                entry.about.kind,
                department,
                entry.about.contact_id,
                entry.subject,
                entry.text,
                entry.due_on.isoformat(),
            ),
        )
        unit.audit("question.asked", "question", number, case=about.head.id, kind=entry.about.kind)
        _leave(ctx, unit, number, entry.by)
        unit.remember(token, "ask_question", number)
        return number


def _leave(ctx: Ctx, unit: Unit, number: int, by: str) -> None:
    question = _known(unit, number)
    if by == "email":
        message = question_post.queue(ctx, unit, question, Words(question.subject or "", question.text or ""))
        question_record.queued(unit, question, message)
    elif by == "hand":
        question_record.sent(unit, question, ctx.today, "hand")
    else:
        question_record.told(unit, question, "asked", ctx.day, question.subject or "")
        question_record.wait(unit, question.case_id, ctx.day)  # somebody has to send it: today


@service(Right.WORK)
def mark_sent(ctx: Ctx, question_id: int, on: dt.date) -> None:
    """A person sent the question themselves, on a day. Once it left, it changes nothing."""
    not_after(on, ctx.today, field="sent_on")
    with ctx.write() as unit:
        question = standing(unit, question_id)
        if question.sent_on:
            return
        _not_before(question, on, "sent_on")
        question_record.sent(unit, question, on, "hand")


@service(Right.WORK)
def file_answer(ctx: Ctx, question_id: int, on: dt.date, words: str, message_id: int | None = None) -> None:
    """What the creditor answered on a day: filed on the case, it ends the wait. The same answer again changes nothing.

    Raises Refusal "question-unknown", "question-over", "field-empty", "date-in-future", "date-in-past".
    """
    not_after(on, ctx.today, field="answered_on")
    with ctx.write() as unit:
        question = _known(unit, question_id)
        if (question.answered_on, question.answer) == (on.isoformat(), words.strip()):
            return
        question = standing(unit, question_id)
        if not words.strip():
            raise Refusal(empty_field("words"))
        _not_before(question, on, "answered_on")
        question_record.answered(unit, question, on.isoformat(), words, message_id)


@service(Right.WORK)
def withdraw(ctx: Ctx, question_id: int, reason: str) -> None:
    """Give a question up, with its reason. Raises Refusal "question-unknown", "question-over", "field-empty"."""
    with ctx.write() as unit:
        question = standing(unit, question_id)
        if not reason.strip():
            raise Refusal(empty_field("reason"))
        question_record.withdrawn(unit, question, reason)


@service(Right.READ)
def of_case(ctx: Ctx, case_id: int) -> tuple[Question, ...]:
    """The questions of a case, those that wait first."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.READ)
def waiting(ctx: Ctx, creditor_id: int | None = None) -> tuple[Question, ...]:
    """The questions that wait for an answer, of a creditor or of all, the one due first on top, 100 at most."""
    with ctx.store.read() as reader:
        return kept.waiting(reader, creditor_id)


def _about(reader: Reader, asked: Asked) -> tuple[About, CreditorContact | None]:
    """Case, debt, dispute and person asked, each of the same case and creditor."""
    head = contact_record.head(reader, asked.case_id)
    debt = next((one for one in cases.debts(reader, head.id) if one.id == asked.debt_id), None)
    if asked.debt_id is not None and debt is None:
        raise debt_elsewhere(asked.debt_id)
    dispute = disputes.one(reader, asked.dispute_id) if asked.dispute_id is not None else None
    if asked.dispute_id is not None and (dispute is None or dispute.case_id != head.id):
        raise unknown_choice("dispute", str(asked.dispute_id))
    contact = kept.contact(reader, asked.contact_id) if asked.contact_id is not None else None
    if asked.contact_id is not None and (contact is None or contact.creditor_id != head.creditor_id):
        raise unknown_choice("contact", str(asked.contact_id))
    return About(head, debt, dispute, labels(reader)), contact


def _department(asked: Asked, about: About, contact: CreditorContact | None) -> str:
    own = about.dispute.department if about.dispute else ""
    department = asked.department or (contact.department if contact else "") or own
    department = department or question_text.kind_named(asked.kind).department
    if department not in dispute_data().departments:
        raise unknown_choice("department", department)
    return department


def _check(ctx: Ctx, unit: Unit, entry: QuestionEntry, status: str, ref: str, contact: CreditorContact | None) -> None:
    """Every wrong field is refused together."""
    if status == "closed":
        raise contact_record.case_closed("kind")
    question_text.kind_named(entry.about.kind)
    problems = [empty_field(name) for name in ("subject", "text") if not getattr(entry, name).strip()]
    if entry.by not in BY:
        problems.append(choice_unknown("by", entry.by))
    if entry.due_on < ctx.today:
        past = msg("The creditor would have had to answer already ({given}).", given=entry.due_on)
        problems.append(
            Problem("date-in-past", past, msg("Choose today or later."), field="due_on", value=entry.due_on.isoformat())
        )
    if entry.subject.strip() and ref not in entry.subject:
        lost = msg("Without its reference {ref} in the subject the answer would not find its case.", ref=ref)
        problems.append(Problem("reference-missing", lost, msg("Put it back."), field="subject", value=ref))
    if entry.by == "email" and not question_post.can_send(ctx, unit, contact.email if contact else ""):
        away = msg("No e-mail can leave: no server is set, or this person has no address.")
        remedy = msg("Copy the text and send it yourself, then say so; or choose somebody with an address.")
        problems.append(Problem("no-way-out", away, remedy, field="by"))
    if problems:
        raise Refusal(*problems)


def _known(reader: Reader, question_id: int) -> Question:
    found = kept.one(reader, question_id)
    if found is None:
        raise refuse(
            "question-unknown", msg("There is no such question here."), msg("Open the case again."), field="question",
            value=str(question_id),
        )  # fmt: skip
    return found


def standing(reader: Reader, question_id: int) -> Question:
    """A question that waits for its answer; raises Refusal "question-unknown", "question-over"."""
    found = _known(reader, question_id)
    if not found.open:
        raise refuse(
            "question-over", msg("This question is answered or given up."), msg("Ask another one if something is missing."),
            field="question", value=found.ref,
        )  # fmt: skip
    return found


def _not_before(question: Question, on: dt.date, field: str) -> None:
    if on.isoformat() < question.asked_on:
        past = msg("{given} is before the question itself.", given=on)
        raise refuse("date-in-past", past, msg("Give the day it really happened."), field=field, value=on.isoformat())


def state_of(question: Question, today: dt.date) -> str:
    """Where a question stands: to_send, leaving (in the outbox), waiting, late, answered or withdrawn."""
    if not question.open:
        return "answered" if question.answered_on else "withdrawn"
    if not question.sent_on:
        return "leaving" if question.message_state in ("ready", "sending") else "to_send"
    return "late" if question.due_on < today.isoformat() else "waiting"


def waited(question: Question, today: dt.date) -> int:
    """Working days that a question has waited since it was sent."""
    return working_time.since(dt.date.fromisoformat(question.sent_on), today) if question.sent_on else 0
