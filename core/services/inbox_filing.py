"""How one arrival is kept and filed: its bytes, its words, its case, the journal, the next action. Opens no unit, reads no mailbox."""

from __future__ import annotations

import hashlib

from core.channels.parsing import Bounce, Incoming, parse
from core.domain.filing import Clues, case_of, references
from core.domain.rights import Right
from core.services import outbox_record, question_record
from core.services.context import Ctx, service
from core.store import creditors, files, journal
from core.store import inbox as rows
from core.store import outbox as leaving
from core.store.inbox import InRow, NewArrival
from core.store.unit import Unit

REPLY, BOUNCE, AUTOMATIC, SCAN, LARGE = "reply", "bounce", "automatic", "scan", "too_large"
MAIL = "message/rfc822"
LONGEST_NOTE = 4000  # characters of a reply in the journal; the whole mail is kept as a document


@service(Right.WORK)
def arrive(ctx: Ctx, unit: Unit, data: bytes) -> str:
    """Keep a mail and file it; returns filed, unsorted, bounced, or "" when it came before."""
    key = f"mail:{hashlib.sha256(data).hexdigest()}"
    if rows.known(unit, key):
        return ""
    mail = parse(data)
    if mail.bounce and _bounced(ctx, unit, mail, mail.bounce, key, data):
        return "bounced"
    case_id, clue = case_of(_clues(unit, mail))
    number = _keep(ctx, unit, mail, key, data, AUTOMATIC if mail.automatic else REPLY)
    if case_id is None:
        unit.audit("message.unsorted", "message", number)
        return "unsorted"
    row = rows.one(unit, number)
    if row is not None:
        file(ctx, unit, row, case_id, clue)
    return "filed"


def _clues(unit: Unit, mail: Incoming) -> Clues:
    """Thread, then the reference in the subject before the one in the words, then the sender."""
    threads = rows.cases_of_threads(unit, mail.thread)
    named = rows.cases_of_references(unit, references(mail.subject))
    named = named or rows.cases_of_references(unit, references(mail.text)) or _quoted(unit, mail)
    return Clues(threads, named, rows.open_cases_of_address(unit, mail.sender) if mail.sender else ())


def _quoted(unit: Unit, mail: Incoming) -> tuple[int, ...]:
    """The reference in the quotation serves too: it is our own text that came back."""
    return rows.cases_of_references(unit, references(mail.whole))


def _keep(ctx: Ctx, unit: Unit, mail: Incoming, key: str, data: bytes, kind: str) -> int:
    """The mail as it came and its attachments as documents, its words as a text."""
    document = _document(ctx, unit, mail.subject or mail.sender, data, MAIL, "mail")
    number = rows.add(
        unit,
        NewArrival(
            "email",
            kind,
            mail.sender,
            mail.subject,
            mail.text,
            key,
            document,
            message_id=mail.message_id if mail.message_id and rows.free_message_id(unit, mail.message_id) else None,
            refs=" ".join(reversed(mail.thread)),
        ),
    )
    files_of = [_document(ctx, unit, one.name, one.data, one.media_type, "attachment") for one in mail.attachments]
    rows.attach(unit, number, files_of)
    return number


def _document(ctx: Ctx, unit: Unit, title: str, data: bytes, media: str, kind: str) -> int:
    file_id = files.keep(unit, ctx.store, data, media)
    return creditors.add_document(unit, file_id, kind, title[:200])


@service(Right.WORK)
def file(ctx: Ctx, unit: Unit, row: InRow, case_id: int, clue: str) -> None:
    """File an arrival on a case: an entry of the journal, its documents, and an answer due today unless a machine wrote it."""
    known = rows.point_of_address(unit, case_id, row.address) if row.address else None
    said = (row.subject or "", (row.text or "")[:LONGEST_NOTE])
    if known is None and row.kind == REPLY and question_record.filed(ctx, unit, case_id, row.id, said, row.refs):
        rows.file_on(unit, row.id, case_id, None, None, None)
        unit.audit("message.filed", "message", row.id, case=case_id, by=clue, question=True)
        return
    point, party = known or (None, None)
    note = "\n\n".join(part for part in (row.subject, (row.text or "")[:LONGEST_NOTE]) if part)
    new = journal.NewInteraction(
        case_id,
        row.channel,
        "in",
        "",
        ctx.day,
        outbox_record.hour_of(ctx),
        note,
        party_id=party,
        contact_point_id=point,
        source="program",
    )
    interaction = journal.add_interaction(unit, new, {"message": row.id, "filed_by": clue})
    rows.file_on(unit, row.id, case_id, party, point, interaction)
    if row.kind != AUTOMATIC and journal.is_open(unit, case_id):
        journal.add_task(unit, case_id, "answer_reply", ctx.day, origin="reply")
    unit.touch(case_id)
    unit.audit("message.filed", "message", row.id, case=case_id, interaction=interaction, by=clue)


def _bounced(ctx: Ctx, unit: Unit, mail: Incoming, bounce: Bounce, key: str, data: bytes) -> bool:
    """A mail of ours came back for good: its contact point is wrong and the next action says so. False when it is none of ours."""
    ours = leaving.by_message_id(unit, bounce.original_id) if bounce.original_id else None
    ours = ours or leaving.last_to(unit, bounce.recipient)
    if ours is None:
        return False
    number = _keep(ctx, unit, mail, key, data, BOUNCE)
    if not bounce.failed:  # delayed or delivered: told in the journal by nobody
        rows.file_on(unit, number, ours.case_id, ours.party_id, ours.contact_point_id, None)
        unit.audit("message.delayed", "message", number, case=ours.case_id)
        return True
    leaving.settle(unit, ours.id, "returned", ours.state)
    if ours.purpose == leaving.CREDITOR:
        rows.file_on(unit, number, ours.case_id, None, None, None)
        outbox_record.undone(unit, ours)
        unit.audit("message.returned", "message", ours.id, case=ours.case_id)
        return True
    reason = f"{bounce.recipient} ({bounce.status})".strip()
    interaction = outbox_record.rejected(ctx, unit, ours.case_id, ours.contact_point_id, reason, bounce.reason)
    rows.file_on(unit, number, ours.case_id, ours.party_id, ours.contact_point_id, interaction)
    unit.audit("message.returned", "message", ours.id, case=ours.case_id, interaction=interaction)
    return True


@service(Right.WORK)
def scanned(ctx: Ctx, unit: Unit, name: str, data: bytes, media: str, case_id: int | None) -> int:
    """Keep a scan, and file it when its case is known."""
    key = f"scan:{case_id or ''}:{hashlib.sha256(data).hexdigest()}"
    before = rows.keyed(unit, key)
    if before:
        return before
    document = _document(ctx, unit, name, data, media, "scan")
    number = rows.add(unit, NewArrival("letter", SCAN, "", name[:200], "", key, document))
    row = rows.one(unit, number)
    if case_id is None or row is None:
        unit.audit("message.unsorted", "message", number)
        return number
    file(ctx, unit, row, case_id, "person")
    return number


@service(Right.WORK)
def too_large(ctx: Ctx, unit: Unit, uid: int, size: int) -> str:
    """A mail too large to be fetched: a person opens it in the mailbox itself."""
    key = f"large:{uid}:{size}"
    if rows.known(unit, key):
        return ""
    document = _document(ctx, unit, LARGE, f"{size} bytes, uid {uid}".encode(), "text/plain", "mail")
    number = rows.add(unit, NewArrival("email", LARGE, "", "", "", key, document))
    unit.audit("message.unsorted", "message", number)
    return "unsorted"
