"""Letters after the first one, of any kind: what is possible now and why not, preview, text, issue, many at once. Posts nothing itself.

One letter per debtor and mandate: it claims all the debts of the case that are due and not on hold, never one invoice at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.first_letter import printing_file
from core.documents.letter import first_letter_text, letter_sheet
from core.documents.sheet import Sheet
from core.domain.letter import Letter
from core.domain.messages import Message, Problem, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law.letter_kinds import FIRST, LetterKind
from core.services import (
    contact_gate,
    contact_record,
    fragile_words,
    letter_cautions,
    letter_facts,
    letter_keeping,
    letter_model,
    letter_wording,
    letterhead,
    limitation_gate,
    plan_bars,
    sending,
)
from core.services.agency import AgencyFile, agency_file
from core.services.context import Ctx, service
from core.services.letter_keeping import Batch, Issued, Kept
from core.services.letter_model import Material
from core.services.text_check import facts_of
from core.store import journal
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of letter for a case: what keeps it from being issued now; empty: it may be."""

    kind: LetterKind
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """The letter as it would leave today: its text, what blocks it (empty: it may leave), its PDF when nothing does, cautions."""

    kind: LetterKind
    letter: Letter
    text: str
    problems: tuple[Problem, ...]
    pdf: bytes | None
    cautions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    made: Material
    letter: Letter
    problems: tuple[Problem, ...]
    verdict: contact_gate.Verdict


@service(Right.READ)
def offered(ctx: Ctx, case_id: int) -> tuple[Offer, ...]:
    """The kinds of letters after the first one for a case, in their order, with the reasons of those that may not leave now."""
    with ctx.store.read() as reader:
        kinds = [
            one for one in letter_wording.kinds_of(reader).values() if one.channel == "letter" and one.key != FIRST
        ]
    file = agency_file(ctx).file
    return tuple(Offer(kind, _prepare(ctx, (case_id,), kind, file)[0].problems) for kind in kinds)


@service(Right.READ)
def kept_back(ctx: Ctx, case_ids: Sequence[int], kind: str) -> dict[int, tuple[Problem, ...]]:
    """What keeps a letter of a kind from each of some cases today; nothing where it may leave. Raises Refusal "kind-unknown"."""
    prepared = _prepare(ctx, tuple(case_ids), _kind(ctx, kind), agency_file(ctx).file)
    return {one.made.found.head.id: one.problems for one in prepared}


@service(Right.READ)
def letter_preview(ctx: Ctx, case_id: int, kind: str, *, with_pdf: bool = True) -> LetterPreview:
    """A letter of a kind as it would leave today, and what keeps it. Writes nothing. Raises Refusal "case-unknown", "kind-unknown"."""
    known, file = _kind(ctx, kind), agency_file(ctx).file
    ready = _prepare(ctx, (case_id,), known, file)[0]
    t = texts(ready.letter.lang)
    pdf = _sheet(ctx, ready.letter, file).pdf() if with_pdf and not ready.problems else None
    cautions = letter_cautions.cautions(ready.made.found, ctx.today) if "balance" in known.needs else ()
    return LetterPreview(
        known, ready.letter, letter_model.plain_text(known, ready.letter, t), ready.problems, pdf, cautions
    )


@service(Right.READ)
def letter_text(ctx: Ctx, case_id: int, kind: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Title (or subject line), text and problems of a letter or message of any kind: to copy, or to send by another channel."""
    if kind == FIRST:
        file = agency_file(ctx).file
        with ctx.store.read() as reader:
            found = letter_facts.read(reader, contact_record.head(reader, case_id), ctx.day)
            wording = letter_wording.kind_of(reader, FIRST)
        first = letter_facts.letter(found, file, ctx.today, wording)
        return first.words.title, first_letter_text(first, texts(first.lang)), ()
    shown = letter_preview(ctx, case_id, kind, with_pdf=False)
    return shown.letter.title, shown.text, shown.problems


@service(Right.WORK)
def issue(ctx: Ctx, case_id: int, kind: str, token: str) -> Issued:
    """Issue one letter: `letters.issue_letter` is the door."""
    known, file = _kind(ctx, kind), agency_file(ctx).file
    _wants_post(known)
    ready = _prepare(ctx, (case_id,), known, file)[0]
    pdf = b"" if ready.problems else _sheet(ctx, ready.letter, file).pdf()
    with contact_gate.recorded(ctx), ctx.write() as unit:
        before = unit.done_before(token, f"issue_letter.{kind}")
        if before:
            return Issued(*before)
        if ready.problems:
            raise contact_gate.Barred(ready.verdict, *ready.problems)
        done = _keep(ctx, unit, ready, pdf)
        unit.remember(token, f"issue_letter.{kind}", (done.case_id, done.reference, done.document_id))
    return done


@service(Right.WORK)
def issue_many(ctx: Ctx, case_ids: Sequence[int], kind: str, token: str) -> Batch:
    """Issue many letters of a kind: `letters.issue_letters` is the door."""
    known, file, asked = _kind(ctx, kind), agency_file(ctx).file, letter_keeping.batch(case_ids)
    _wants_post(known)
    prepared = _prepare(ctx, asked, known, file)
    refused = tuple((one.made.found.head.id, one.problems) for one in prepared if one.problems)
    good = [(one, _sheet(ctx, one.letter, file)) for one in prepared if not one.problems]
    whole = printing_file([sheet for _, sheet in good]) if good else b""
    pdfs = [sheet.pdf() for _, sheet in good]
    with ctx.write() as unit:
        before = unit.done_before(token, f"issue_letters.{kind}")
        if before:
            again = tuple(one for one in refused if one[0] in before[2])
            return Batch(tuple(Issued(*one) for one in before[0]), before[1], again)
        for one in prepared:
            contact_gate.keep(unit, one.verdict)
        done = tuple(_keep(ctx, unit, one, pdf) for (one, _), pdf in zip(good, pdfs, strict=True))
        document = letter_keeping.keep_whole(ctx, unit, whole, len(done)) if done else 0
        kept = [(one.case_id, one.reference, one.document_id) for one in done]
        unit.remember(token, f"issue_letters.{kind}", (kept, document, [case_id for case_id, _ in refused]))
    return Batch(done, document, refused)


def _kind(ctx: Ctx, key: str) -> LetterKind:
    with ctx.store.read() as reader:
        found = letter_wording.kinds_of(reader).get(key)
    if found is None or key == FIRST:
        raise refuse(
            "kind-unknown", msg("There is no kind of letter “{given}”.", given=key), msg("Choose one of the list."),
            field="kind", value=key,
        )  # fmt: skip
    return found


def _wants_post(kind: LetterKind) -> None:
    if kind.channel != "letter":
        raise refuse(
            "channel-unknown", msg("This text leaves by another channel than the post."), msg("Copy it, or send it from its channel."),
            field="channel", value=kind.channel,
        )  # fmt: skip


def _prepare(ctx: Ctx, case_ids: Sequence[int], kind: LetterKind, file: AgencyFile) -> tuple[_Ready, ...]:
    """The letters of some cases with all that blocks each; agency and mandates are looked at once."""
    house, mandates, ready = sending.agency_gate(ctx), dict[int, tuple[Problem, ...]](), []
    with ctx.store.read() as reader:
        made = [_material(ctx, reader, one, kind) for one in case_ids]
        facts = [facts_of(reader, one.found, file, (), ctx.today) for one in made]
        gentle = [fragile_words.of_wording(reader, one.found.head.id, kind, one.found.head.lang) for one in made]
        asks = (
            plan_bars.problems if "promise" in kind.needs else limitation_gate.problems
        )  # a stop bars the promise a text confirms
        barred = [asks(reader, one.found.head.id, ctx.today) for one in made]
    asked = [contact_gate.Intent(one, "letter", on=ctx.today, purpose=kind.purpose, tone=kind.tone) for one in case_ids]
    verdicts = contact_gate.may_contact_many(ctx, asked)
    for one, known, late, verdict, own in zip(made, facts, barred, verdicts, gentle, strict=True):
        head = one.found.head
        if (
            kind.purpose == "answer"
        ):  # the gate does not ask for agency, mandate and limitation where nothing is claimed
            if head.creditor_id not in mandates:
                mandates[head.creditor_id] = sending.mandate_gate(ctx, head.creditor_id)
            asked_apart = (*house, *mandates[head.creditor_id], *(late if "balance" in kind.needs else ()))
        else:
            asked_apart = ()
        written, needs = letter_model.letter(one, file, ctx.today), letter_model.needed(one, ctx.today)
        words = () if needs else letter_model.refused(kind, written, known, texts(written.lang))
        told = [p for p in verdict.problems("case") if p.code not in {q.code for q in needs}]
        ready.append(_Ready(one, written, (*asked_apart, *told, *needs, *words, *own), verdict))
    return tuple(ready)


def _material(ctx: Ctx, reader: Reader, case_id: int, kind: LetterKind) -> Material:
    found = letter_facts.read(reader, contact_record.head(reader, case_id), ctx.day)
    return letter_model.material(reader, kind, found, ctx.today)


def _sheet(ctx: Ctx, letter: Letter, file: AgencyFile) -> Sheet:
    return letter_sheet(letter, letterhead.agency(file), ctx.now, texts(letter.lang))


def _keep(ctx: Ctx, unit: Unit, ready: _Ready, pdf: bytes) -> Issued:
    """Keep the letter, unless its case or its wording changed while it was being made."""
    made = ready.made
    head, kind = made.found.head, letter_wording.kind_of(unit, made.kind.key)
    if _material(ctx, unit, head.id, kind) != made:
        raise refuse(
            "changed-meanwhile", msg("Case {ref} changed while its letter was being made; nothing was issued.", ref=head.ref),
            msg("Read the case again, then issue the letter."), field="case", value=head.ref,
        )  # fmt: skip
    letter = ready.letter
    title = f"{kind.name.of(ctx.lang)} {letter.reference}"
    done = letter_keeping.keep(
        ctx, unit, Kept(made.found, kind.key, letter.reference, letter, kind.registered, title), pdf
    )
    if head.status == "open":
        journal.add_task(unit, head.id, "post_letter", ctx.day, origin=kind.key)
    return done
