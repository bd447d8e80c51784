"""The one place where a step of a scenario becomes something: a letter issued, or a task for a person. Chooses no step.

Twice with one token acts once: a run that was stopped midway is taken up again with its token. What has no way out of here (no server for
the channel) becomes a task to send it by hand, and is told so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.messages import Message, Problem, Refusal
from core.domain.rights import Right
from core.domain.scenarios import FIRST
from core.i18n import texts
from core.law.letter_kinds import tone_of
from core.services import contact_gate, contact_record, later_letters, letters, outbox
from core.services.contact_gate import Intent
from core.services.context import Ctx, service
from core.store import journal

GATE = {"formal_notice": "letter"}  # the channel of the gate, where it has another name
POSTED = ("letter", "formal_notice")
TASKS = {"call": "reminder_call"}


@dataclass(frozen=True, slots=True)
class Act:
    """What became of a step: "letter", "message", "task", or "refused" with why; `print_id`: the document that prints it with others."""

    act: str
    problems: tuple[Problem, ...] = ()
    document_id: int | None = None
    message_id: int | None = None
    task_id: int | None = None
    print_id: int = 0


@service(Right.READ)
def intent(ctx: Ctx, case_id: int, channel: str, template: str, point: int | None) -> Intent:
    """What the gate is asked: the day for what a person does or posts later, the moment for what leaves at once."""
    purpose = FIRST if template == FIRST else "claim"
    return Intent(case_id, GATE.get(channel, channel), point, on=ctx.today, purpose=purpose, tone=tone_of(template))


@service(Right.WORK)
def act(
    ctx: Ctx, channel: str, template: str, cases: Mapping[int, int | None], token: str, note: Message
) -> dict[int, Act]:
    """Do a step for some cases (each with the contact point that serves it); what became of each. Each is asked to the gate again."""
    if channel in POSTED:
        return _letters(ctx, tuple(cases), template, token)
    if channel in outbox.ways_out(ctx):
        return {case: _queued(ctx, case, channel, template, point, f"{token}-{case}") for case, point in cases.items()}
    return {case: _task(ctx, case, channel, template, point, f"{token}-{case}", note) for case, point in cases.items()}


def _letters(ctx: Ctx, cases: Sequence[int], template: str, token: str) -> dict[int, Act]:
    """Letters of one kind, with one file to print them."""
    batch = letters.issue_letters(ctx, cases, template, token)
    done = {one.case_id: Act("letter", document_id=one.document_id, print_id=batch.document_id) for one in batch.issued}
    return done | {case: Act("refused", problems) for case, problems in batch.refused}


def _queued(ctx: Ctx, case_id: int, channel: str, template: str, point: int | None, token: str) -> Act:
    """A message ready in the outbox, its words made from the template and checked there; what is refused says why."""
    try:
        subject, text, problems = later_letters.letter_text(ctx, case_id, template)
        if problems:
            return Act("refused", problems)
        entry = outbox.MessageEntry(case_id, channel, point, text, subject if channel == "email" else "", template)
        return Act("message", message_id=outbox.queue_message(ctx, entry, token))
    except Refusal as refusal:
        return Act("refused", refusal.problems)


def _task(ctx: Ctx, case_id: int, channel: str, template: str, point: int | None, token: str, note: Message) -> Act:
    """A next action of today for a person; what the gate refuses is kept as any refusal."""
    kind = TASKS.get(channel, "send_reminder")
    try:
        with contact_gate.recorded(ctx), ctx.write() as unit:
            before = unit.done_before(token, "reminder_task")
            if before:
                return Act("task", task_id=int(before))
            contact_record.head(unit, case_id)
            contact_gate.check(ctx, unit, intent(ctx, case_id, channel, template, point))
            journal.close_tasks(unit, case_id, "replaced", kinds=("reminder_call", "send_reminder", "first_call"))
            task = journal.add_task(unit, case_id, kind, ctx.day, note=texts(ctx.lang).render(note), origin="scenario")
            unit.touch(case_id)
            unit.audit("scenario.task", "case", case_id, task=task, channel=channel, template=template)
            unit.remember(token, "reminder_task", task)
            return Act("task", task_id=task)
    except Refusal as refusal:
        return Act("refused", refusal.problems)


def told(problems: Sequence[Problem]) -> str:
    """Why a step did not leave, as it is kept: code and sentences with their parameters as text."""
    return json.dumps([_kept(one) for one in problems], ensure_ascii=False)


def _kept(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "reason": _words(problem.reason), "remedy": _words(problem.remedy)}


def _words(message: Message) -> dict[str, object]:
    return {"msgid": message.msgid, "params": {name: _plain(value) for name, value in message.params.items()}}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return _words(value)
    return value if isinstance(value, (str, int)) else str(value)


def heard(said: str) -> tuple[Message, ...]:
    """The sentences of what was kept."""
    return tuple(_message(one["reason"]) for one in json.loads(said))


def _message(kept: Mapping[str, object]) -> Message:
    params = kept["params"] if isinstance(kept["params"], dict) else {}
    return Message(str(kept["msgid"]), {k: _message(v) if isinstance(v, dict) else v for k, v in params.items()})
