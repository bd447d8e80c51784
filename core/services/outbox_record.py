"""How one message of the outbox is taken, handed over and recorded, and what follows when it is refused. Chooses no message."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from zoneinfo import ZoneInfo

from core.channels import sms, smtp
from core.channels.fault import Fault
from core.channels.smtp import Attachment, Mail
from core.domain.messages import Problem, Refusal, msg
from core.domain.rights import Right
from core.services import channel_settings, house, kept_words, message_doors, question_record
from core.services.context import Ctx, service
from core.services.journal import result_named
from core.services.message_doors import Answer, Draft
from core.store import creditors, files, journal
from core.store import outbox as rows
from core.store.outbox import OutRow
from core.store.unit import Reader, Unit

LEASE = dt.timedelta(minutes=10)  # longer than every wait of a line together
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try of a message that the server could not take yet
HOUSE_STAGES = frozenset(
    {"certificate", "tls", "name", "connect", "authority", "login", "protocol", "sender", "template", "url"}
)  # of the line, not of the message: the others of the round would meet them too
STAMP = "%Y-%m-%dT%H:%M:%SZ"


class Transport:
    """The lines of one round, their secrets read once; `closed` once a line has failed as a whole."""

    def __init__(self, ctx: Ctx) -> None:
        self.owner = secrets.token_hex(8)
        self.closed = False
        view = channel_settings.channel_settings(ctx)
        self.settings = view.settings
        self.problems: tuple[Problem, ...] = ()
        if not view.real:
            self.problems = (channel_settings.never_leaves(),)
            return
        try:
            self.smtp = channel_settings.smtp_server(ctx, view.settings) if view.settings.sends("email") else None
            self.gateway = channel_settings.gateway(ctx, view.settings) if view.settings.sends("sms") else None
        except Refusal as refusal:
            self.problems = refusal.problems

    def send(self, row: OutRow, attachments: tuple[Attachment, ...], at: dt.datetime) -> str:
        """Hand one message over; returns the gateway's number for an SMS. Raises Fault."""
        if row.channel == "sms":
            if self.gateway is None:
                raise _no_line()
            return sms.send(self.gateway, row.address, row.text or "", row.idempotency_key)
        if self.smtp is None:
            raise _no_line()
        smtp.send(self.smtp, self._mail(row, attachments, at))
        return ""

    def _mail(self, row: OutRow, attachments: tuple[Attachment, ...], at: dt.datetime) -> Mail:
        return Mail(
            self.settings.sender,
            self.settings.sender_name,
            row.address,
            row.subject or "",
            row.text or "",
            row.message_id or "",
            at,
            self.settings.reply_to,
            row.in_reply_to,
            row.refs,
            bool(row.automatic),
            attachments,
        )


def _no_line() -> Fault:
    reason = msg("No server is set for this channel: nothing can leave from here.")
    return Fault("temporary", "connect", reason, msg("Set the server in the settings, or cancel the message."))


@service(Right.WORK)
def send_one(ctx: Ctx, transport: Transport, message_id: int) -> str:
    """Take, hand over, record one message; returns sent, temporary, permanent, unknown, or "" when it was not to be taken."""
    now = replace(ctx, now=house.now())
    with now.write() as unit:
        row = rows.one(unit, message_id)
        if row is None or row.state != "ready":
            return ""
        barred = _barred(now, unit, row)
        if barred:
            return barred
        until = (now.now + LEASE).astimezone(dt.UTC).strftime(STAMP)
        if not rows.take(unit, message_id, transport.owner, until):
            return ""
        attachments = _attachments(now, unit, message_id)
    try:
        number = transport.send(row, attachments, now.now)
    except Fault as fault:
        return _failed(replace(ctx, now=house.now()), transport, row, fault)
    after = replace(ctx, now=house.now())
    with after.write() as unit:
        sent(after, unit, row, number)
    return "sent"


def _attachments(ctx: Ctx, reader: Reader, message_id: int) -> tuple[Attachment, ...]:
    found = []
    for one in rows.documents(reader, message_id):
        kept = creditors.document_file(reader, one)
        if kept:
            file_id, title, media = kept
            name = title or f"document-{one}"
            name = name if "." in name[-6:] else f"{name}.{media.rpartition('/')[2]}"
            found.append(Attachment(name, media, files.fetch(reader, ctx.store, file_id)))
    return tuple(found)


def _barred(ctx: Ctx, unit: Unit, row: OutRow) -> str:
    """The person may no longer be reached, or owes less, since it was written: it waits for the hour, or stops with a next action."""
    if row.purpose == rows.CREDITOR:
        return ""
    found = message_doors.asked(ctx, unit, draft(row))
    if not found.problems:
        return _outdated(ctx, unit, row)
    message_doors.refused(unit, found)
    if found.next_at is not None:
        wait(ctx, unit, row.id, found)
        return "temporary"
    rows.settle(unit, row.id, "failed", "ready", error=kept_words.kept(found.problems[0]))
    undone(unit, row)
    unit.audit("message.barred", "message", row.id, case=row.case_id, rule=found.problems[0].code)
    return "permanent"


def _outdated(ctx: Ctx, unit: Unit, row: OutRow) -> str:
    """A claim written before a payment, a credit note or the stop of a debt asks for too much (C. conso. L.121-2): it stops."""
    if row.purpose == "answer" or not rows.claims_too_much(unit, row.id, ctx.day):
        return ""
    problem = Problem(
        "claim-outdated",
        msg(
            "A payment, a credit note or the stop of a debt was recorded since this message was written: it may claim too much."
        ),
        msg("Cancel it, then write it again from what is owed now."),
    )
    rows.settle(unit, row.id, "failed", "ready", error=kept_words.kept(problem))
    undone(unit, row)
    unit.audit("message.barred", "message", row.id, case=row.case_id, rule=problem.code)
    return "permanent"


@service(Right.WORK)
def wait(ctx: Ctx, unit: Unit, message_id: int, answer: Answer) -> None:
    """Have a written message wait for the moment the gate names, with the rule that keeps it until then; nothing when it names none."""
    if answer.next_at is not None and answer.problems:
        later = max(answer.next_at, ctx.now + dt.timedelta(minutes=1)).astimezone(dt.UTC).strftime(STAMP)
        rows.settle(unit, message_id, "ready", "ready", error=kept_words.kept(answer.problems[0]), next_try_at=later)


def draft(row: OutRow) -> Draft:
    """A kept message as the doors take it."""
    return Draft(
        row.case_id, row.channel, row.contact_point_id or 0, row.purpose, row.kind, row.subject or "", row.text or ""
    )


@service(Right.WORK)
def sent(ctx: Ctx, unit: Unit, row: OutRow, provider_ref: str, *, by_hand: bool = False) -> None:
    """Record that a message left: its state, its entry in the journal, the override it used."""
    rows.end_attempt(unit, row.id, "by_hand" if by_hand else "sent")
    rows.settle(unit, row.id, "sent", "sending")
    if row.purpose == rows.CREDITOR:  # no contact with the debtor: the question tells it in the journal
        rows.leave(unit, row.id, ctx.stamp)
        question_record.left(unit, row.id, ctx.today)
        unit.audit("message.sent", "message", row.id, case=row.case_id, by_hand=by_hand)
        return
    gate = message_doors.asked(ctx, unit, draft(row))  # before its own entry counts
    new = journal.NewInteraction(
        row.case_id,
        row.channel,
        "out",
        "",
        ctx.day,
        hour_of(ctx),
        "\n\n".join(part for part in (row.subject, row.text) if part),
        party_id=row.party_id,
        contact_point_id=row.contact_point_id,
        source="program",
    )
    interaction = journal.add_interaction(unit, new, {"message": row.id})
    rows.mark_sent(unit, row.id, interaction, provider_ref, ctx.stamp)
    message_doors.passed(unit, gate, interaction)
    unit.touch(row.case_id)
    unit.audit("message.sent", "message", row.id, case=row.case_id, interaction=interaction, by_hand=by_hand)


@service(Right.READ)
def hour_of(ctx: Ctx) -> str:
    """The hour it is in the agency's zone, as the journal keeps it."""
    return ctx.now.astimezone(ZoneInfo(ctx.time_zone)).strftime("%H:%M")


def _failed(ctx: Ctx, transport: Transport, row: OutRow, fault: Fault) -> str:
    """What the server's refusal means: come back later, ask a person, or never."""
    outcome = fault.outcome
    if fault.stage in HOUSE_STAGES:
        transport.closed, transport.problems = True, (fault.problem(),)
        outcome = "temporary"
    tries = row.attempts + 1
    if outcome == "temporary" and tries > len(PAUSES):
        outcome = "permanent"
    said = kept_words.kept(fault.problem())
    with ctx.write() as unit:
        rows.end_attempt(unit, row.id, outcome, fault.stage, fault.code)
        if outcome == "temporary":
            later = (ctx.now + dt.timedelta(minutes=PAUSES[tries - 1])).astimezone(dt.UTC).strftime(STAMP)
            rows.settle(unit, row.id, "ready", "sending", error=said, next_try_at=later)
        elif outcome == "unknown":
            rows.settle(unit, row.id, "sending", "sending", error=said)
        else:
            rows.settle(unit, row.id, "failed", "sending", error=said)
            if fault.stage == "recipient" and row.channel == "email" and row.purpose != rows.CREDITOR:
                rejected(ctx, unit, row.case_id, row.contact_point_id, str(fault.problem().reason), fault.answer)
            else:
                undone(unit, row)
        unit.audit(
            f"message.{outcome}", "message", row.id, case=row.case_id, stage=fault.stage, code=fault.code, tries=tries
        )
    return outcome


@service(Right.WORK)
def rejected(ctx: Ctx, unit: Unit, case_id: int, point: int | None, reason: str, answer: str) -> int:
    """An e-mail came back (result EMR): the contact point is wrong, with its reason in the journal, and the next action is set."""
    rule = result_named(unit, "EMR")
    note = " ".join(part for part in (reason, answer) if part)
    new = journal.NewInteraction(
        case_id, "email", "none", rule.code, ctx.day, hour_of(ctx), note, contact_point_id=point, source="program"
    )
    interaction = journal.add_interaction(unit, new, {})
    if point:
        journal.set_validity(unit, point, "invalid")
    if journal.is_open(unit, case_id):
        due = ctx.today + dt.timedelta(days=rule.next_action.days)
        journal.close_tasks(unit, case_id, "replaced", interaction, (rule.next_action.kind,))
        journal.add_task(unit, case_id, rule.next_action.kind, due.isoformat(), origin=rule.code)
    unit.touch(case_id)
    return interaction


def reported(unit: Unit, row: OutRow, state: str, reason: str) -> None:
    """What the gateway says became of an SMS: delivered, or failed with its reason and a next action."""
    said = kept_words.kept(_undelivered(reason)) if state == "failed" else ""
    if rows.settle(unit, row.id, state, "sent", error=said):
        if state == "failed":
            undone(unit, row)
        unit.audit(f"message.{state}", "message", row.id, case=row.case_id)


def _undelivered(reason: str) -> Problem:
    return Problem(
        "sms-undelivered",
        msg("The gateway could not deliver this SMS: {reason}", reason=reason or "—"),
        msg("Check the number, or reach the person in another way."),
    )


def undone(unit: Unit, row: OutRow) -> None:
    """A message that did not leave is the work of a person, today."""
    if journal.is_open(unit, row.case_id):
        journal.close_tasks(unit, row.case_id, "replaced", kinds=("message_failed",))
        journal.add_task(unit, row.case_id, "message_failed", unit.today, origin="outbox", assignee_id=row.created_by)
        unit.touch(row.case_id)
