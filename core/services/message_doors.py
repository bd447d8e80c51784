"""The one place where a message that leaves asks whether it may: the contact gate, then the check of its words. Sends nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.contact_gate import Verdict
from core.domain.contact_intent import Intent
from core.domain.messages import Problem, Refusal
from core.domain.rights import Right
from core.services import contact_gate
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to leave: to which contact point of which case, why (claim, answer…), and its words."""

    case_id: int
    channel: str
    contact_point_id: int
    purpose: str
    kind: str
    subject: str
    text: str

    def intent(self) -> Intent:
        """The same as the contact gate takes it: now."""
        return Intent(self.case_id, self.channel, self.contact_point_id or None, purpose=self.purpose)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says; `next_at` the first permitted moment (UTC), None when nobody can say one."""

    verdict: Verdict
    problems: tuple[Problem, ...]
    next_at: dt.datetime | None = None


@service(Right.READ)
def asked(ctx: Ctx, reader: Reader, draft: Draft) -> Answer:
    """Whether the person may be reached now, on what the unit sees."""
    found = contact_gate.verdict(ctx, reader, draft.intent())
    return Answer(found, found.problems("channel"), None if found.allowed else found.next_at)


@service(Right.WORK)
def pass_through(ctx: Ctx, unit: Unit, draft: Draft) -> None:
    """Inside the unit that writes the message: raises Refusal with everything that keeps it from leaving."""
    contact_gate.check(ctx, unit, draft.intent(), "channel")
    if not draft.text.strip():
        raise Refusal(empty_field("text"))


@service(Right.READ)
@contextlib.contextmanager
def recorded(ctx: Ctx) -> Iterator[None]:
    """Around the unit that writes a message: what the gate refuses is kept."""
    with contact_gate.recorded(ctx):
        yield


def refused(unit: Unit, answer: Answer) -> None:
    """A written message is held back: the refusal is kept as that of any contact."""
    contact_gate.keep(unit, answer.verdict)


def passed(unit: Unit, answer: Answer, interaction_id: int) -> None:
    """The message left and is in the journal: what a lead allowed once has served."""
    contact_gate.spend(unit, answer.verdict, interaction_id)


@service(Right.READ)
def templates(ctx: Ctx, case_id: int, channel: str) -> tuple[tuple[str, str, str, str], ...]:  # noqa: ARG001 - the kinds come with the check
    """The texts offered for a channel: (kind, label, subject, text)."""
    return ()
