"""A statement of amounts as a workbook: totals, accounts, interest by periods, what is only told. Computes nothing and reads no store.

Amounts, rates and days are real numbers and dates; no text can be taken for a formula.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.domain.computation import Computation
from core.domain.statement import NAMES, Statement
from core.domain.statement_account import BUCKETS, entries
from core.exchange.report_files import text_cell, typed_cell
from core.i18n import Texts
from core.i18n.quantities import first_day, sure

EURO, RATE, DAYS = '#,##0.00 "€"', "0.00#### %", "#,##0"
Line = Sequence[Any]


def statement_workbook(found: Statement, reference: str, t: Texts) -> bytes:
    """An XLSX of four sheets; `reference` is the case's."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = t("Statement of amounts")
    parts = [t.render(NAMES[bucket]) for bucket in BUCKETS]
    _sheet(
        book,
        t("Amounts"),
        (t("Debt"), t("Due on"), *parts, t("Total")),
        _amounts(found, t),
        head=_head(found, reference, t),
    )
    _sheet(book, t("Accounts"), (t("Debt"), t("Date"), t("Entry"), *parts), _accounts(found, t))
    titles = (t("Debt"), t("From (included)"), t("To (included)"), t("Days"), t("On"), t("Yearly rate"), t("Interest"),
              t("Claimed"), t("Certainty"), t("Texts"))  # fmt: skip
    _sheet(book, t("Interest"), titles, _segments(found, t))
    _sheet(book, t("Not claimed"), (t("Debt"), t("Item"), t("Amount"), t("Texts")), _told(found, t))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(found: Statement, reference: str, t: Texts) -> list[Line]:
    lines: list[Line] = [(t("Case reference"), reference), (t("Amounts on"), found.on)]
    return lines + [(t("To know"), t.render(remark)) for remark in found.remarks]


def _amounts(found: Statement, t: Texts) -> list[Line]:
    rows: list[Line] = [
        (debt.account.ref, debt.account.due_on, *(_euros(debt.left[b]) for b in BUCKETS), _euros(debt.total))
        for debt in found.debts
    ]
    return [*rows, (t("Total"), None, *(_euros(found.sums[b]) for b in BUCKETS), _euros(found.total))]


def _accounts(found: Statement, t: Texts) -> list[Line]:
    return [
        (debt.account.ref, line.on, t.render(line.what), *(_cents(line.amounts.get(bucket)) for bucket in BUCKETS))
        for debt in found.debts
        for line in entries(debt.account, found.on, debt.added)
    ]


def _segments(found: Statement, t: Texts) -> list[Line]:
    return [
        (
            debt.account.ref,
            first_day(one.start),
            one.end,
            one.days,
            _cents(one.base),
            ("rate", one.rate / 100),
            _cents(one.amount),
            t("yes") if debt.interest.claimed else t("no"),
            t("verified") if sure(one.certainty) else t("to be confirmed"),
            " · ".join(one.articles),
        )
        for debt in found.debts
        for one in debt.interest.segments
    ]


def _told(found: Statement, t: Texts) -> list[Line]:
    return [
        (debt.account.ref, t.render(one.label), _euros(one), " · ".join(one.all_articles))
        for debt in found.debts
        for one in debt.told
        if isinstance(one, Computation)
    ]


def _euros(figure: Computation) -> tuple[str, Decimal] | None:
    return _cents(figure.value if isinstance(figure.value, int) else None)


def _cents(cents: int | None) -> tuple[str, Decimal] | None:
    return None if cents is None else ("euro", Decimal(cents) / 100)


def _sheet(book: Any, name: str, titles: Sequence[str], rows: Sequence[Line], head: Sequence[Line] = ()) -> None:
    sheet = book.create_sheet(name)
    for at in range(len(titles)):
        sheet.column_dimensions["ABCDEFGHIJKLMNOP"[at]].width = 22 if at else 26
    for line in head:
        sheet.append([_value(sheet, value) for value in line])
    if head:
        sheet.append([])
    sheet.append([text_cell(sheet, title, bold=True) for title in titles])
    for row in rows:
        sheet.append([_value(sheet, value) for value in row])


def _value(sheet: Any, value: Any) -> Any:
    """A typed cell: an amount, a rate, a day, a number, a text; nothing is an empty cell."""
    if value is None:
        return text_cell(sheet, "")
    if isinstance(value, tuple):
        kind, number = value
        return typed_cell(sheet, number, EURO if kind == "euro" else RATE)
    if isinstance(value, dt.date):
        return typed_cell(sheet, value)
    return typed_cell(sheet, value, DAYS) if isinstance(value, int) else text_cell(sheet, value)
