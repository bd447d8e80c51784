"""The register of legal facts of a case: record, correct, withdraw, each with its evidence. Computes no interest and no limitation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from core.domain.legal_facts import LegalFact
from core.domain.messages import Refusal, msg, refuse
from core.domain.rights import Right
from core.law.fact_kinds import WITHDRAWN, FactKind, load_fact_kinds
from core.services import contact_record, fact_checks, fact_proof, fact_title_checks, title_follow
from core.services.context import Ctx, service
from core.services.fact_checks import FactEntry
from core.services.fact_title_checks import BASES
from core.store import creditors, statements
from core.store import legal_facts as kept
from core.store.legal_facts import FactRow
from core.store.unit import Reader, Unit

__all__ = [
    "BASES", "WITHDRAWN",
    "FactEntry", "FactKind", "FactRow", "correct_fact", "fact_kinds", "of_case", "record_fact",
    "redact_evidence", "register", "title_days", "withdraw_fact",
]  # fmt: skip


def fact_kinds() -> Mapping[str, FactKind]:
    """The kinds a person may record, by key, in the order of the data."""
    return load_fact_kinds()


def counts(row: FactRow) -> bool:
    """Whether a row of the register is in force: nobody corrected it and it is no taking back."""
    return row.corrected_by is None and row.kind != WITHDRAWN


def of_case(reader: Reader, case_id: int) -> tuple[LegalFact, ...]:
    """The typed facts in force of a case, by day, corrections applied; what other rooms know is not in it."""
    return kept.of_case(reader, case_id)


@service(Right.READ)
def register(ctx: Ctx, case_id: int) -> tuple[FactRow, ...]:
    """Every row of the register of a case by day, with author and evidence, corrected and withdrawn rows included."""
    with ctx.store.read() as reader:
        return kept.register(reader, case_id)


@service(Right.READ)
def title_days(ctx: Ctx, case_id: int, *, decisions: bool) -> tuple[dt.date, ...]:
    """The days of the titles that cover a debt of a case, the earliest first; those of a court alone with `decisions`."""
    with ctx.store.read() as reader:
        return fact_title_checks.known(
            reader, case_id, statements.claims(reader, case_id), ctx.today, decisions=decisions
        )


@service(Right.READ)
def quality_missing(ctx: Ctx, creditor_id: int) -> bool:
    """Whether nobody has said yet if a creditor is an individual outside any business (CMF L.313-2)."""
    with ctx.store.read() as reader:
        found = creditors.creditor(reader, creditor_id)
    return found is not None and not found.quality


@service(Right.WORK)
def record_fact(ctx: Ctx, entry: FactEntry, token: str) -> int:
    """Record a fact and have its case recomputed; returns its id. Twice with one token records once.

    Raises Refusal on the field at fault: "choice-unknown", "field-empty", "field-unwanted", "date-in-future", "dates-crossed",
    "before-debt", "debt-elsewhere", "debt-missing", "rate-implausible", "amount-not-positive", "fact-known", "rate-on-debt",
    "proof-unreadable", "title-unknown", "title-told", "granted-beyond", "granted-shared", "rate-unsaid".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "record_fact")
        if before:
            return int(before)
        fact_id = _write(ctx, unit, entry, "fact.recorded")
        unit.remember(token, "record_fact", fact_id)
        return fact_id


@service(Right.WORK)
def correct_fact(ctx: Ctx, fact_id: int, entry: FactEntry, reason: str, token: str) -> int:
    """Replace a fact by another, with the reason; the first stays in the register. A proof already kept stays without a new one.

    Raises what `record_fact` raises, "fact-unknown", "already-corrected" for a fact somebody corrected first, "field-empty" without reason.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "correct_fact")
        if before:
            return int(before)
        old = _in_force(unit, fact_id)
        _wants_reason(reason)
        new_id = _write(ctx, unit, entry, "fact.corrected", old, reason)
        unit.remember(token, "correct_fact", new_id)
        return new_id


@service(Right.WORK)
def withdraw_fact(ctx: Ctx, fact_id: int, reason: str, token: str) -> int:
    """Take a fact back, with the reason: it no longer counts and stays in the register, struck through; returns the id of the new row.

    Raises "fact-unknown", "already-corrected", "field-empty" without reason.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "withdraw_fact")
        if before:
            return int(before)
        old = _in_force(unit, fact_id)
        _wants_reason(reason)
        gone = LegalFact(WITHDRAWN, dt.date.fromisoformat(old.on), old.debt_id)
        row_id = kept.add(unit, old.case_id, gone, reason=reason, corrects=fact_id)
        unit.touch(old.case_id)
        _titles(ctx, unit, old.case_id, old)
        unit.audit("fact.withdrawn", "legal_fact", row_id, case=old.case_id, kind=old.kind, corrects=fact_id)
        unit.remember(token, "withdraw_fact", row_id)
        return row_id


@service(Right.REDACT)
def redact_evidence(ctx: Ctx, fact_id: int, reason: str) -> None:
    """Take away the words that say what proves a fact, for good, with the reason; the fact still counts as proved, the chain still holds.

    The reason stays in sight: it says why, never what stood there. Every row has words of its own, corrected ones too. Raises Refusal
    "fact-unknown", "field-empty" without reason, "words-redacted" when there are none left, "words-in-row" for a fact recorded before
    words were kept apart.
    """
    with ctx.write() as unit:
        row = kept.one(unit, fact_id)
        if row is None:
            raise _unknown(fact_id)
        if not reason.strip():
            raise refuse(
                "field-empty",
                msg("Words are redacted with a reason, which stays in the register."),
                msg("Type the reason without the words themselves, for example: name of another person."),
                field="reason",
            )
        unit.redact(_words(row), reason)
        unit.audit("fact.redacted", "legal_fact", fact_id, case=row.case_id, text=row.evidence_id)


def _words(row: FactRow) -> int:
    """The text that holds the words of a fact; refused when there are none to take away."""
    if row.evidence_id is None and row.evidence:
        raise refuse(
            "words-in-row",
            msg(
                "These words were written by an earlier version, in the row that the chain of proof covers: they cannot be taken away."
            ),
            msg("Withdraw the fact, then record it again with other words."),
            field="fact",
        )
    if row.evidence_id is None or row.redacted_on:
        raise refuse(
            "words-redacted",
            msg("There are no words left to redact."),
            msg("Open the case again: somebody may have done it meanwhile."),
            field="fact",
        )
    return row.evidence_id


def _unknown(fact_id: int) -> Refusal:
    return refuse(
        "fact-unknown",
        msg("There is no such fact in the register."),
        msg("Open the case again and choose a fact of the list."),
        field="fact",
        value=str(fact_id),
    )


def _write(ctx: Ctx, unit: Unit, entry: FactEntry, action: str, old: FactRow | None = None, reason: str = "") -> int:
    """Check, keep the proof, append, have the case recomputed, one audit line."""
    contact_record.head(unit, entry.case_id)
    fact = fact_checks.checked(unit, entry, ctx.today, old)
    document = fact_proof.keep(ctx, unit, entry.case_id, entry.proof)
    document_id = document.id if document else old.document_id if old else None
    row_id = kept.add(
        unit, entry.case_id, fact, document_id=document_id, reason=_why(entry, reason), corrects=old.id if old else None
    )
    unit.touch(entry.case_id)
    _titles(ctx, unit, entry.case_id, old, fact)
    more = {"corrects": old.id} if old else {}
    proved = {"document": document.id, "digests": {str(document.id): document.digest}} if document else {}
    unit.audit(action, "legal_fact", row_id, case=entry.case_id, kind=fact.kind, **more, **proved)
    return row_id


def _why(entry: FactEntry, reason: str) -> str:
    """Why a fact was corrected, and why a title grants more than its debt."""
    return " ".join(words.strip() for words in (reason, entry.beyond) if words.strip())


def _titles(ctx: Ctx, unit: Unit, case_id: int, old: FactRow | None, new: LegalFact | None = None) -> None:
    """A fact about a title changes what is claimed, and the interest settled since."""
    kinds = load_fact_kinds()
    days = [dt.date.fromisoformat(old.on)] if old and kinds[old.kind].title else []
    days += [new.on] if new and kinds[new.kind].title else []
    if days:
        title_follow.changed(unit, case_id, ctx.today, min(days))


def _in_force(reader: Reader, fact_id: int) -> FactRow:
    found = kept.one(reader, fact_id)
    if found is None or found.kind == WITHDRAWN:
        raise _unknown(fact_id)
    if found.corrected_by:
        raise refuse(
            "already-corrected",
            msg("Somebody corrected or withdrew this fact meanwhile."),
            msg("Look at the newer entry in the list, then correct that one if it is wrong."),
            field="fact",
            value=str(fact_id),
        )
    return found


def _wants_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse(
            "field-empty",
            msg("A fact is corrected or withdrawn with a reason: a court may ask for it."),
            msg("Type the reason, in objective words."),
            field="reason",
        )
