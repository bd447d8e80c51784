"""What a question to a creditor writes at each of its steps: its row, the journal, the wait of its case. Opens no unit, sends nothing."""

from __future__ import annotations

import datetime as dt

from core.domain.question_refs import question_references
from core.domain.rights import Right
from core.law.questions import question_data
from core.services import dispute_record
from core.services.context import Ctx, service
from core.services.working_time import due_after
from core.store import course, disputes, journal
from core.store import questions as kept
from core.store.questions import Question
from core.store.unit import Reader, Unit

WAIT, READ = "creditor_answer", "read_answer"


def told(unit: Unit, question: Question, step: str, on: str, words: str = "") -> int:
    """A line of the journal for a step of a question."""
    new = journal.NewInteraction(question.case_id, "note", "none", "", on, note=words, debt_id=question.debt_id)
    facts = {"step": f"question_{step}", "kind": question.kind, "reference": question.ref}
    unit.touch(question.case_id)
    return journal.add_interaction(unit, new, facts)


def sent(unit: Unit, question: Question, on: dt.date, by: str, message_id: int | None = None) -> None:
    """The question left: its first reminder comes on the working day after its due date, and the case waits for the creditor."""
    due = dt.date.fromisoformat(question.due_on)
    kept.sent(unit, question, on.isoformat(), by, due_after(due, 1).isoformat(), message_id or question.message_id)
    told(unit, question, "sent", on.isoformat(), "" if by == "email" else question.subject or "")
    dispute = disputes.one(unit, question.dispute_id) if question.dispute_id else None
    if dispute and not dispute.closed_on and not dispute.answered_on:
        dispute_record.asked(unit, dispute, on, due)
    wait(unit, question.case_id, question.due_on)
    unit.audit("question.sent", "question", question.id, case=question.case_id, by=by)


def queued(unit: Unit, question: Question, message_id: int) -> None:
    """The question stands in the outbox: the case waits, its reminders are counted once it has left."""
    kept.queued(unit, question, message_id)
    told(unit, question, "asked", unit.today, question.subject or "")
    wait(unit, question.case_id, question.due_on)


def left(unit: Unit, message_id: int, on: dt.date) -> None:
    """A message of the outbox left: the question it carries, if any, is sent."""
    question = kept.carried(unit, message_id)
    if question and question.open and not question.sent_on:
        sent(unit, question, on, "email", message_id)


def wait(unit: Unit, case_id: int, due_on: str, assignee: int | None = None, note: str = "") -> None:
    """The case waits for the creditor until a day, today at the earliest: one next action says so."""
    if not journal.is_open(unit, case_id):
        return
    journal.close_tasks(unit, case_id, "replaced", kinds=(WAIT,))
    on = max(due_on, unit.today)
    journal.add_task(unit, case_id, WAIT, on, note=note, origin="question", assignee_id=assignee)
    unit.touch(case_id)


def answered(unit: Unit, question: Question, on: str, words: str, message_id: int | None = None) -> None:
    """The creditor answered: the answer is in the journal, reading it is today's next action, and the wait ends with the last question."""
    kept.answered(unit, question, on, words, message_id)
    told(unit, question, "answered", on, words)
    _over(unit, question.case_id)
    if journal.is_open(unit, question.case_id) and not _planned(unit, question.case_id, READ):
        journal.add_task(unit, question.case_id, READ, unit.today, origin="question")
    unit.audit("question.answered", "question", question.id, case=question.case_id, message=message_id)


def withdrawn(unit: Unit, question: Question, words: str) -> None:
    """The question is given up: nobody waits for its answer."""
    kept.withdrawn(unit, question, unit.today)
    told(unit, question, "withdrawn", unit.today, words)
    _over(unit, question.case_id)
    if journal.is_open(unit, question.case_id) and not course.tasks(unit, question.case_id):
        journal.add_task(unit, question.case_id, "call_back", unit.today, origin="question")
    unit.audit("question.withdrawn", "question", question.id, case=question.case_id)


def reminded(unit: Unit, question: Question, on: dt.date) -> bool:
    """One more reminder was made; the next comes after the working days of the data. True when it was the last one."""
    data = question_data()
    last = question.chases + 1 >= data.most
    following = None if last else due_after(on, data.every).isoformat()
    kept.chased(unit, question, following)
    told(unit, question, "chased", on.isoformat())
    unit.audit("question.chased", "question", question.id, case=question.case_id, reminders=question.chases + 1)
    return last


@service(Right.WORK)
def filed(ctx: Ctx, unit: Unit, case_id: int, message_id: int, words: tuple[str, str], refs: str) -> bool:
    """Whether a message that came answers a question of a case, which it then does: told by the reference in its subject or its text
    (`words`), or by the thread (`refs`). The inbox asks it before it takes the message for the debtor's.
    """
    question = matching(unit, case_id, words, refs)
    if question is None:
        return False
    answered(unit, question, ctx.day, "\n\n".join(part for part in words if part), message_id)
    return True


def matching(reader: Reader, case_id: int, words: tuple[str, str], refs: str) -> Question | None:
    """The question of a case that waits and that a message answers; None when none is named."""
    named = (kept.by_reference(reader, ref) for text in words for ref in question_references(text))
    found = [*named, kept.by_thread(reader, refs.split())]
    return next((one for one in found if one and one.open and one.case_id == case_id), None)


def _over(unit: Unit, case_id: int) -> None:
    """The wait of a case ends when neither a question nor a dispute awaits the creditor."""
    standing = any(
        one.sent_to_creditor_on and not one.answered_on and not one.closed_on for one in disputes.of_case(unit, case_id)
    )
    if not kept.wait_of(unit, case_id) and not standing:
        journal.close_tasks(unit, case_id, "done", kinds=(WAIT,))


def _planned(reader: Reader, case_id: int, kind: str) -> bool:
    return any(task.kind == kind for task in course.tasks(reader, case_id))
