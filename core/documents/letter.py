"""A letter of any kind after the first one as a PDF, address in the window, and as plain text for a message or the check.

It prints the parts it is given in their order and judges none: core.domain.text_check says what may not leave.
"""

from __future__ import annotations

import datetime as dt

from core.documents.claim_lines import account_lines, claim, debt_line, elements, pay
from core.documents.first_letter_detail import accessories
from core.documents.parties import Agency, Person
from core.documents.sheet import Sheet
from core.domain.first_letter import FirstLetter
from core.domain.letter import Letter
from core.i18n import Texts

SIZES = (10.0, 9.5, 9.0)  # points: the body is set smaller only to keep a letter on one page


def letter_sheet(letter: Letter, agency: Agency, created_at: dt.datetime, t: Texts) -> Sheet:
    """The letter in the language of `t`, on one page where it fits; `created_at` carries its time zone; same letter, same bytes."""
    first = _drawn(letter, agency, created_at, t, SIZES[0])
    if letter.accessories or len(first.pages()) == 1:
        return first
    smaller = (_drawn(letter, agency, created_at, t, size) for size in SIZES[1:])
    return next((sheet for sheet in smaller if len(sheet.pages()) == 1), first)


def _drawn(letter: Letter, agency: Agency, created_at: dt.datetime, t: Texts, size: float) -> Sheet:
    sheet = Sheet(letter.title, agency, t, created_at)
    sheet.reference = letter.reference
    sheet.window(Person(letter.debtor_name, letter.debtor_address))
    sheet.beside_window(references(letter, t))
    sheet.main_title()
    _paragraph(sheet, t("Dear Sir or Madam,"), size)
    for part in letter.parts[:-1]:
        if part.name == "claim":
            claim(sheet, letter.debts, letter.amounts, t)
        elif part.name == "account":
            pay(sheet, letter.account, letter.pay, letter.reference, t)
        else:
            _paragraph(sheet, part.text, size, bold=part.bold)
    sheet.room_for(20)
    sheet.paragraph(letter.parts[-1].text, size=size)
    sheet.columns([], [t("For the agency"), letter.agency_name, letter.signatory])
    if any(part.name == "claim" for part in letter.parts):
        accessories(sheet, letter, t)
    return sheet


def _paragraph(sheet: Sheet, text: str, size: float, *, bold: bool = False) -> None:
    """A paragraph; set smaller, the space after it is smaller too."""
    sheet.lines(text, size=size, bold=bold)
    sheet.gap(2 if size == SIZES[0] else 1)


def references(letter: Letter, t: Texts) -> list[str]:
    """The lines at the left of the window; how a registered letter leaves is said first."""
    first = t("First letter: {reference} of {day}", reference=letter.first_reference, day=t.date(letter.first_on))
    return [
        *([t("Registered letter with advice of receipt")] if letter.registered else []),
        t("Letter reference: {reference}", reference=letter.reference),
        t("Date: {day}", day=t.date(letter.dated, "long")),
        t("Case reference: {reference}", reference=letter.case_reference),
        t("Creditor: {creditor}", creditor=letter.creditor_name),
        *([first] if letter.first_on else []),
    ]


def letter_text(letter: Letter, t: Texts) -> str:
    """The same letter as plain text: what the legality check reads, and what a person copies."""
    blocks = [
        "\n".join((letter.agency_name, *letter.agency_address)),
        "\n".join((letter.debtor_name, *letter.debtor_address)),
        "\n".join(references(letter, t)),
        letter.title,
        body_text(letter, t),
        "\n".join((t("For the agency"), letter.agency_name, letter.signatory)),
    ]
    return "\n\n".join(block for block in blocks if block.strip())


def body_text(letter: Letter, t: Texts) -> str:
    """The parts alone, without letterhead nor signature."""
    said = []
    for part in letter.parts:
        if part.name == "claim":
            lines = [f"{name} : {amount}" for name, amount in elements(letter.amounts, t)]
            said.append("\n".join([*(debt_line(debt, t) for debt in letter.debts), "", *lines]))
        elif part.name == "account":
            said.append(
                "\n".join(f"{label} : {value}" for label, value in account_lines(letter.account, letter.reference, t))
            )
        else:
            said.append(part.text)
    return "\n\n".join(said)


def first_letter_text(letter: FirstLetter, t: Texts) -> str:
    """The first letter as plain text, part by part as it is printed."""
    words = letter.words
    lines = [f"{name} : {amount}" for name, amount in elements(letter.amounts, t)]
    blocks = [
        "\n".join((letter.agency_name, *letter.agency_address)),
        "\n".join((letter.debtor_name, *letter.debtor_address)),
        "\n".join(
            (
                t("Letter reference: {reference}", reference=letter.reference),
                t("Date: {day}", day=t.date(letter.dated, "long")),
                t("Case reference: {reference}", reference=letter.case_reference),
                t("Creditor: {creditor}", creditor=letter.creditor_name),
            )
        ),
        words.title,
        words.activity,
        words.opening,
        "\n".join([*(debt_line(debt, t) for debt in letter.debts), "", *lines]),
        words.interest_left_out if not letter.amounts.interest else "",
        words.demand,
        words.payment,
        "\n".join(f"{label} : {value}" for label, value in account_lines(letter.account, letter.reference, t)),
        words.talk,
        words.consequences,
        words.statute_intro,
        words.statute,
        words.privacy,
        words.closing,
        "\n".join((t("For the agency"), letter.agency_name, letter.signatory)),
    ]
    return "\n\n".join(block for block in blocks if block.strip())
