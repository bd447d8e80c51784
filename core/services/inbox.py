"""What comes in: replies and bounces read by IMAP, delivery reports of SMS, scanned post; filed on its case or left to a person to sort.

Nothing is deleted from the mailbox. A mail read twice (a crash, another process, a folder made anew) is kept once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from core.channels import imap, sms
from core.channels.fault import Fault
from core.channels.imap import Fetched, Mailbox
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.services import channel_settings, inbox_filing, outbox_record, scans
from core.services.context import Ctx, service
from core.services.refusals import no_case, unknown_choice
from core.store import creditors, files, journal, queue
from core.store import inbox as rows
from core.store import outbox as leaving
from core.store.inbox import CaseDocument, InRow
from core.store.unit import Unit

__all__ = [
    "CaseDocument", "InRow", "Reading", "answered", "arrived", "case_documents", "document_bytes", "documents_of", "drop_scan",
    "file_on_case", "last_seen", "of_case", "put_aside", "read_mail", "read_reports", "unsorted", "unsorted_count",
]  # fmt: skip
REPORT_DAYS = 3  # an SMS whose gateway said nothing for so long is asked about no more


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading brought; `problems` say why the mailbox could not be read."""

    filed: int = 0
    unsorted: int = 0
    bounced: int = 0
    problems: tuple[Problem, ...] = ()


@service(Right.WORK)
def read_mail(ctx: Ctx) -> Reading:
    """Read the new mail of the house's mailbox and file it. Raises nothing for a server that fails: `problems` says it."""
    view = channel_settings.channel_settings(ctx)
    if not view.settings.receives:
        return Reading()
    if not view.real:
        return Reading(problems=(channel_settings.never_leaves(),))
    try:
        box = channel_settings.mailbox(ctx, view.settings)
    except Refusal as refusal:
        return Reading(problems=refusal.problems)
    name = _name(box)
    with ctx.store.read() as reader:
        validity, last = rows.place(reader, name)
    try:
        batch = imap.read(box, validity, last)
    except Fault as fault:
        return Reading(problems=(fault.problem(),))
    kinds: list[str] = []
    for mail in batch.mails:
        with ctx.write() as unit:
            kinds.append(_arrive(ctx, unit, mail))
            rows.set_place(unit, name, batch.uidvalidity, mail.uid)
    return Reading(kinds.count("filed"), kinds.count("unsorted"), kinds.count("bounced"))


def _name(box: Mailbox) -> str:
    """A mailbox as the places know it: a digest, for it holds a person's user name."""
    return hashlib.sha256(f"{box.host}\0{box.user}\0{box.folder}".encode()).hexdigest()[:32]


def _arrive(ctx: Ctx, unit: Unit, mail: Fetched) -> str:
    """Keep one mail once, and file it; one too large to be fetched waits for a person by its size alone."""
    if mail.data:
        return inbox_filing.arrive(ctx, unit, mail.data)
    return inbox_filing.too_large(ctx, unit, mail.uid, mail.size)


@service(Right.WORK)
def read_reports(ctx: Ctx) -> int:
    """Ask the gateway what became of the SMS of the last days; how many got an answer. A failed one becomes a next action."""
    view = channel_settings.channel_settings(ctx)
    if not (view.real and view.settings.sms_report_url):
        return 0
    since = (ctx.now - dt.timedelta(days=REPORT_DAYS)).astimezone(dt.UTC).strftime(outbox_record.STAMP)
    with ctx.store.read() as reader:
        waiting = leaving.unreported(reader, since)
    if not waiting:
        return 0
    known = 0
    try:
        gateway = channel_settings.gateway(ctx, view.settings)
        for row in waiting:
            found = sms.report(gateway, row.provider_ref)
            if found.state != "pending":
                with ctx.write() as unit:
                    outbox_record.reported(unit, row, found.state, found.reason)
                known += 1
    except (Fault, Refusal):
        return known  # the next round asks again; the settings' own trial says what is wrong
    return known


@service(Right.READ)
def unsorted(ctx: Ctx) -> tuple[InRow, ...]:
    """What waits for a person to file it, the oldest first, 50 at most."""
    with ctx.store.read() as reader:
        return rows.unsorted(reader)


@service(Right.READ)
def unsorted_count(ctx: Ctx) -> int:
    """How much waits to be filed."""
    with ctx.store.read() as reader:
        return rows.unsorted_count(reader)


@service(Right.READ)
def of_case(ctx: Ctx, case_id: int) -> tuple[InRow, ...]:
    """What came for a case, the newest first."""
    with ctx.store.read() as reader:
        return rows.of_case(reader, case_id)


@service(Right.READ)
def last_seen(ctx: Ctx) -> int:
    """The number up to which a screen that is drawn now shows what came."""
    with ctx.store.read() as reader:
        return rows.last_id(reader)


@service(Right.READ)
def arrived(ctx: Ctx, after: int, case_id: int | None = None) -> int:
    """How many messages came since a screen was drawn, for its case or for all: a cheap count, asked every few seconds."""
    with ctx.store.read() as reader:
        return rows.arrived(reader, after, case_id)


@service(Right.WORK)
def file_on_case(ctx: Ctx, message_id: int, case_ref: str) -> int:
    """File an unsorted arrival on the case of a reference; returns the case. Raises Refusal "case-unknown", "already-filed"."""
    with ctx.write() as unit:
        case_id = queue.case_of_reference(unit, case_ref)
        if case_id is None:
            raise refuse(
                "case-unknown",
                msg("There is no case {given} here.", given=case_ref.strip() or "—"),
                msg("Copy its reference from the case, or search it in the queue."),
                field="case",
                value=case_ref,
            )
        row = _unsorted(unit, message_id)
        inbox_filing.file(ctx, unit, row, case_id, "person")
        return case_id


@service(Right.WORK)
def put_aside(ctx: Ctx, message_id: int) -> None:
    """An unsorted arrival concerns no case: it leaves the list and stays kept."""
    with ctx.write() as unit:
        _unsorted(unit, message_id)
        rows.put_aside(unit, message_id)
        unit.audit("message.put_aside", "message", message_id)


def _unsorted(unit: Unit, message_id: int) -> InRow:
    row = rows.one(unit, message_id)
    if row is None:
        raise unknown_choice("message", str(message_id))
    if row.case_id is not None or row.state != "received":
        raise refuse(
            "already-filed",
            msg("Somebody has filed this already."),
            msg("Read the list again."),
            field="message",
        )
    return row


@service(Right.WORK)
def drop_scan(ctx: Ctx, name: str, data: bytes, token: str, case_id: int | None = None) -> int:
    """Keep scanned post (PDF, PNG, JPEG of 20 MB at most), on a case or to be sorted; returns its number.

    On a case it is a letter that came: journal entry, a reply to answer. Twice with one token, or the same file twice, is kept once.
    """
    media = scans.media_of(data)
    if media is None:
        raise refuse(
            "scan-unreadable",
            msg("Scanned post must be a PDF, PNG or JPEG of at most 20 MB."),
            msg("Scan it again as PDF."),
            field="scan",
            value=name,
        )
    with ctx.write() as unit:
        before = unit.done_before(token, "drop_scan")
        if before:
            return int(before)
        if case_id is not None and not rows.case_exists(unit, case_id):
            raise no_case(case_id)
        number = inbox_filing.scanned(ctx, unit, name, data, media, case_id)
        unit.remember(token, "drop_scan", number)
        return number


@service(Right.WORK)
def answered(ctx: Ctx, case_id: int) -> None:
    """The replies of a case need no answer, or got one by another way: they wait no more."""
    with ctx.write() as unit:
        journal.close_tasks(unit, case_id, "done", kinds=("answer_reply",))
        if not rows.has_next(unit, case_id) and journal.is_open(unit, case_id):
            journal.add_task(unit, case_id, "call_back", ctx.day, origin="reply")
        unit.touch(case_id)
        unit.audit("reply.answered", "case", case_id)


@service(Right.READ)
def case_documents(ctx: Ctx, case_id: int) -> tuple[CaseDocument, ...]:
    """The documents of a case that a message may carry, the newest first."""
    with ctx.store.read() as reader:
        return rows.case_documents(reader, case_id)


@service(Right.READ)
def documents_of(ctx: Ctx, message_id: int) -> tuple[CaseDocument, ...]:
    """The files of an arrival: the mail or scan itself, then what was attached."""
    with ctx.store.read() as reader:
        return rows.documents_of(reader, message_id)


@service(Right.READ)
def document_bytes(ctx: Ctx, document_id: int) -> bytes:
    """The bytes of a document of a message. Raises Refusal "file-gone"."""
    with ctx.store.read() as reader:
        found = creditors.document_file(reader, document_id)
        if found is None:
            raise unknown_choice("document", str(document_id))
        return files.fetch(reader, ctx.store, found[0])
