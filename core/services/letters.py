"""The first letter to the debtor (CPCE R.124-4): preview with its checks, issue, posting. Posts nothing itself: a person does.

Issuing makes and keeps the letter; the case has its first letter once the posting is recorded.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.documents.first_letter import first_letter_sheet, printing_file
from core.documents.sheet import Sheet
from core.domain.dates import not_after
from core.domain.first_letter import FirstLetter, check
from core.domain.frozen import to_data
from core.domain.messages import Message, Problem, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law.letters import first_letter_texts
from core.services import (
    contact_gate,
    contact_record,
    letter_cautions,
    letter_facts,
    letter_posting,
    letterhead,
)
from core.services.agency import AgencyFile, agency_file
from core.services.context import Ctx, service
from core.store import creditors, files, journal, letters
from core.store.letters import LetterRow
from core.store.unit import Unit

__all__ = [
    "Batch", "Issued", "LetterRow", "Preview", "cancel_letter", "first_letter_preview", "issue_first_letter", "issue_first_letters",
    "issued_letters", "letter_bytes", "mark_posted",
]  # fmt: skip
LARGEST_BATCH = 500  # letters in one printing file: a product choice, so that one writing stays short


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter as it would leave today, what blocks it (empty: it may leave), its PDF when nothing does, what to look at first."""

    letter: FirstLetter
    problems: tuple[Problem, ...]
    pdf: bytes | None
    cautions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter that was issued: to be printed and posted."""

    case_id: int
    reference: str
    document_id: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Many letters: those issued, the document that prints them all (0 when none was), those refused and why."""

    issued: tuple[Issued, ...]
    document_id: int
    refused: tuple[tuple[int, tuple[Problem, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter about to be kept, and the versions of what it was made from."""

    found: letter_facts.Sources
    letter: FirstLetter
    problems: tuple[Problem, ...]
    verdict: contact_gate.Verdict


@service(Right.READ)
def first_letter_preview(ctx: Ctx, case_id: int, *, with_pdf: bool = True) -> Preview:
    """The letter, what LET-01 to LET-12, R.124-2 and R.124-3 find missing, and the PDF when nothing is. Writes nothing."""
    file = agency_file(ctx).file
    ready = _prepare(ctx, (case_id,), file)[0]
    pdf = _sheet(ctx, ready.letter, file).pdf() if with_pdf and not ready.problems else None
    return Preview(ready.letter, ready.problems, pdf, letter_cautions.cautions(ready.found, ctx.today))


@service(Right.READ)
def issued_letters(ctx: Ctx, case_id: int) -> tuple[LetterRow, ...]:
    """The first letters issued for a case, the newest first: to be posted, sent or cancelled."""
    with ctx.store.read() as reader:
        return letters.of_case(reader, case_id)


@service(Right.WORK)
def issue_first_letter(ctx: Ctx, case_id: int, channel: str, token: str) -> Issued:
    """Issue the letter: numbered, kept as PDF, in the outbox as ready to be posted. Twice with one token issues once.

    Raises Refusal with every problem of the preview. Issued again, it is a new letter with its own reference; the earlier
    one stays in the documents, and is cancelled if it had not been posted.
    """
    if channel != "letter":
        raise refuse(
            "channel-unknown",
            msg("The first letter leaves by post in this version."),
            msg("Choose the letter."),
            field="channel",
            value=channel,
        )
    file = agency_file(ctx).file
    ready = _prepare(ctx, (case_id,), file)[0]
    pdf = b"" if ready.problems else _sheet(ctx, ready.letter, file).pdf()
    with contact_gate.recorded(ctx), ctx.write() as unit:
        before = unit.done_before(token, "issue_first_letter")
        if before:
            return Issued(*before)
        if ready.problems:
            raise contact_gate.Barred(ready.verdict, *ready.problems)
        done = _keep(ctx, unit, ready, pdf)
        unit.remember(token, "issue_first_letter", (done.case_id, done.reference, done.document_id))
    return done


@service(Right.WORK)
def issue_first_letters(ctx: Ctx, case_ids: Sequence[int], token: str) -> Batch:
    """Issue many letters in one unit, with one PDF to print them; a case that may not have its letter is told, with why.

    At most 500 cases at once (Refusal "too-many"). Twice with one token issues once.
    """
    asked = tuple(dict.fromkeys(case_ids))
    if len(asked) > LARGEST_BATCH:
        raise refuse(
            "too-many",
            msg("{given} letters are asked for at once.", given=len(asked)),
            msg("Choose {most} cases at most.", most=LARGEST_BATCH),
            field="cases",
        )
    file = agency_file(ctx).file
    prepared = _prepare(ctx, asked, file)
    refused = tuple((one.found.head.id, one.problems) for one in prepared if one.problems)
    good = [(one, _sheet(ctx, one.letter, file)) for one in prepared if not one.problems]
    whole = printing_file([sheet for _, sheet in good]) if good else b""
    pdfs = [sheet.pdf() for _, sheet in good]
    with ctx.write() as unit:
        before = unit.done_before(token, "issue_first_letters")
        if before:
            again = tuple(one for one in refused if one[0] in before[2])
            return Batch(tuple(Issued(*one) for one in before[0]), before[1], again)
        for one in prepared:
            contact_gate.keep(unit, one.verdict)
        done = tuple(_keep(ctx, unit, one, pdf) for (one, _), pdf in zip(good, pdfs, strict=True))
        document = _keep_whole(ctx, unit, whole, len(done)) if done else 0
        kept = [(one.case_id, one.reference, one.document_id) for one in done]
        unit.remember(token, "issue_first_letters", (kept, document, [case_id for case_id, _ in refused]))
    return Batch(done, document, refused)


@service(Right.WORK)
def mark_posted(ctx: Ctx, references: Sequence[str], on: dt.date) -> None:
    """Record that issued letters were posted on a day: journal entry, first letter of the case (R.124-4), first call planned.

    The day of posting is the sending date that later steps recall. Refused: a reference unknown or replaced; a day to come,
    before the letter's own date, more days after it than the data allows ("letter-stale"), or when no mandate was in force
    (R.124-3); a case closed, stopped as a whole on that day, or that owes nothing any more. A letter already recorded as
    posted is left as it is.
    """
    not_after(on, ctx.today, field="posted_on")
    with contact_gate.recorded(ctx), ctx.write() as unit:
        for reference in references:
            letter_posting.post(ctx, unit, reference, on)


@service(Right.WORK)
def cancel_letter(ctx: Ctx, reference: str) -> None:
    """Give up a letter that never left; it stays in the documents. Raises Refusal "letter-unknown", "letter-sent"."""
    with ctx.write() as unit:
        letter_posting.cancel(unit, reference)


@service(Right.READ)
def letter_bytes(ctx: Ctx, document_id: int) -> bytes:
    """The kept PDF of an issued letter, or of a printing file; the same bytes each time."""
    with ctx.store.read() as reader:
        found = creditors.document_file(reader, document_id)
        if found is None:
            raise letter_posting.unknown(str(document_id))
        return files.fetch(reader, ctx.store, found[0])


def _prepare(ctx: Ctx, case_ids: Sequence[int], file: AgencyFile) -> tuple[_Ready, ...]:
    """The letters of some cases with all that blocks each; agency and mandates are looked at once."""
    with ctx.store.read() as reader:
        found = [letter_facts.read(reader, contact_record.head(reader, one), ctx.day) for one in case_ids]
    asked = [contact_gate.Intent(one, "letter", on=ctx.today, purpose="first_letter") for one in case_ids]
    statute, ready = first_letter_texts().statute.text, []
    for one, verdict in zip(found, contact_gate.may_contact_many(ctx, asked), strict=True):
        letter = letter_facts.letter(one, file, ctx.today)
        own = (*check(letter, statute), *letter_cautions.only_undue(one, ctx.today))
        ready.append(_Ready(one, letter, (*own, *verdict.problems("case")), verdict))
    return tuple(ready)


def _sheet(ctx: Ctx, letter: FirstLetter, file: AgencyFile) -> Sheet:
    return first_letter_sheet(letter, letterhead.agency(file), ctx.now, texts(letter.lang))


def _keep(ctx: Ctx, unit: Unit, ready: _Ready, pdf: bytes) -> Issued:
    """Keep the letter, unless its case changed while it was being made."""
    head, letter = ready.found.head, ready.letter
    if letter_facts.read(unit, contact_record.head(unit, head.id), ctx.day) != ready.found:
        raise refuse(
            "changed-meanwhile",
            msg("Case {ref} changed while its letter was being made; nothing was issued.", ref=head.ref),
            msg("Read the case again, then issue the letter."),
            field="case",
            value=head.ref,
        )
    letters.cancel_unposted(unit, head.id)
    file_id = files.keep(unit, ctx.store, pdf, "application/pdf")
    document = letters.add_document(unit, file_id, head.id, letter.reference, _figures(ctx, letter))
    point = next((p.id for p in ready.found.points if p.kind == "address" and p.validity != "invalid"), None)
    message = letters.add_message(unit, head.id, head.debtor_id, point, letter.reference, document)
    letters.close_letter_tasks(unit, head.id)
    journal.add_task(unit, head.id, "post_letter", ctx.day, origin="first_letter")
    unit.touch(head.id)
    digest = files.digest(unit, file_id)
    unit.audit("first_letter.issued", "message", message, case=head.id, digests={str(document): digest})
    return Issued(head.id, letter.reference, document)


def _figures(ctx: Ctx, letter: FirstLetter) -> str:
    """What the letter claims, frozen beside it; cents by debt."""
    claimed = {debt.ref: debt.total for debt in letter.debts}
    proofs = {one.ref: [to_data(figure) for figure in one.figures] for one in letter.accessories}
    figures = {"dated": ctx.day, "amounts": asdict(letter.amounts), "debts": claimed}
    return json.dumps(figures | ({"proofs": proofs} if proofs else {}), ensure_ascii=False, sort_keys=True)


def _keep_whole(ctx: Ctx, unit: Unit, data: bytes, count: int) -> int:
    file_id = files.keep(unit, ctx.store, data, "application/pdf")
    document = creditors.add_document(unit, file_id, "letters_to_print", "")
    digest = files.digest(unit, file_id)
    unit.audit("first_letters.printed", "document", document, letters=count, digests={str(document): digest})
    return document
