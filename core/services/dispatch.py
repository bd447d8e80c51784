"""Letters on their way: those to post, printing, deposit slips, tracking numbers, proofs, what became of them. Sends nothing itself.

The receipt of a formal notice records the legal fact it is (C. civ. 1231-6, 1344-1), with its evidence, unless the person says not to.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from core.documents.deposit_slip import SlipLine, deposit_slip
from core.documents.joined import joined
from core.domain.dates import not_after
from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.services import contact_record, fact_checks, fact_proof, letterhead
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.fact_checks import FactEntry
from core.services.letter_keeping import keep_whole
from core.services.letter_posting import unknown
from core.services.refusals import unknown_choice
from core.store import cases, creditors, files, journal
from core.store import dispatch as kept
from core.store import legal_facts as kept_facts
from core.store.dispatch import Dispatch
from core.store.unit import Reader, Unit

__all__ = [
    "OUTCOMES",
    "Dispatch",
    "awaited",
    "count_to_post",
    "draw_slip",
    "letters_of_case",
    "print_letters",
    "record_outcome",
    "record_sent_proof",
    "set_tracking",
    "slip_bytes",
    "to_post",
]  # fmt: skip
OUTCOMES = ("received", "refused", "unclaimed", "unknown_address")
NOTICE = "formal_notice"
_TRACKING = re.compile(r"[0-9A-Z]{11,15}")  # La Poste: 1A 123 456 7890 1, RR123456785FR and their like


@service(Right.READ)
def to_post(ctx: Ctx, *, registered: bool | None = None, limit: int = 50, offset: int = 0) -> tuple[Dispatch, ...]:
    """The letters to post, the oldest first; only registered ones (True), only the others (False), or all."""
    with ctx.store.read() as reader:
        return kept.ready(reader, registered=registered, limit=limit, offset=offset)


@service(Right.READ)
def count_to_post(ctx: Ctx, *, registered: bool | None = None) -> int:
    """How many letters are to be posted."""
    with ctx.store.read() as reader:
        return kept.count_ready(reader, registered=registered)


@service(Right.READ)
def awaited(ctx: Ctx, limit: int = 50, offset: int = 0) -> tuple[Dispatch, ...]:
    """The registered letters posted whose receipt is not recorded yet, the oldest first."""
    with ctx.store.read() as reader:
        return kept.awaited(reader, limit, offset)


@service(Right.READ)
def letters_of_case(ctx: Ctx, case_id: int) -> tuple[Dispatch, ...]:
    """Every letter issued for a case, the newest first, with its tracking number, proofs and outcome."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.WORK)
def print_letters(ctx: Ctx, references: Sequence[str], token: str) -> int:
    """One PDF of issued letters, in the order given, kept as a document; returns its id. Twice with one token prints once.

    Raises Refusal "letter-unknown", "nothing-chosen".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "print_letters")
        if before:
            return int(before)
        rows = _rows(unit, references)
        document = keep_whole(ctx, unit, joined(_files(ctx, unit, rows)), len(rows))
        unit.remember(token, "print_letters", document)
        return document


@service(Right.WORK)
def draw_slip(ctx: Ctx, references: Sequence[str], token: str) -> tuple[str, int]:
    """The deposit slip of registered letters: its number and document. Twice with one token draws one.

    Raises Refusal "letter-unknown", "nothing-chosen", "slip-already" for a letter of another slip.
    """
    file = agency_file(ctx).file
    with ctx.write() as unit:
        before = unit.done_before(token, "draw_slip")
        if before:
            return str(before[0]), int(before[1])
        rows = _rows(unit, references)
        taken = next((row for row in rows if row.slip), None)
        if taken:
            raise refuse(
                "slip-already", msg("Letter {ref} is on slip {slip} already.", ref=taken.reference, slip=taken.slip or ""),
                msg("Leave it out of this slip."), field="references", value=taken.reference,
            )  # fmt: skip
        number = kept.next_slip(unit, ctx.day[:4])
        lines = [SlipLine(row.debtor, row.address, row.reference, row.tracking or "") for row in rows]
        data = deposit_slip(number, ctx.today, lines, letterhead.agency(file), ctx.now, texts("fr"))
        file_id = files.keep(unit, ctx.store, data, "application/pdf")
        document = creditors.add_document(unit, file_id, "deposit_slip", number, number)
        slip = kept.add_slip(unit, number, document)
        kept.set_slip(unit, [row.message_id for row in rows], slip)
        unit.audit(
            "deposit_slip.drawn",
            "deposit_slip",
            slip,
            letters=len(rows),
            digests={str(document): files.digest(unit, file_id)},
        )
        unit.remember(token, "draw_slip", (number, document))
        return number, document


@service(Right.READ)
def slip_bytes(ctx: Ctx, number: str) -> bytes:
    """The PDF of a slip. Raises Refusal "letter-unknown"."""
    with ctx.store.read() as reader:
        document = kept.slip_document(reader, number)
        found = creditors.document_file(reader, document) if document else None
        if found is None:
            raise unknown(number)
        return files.fetch(reader, ctx.store, found[0])


@service(Right.WORK)
def set_tracking(ctx: Ctx, numbers: Mapping[str, str]) -> None:
    """The registered numbers of letters, by reference, as typed or pasted; all or none.

    Raises Refusal on the field "tracking.<reference>": "tracking-unreadable", "tracking-taken"; "letter-unknown".
    """
    with ctx.write() as unit:
        rows = {row.reference: row for row in _rows(unit, tuple(numbers))}
        clean = {ref: "".join(typed.split()).upper() for ref, typed in numbers.items()}
        problems = [_tracking_problem(unit, ref, clean[ref], [*clean.values()]) for ref in clean]
        if any(problems):
            raise Refusal(*filter(None, problems))
        for ref, number in clean.items():
            kept.set_tracking(unit, rows[ref].message_id, number)
            unit.touch(rows[ref].case_id)
            unit.audit("letter.tracking", "message", rows[ref].message_id, case=rows[ref].case_id)


def _tracking_problem(reader: Reader, ref: str, number: str, all_numbers: list[str]) -> Problem | None:
    if not _TRACKING.fullmatch(number):
        return Problem(
            "tracking-unreadable", msg("“{given}” is not the number of a registered letter.", given=number),
            msg("Type the 11 to 15 letters and figures of the label, for example 1A 123 456 7890 1."),
            field=f"tracking.{ref}", value=number,
        )  # fmt: skip
    other = kept.with_tracking(reader, number)
    if all_numbers.count(number) > 1 or other not in (None, ref):
        return Problem(
            "tracking-taken", msg("The number {given} is that of another letter.", given=number),
            msg("Read the label again."), field=f"tracking.{ref}", value=number,
        )  # fmt: skip
    return None


@service(Right.WORK)
def record_sent_proof(ctx: Ctx, reference: str, proof: tuple[str, bytes]) -> int:
    """Keep what proves that a letter left (a name and bytes); returns the document. Raises "letter-unknown", "proof-unreadable"."""
    with ctx.write() as unit:
        row = _rows(unit, (reference,))[0]
        document = fact_proof.keep(ctx, unit, row.case_id, proof)
        if document is None:
            raise unknown(reference)
        kept.set_sent_proof(unit, row.message_id, document.id)
        unit.touch(row.case_id)
        digests = {str(document.id): document.digest}
        unit.audit("letter.sent_proof", "message", row.message_id, case=row.case_id, digests=digests)
        return document.id


@service(Right.WORK)
def record_outcome(
    ctx: Ctx,
    reference: str,
    outcome: str,
    on: dt.date,
    token: str,
    proof: tuple[str, bytes] | None = None,
    *,
    as_fact: bool = True,
) -> tuple[int, ...]:
    """What became of a posted letter on a day; returns the legal facts recorded. Twice with one token records once.

    "received", "refused" and "unclaimed" (presented, not collected) leave a formal notice valid: with `as_fact` it is recorded for each
    debt it claimed, unless one of that day is known. "unknown_address" (NPAI): returned, the address marked wrong, tracing planned.
    Raises Refusal "choice-unknown", "date-in-future", "letter-unknown", "not-posted", "outcome-before", "proof-unreadable".
    """
    if outcome not in OUTCOMES:
        raise unknown_choice("outcome", outcome)
    not_after(on, ctx.today, field="outcome_on")
    with ctx.write() as unit:
        before = unit.done_before(token, "record_outcome")
        if before is not None:
            return tuple(before)
        row = _rows(unit, (reference,))[0]
        _posted_before(row, on)
        document = fact_proof.keep(ctx, unit, row.case_id, proof)
        kept.set_outcome(unit, row.message_id, outcome, on.isoformat(), document.id if document else None)
        kept.set_state(unit, row, "returned" if outcome == "unknown_address" else "delivered")
        if outcome == "unknown_address":
            _returned(unit, row)
        t = texts(ctx.lang)
        note = t("Letter {ref}: {outcome}", ref=row.reference, outcome=_said(outcome))
        new = journal.NewInteraction(row.case_id, "letter", "none", "", on.isoformat(), note=note, source="program")
        journal.add_interaction(unit, new, {"reference": row.reference, "outcome": outcome})
        notice = row.kind == NOTICE and as_fact and outcome != "unknown_address"
        facts = _notice_facts(ctx, unit, row, on, document.id if document else None) if notice else ()
        unit.touch(row.case_id)
        digests = {"digests": {str(document.id): document.digest}} if document else {}
        unit.audit(
            "letter.outcome", "message", row.message_id, case=row.case_id, outcome=outcome, facts=list(facts), **digests
        )
        unit.remember(token, "record_outcome", facts)
        return facts


def _said(outcome: str) -> Message:
    """What became of a letter, in the journal."""
    return {
        "received": msg("received"),
        "refused": msg("refused by the addressee"),
        "unclaimed": msg("presented, not collected"),
        "unknown_address": msg("returned, unknown at the address"),
    }[outcome]


def _posted_before(row: Dispatch, on: dt.date) -> None:
    if row.posted_on is None or row.state not in ("sent", "delivered", "returned"):
        raise refuse("not-posted", msg("Letter {ref} is not recorded as posted.", ref=row.reference),
                     msg("Record its posting first."), field="reference", value=row.reference)  # fmt: skip
    if on.isoformat() < row.posted_on:
        raise refuse("outcome-before", msg("The letter was posted on {day} only.", day=dt.date.fromisoformat(row.posted_on)),
                     msg("Type the day that the advice of receipt gives."), field="outcome_on", value=on.isoformat())  # fmt: skip


def _returned(unit: Unit, row: Dispatch) -> None:
    """The address is wrong; somebody looks for another one."""
    if row.address_id:
        journal.set_validity(unit, row.address_id, "invalid")
    if journal.is_open(unit, row.case_id):
        journal.close_tasks(unit, row.case_id, "replaced", kinds=contact_record.CALLS)
        journal.add_task(unit, row.case_id, "search_contact", unit.today, origin="npai")


def _notice_facts(ctx: Ctx, unit: Unit, row: Dispatch, on: dt.date, document: int | None) -> tuple[int, ...]:
    """The formal notice as a fact of each debt that the letter claimed."""
    claimed = set(json.loads(kept.computation(unit, row.document_id) or "{}").get("debts", {}))
    known = {(fact.kind, fact.debt_id, fact.on) for fact in kept_facts.of_case(unit, row.case_id)}
    found = []
    for debt in cases.debts(unit, row.case_id):
        if debt.ref not in claimed or (NOTICE, debt.id, on) in known:
            continue
        entry = FactEntry(row.case_id, NOTICE, on, debt.id, evidence=row.reference)
        fact = fact_checks.checked(unit, entry, ctx.today)
        found.append(kept_facts.add(unit, row.case_id, fact, document_id=document or row.document_id))
    return tuple(found)


def _rows(reader: Reader, references: Sequence[str]) -> tuple[Dispatch, ...]:
    """The letters asked for, in the order given."""
    if not references:
        raise refuse("nothing-chosen", msg("No letter is chosen."), msg("Tick the letters first."), field="references")
    found = kept.numbered(reader, references)
    missing = next((ref for ref in references if ref not in found or found[ref].state == "cancelled"), None)
    if missing is not None:
        raise unknown(missing)
    return tuple(found[ref] for ref in dict.fromkeys(references))


def _files(ctx: Ctx, reader: Reader, rows: Sequence[Dispatch]) -> Iterator[bytes]:
    """The kept PDF of each letter."""
    for row in rows:
        found = creditors.document_file(reader, row.document_id)
        if found is None:
            raise unknown(row.reference)
        yield files.fetch(reader, ctx.store, found[0])
