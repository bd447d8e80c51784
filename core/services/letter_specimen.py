"""A letter of an invented debtor in a given wording: for the preview of who edits it, and to check the wording. Reads no case.

The agency is the real one; creditor, debtor and debt are invented and say so by their names.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.documents.first_letter import first_letter_sheet
from core.documents.letter import body_text, first_letter_text, letter_sheet, letter_text
from core.documents.sheet import Sheet
from core.domain import text_check
from core.domain.dates import after
from core.domain.first_letter import Account, FirstLetter, LetterDebt, Wording, amounts_of
from core.domain.letter import Letter, Part
from core.domain.messages import Problem
from core.domain.text_facts import TextDebt, TextFacts
from core.i18n import Texts, texts
from core.law.letter_kinds import DRAWN, FIRST, LetterKind
from core.law.letters import first_letter_texts
from core.law.text_rules import text_rules
from core.services import letterhead
from core.services.agency import AgencyFile
from core.services.letter_facts import long_date
from core.services.text_check import as_problems

CREDITOR, CREDITOR_ADDRESS = "Établissements Spécimen", ("1 place de l'Exemple", "75001 Paris")
DEBTOR, DEBTOR_ADDRESS = "Camille Exemple", ("2 rue du Modèle", "69001 Lyon")
IBAN = "FR7630006000011234567890189"
CASE, OWED, PROMISED = "QX000000-00", 12500, 5000  # cents


@dataclass(frozen=True, slots=True)
class Specimen:
    """What the wording gives: title, text, what the legality check refuses in it."""

    title: str
    text: str
    problems: tuple[Problem, ...]


def specimen(kind: LetterKind, lang: str, file: AgencyFile, today: dt.date) -> Specimen:
    """The wording of a kind in a language, filled and checked."""
    t = texts(lang)
    if kind.key == FIRST:
        first = _first(kind, file, today, t)
        title, text, reference = first.words.title, first_letter_text(first, t), first.reference
    else:
        written = _later(kind, file, today, t)
        title, reference = written.title, written.reference
        text = letter_text(written, t) if kind.channel == "letter" else body_text(written, t)
    facts = _facts(kind, file, today, reference)
    found = text_check.check(kind.text_kind, text, title, facts, text_rules())
    return Specimen(title, text, as_problems(found, lang))


def specimen_sheet(kind: LetterKind, lang: str, file: AgencyFile, now: dt.datetime, today: dt.date) -> Sheet:
    """The same as it is printed."""
    t, head = texts(lang), letterhead.agency(file)
    if kind.key == FIRST:
        return first_letter_sheet(_first(kind, file, today, t), head, now, t)
    return letter_sheet(_later(kind, file, today, t), head, now, t)


def _debts(today: dt.date, t: Texts) -> tuple[LetterDebt, ...]:
    issued, due = dt.date(today.year - 1, 10, 1), dt.date(today.year - 1, 10, 31)
    return (LetterDebt("F-0001", t("Invoice"), issued, due, OWED),)


def _account(file: AgencyFile) -> Account:
    return Account(file.name or "…", file.client_account_iban or IBAN, file.client_account_bank)


def _address(file: AgencyFile) -> tuple[str, ...]:
    return letterhead.agency(file).address or ("…",)


def _names(kind: LetterKind, file: AgencyFile, today: dt.date, t: Texts) -> dict[str, str]:
    first_on = _first_on(today)
    return {
        "agency": file.name or "…",
        "agency_address": ", ".join(_address(file)),
        "creditor": CREDITOR,
        "creditor_address": ", ".join(CREDITOR_ADDRESS),
        "debtor": DEBTOR,
        "total": t.money(OWED),
        "reference": f"{CASE}-{kind.code}1",
        "case": CASE,
        "contact": " · ".join(part for part in (file.phone, file.email) if part) or "…",
        "account": t("kept for creditors' funds"),
        "first_reference": f"{CASE}-L1",
        "first_date": long_date(t, first_on),
        "first_day": t.date(first_on),
        "date": long_date(t, today),
        "signatory": file.signatory,
        "term": long_date(t, after(today, kind.term_days)),
        "term_days": str(kind.term_days),
        "amount": t.money(PROMISED),
        "promise_date": long_date(t, after(today, 10)),
        "paid": t.money(PROMISED),
        "promise_made": long_date(t, today),
    }


def _first_on(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=30)


def _first(kind: LetterKind, file: AgencyFile, today: dt.date, t: Texts) -> FirstLetter:
    names, debts = _names(kind, file, today, t), _debts(today, t)
    words = Wording(
        **{name: kind.said(name, t.lang, names) for name in kind.blocks}, statute=first_letter_texts().statute.text
    )
    return FirstLetter(
        names["reference"], today, t.lang, CASE, file.name or "…", _address(file), CREDITOR, CREDITOR_ADDRESS, DEBTOR, DEBTOR_ADDRESS,
        debts, amounts_of(debts), _account(file), file.signatory, words,
    )  # fmt: skip


def _later(kind: LetterKind, file: AgencyFile, today: dt.date, t: Texts) -> Letter:
    names, debts = _names(kind, file, today, t), _debts(today, t)
    parts = tuple(
        Part(name) if name in DRAWN else Part(name, kind.said(name, t.lang, names), name in kind.bold)
        for name in kind.parts
    )
    return Letter(
        kind.key, names["reference"], today, t.lang, CASE, file.name or "…", _address(file), CREDITOR, CREDITOR_ADDRESS, DEBTOR,
        DEBTOR_ADDRESS, kind.said("title", t.lang, names), parts, debts, amounts_of(debts), _account(file),
        PROMISED if "promise" in kind.needs else OWED, file.signatory, names["first_reference"], _first_on(today), kind.registered,
    )  # fmt: skip


def _facts(kind: LetterKind, file: AgencyFile, today: dt.date, reference: str) -> TextFacts:
    debts = _debts(today, texts("fr"))
    first = kind.key == FIRST
    return TextFacts(
        agency=file.name or "…",
        agency_address=_address(file),
        creditor=CREDITOR,
        creditor_address=CREDITOR_ADDRESS,
        statute=first_letter_texts().statute.paragraphs,
        debts=tuple(TextDebt(debt.ref, debt.issued_on, debt.due_on) for debt in debts),
        amounts=amounts_of(debts),
        accounts=(_account(file).iban,),
        reference=reference,
        dated=today,
        first_letter_ref="" if first else f"{CASE}-L1",
        first_letter_on=None if first else _first_on(today),
    )
