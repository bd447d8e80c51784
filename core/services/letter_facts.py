"""Gathers what the first letter of a case says, in the debtor's language. Checks nothing, keeps nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.dates import day_of
from core.domain.first_letter import Accessories, Account, Amounts, FirstLetter, LetterDebt, Wording, amounts_of
from core.i18n import Texts, texts
from core.law.letters import first_letter_texts
from core.services import letterhead, nature_words, settlement
from core.services.agency import AgencyFile
from core.store import cases, course, creditors, letters
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows one letter is made of."""

    head: cases.CaseHead
    owner: creditors.CreditorRow
    points: tuple[cases.ContactPoint, ...]
    debts: tuple[cases.DebtRow, ...]
    owed: dict[tuple[int, str], int]
    disputed: frozenset[str]  # references of the debts on hold: not claimed
    rank: int
    claimed: settlement.Dues  # what the creditor claims beside, computed to the day of the letter


def read(reader: Reader, head: cases.CaseHead, today: str) -> Sources:
    """Everything of one case, from one snapshot."""
    owner = creditors.creditor(reader, head.creditor_id)
    if owner is None:
        raise LookupError("a case without a creditor")
    claimed_beside = settlement.dues(reader, head.id, dt.date.fromisoformat(today))
    held = frozenset(hold.debt_ref for hold in course.holds(reader, head.id, today) if hold.debt_ref)
    return Sources(
        head,
        owner,
        cases.contact_points(reader, (head.debtor_id,)),
        cases.debts(reader, head.id),
        settlement.added(cases.bucket_balances(reader, head.id), claimed_beside),
        held,
        letters.next_rank(reader, head.id),
        claimed_beside,
    )


def letter(found: Sources, file: AgencyFile, today: dt.date) -> FirstLetter:
    """The letter as it would leave today; its reference is the case's with the rank of the letter: "QK000123-45-L1"."""
    head, t = found.head, texts(found.head.lang)
    agency, creditor = letterhead.agency(file), letterhead.creditor(found.owner)
    debtor = letterhead.debtor(head, found.points)
    debts = _debts(found, today, t)
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
        Account(file.name, file.client_account_iban, file.client_account_bank),
        ", ".join(part for part in (file.signatory, file.signatory_title) if part),
        _wording(file, ", ".join(agency.address), creditor.name, ", ".join(creditor.address), reference, amounts, t),
        tuple(_accessories(found, today)),
    )


def _accessories(found: Sources, today: dt.date) -> Iterable[Accessories]:
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


def _debts(found: Sources, today: dt.date, t: Texts) -> tuple[LetterDebt, ...]:
    """What each debt still owes by bucket; one paid, on hold or not due yet is left out."""
    lines = []
    for debt in claimed(found, today):
        parts = {
            bucket: found.owed.get((debt.id, bucket), 0)
            for bucket in ("principal", "interest", "indemnity", "penalty", "costs")
        }
        nature = debt.label.strip() or nature_words.label(t, debt.nature)
        lines.append(LetterDebt(debt.ref, nature, day_of(debt.issued_on), day_of(debt.due_on), **parts))
    return tuple(lines)


def _wording(
    file: AgencyFile, address: str, creditor: str, creditor_address: str, reference: str, amounts: Amounts, t: Texts
) -> Wording:
    said, lang = first_letter_texts(), t.lang
    contact = " · ".join(part for part in (file.phone, file.email) if part) or address
    return Wording(
        title=said.of("title", lang),
        activity=said.of("activity", lang, agency=file.name),
        opening=said.of("opening", lang, creditor=creditor, creditor_address=creditor_address),
        interest_left_out=said.of("interest_left_out", lang),
        demand=said.of("demand", lang, total=t.money(amounts.total)),
        payment=said.of("payment", lang, reference=reference),
        talk=said.of("talk", lang, contact=contact),
        consequences=said.of("consequences", lang),
        privacy=said.of("privacy", lang, agency=file.name, creditor=creditor),
        statute_intro=said.of("statute_intro", lang),
        statute=said.statute.text,
        closing=said.of("closing", lang),
    )
