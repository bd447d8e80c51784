"""The first letter to the debtor (CPCE R.124-4) as a PDF, address in the window, and many letters in one file to print.

It prints the facts it is given and judges none: core.domain.first_letter says what a letter lacks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from core.documents.claim_lines import claim, pay
from core.documents.first_letter_detail import accessories
from core.documents.ink import pdf_bytes
from core.documents.parties import Agency, Person
from core.documents.sheet import Sheet
from core.domain.first_letter import FirstLetter
from core.i18n import Texts


def first_letter_sheet(letter: FirstLetter, agency: Agency, created_at: dt.datetime, t: Texts) -> Sheet:
    """The letter in the language of `t`; `created_at` carries its time zone; the same letter gives the same bytes."""
    words = letter.words
    sheet = Sheet(words.title, agency, t, created_at)
    sheet.reference = letter.reference
    sheet.window(Person(letter.debtor_name, letter.debtor_address))
    sheet.beside_window(
        [
            t("Letter reference: {reference}", reference=letter.reference),
            t("Date: {day}", day=t.date(letter.dated, "long")),
            t("Case reference: {reference}", reference=letter.case_reference),
            t("Creditor: {creditor}", creditor=letter.creditor_name),
        ]
    )
    sheet.main_title()
    sheet.paragraph(t("Dear Sir or Madam,"))
    sheet.paragraph(words.activity)
    sheet.paragraph(words.opening)
    claim(sheet, letter.debts, letter.amounts, t)
    if not letter.amounts.interest:
        sheet.paragraph(words.interest_left_out)
    sheet.paragraph(words.demand, bold=True)
    sheet.paragraph(words.payment)
    pay(sheet, letter.account, letter.amounts.total, letter.reference, t)
    sheet.paragraph(words.talk)
    sheet.paragraph(words.consequences)
    sheet.heading(words.statute_intro)
    for paragraph in words.statute.splitlines():
        sheet.paragraph(f"«\u00a0{paragraph}\u00a0»", size=9)
    sheet.heading(t("Your personal data"))
    sheet.paragraph(words.privacy, size=9)
    sheet.room_for(24)
    sheet.paragraph(words.closing)
    sheet.columns([], [t("For the agency"), letter.agency_name, letter.signatory])
    accessories(sheet, letter, t)
    return sheet


def printing_file(letters: Sequence[Sheet]) -> bytes:
    """The letters one after the other in one PDF, in the order given, each on pages of its own; the fonts stand in it once.

    The pages are those of each letter's own file. `letters` holds one at least; the first gives title and language.
    """
    return pdf_bytes([page for letter in letters for page in letter.pages()], letters[0].told())
