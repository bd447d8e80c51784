"""What a letter claims and how to pay it: the debts, each element on its line, the account and the code to scan. Judges nothing.

Source: CPCE R.124-4 3° (each element apart) and 4° (ways to pay); EPC069-12 for the code.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.documents import faces, qr
from core.documents.cells import Column
from core.documents.ink import Rule, Words
from core.documents.sheet import BODY, BOTTOM, LEFT, RIGHT, Sheet
from core.domain.epc import payload
from core.domain.first_letter import Account, Amounts, LetterDebt
from core.i18n import Texts

ALWAYS = 2  # principal and interest stand on every letter, even at zero
WIDE_AMOUNTS = 90  # millimetres, at most, for the columns of amounts
CODE = 22.0  # millimetres, the side of the code to scan
NOTE = 8.5  # points
SUMS_WIDE = 64.0  # millimetres of the narrow block of sums
SECOND, LABEL = 104.0, 34.0  # millimetres: the second fact of a line, and what its label takes
ROW = 6.0  # millimetres of a row of a table
BESIDE = CODE + 7  # what is kept free at the right of the account


def claim(sheet: Sheet, owed: Sequence[LetterDebt], found: Amounts, t: Texts) -> None:
    """Each debt on its line, then each element of the claim and the total on lines of their own (R.124-4 3°), never parted by a page."""
    debts(sheet, owed, found, t)
    rows = elements(found, t)
    sheet.room_for(ROW * (len(rows) + 1))
    sheet.table([Column(t("Amount claimed"), 132), Column("", 38, amount=True)], rows[:-1], rows[-1])


def debts(sheet: Sheet, owed: Sequence[LetterDebt], found: Amounts, t: Texts, size: float = 9.0) -> None:
    """Each debt on its line."""
    short = (t("Principal"), t("Interest"), t("Indemnity"), t("Penalty"), t("Costs"))
    shown = _shown(found)
    wide = min(20, WIDE_AMOUNTS / (len(shown) + 1))
    columns = [
        Column(t("Debt"), 170 - 2 * 22 - wide * (len(shown) + 1)),
        Column(t("Dated"), 22),
        Column(t("Due on"), 22),
        *(Column(title, wide, amount=True) for title in (*(short[at] for at in shown), t("Total"))),
    ]
    sheet.table(columns, [_row(debt, shown, t) for debt in owed], size=size)


def sums(sheet: Sheet, found: Amounts, t: Texts, size: float) -> None:
    """Each element of the claim and the total on lines of their own, in a narrow block at the left."""
    rows = elements(found, t)
    sheet.lines(t("Amount claimed"), size=size, bold=True, room=SUMS_WIDE)
    for number, (name, amount) in enumerate(rows):
        last = number == len(rows) - 1
        sheet.lines(name, size=size, bold=last, room=SUMS_WIDE - 30)
        told = faces.printable(amount)
        across = faces.width(told, size, bold=last)
        sheet.place(Words(LEFT + SUMS_WIDE - across, sheet.y - size * 0.09, told, size, last))
        sheet.y += 0.7
        sheet.place(Rule(LEFT, sheet.y, LEFT + SUMS_WIDE, sheet.y, 190))


def elements(sums: Amounts, t: Texts) -> list[list[str]]:
    """The lines of the claim: name and amount, the total last."""
    titles = (t("Principal"), t("Interest"), t("Flat indemnity"), t("Penalty clause"), t("Collection costs"))
    rows = [[titles[at], t.money(sums.parts[at])] for at in _shown(sums)]
    return [*rows, [t("Total"), t.money(sums.total)]]


def debt_line(debt: LetterDebt, t: Texts) -> str:
    """A debt on one line: nature, number, days, what it owes."""
    dated = t("dated {day}", day=t.date(debt.issued_on)) if debt.issued_on else ""
    due = t("due on {day}", day=t.date(debt.due_on)) if debt.due_on else ""
    return ", ".join(part for part in (f"{debt.nature} {debt.ref}", dated, due) if part) + f" : {t.money(debt.total)}"


def account_lines(account: Account, reference: str, t: Texts) -> list[tuple[str, str]]:
    """Where to pay, as label and value, a line without value left out."""
    pairs = (
        (t("Account holder"), account.holder), ("IBAN", grouped(account.iban)), (t("Bank"), account.bank),
        (t("Reference to quote"), reference),
    )  # fmt: skip
    return [(label, value) for label, value in pairs if value]


def grouped(iban: str) -> str:
    """An IBAN by groups of four, as it is read."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def pay(sheet: Sheet, account: Account, cents: int, reference: str, t: Texts, *, size: float = BODY) -> None:
    """The account and, at its right, the code that a bank application scans, with what it is for under it."""
    text = payload(account.holder, account.iban, cents, reference) if cents else ""
    pairs, room = account_lines(account, reference, t), RIGHT - LEFT - (BESIDE if text else 0)
    if text and sheet.y + CODE + 6 > BOTTOM:
        sheet.break_page()
    top = sheet.y
    if text:
        code = qr.modules(text, RIGHT - CODE, top, CODE)
        if code:
            sheet.place(code)
    for label, value in pairs:
        start = sheet.y
        sheet.lines(label, room=36, grey=90, size=size)
        after, sheet.y = sheet.y, start
        sheet.lines(value, x=LEFT + 38, room=room - 38, bold=label == "IBAN", size=size)
        sheet.y = max(sheet.y, after) + 0.4
    if text:
        sheet.lines(scan_note(t), room=room, size=NOTE, grey=60)
        sheet.y = max(sheet.y, top + CODE + 1)
    sheet.gap(2)


def scan_note(t: Texts) -> str:
    """What the code is for."""
    return t("Scan this code with your bank's application: account, amount and reference are filled in.")


def code_to_scan(sheet: Sheet, account: Account, cents: int, reference: str) -> bool:
    """The code at the right of what comes, on the page being filled; False where there is nothing to scan."""
    text = payload(account.holder, account.iban, cents, reference) if cents else ""
    code = qr.modules(text, RIGHT - CODE, sheet.y, CODE) if text else None
    if code:
        sheet.place(code)
    return code is not None


def account_close(sheet: Sheet, account: Account, reference: str, t: Texts, size: float) -> None:
    """Where to pay, two facts a line: account and reference, then holder and bank."""
    known = dict(account_lines(account, reference, t))
    for left, right in (("IBAN", t("Reference to quote")), (t("Account holder"), t("Bank"))):
        top, low = sheet.y, sheet.y
        for label, x, room in ((left, LEFT, SECOND - LABEL - 3), (right, LEFT + SECOND, RIGHT - LEFT - SECOND - LABEL)):
            if label in known:
                sheet.y = top
                sheet.lines(label, x=x, room=LABEL, size=size, grey=90)
                low, sheet.y = max(low, sheet.y), top
                sheet.lines(known[label], x=x + LABEL, room=room, size=size, bold=label == "IBAN")
                low = max(low, sheet.y)
        sheet.y = low


def _shown(sums: Amounts) -> list[int]:
    return [at for at, cents in enumerate(sums.parts) if at < ALWAYS or cents]


def _row(debt: LetterDebt, shown: Sequence[int], t: Texts) -> list[str]:
    """A debt with the elements that the letter shows; an element that no debt has is not shown."""
    parts = (debt.principal, debt.interest, debt.indemnity, debt.penalty, debt.costs)
    sums = (*(parts[at] for at in shown), debt.total)
    return [f"{debt.nature} {debt.ref}", t.date(debt.issued_on), t.date(debt.due_on), *map(t.money, sums)]
