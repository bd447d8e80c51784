"""Questions to creditors chase themselves: reminders by e-mail where one can leave, else a next action. `run-daily` runs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.rights import Right
from core.i18n import texts
from core.services import question_post, question_record, question_text, questions
from core.services.context import Ctx, service
from core.store import course, people
from core.store import questions as kept
from core.store.questions import Question
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Chased:
    """What a run did: reminders that left by e-mail, reminders a person is asked to make, questions handed to whoever leads the house."""

    sent: int
    by_hand: int
    handed_over: int


@service(Right.WORK)
def chase(ctx: Ctx) -> Chased:
    """Remind creditors of the questions whose day has come, each once however many days were missed. Twice on a day reminds once."""
    with ctx.store.read() as reader:
        due = kept.to_chase(reader, ctx.day)
    done = [_one(ctx, question.id) for question in due]
    return Chased(done.count("sent") + done.count("last"), done.count("by_hand"), done.count("last"))


@service(Right.READ)
def would_chase(ctx: Ctx) -> tuple[int, int]:
    """How many creditors `chase` would remind by e-mail, and how many it would ask a person to remind. Writes nothing."""
    with ctx.store.read() as reader:
        due = kept.to_chase(reader, ctx.day)
        mailed = [one for one in due if one.sent_by == "email" and question_post.can_send(ctx, reader, one.email)]
        by_hand = [one for one in due if one not in mailed and not _asked(ctx, reader, one)]
    return len(mailed), len(by_hand)


def _one(ctx: Ctx, question_id: int) -> str:
    with ctx.write() as unit:
        question = kept.one(unit, question_id)
        if question is None or not question.open or not question.chase_on or question.chase_on > ctx.day:
            return ""
        if question.sent_by != "email" or not question_post.can_send(ctx, unit, question.email):
            return _ask_a_person(ctx, unit, question)
        question_post.queue(ctx, unit, question, question_text.reminder(question_text.data_of(unit), question))
        return _after(ctx, unit, question, ctx.today)


def _after(ctx: Ctx, unit: Unit, question: Question, on: dt.date) -> str:
    """What follows a reminder: the wait goes on, or whoever leads the house is asked to call."""
    if question_record.reminded(unit, question, on):
        t = texts(ctx.lang)
        note = t("Question {ref}: no answer after the reminders. Call the creditor.", ref=question.ref)
        question_record.wait(unit, question.case_id, ctx.day, people.first_lead(unit), note)
        return "last"
    again = kept.one(unit, question.id)
    question_record.wait(unit, question.case_id, (again.chase_on if again else None) or ctx.day)
    return "sent"


def _ask_a_person(ctx: Ctx, unit: Unit, question: Question) -> str:
    """No e-mail can leave: reminding is a next action, asked once."""
    if _asked(ctx, unit, question):
        return ""
    question_record.wait(unit, question.case_id, ctx.day, note=_note(ctx, question))
    return "by_hand"


def _asked(ctx: Ctx, reader: Reader, question: Question) -> bool:
    """Whether a person was asked already."""
    note = _note(ctx, question)
    return any(one.kind == question_record.WAIT and one.text == note for one in course.tasks(reader, question.case_id))


def _note(ctx: Ctx, question: Question) -> str:
    return texts(ctx.lang)("Remind the creditor of question {ref}.", ref=question.ref)


@service(Right.WORK)
def remind_by_hand(ctx: Ctx, question_id: int, on: dt.date) -> None:
    """A person reminded the creditor themselves on a day; the next reminder is counted from it. Raises Refusal "question-over"."""
    not_after(on, ctx.today, field="reminded_on")
    with ctx.write() as unit:
        question = questions.standing(unit, question_id)
        _after(ctx, unit, question, on)
