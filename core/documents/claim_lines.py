"""What a letter claims and how to pay it: the debts, each element on its line, the account and the code to scan. Judges nothing.

Source: CPCE R.124-4 3° (each element apart) and 4° (ways to pay); EPC069-12 for the code.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.documents import qr
from core.documents.cells import Column
from core.documents.sheet import BODY, BOTTOM, LEFT, RIGHT, Sheet
from core.domain.epc import payload
from core.domain.first_letter import Account, Amounts, LetterDebt
from core.i18n import Texts

ALWAYS = 2  # principal and interest stand on every letter, even at zero
WIDE_AMOUNTS = 90  # millimetres, at most, for the columns of amounts
CODE = 22.0  # millimetres, the side of the code to scan
BESIDE = CODE + 7  # what is kept free at the right of the account


def claim(sheet: Sheet, debts: Sequence[LetterDebt], sums: Amounts, t: Texts) -> None:
    """Each debt on its line, then each element of the claim and the total on lines of their own (R.124-4 3°)."""
    short = (t("Principal"), t("Interest"), t("Indemnity"), t("Penalty"), t("Costs"))
    shown = _shown(sums)
    wide = min(20, WIDE_AMOUNTS / (len(shown) + 1))
    columns = [
        Column(t("Debt"), 170 - 2 * 22 - wide * (len(shown) + 1)),
        Column(t("Dated"), 22),
        Column(t("Due on"), 22),
        *(Column(title, wide, amount=True) for title in (*(short[at] for at in shown), t("Total"))),
    ]
    sheet.table(columns, [_row(debt, shown, t) for debt in debts])
    lines = [Column(t("Amount claimed"), 132), Column("", 38, amount=True)]
    rows = elements(sums, t)
    sheet.table(lines, rows[:-1], rows[-1])


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


def pay(sheet: Sheet, account: Account, cents: int, reference: str, t: Texts) -> None:
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
        sheet.lines(label, room=36, grey=90)
        after, sheet.y = sheet.y, start
        sheet.lines(value, x=LEFT + 38, room=room - 38, bold=label == "IBAN")
        sheet.y = max(sheet.y, after) + 0.4
    if text:
        sheet.lines(t("Scan this code with your bank's application: account, amount and reference are filled in."),
                    room=room, size=BODY - 2, grey=60)  # fmt: skip
        sheet.y = max(sheet.y, top + CODE + 1)
    sheet.gap(2)


def _shown(sums: Amounts) -> list[int]:
    return [at for at, cents in enumerate(sums.parts) if at < ALWAYS or cents]


def _row(debt: LetterDebt, shown: Sequence[int], t: Texts) -> list[str]:
    """A debt with the elements that the letter shows; an element that no debt has is not shown."""
    parts = (debt.principal, debt.interest, debt.indemnity, debt.penalty, debt.costs)
    sums = (*(parts[at] for at in shown), debt.total)
    return [f"{debt.nature} {debt.ref}", t.date(debt.issued_on), t.date(debt.due_on), *map(t.money, sums)]
