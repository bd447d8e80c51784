"""The one place where a message that leaves asks whether it may: the contact gate, then the check of its words. Sends nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.messages import Problem, Refusal, msg
from core.domain.rights import Right
from core.services import contact_record, limitation_gate, sending
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store import consents
from core.store.cases import CaseHead
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the doors say; `next_at` the first permitted moment (UTC) when only the hour is wrong."""

    problems: tuple[Problem, ...]
    next_at: dt.datetime | None = None


@service(Right.READ)
def asked(ctx: Ctx, reader: Reader, draft: Draft, *, words: bool = True) -> Answer:
    """What keeps a message from leaving now; without `words` only whether the person may be reached."""
    head = contact_record.head(reader, draft.case_id)
    found = [*sending.case_gate(head), *_letter(head, draft), *_objection(reader, draft)]
    found += limitation_gate.problems(reader, draft.case_id, ctx.today, "channel")
    if draft.purpose != "answer":
        found += [*sending.agency_gate(ctx), *sending.mandate_gate(ctx, head.creditor_id)]
    if words and not draft.text.strip():
        found.append(empty_field("text"))
    return Answer(tuple(found))


@service(Right.READ)
def pass_through(ctx: Ctx, unit: Unit, draft: Draft) -> None:
    """Inside the unit that writes the message: raises Refusal with everything that keeps it from leaving."""
    found = asked(ctx, unit, draft)
    if found.problems:
        raise Refusal(*found.problems)


@service(Right.READ)
@contextlib.contextmanager
def recorded(ctx: Ctx) -> Iterator[None]:  # noqa: ARG001 - the gate keeps its refusals here
    """Around the unit that writes a message."""
    yield


@service(Right.WORK)
def passed(ctx: Ctx, unit: Unit, draft: Draft, interaction_id: int) -> None:
    """The message left and is in the journal: what a lead allowed once has served."""


@service(Right.READ)
def templates(ctx: Ctx, case_id: int, channel: str) -> tuple[tuple[str, str, str, str], ...]:  # noqa: ARG001 - kinds of letters come with the check
    """The texts offered for a channel: (kind, label, subject, text)."""
    return ()


def _letter(head: CaseHead, draft: Draft) -> tuple[Problem, ...]:
    if head.first_letter_on or draft.purpose == "answer":
        return ()
    return (
        Problem(
            "first-letter-missing",
            msg("No first letter is recorded as sent: article R.124-4 wants it before any other step with the debtor."),
            msg(
                "Issue the first letter and record its posting, or type the reference and date of the one already sent."
            ),
            field="channel",
        ),
    )


def _objection(reader: Reader, draft: Draft) -> tuple[Problem, ...]:
    if not consents.objected(reader, draft.contact_point_id, draft.channel):
        return ()
    return (
        Problem(
            "objected",
            msg("The person objects to being reached this way."),
            msg("Use another channel; only the person can change this."),
            field="contact_point",
        ),
    )
