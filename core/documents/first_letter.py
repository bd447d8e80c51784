"""The first letter to the debtor (CPCE R.124-4) as a PDF, address in the window, and many letters in one file to print.

It prints the facts it is given and judges none: core.domain.first_letter says what a letter lacks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.claim_lines import CODE, SUMS_WIDE, account_close, claim, code_to_scan, debts, pay, scan_note, sums
from core.documents.faces import LEADING
from core.documents.first_letter_detail import accessories
from core.documents.ink import pdf_bytes
from core.documents.parties import Agency, Person
from core.documents.sheet import BODY, BOTTOM, LEFT, RIGHT, Sheet
from core.domain.first_letter import FirstLetter
from core.i18n import Texts

LOW = 280.0  # millimetres: a letter set close ends lower, its footer under it
SIGNED = 90.0  # millimetres from the left margin to who signs
MOST_ON_ONE_PAGE = 3  # debts: more do not fit, and are read better on two pages set wide


@dataclass(frozen=True, slots=True)
class _Setting:
    """How close a letter is set: type sizes in points, millimetres after a paragraph; `beside`: the demand stands beside the sums."""

    body: float
    small: float
    after: float
    beside: bool = True


WIDE = _Setting(BODY, 9.0, 2.0, beside=False)
CLOSE = (_Setting(9.0, 8.5, 1.1), _Setting(8.5, 8.5, 0.9))  # nothing is set under 8.5 points


def first_letter_sheet(letter: FirstLetter, agency: Agency, created_at: dt.datetime, t: Texts) -> Sheet:
    """The letter in the language of `t`, on one page where it fits, else on pages set wide.

    `created_at` carries its time zone; the same letter gives the same bytes.
    """
    if len(letter.debts) <= MOST_ON_ONE_PAGE:
        for setting in CLOSE if len(letter.debts) < MOST_ON_ONE_PAGE else CLOSE[-1:]:
            sheet = _drawn(letter, agency, created_at, t, setting)
            if sheet.count == 1:
                break
        else:
            sheet = _drawn(letter, agency, created_at, t, WIDE)
    else:
        sheet = _drawn(letter, agency, created_at, t, WIDE)
    accessories(sheet, letter, t)
    return sheet


def _drawn(letter: FirstLetter, agency: Agency, created_at: dt.datetime, t: Texts, setting: _Setting) -> Sheet:
    words = letter.words
    sheet = Sheet(words.title, agency, t, created_at, LOW if setting.beside else BOTTOM)
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
    if setting.beside:
        sheet.lines(words.title, size=13, bold=True)
        sheet.gap(setting.after)
    else:
        sheet.main_title()
    for text in (t("Dear Sir or Madam,"), words.activity, words.opening):
        _paragraph(sheet, text, setting)
    (_claimed_close if setting.beside else _claimed)(sheet, letter, t, setting)
    _paragraph(sheet, words.talk, setting)
    _paragraph(sheet, words.consequences, setting)
    _texts(sheet, letter, t, setting)
    _signed(sheet, letter, t, setting)
    return sheet


def _paragraph(sheet: Sheet, text: str, setting: _Setting, *, bold: bool = False) -> None:
    if text:
        sheet.lines(text, size=setting.body, bold=bold)
        sheet.gap(setting.after)


def _claimed(sheet: Sheet, letter: FirstLetter, t: Texts, setting: _Setting) -> None:
    """The debts, the sums line by line, the demand and how to pay, one under the other."""
    claim(sheet, letter.debts, letter.amounts, t)
    if not letter.amounts.interest:
        _paragraph(sheet, letter.words.interest_left_out, setting)
    _paragraph(sheet, letter.words.demand, setting, bold=True)
    _paragraph(sheet, letter.words.payment, setting)
    pay(sheet, letter.account, letter.amounts.total, letter.reference, t)


def _claimed_close(sheet: Sheet, letter: FirstLetter, t: Texts, setting: _Setting) -> None:
    """The same, the sums line by line at the left, the demand and how to pay beside them, the code to scan at the right."""
    debts(sheet, letter.debts, letter.amounts, t, size=setting.small)
    top = sheet.y
    sums(sheet, letter.amounts, t, setting.small)
    if not letter.amounts.interest:
        sheet.lines(letter.words.interest_left_out, room=SUMS_WIDE, size=setting.small)
    under, sheet.y = sheet.y, top
    code = code_to_scan(sheet, letter.account, letter.amounts.total, letter.reference)
    beside, room = LEFT + SUMS_WIDE + 6, RIGHT - LEFT - SUMS_WIDE - 6 - (CODE + 4 if code else 0)
    sheet.lines(letter.words.demand, x=beside, room=room, size=setting.body, bold=True)
    sheet.gap(setting.after)
    sheet.lines(letter.words.payment, x=beside, room=room, size=setting.body)
    sheet.gap(setting.after)
    if code:
        sheet.lines(scan_note(t), x=beside, room=room, size=setting.small, grey=60)
    sheet.y = max(under, sheet.y, top + CODE if code else 0) + setting.after
    account_close(sheet, letter.account, letter.reference, t, setting.body)
    sheet.gap(setting.after)


def _texts(sheet: Sheet, letter: FirstLetter, t: Texts, setting: _Setting) -> None:
    """The statutory text word for word, and the information on personal data."""
    blocks = (
        (letter.words.statute_intro, [f"«\u00a0{one}\u00a0»" for one in letter.words.statute.splitlines()]),
        (t("Your personal data"), [letter.words.privacy]),
    )
    for title, paragraphs in blocks:
        if setting.beside:
            sheet.room_for(12)
            sheet.lines(title, size=setting.small, bold=True)
        else:
            sheet.heading(title)
        for text in paragraphs:
            sheet.lines(text, size=setting.small)
            sheet.gap(setting.after / 2 if setting.beside else setting.after)
        sheet.gap(setting.after / 2 if setting.beside else 0)


def _signed(sheet: Sheet, letter: FirstLetter, t: Texts, setting: _Setting) -> None:
    """The closing words and who signs, never alone on a page without the words."""
    signed = [t("For the agency"), letter.agency_name, letter.signatory]
    if setting.beside:
        sheet.room_for(4 * setting.body * LEADING)
        top = sheet.y
        sheet.lines(letter.words.closing, room=(RIGHT - LEFT) / 2, size=setting.body)
        sheet.y = top
        for number, text in enumerate(filter(None, signed)):
            sheet.lines(text, x=LEFT + SIGNED, room=RIGHT - LEFT - SIGNED, size=setting.body, bold=number == 0)
        return
    sheet.room_for(24)
    sheet.paragraph(letter.words.closing)
    sheet.columns([], signed)


def printing_file(letters: Sequence[Sheet]) -> bytes:
    """The letters one after the other in one PDF, in the order given, each on pages of its own; the fonts stand in it once.

    The pages are those of each letter's own file. `letters` holds one at least; the first gives title and language.
    """
    return pdf_bytes([page for letter in letters for page in letter.pages()], letters[0].told())
