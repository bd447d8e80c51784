"""The outbox: the only way out for e-mails and SMS. Writes a message ready, sends what is ready, never twice without a person's word.

`ready → sending → sent | failed`. Message-ID and key are written before anything is sent. A message whose program stopped while it was
sending is left as it is: `doubtful` shows it, a person says `send_again` or `mark_as_sent`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.services import channel_settings, contact_record, kept_words, message_doors, outbox_record
from core.services.context import Ctx, service
from core.services.message_doors import Draft
from core.services.outbox_record import Transport
from core.services.refusals import empty_field, unknown_choice
from core.store import cases, inbox, journal
from core.store import outbox as rows
from core.store.outbox import NewMessage, OutRow
from core.store.unit import Unit

__all__ = [
    "MessageEntry", "OutRow", "Round", "cancel_message", "doubtful", "listed", "mark_as_sent", "of_case", "queue_message", "retry",
    "run", "send_again", "state_of", "ways_out", "why",
]  # fmt: skip
CHANNELS = {"email": "email", "sms": "phone"}
ROUND = 50  # messages of one round: the next round goes on


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A message as a person writes it; `answers` the received message it answers, `kind` of its template, `documents` of the case."""

    case_id: int
    channel: str
    contact_point_id: int | None
    text: str
    subject: str = ""
    kind: str = "free"
    answers: int | None = None
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did; `problems` say why nothing could leave at all."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    doubtful: int = 0
    problems: tuple[Problem, ...] = ()


@service(Right.WORK)
def queue_message(ctx: Ctx, entry: MessageEntry, token: str) -> int:
    """Write a message into the outbox, after the contact gate and the check of its words; returns its number.

    Written out of the hours of the policy it waits there (`message_doors.waits_until`). Twice with one token writes once.

    Raises Refusal on the field at fault: channel, contact_point, subject, text, documents; "no-way-out" without a server for the channel.
    """
    if entry.channel not in CHANNELS:
        raise unknown_choice("channel", entry.channel)
    with message_doors.recorded(ctx), ctx.write() as unit:
        before = unit.done_before(token, "queue_message")
        if before:
            return int(before)
        number = _write(ctx, unit, entry)
        unit.remember(token, "queue_message", number)
        return number


def _write(ctx: Ctx, unit: Unit, entry: MessageEntry) -> int:
    found = channel_settings.ways(ctx, unit)
    if not found.sends(entry.channel):
        raise _no_way_out()
    address, party = _address(unit, entry)
    _check(unit, entry)
    answered = inbox.one(unit, entry.answers) if entry.answers else None
    if entry.answers and (answered is None or answered.case_id != entry.case_id):
        raise unknown_choice("answers", str(entry.answers))
    purpose = (
        "answer" if answered and not rows.is_answered(unit, entry.case_id, answered.id) else "claim"
    )  # what follows is ours again
    point = entry.contact_point_id or 0
    answer = message_doors.pass_through(
        ctx,
        unit,
        Draft(entry.case_id, entry.channel, point, purpose, entry.kind, entry.subject, entry.text, entry.documents),
    )
    key = secrets.token_hex(16)
    thread = (answered.message_id or "") if answered else ""
    number = rows.add(
        unit,
        NewMessage(
            entry.case_id,
            party,
            point,
            entry.channel,
            entry.kind,
            address,
            entry.subject,
            entry.text,
            f"<quittance.{key}@{found.sender.rpartition('@')[2]}>" if entry.channel == "email" else None,
            key,
            thread,
            " ".join(filter(None, (answered.refs if answered else "", thread))),
            purpose=purpose,
            answers_id=entry.answers,
            documents=entry.documents,
        ),
    )
    if answer.problems:  # the hour only: it is written, and waits
        message_doors.refused(unit, answer)
        outbox_record.wait(ctx, unit, number, answer)
    if answered:
        journal.close_tasks(unit, entry.case_id, "done", kinds=("answer_reply",))
        unit.touch(entry.case_id)
    unit.audit("message.queued", "message", number, case=entry.case_id, channel=entry.channel)
    return number


def _address(unit: Unit, entry: MessageEntry) -> tuple[str, int]:
    """Address and person of the contact point, which must be of the case, of the right kind and not known to be wrong."""
    parties = tuple(one.party_id for one in cases.parties(unit, contact_record.head(unit, entry.case_id).id))
    points = {one.id: one for one in cases.contact_points(unit, parties)}
    found = points.get(entry.contact_point_id or 0)
    if found is None or found.kind != CHANNELS[entry.channel]:
        raise unknown_choice("contact_point", str(entry.contact_point_id or ""))
    if found.validity == "invalid":
        raise refuse(
            "point-invalid",
            msg("This address is known to be wrong: a message came back, or somebody said so."),
            msg("Choose another one, or mark it as not verified if it was put right."),
            field="contact_point",
            value=found.value,
        )
    return found.value, found.party_id


def _check(unit: Unit, entry: MessageEntry) -> None:
    problems = []
    if entry.channel == "email" and not entry.subject.strip():
        problems.append(empty_field("subject"))
    if not entry.text.strip():
        problems.append(empty_field("text"))
    known = {one.id for one in inbox.case_documents(unit, entry.case_id)}
    if set(entry.documents) - known or (entry.documents and entry.channel == "sms"):
        reason = msg("Only documents of this case travel with a message, and only by e-mail.")
        problems.append(Problem("document-elsewhere", reason, msg("Choose among those listed."), field="documents"))
    if problems:
        raise Refusal(*problems)


def _no_way_out() -> Refusal:
    return refuse(
        "no-way-out",
        msg("No server is set for this channel: nothing can leave from here."),
        msg(
            "Copy the text and send it from your own program, then log the contact; or set the server in the settings."
        ),
        field="channel",
    )


@service(Right.WORK)
def run(ctx: Ctx, most: int = ROUND) -> Round:
    """Send what is ready, one at a time: taken under a lease and committed, handed over, then recorded. Safe beside another process.

    Temporary refusals come back later by themselves, the others make a next action. Raises nothing for a server that fails.
    """
    with ctx.store.read() as reader:
        if rows.next_ready(reader, ctx.stamp, 0) is None:
            return Round()
    transport = Transport(ctx)
    if transport.problems:
        return Round(problems=transport.problems)
    outcomes: list[str] = []
    last = 0
    while len(outcomes) < most and not transport.closed:
        with ctx.store.read() as reader:
            found = rows.next_ready(reader, ctx.stamp, last)
        if found is None:
            break
        last = found
        outcomes.append(outbox_record.send_one(ctx, transport, last))
    count = outcomes.count
    return Round(count("sent"), count("temporary"), count("permanent"), count("unknown"), transport.problems)


@service(Right.READ)
def doubtful(ctx: Ctx) -> tuple[OutRow, ...]:
    """The messages that perhaps left: their program stopped, or their line broke, before the server's answer was written down."""
    with ctx.store.read() as reader:
        return rows.doubtful(reader, ctx.stamp)


@service(Right.READ)
def listed(ctx: Ctx, states: Sequence[str]) -> tuple[OutRow, ...]:
    """The messages in some states, the newest first, 50 at most."""
    with ctx.store.read() as reader:
        return rows.listed(reader, states)


@service(Right.READ)
def of_case(ctx: Ctx, case_id: int) -> tuple[OutRow, ...]:
    """The e-mails and SMS of a case, the newest first."""
    with ctx.store.read() as reader:
        return rows.of_case(reader, case_id)


@service(Right.READ)
def ways_out(ctx: Ctx) -> tuple[str, ...]:
    """The channels that have a server."""
    found = channel_settings.channel_settings(ctx).settings
    return tuple(channel for channel in CHANNELS if found.sends(channel))


@service(Right.READ)
def state_of(ctx: Ctx, row: OutRow) -> str:
    """The state as a person needs it: `doubtful` for a message whose lease is over."""
    return "doubtful" if row.state == "sending" and (row.lease_until or "") <= ctx.stamp else row.state


def why(row: OutRow) -> Problem | None:
    """What went wrong last, in words; None when nothing did."""
    return kept_words.heard(row.error) if row.error else None


@service(Right.WORK)
def send_again(ctx: Ctx, message_id: int) -> None:
    """A person looked: the doubtful message did not leave. It becomes ready, with its Message-ID and key. Raises "not-doubtful"."""
    with ctx.write() as unit:
        row = _doubtful(ctx, unit, message_id)
        rows.end_attempt(unit, row.id, "by_hand", "send_again")
        rows.settle(unit, row.id, "ready", "sending")
        unit.audit("message.sent_again", "message", row.id, case=row.case_id)


@service(Right.WORK)
def mark_as_sent(ctx: Ctx, message_id: int) -> None:
    """A person looked: the doubtful message did leave; the journal says so. Raises Refusal "not-doubtful"."""
    with ctx.write() as unit:
        row = _doubtful(ctx, unit, message_id)
        outbox_record.sent(ctx, unit, row, "", by_hand=True)


@service(Right.WORK)
def retry(ctx: Ctx, message_id: int) -> None:
    """Have a failed or postponed message tried again now. Raises Refusal "message-state" for any other."""
    with ctx.write() as unit:
        row = _row(unit, message_id)
        if row.state not in ("failed", "ready"):
            raise _state()
        rows.settle(unit, row.id, "ready", row.state)
        unit.audit("message.retried", "message", row.id, case=row.case_id)


@service(Right.WORK)
def cancel_message(ctx: Ctx, message_id: int) -> None:
    """Give up a message that did not leave. Raises Refusal "message-state" for one that left or is being sent."""
    with ctx.write() as unit:
        row = _row(unit, message_id)
        if row.state not in ("ready", "failed") and state_of(ctx, row) != "doubtful":
            raise _state()
        rows.settle(unit, row.id, "cancelled", row.state)
        unit.audit("message.cancelled", "message", row.id, case=row.case_id)


def _row(unit: Unit, message_id: int) -> OutRow:
    row = rows.one(unit, message_id)
    if row is None:
        raise unknown_choice("message", str(message_id))
    return row


def _doubtful(ctx: Ctx, unit: Unit, message_id: int) -> OutRow:
    row = _row(unit, message_id)
    if state_of(ctx, row) != "doubtful":
        raise refuse(
            "not-doubtful",
            msg("There is nothing to decide about this message any more."),
            msg("Read its state again."),
            field="message",
        )
    return row


def _state() -> Refusal:
    return refuse(
        "message-state",
        msg("This message has left, or is leaving now."),
        msg("Read its state again in a minute."),
        field="message",
    )
