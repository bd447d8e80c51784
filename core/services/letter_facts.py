"""Gathers what the first letter of a case says, in the debtor's language. Checks nothing, keeps nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.dates import day_of
from core.domain.first_letter import Accessories, FirstLetter, LetterDebt, Wording, amounts_of
from core.i18n import Texts, texts
from core.law.letter_kinds import LetterKind
from core.law.letters import first_letter_texts
from core.services import held_parts, letter_accounts, letterhead, mandates, nature_words, settlement
from core.services.agency import AgencyFile
from core.store import cases, creditors, letters
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows one letter is made of."""

    head: cases.CaseHead
    owner: creditors.CreditorRow
    points: tuple[cases.ContactPoint, ...]
    debts: tuple[cases.DebtRow, ...]
    owed: dict[tuple[int, str], int]
    disputed: frozenset[str]  # references of the debts on hold whole: not claimed
    rank: int
    pay_to: str  # whose account the mandate in force gives: agency or creditor
    claimed: settlement.Dues  # what the creditor claims beside, computed to the day of the letter


def read(reader: Reader, head: cases.CaseHead, today: str) -> Sources:
    """Everything of one case, from one snapshot."""
    owner = creditors.creditor(reader, head.creditor_id)
    if owner is None:
        raise LookupError("a case without a creditor")
    held = held_parts.held(reader, head.id, today)
    claimed_beside = held.dues(settlement.dues(reader, head.id, dt.date.fromisoformat(today)))
    return Sources(
        head,
        owner,
        cases.contact_points(reader, (head.debtor_id,)),
        cases.debts(reader, head.id),
        held.owed(settlement.added(cases.bucket_balances(reader, head.id), claimed_beside)),
        held.whole,
        letters.next_rank(reader, head.id),
        _pay_to(reader, head.creditor_id, today),
        claimed_beside,
    )


def _pay_to(reader: Reader, creditor_id: int, today: str) -> str:
    mandate = creditors.mandate_in_force(reader, creditor_id, today)
    row = creditors.mandate(reader, mandate) if mandate else None
    return mandates.pay_to(row) if row else "agency"


def letter(found: Sources, file: AgencyFile, today: dt.date, kind: LetterKind) -> FirstLetter:
    """The letter as it would leave today in the wording of `kind`; its reference is the case's with the letter's rank: "QK000123-45-L1"."""
    head, t = found.head, texts(found.head.lang)
    agency, creditor = letterhead.agency(file), letterhead.creditor(found.owner)
    debtor = letterhead.debtor(head, found.points)
    debts = letter_debts(found, today)
    amounts, reference = amounts_of(debts), f"{head.ref}-L{found.rank}"
    return FirstLetter(
        reference,
        today,
        t.lang,
        head.ref,
        file.name,
        agency.address,
        creditor.name,
        creditor.address,
        debtor.name,
        debtor.address,
        debts,
        amounts,
        letter_accounts.chosen(found, file),
        ", ".join(part for part in (file.signatory, file.signatory_title) if part),
        _wording(kind, said(found, file, today, reference, debts), t.lang),
        tuple(accessories(found, today)),
    )


def accessories(found: Sources, today: dt.date) -> Iterable[Accessories]:
    """How what is claimed beside the principal was computed, debt by debt."""
    for debt in claimed(found, today):
        due = found.claimed.get(debt.id)
        if due is None:
            continue
        figures = tuple(due.statement.left[bucket] for bucket, cents in due.due.items() if cents)
        if figures:
            yield Accessories(debt.ref, figures, due.statement.interest.segments if due.due.get("interest") else ())


def not_due(found: Sources, today: dt.date) -> tuple[cases.DebtRow, ...]:
    """The unpaid debts, not on hold, whose term has not come: it cannot be demanded before (C. civ. 1305-2)."""
    day = today.isoformat()
    return tuple(debt for debt in found.debts if _claimable(found, debt) and (debt.due_on or day) > day)


def claimed(found: Sources, today: dt.date) -> tuple[cases.DebtRow, ...]:
    """The unpaid debts that the letter claims: not on hold, and due."""
    later = {debt.id for debt in not_due(found, today)}
    return tuple(debt for debt in found.debts if _claimable(found, debt) and debt.id not in later)


def _claimable(found: Sources, debt: cases.DebtRow) -> bool:
    owed = sum(cents for (debt_id, _), cents in found.owed.items() if debt_id == debt.id)
    return owed > 0 and debt.ref not in found.disputed


def letter_debts(found: Sources, today: dt.date) -> tuple[LetterDebt, ...]:
    """What each debt still owes by bucket, its nature in the debtor's language; one paid, on hold or not due yet is left out."""
    lines, t = [], texts(found.head.lang)
    for debt in claimed(found, today):
        parts = {
            bucket: found.owed.get((debt.id, bucket), 0)
            for bucket in ("principal", "interest", "indemnity", "penalty", "costs")
        }
        nature = debt.label.strip() or nature_words.label(t, debt.nature)
        lines.append(LetterDebt(debt.ref, nature, day_of(debt.issued_on), day_of(debt.due_on), **parts))
    return tuple(lines)


def said(
    found: Sources, file: AgencyFile, today: dt.date, reference: str, debts: tuple[LetterDebt, ...]
) -> dict[str, str]:
    """The {names} of a wording, filled in the debtor's language; those of a promise and of a term are added by who knows them."""
    head, t = found.head, texts(found.head.lang)
    creditor, address = letterhead.creditor(found.owner), ", ".join(letterhead.agency(file).address)
    first_on = day_of(head.first_letter_on)
    return {
        "agency": file.name,
        "agency_address": address,
        "creditor": creditor.name,
        "creditor_address": ", ".join(creditor.address),
        "debtor": letterhead.debtor(head, found.points).name,
        "total": t.money(amounts_of(debts).total),
        "reference": reference,
        "case": head.ref,
        "contact": " · ".join(part for part in (file.phone, file.email) if part) or address,
        "account": letter_accounts.described(found, t),
        "first_reference": head.first_letter_ref,
        "first_date": long_date(t, first_on) if first_on else "",
        "first_day": t.date(first_on) if first_on else "",
        "date": long_date(t, today),
        "signatory": file.signatory,
    }


def long_date(t: Texts, day: dt.date) -> str:
    """A day in words; the first of a month is the 1er in French."""
    said = t.date(day, "long")
    return f"1er{said[1:]}" if t.lang == "fr" and day.day == 1 else said


def _wording(kind: LetterKind, names: dict[str, str], lang: str) -> Wording:
    blocks = {name: kind.said(name, lang, names) for name in kind.blocks}
    return Wording(**blocks, statute=first_letter_texts().statute.text)
