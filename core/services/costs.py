"""Charges put on a debtor: what the law allows on a debt, their record and their withdrawal. Holds no article: data/law does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from core.domain.charges import READ, Allowed, ChargeKind, Forbidden, may_charge
from core.domain.computation import Missing
from core.domain.dates import not_after
from core.domain.law_values import Law, UnknownValue
from core.domain.messages import Euro, Problem, Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS
from core.domain.rights import Right
from core.law.chargeable_costs import load_charge_kinds
from core.services import balance_follow, charge_facts, charge_proof, claim_facts, contact_record, credit_notes
from core.services.context import Ctx, service
from core.services.law import law_of
from core.services.refusals import debt_elsewhere, unknown_choice
from core.store import cases, charges
from core.store.charges import Known
from core.store.unit import Reader, Unit

__all__ = [
    "ChargeEntry",
    "Charged",
    "Choice",
    "charge_choices",
    "charge_kind",
    "propose_charge",
    "record_charge",
    "withdraw_charge",
]
KIND = "charge"
Answer = Allowed | Forbidden | Missing


@dataclass(frozen=True, slots=True)
class ChargeEntry:
    """A charge as typed: cents, the day it counts from, what proves it (in words, a document of the case, a scan to keep: name and bytes),
    and the facts the person confirmed.
    """

    case_id: int
    debt_id: int
    kind: str
    amount: int
    on: dt.date
    evidence: str = ""
    document_id: int | None = None
    confirmed: tuple[str, ...] = ()
    proof: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of charge and what the law answers for a debt; `amount` in cents when the law fixes it, else None."""

    kind: ChargeKind
    answer: Answer
    amount: int | None


@dataclass(frozen=True, slots=True)
class Charged:
    """What recording gave: the ledger row, and what the case owes after it in cents."""

    entry_id: int
    balance: int


def charge_kind(code: str) -> ChargeKind:
    """A kind of the data; raises Refusal "choice-unknown"."""
    found = next((one for one in load_charge_kinds() if one.kind == code), None)
    if found is None:
        raise unknown_choice("kind", code)
    return found


@service(Right.READ)
def charge_choices(ctx: Ctx, debt_id: int) -> tuple[Choice, ...]:
    """Every kind with what the law answers for this debt today, before a person confirmed anything."""
    with ctx.store.read() as reader:
        of = charges.known(reader, debt_id)
        if of is None:
            raise debt_elsewhere(debt_id)
        facts, law = charge_facts.said(reader, of, ctx.today), law_of(reader)
    return tuple(Choice(one, may_charge(one, facts), _fixed(one, of, ctx.today, law)) for one in load_charge_kinds())


@service(Right.READ)
def propose_charge(ctx: Ctx, entry: ChargeEntry) -> Answer:
    """What the law answers with the facts given: allowed, forbidden, or the facts that are missing. Writes nothing."""
    with ctx.store.read() as reader:
        of = charges.known(reader, entry.debt_id)
        if of is None or of.case_id != entry.case_id:
            raise debt_elsewhere(entry.debt_id)
        return _answer(reader, of, entry)


@service(Right.MONEY)
def record_charge(ctx: Ctx, entry: ChargeEntry, token: str) -> Charged:
    """Put a charge on a debt (`placement → costs | penalty | indemnity`) where the law allows it. Twice with one token records one.

    Raises Refusal "charge-forbidden" with the article, "charge-facts-missing" naming each fact, "charge-known" (one a debt),
    "charge-claimed" (the mandate asks for it),
    "charge-amount" (the law fixes another), "amount-not-positive", "date-in-future", "debt-elsewhere", "case-closed",
    "document-elsewhere", "proof-unreadable".
    """
    not_after(entry.on, ctx.today, field="on")
    with ctx.write() as unit:
        before = unit.done_before(token, "record_charge")
        if before:
            return Charged(*before)
        of = credit_notes.known(unit, entry.debt_id)
        if of.case_id != entry.case_id:
            raise debt_elsewhere(entry.debt_id)
        allowed = _allowed(_answer(unit, of, entry))
        _check(unit, of, allowed.kind, entry)
        proof = charge_proof.keep(ctx, unit, of.case_id, entry.document_id, entry.proof)
        head = contact_record.head(unit, of.case_id)
        _not_claimed(allowed.kind, claim_facts.claimed(unit, head, entry.on))
        entry_id = charges.append(
            unit,
            of,
            KIND,
            ("placement", allowed.kind.bucket),
            entry.amount,
            entry.on.isoformat(),
            entry.evidence,
            _told(entry, allowed, proof.document_id),
        )
        if head.balance == 0:
            balance_follow.owed_again(unit, ctx.today, head, KIND)
        unit.touch(of.case_id)
        unit.audit(
            "charge.recorded",
            "entry",
            entry_id,
            case=of.case_id,
            debt=of.debt_id,
            kind=entry.kind,
            amount=entry.amount,
            digests=dict(proof.digests),
        )
        result = (entry_id, balance_follow.owed(unit, of.case_id))
        unit.remember(token, "record_charge", result)
        return Charged(*result)


@service(Right.REVERSE)
def withdraw_charge(ctx: Ctx, entry_id: int, on: dt.date, reason: str, token: str) -> Charged:
    """Take a charge back (the opposite row); what was already paid of it has to be given back or reversed first.

    Raises Refusal "field-empty", "movement-unknown", "already-reversed", "charge-paid", "date-in-future", "date-in-past".
    """
    not_after(on, ctx.today, field="reversed_on")
    with ctx.write() as unit:
        before = unit.done_before(token, "withdraw_charge")
        if before:
            return Charged(*before)
        one = credit_notes.reversible(unit, entry_id, KIND, on, reason)
        left = cases.bucket_balances(unit, one.case_id).get((one.debt_id, one.to_account), 0)
        if left < one.amount:
            raise refuse(
                "charge-paid",
                msg("{paid} of this charge was already paid.", paid=Euro(one.amount - left)),
                msg("Reverse the payment first; recorded again, it goes to what is still owed."),
                field="entry",
            )
        undone = charges.undo(
            unit, one, on.isoformat(), reason, {"step": "charge_withdrawn", "kind": json.loads(one.facts)["kind"]}
        )
        balance = balance_follow.owed(unit, one.case_id)
        if balance == 0 and contact_record.head(unit, one.case_id).status == "open":
            balance_follow.settled(unit, ctx.today, one.case_id, KIND)
        unit.touch(one.case_id)
        unit.audit("charge.withdrawn", "entry", entry_id, case=one.case_id, reversal=undone)
        unit.remember(token, "withdraw_charge", (undone, balance))
        return Charged(undone, balance)


def _told(entry: ChargeEntry, allowed: Allowed, document: int | None) -> dict[str, Any]:
    """What the journal keeps of a charge."""
    articles, confirmed = list(allowed.articles), list(_confirmed(entry))
    told: dict[str, Any] = {"step": KIND, "kind": entry.kind, "confirmed": confirmed, "articles": articles}
    return told | ({"document": document} if document else {})


def _confirmed(entry: ChargeEntry) -> tuple[str, ...]:
    """The facts a person may confirm, of those ticked: what the case itself says is not theirs to say."""
    asked = {one.fact for one in charge_kind(entry.kind).conditions if one.question}
    return tuple(fact for fact in dict.fromkeys(entry.confirmed) if fact in asked and fact not in READ)


def _answer(reader: Reader, of: Known, entry: ChargeEntry) -> Answer:
    facts = {**dict.fromkeys(_confirmed(entry), True), **charge_facts.said(reader, of, entry.on)}
    if entry.evidence.strip() or entry.document_id or entry.proof:
        facts["evidence"] = True
    return may_charge(charge_kind(entry.kind), facts)


def _fixed(kind: ChargeKind, of: Known, today: dt.date, law: Law) -> int | None:
    """The amount the law fixes, in cents, on the day after the due date (today where it is unknown); None where it fixes none."""
    if not kind.value:
        return None
    try:
        day = dt.date.fromisoformat(of.due_on) + dt.timedelta(days=1) if of.due_on else today
        return int(law.of(kind.value).at(min(day, today)).value)
    except UnknownValue:
        return None


def _allowed(answer: Answer) -> Allowed:
    """The answer when it is a yes; else a Refusal with the article, or with each fact that is missing."""
    if isinstance(answer, Allowed):
        return answer
    if isinstance(answer, Forbidden):
        raise refuse(
            "charge-forbidden",
            msg(
                "{what}: {why} {article}.",
                what=answer.kind.label,
                why=answer.ground.words,
                article=" ; ".join(answer.articles),
            ),
            msg("Leave it with the creditor, or record first the fact or the title that changes the answer."),
            field="kind",
            value=answer.kind.kind,
        )
    raise Refusal(
        *(
            Problem(
                "charge-facts-missing",
                msg("{why} {article}.", why=question.why, article=" ; ".join(question.articles)),
                msg("Name the document that proves it.")
                if question.key == "evidence"
                else msg("Tick it if it is so: {fact}", fact=question.label),
                field=question.key,
            )
            for question in answer.questions
        )
    )


def _check(unit: Unit, of: Known, kind: ChargeKind, entry: ChargeEntry) -> None:
    """The amount, and that what is owed once is not put twice."""
    if not 0 < entry.amount <= LARGEST_CENTS:
        raise refuse(
            "amount-not-positive",
            msg("A charge is more than zero."),
            msg("Type what the document says."),
            field="amount",
            value=str(entry.amount),
        )
    fixed = _fixed(kind, of, entry.on, law_of(unit))
    if kind.value and fixed != entry.amount:
        raise refuse(
            "charge-amount",
            msg("The law fixes this amount: {amount}.", amount=Euro(fixed or 0)),
            msg("Type that amount; more is a complement, on proof."),
            field="amount",
            value=str(entry.amount),
        )
    if kind.once and any(
        json.loads(facts).get("kind") == kind.kind for facts in charges.standing(unit, of.debt_id, KIND)
    ):
        raise refuse(
            "charge-known",
            msg("It is already on the debt {ref}, and owed once for each invoice.", ref=of.ref),
            msg("Nothing more is to be recorded."),
            field="kind",
            value=kind.kind,
        )


def _not_claimed(kind: ChargeKind, claimed: Collection[str]) -> None:
    """Indemnity and penalty that the mandate asks for come by themselves, computed from the facts: typed too, they would be owed twice."""
    if kind.bucket in claimed:
        raise refuse(
            "charge-claimed",
            msg("The mandate of the creditor already asks for it: it is computed from the facts of the case."),
            msg("Record the facts that lack, if any; to type amounts instead, take it out of the mandate."),
            field="kind",
            value=kind.kind,
        )
