"""How a question to a creditor leaves by e-mail: a row of the outbox. It reaches no debtor: the contact gate is not asked."""

from __future__ import annotations

import secrets

from core.domain.rights import Right
from core.services import channel_settings
from core.services.context import Ctx, service
from core.services.question_text import Words
from core.store import outbox
from core.store.outbox import CREDITOR, NewMessage
from core.store.questions import Question
from core.store.unit import Reader, Unit


@service(Right.READ)
def can_send(ctx: Ctx, reader: Reader, address: str) -> bool:
    """Whether a question may leave by e-mail from here: a server is set and the person asked has an address."""
    return bool(address) and channel_settings.ways(ctx, reader).sends("email")


@service(Right.WORK)
def queue(ctx: Ctx, unit: Unit, question: Question, words: Words) -> int:
    """Write the question, or its reminder in the same thread, into the outbox; returns the message's number."""
    first = outbox.one(unit, question.message_id) if question.message_id else None
    thread = (first.message_id or "") if first else ""
    key = secrets.token_hex(16)
    domain = channel_settings.ways(ctx, unit).sender.rpartition("@")[2]
    number = outbox.add(
        unit,
        NewMessage(
            question.case_id,
            None,
            None,
            "email",
            "question",
            question.email,
            words.subject,
            words.text,
            f"<quittance.{key}@{domain}>",
            key,
            thread,
            thread,
            purpose=CREDITOR,
        ),
    )
    unit.audit("message.queued", "message", number, case=question.case_id, channel="email", question=question.id)
    return number
