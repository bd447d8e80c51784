"""The first letter to the debtor (CPCE R.124-4): preview, checks, issue, posting; `issue_letter` issues any kind. Posts nothing.

Issuing makes and keeps the letter; the case has its first letter once the posting is recorded. The later kinds: `later_letters`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.first_letter import first_letter_sheet, printing_file
from core.documents.sheet import Sheet
from core.domain.dates import not_after
from core.domain.first_letter import FirstLetter, check
from core.domain.messages import Message, Problem, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law.letters import first_letter_texts
from core.services import (
    contact_gate,
    contact_record,
    fragile_words,
    later_letters,
    letter_cautions,
    letter_facts,
    letter_keeping,
    letter_posting,
    letter_wording,
    letterhead,
)
from core.services.agency import AgencyFile, agency_file
from core.services.context import Ctx, service
from core.services.letter_keeping import LARGEST_BATCH, Batch, Issued
from core.services.text_check import facts_of, first_words
from core.store import creditors, files, journal, letters
from core.store.letters import FIRST, LetterRow
from core.store.unit import Unit

__all__ = [
    "LARGEST_BATCH", "Batch", "Issued", "LetterRow", "Preview", "cancel_letter", "first_letter_preview", "issue_first_letter",
    "issue_first_letters", "issue_letter", "issue_letters", "issued_letters", "kept_back", "letter_bytes", "mark_posted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter as it would leave today, what blocks it (empty: it may leave), its PDF when nothing does, what to look at first."""

    letter: FirstLetter
    problems: tuple[Problem, ...]
    pdf: bytes | None
    cautions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter about to be kept, and the versions of what it was made from."""

    found: letter_facts.Sources
    letter: FirstLetter
    problems: tuple[Problem, ...]
    verdict: contact_gate.Verdict

    @property
    def kept(self) -> letter_keeping.Kept:
        """As it is kept."""
        return letter_keeping.Kept(self.found, FIRST, self.letter.reference, self.letter, registered=False)


@service(Right.READ)
def first_letter_preview(ctx: Ctx, case_id: int, *, with_pdf: bool = True) -> Preview:
    """The letter, what LET-01 to LET-12, R.124-2 and R.124-3 find missing, and the PDF when nothing is. Writes nothing."""
    file = agency_file(ctx).file
    ready = _prepare(ctx, (case_id,), file)[0]
    pdf = _sheet(ctx, ready.letter, file).pdf() if with_pdf and not ready.problems else None
    return Preview(ready.letter, ready.problems, pdf, letter_cautions.cautions(ready.found, ctx.today))


@service(Right.READ)
def kept_back(ctx: Ctx, case_ids: Sequence[int]) -> dict[int, tuple[Problem, ...]]:
    """What keeps the first letter of each of some cases from leaving today; nothing where it may leave."""
    return {one.found.head.id: one.problems for one in _prepare(ctx, tuple(case_ids), agency_file(ctx).file)}


@service(Right.READ)
def issued_letters(ctx: Ctx, case_id: int) -> tuple[LetterRow, ...]:
    """The letters issued for a case, of every kind, the newest first: to be posted, sent or cancelled."""
    with ctx.store.read() as reader:
        return letters.all_of_case(reader, case_id)


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
def issue_letter(ctx: Ctx, case_id: int, kind: str, token: str) -> Issued:
    """Issue a letter of any kind (a file of data/letters): numbered, kept as PDF, in the outbox as ready. Twice with one token issues once.

    Raises Refusal with every problem: the gates before sending, what the kind needs, the rules LET-01 to LET-15 and MSG-01 to MSG-10.
    """
    if kind == FIRST:
        return issue_first_letter(ctx, case_id, "letter", token)
    return later_letters.issue(ctx, case_id, kind, token)


@service(Right.WORK)
def issue_letters(ctx: Ctx, case_ids: Sequence[int], kind: str, token: str) -> Batch:
    """Issue letters of one kind to many cases in one unit, with one PDF to print them; at most 500. Twice with one token issues once."""
    if kind == FIRST:
        return issue_first_letters(ctx, case_ids, token)
    return later_letters.issue_many(ctx, case_ids, kind, token)


@service(Right.WORK)
def issue_first_letters(ctx: Ctx, case_ids: Sequence[int], token: str) -> Batch:
    """Issue many letters in one unit, with one PDF to print them; a case that may not have its letter is told, with why.

    At most 500 cases at once (Refusal "too-many"). Twice with one token issues once.
    """
    asked = letter_keeping.batch(case_ids)
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
        document = letter_keeping.keep_whole(ctx, unit, whole, len(done)) if done else 0
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
        kind = letter_wording.kind_of(reader, FIRST)
        facts = {one.head.id: facts_of(reader, one, file, (), ctx.today) for one in found}
        gentle = {one.head.id: fragile_words.of_wording(reader, one.head.id, kind, one.head.lang) for one in found}
    asked = [contact_gate.Intent(one, "letter", on=ctx.today, purpose="first_letter") for one in case_ids]
    statute, ready = first_letter_texts().statute.text, []
    for one, verdict in zip(found, contact_gate.may_contact_many(ctx, asked), strict=True):
        letter = letter_facts.letter(one, file, ctx.today, kind)
        own = (
            *check(letter, statute),
            *first_words(letter, facts[one.head.id]),
            *letter_cautions.only_undue(one, ctx.today),
            *gentle[one.head.id],
        )
        ready.append(_Ready(one, letter, (*own, *verdict.problems("case")), verdict))
    return tuple(ready)


def _sheet(ctx: Ctx, letter: FirstLetter, file: AgencyFile) -> Sheet:
    return first_letter_sheet(letter, letterhead.agency(file), ctx.now, texts(letter.lang))


def _keep(ctx: Ctx, unit: Unit, ready: _Ready, pdf: bytes) -> Issued:
    """Keep the letter, unless its case changed while it was being made."""
    head = ready.found.head
    if letter_facts.read(unit, contact_record.head(unit, head.id), ctx.day) != ready.found:
        raise refuse(
            "changed-meanwhile",
            msg("Case {ref} changed while its letter was being made; nothing was issued.", ref=head.ref),
            msg("Read the case again, then issue the letter."),
            field="case",
            value=head.ref,
        )
    done = letter_keeping.keep(ctx, unit, ready.kept, pdf)
    journal.add_task(unit, head.id, "post_letter", ctx.day, origin="first_letter")
    return done
