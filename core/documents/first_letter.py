"""The first letter to the debtor (CPCE R.124-4) as a PDF, address in the window, and many letters in one file to print.

It prints the facts it is given and judges none: core.domain.first_letter says what a letter lacks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from core.documents.cells import Column
from core.documents.first_letter_detail import accessories
from core.documents.ink import pdf_bytes
from core.documents.parties import Agency, Person
from core.documents.sheet import Sheet
from core.domain.first_letter import FirstLetter, LetterDebt
from core.i18n import Texts

ALWAYS = 2  # principal and interest stand on every letter, even at zero
WIDE_AMOUNTS = 90  # millimetres, at most, for the columns of amounts


def first_letter_sheet(letter: FirstLetter, agency: Agency, created_at: dt.datetime, t: Texts) -> Sheet:
    """The letter in the language of `t`; `created_at` carries its time zone; the same letter gives the same bytes."""
    words = letter.words
    sheet = Sheet(words.title, agency, t, created_at)
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
    _claim(sheet, letter, t)
    sheet.paragraph(words.demand, bold=True)
    sheet.paragraph(words.payment)
    sheet.facts(_account(letter, t))
    sheet.gap(2)
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


def _claim(sheet: Sheet, letter: FirstLetter, t: Texts) -> None:
    """Each debt on its line, then each element of the claim and the total on lines of their own (R.124-4 3°)."""
    titles = (t("Principal"), t("Interest"), t("Flat indemnity"), t("Penalty clause"), t("Collection costs"))
    short = (t("Principal"), t("Interest"), t("Indemnity"), t("Penalty"), t("Costs"))
    sums = letter.amounts
    shown = [at for at, cents in enumerate(sums.parts) if at < ALWAYS or cents]
    wide = min(20, WIDE_AMOUNTS / (len(shown) + 1))
    columns = [
        Column(t("Debt"), 170 - 2 * 22 - wide * (len(shown) + 1)),
        Column(t("Dated"), 22),
        Column(t("Due on"), 22),
        *(Column(title, wide, amount=True) for title in (*(short[at] for at in shown), t("Total"))),
    ]
    sheet.table(columns, [_row(debt, shown, t) for debt in letter.debts])
    rows = [[titles[at], t.money(sums.parts[at])] for at in shown]
    lines = [Column(t("Amount claimed"), 132), Column("", 38, amount=True)]
    sheet.table(lines, rows, [t("Total"), t.money(sums.total)])
    if not sums.interest:
        sheet.paragraph(letter.words.interest_left_out)


def _row(debt: LetterDebt, shown: Sequence[int], t: Texts) -> list[str]:
    """A debt with the elements that the letter shows; an element that no debt has is not shown."""
    parts = (debt.principal, debt.interest, debt.indemnity, debt.penalty, debt.costs)
    sums = (*(parts[at] for at in shown), debt.total)
    return [f"{debt.nature} {debt.ref}", t.date(debt.issued_on), t.date(debt.due_on), *map(t.money, sums)]


def _account(letter: FirstLetter, t: Texts) -> list[tuple[str, str]]:
    account = letter.account
    grouped = " ".join(account.iban[at : at + 4] for at in range(0, len(account.iban), 4))
    return [(t("Account holder"), account.holder), ("IBAN", grouped), (t("Bank"), account.bank)]


def printing_file(letters: Sequence[Sheet]) -> bytes:
    """The letters one after the other in one PDF, in the order given, each on pages of its own; the fonts stand in it once.

    The pages are those of each letter's own file. `letters` holds one at least; the first gives title and language.
    """
    return pdf_bytes([page for letter in letters for page in letter.pages()], letters[0].told())
