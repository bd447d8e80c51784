"""Reads columns of a placement file, each distinct cell once. Compares no column with another.

One hundred thousand lines hold some thousand distinct dates and thirty thousand distinct people: remembering what each
distinct cell means is what makes a line cost microseconds.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from core.domain import identity, phones
from core.domain.cells import (
    GROUPING,
    SIMPLE_AMOUNT,
    choice_index,
    formula,
    plausible,
    read_amount,
    read_choice,
    read_date,
    read_rate,
    too_long,
)
from core.domain.folding import all_clean, clean, fold
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.placement_fields import Field

Reading = Callable[[str], Any]
ZERO = frozenset({"paid_before", "paid", "balance"})  # amounts that may be nothing
DUE_AHEAD = dt.timedelta(days=3660)  # a debt entrusted today that falls due in ten years: the year is mistyped


class Memo(dict[str, Any]):
    """What each cell of one column means, read once; what was wrong with it, by cell.

    A Refusal of `reading` is a fault and the value `blank`; with `rescue` it is a remark and the value that `rescue`
    gives. Faults keep a line out, remarks do not.
    """

    __slots__ = ("blank", "faults", "reading", "remarks", "rescue")

    def __init__(self, reading: Reading, rescue: Reading | None = None, blank: object = "") -> None:
        super().__init__()
        self.reading, self.rescue, self.blank = reading, rescue, blank
        self.faults: dict[str, Problem] = {}
        self.remarks: dict[str, Problem] = {}

    def __missing__(self, cell: str) -> Any:
        """Reads a cell met for the first time."""
        try:
            value = self.reading(cell)
        except Refusal as refused:
            value = self._wrong(cell, refused.problems[0])
        self[cell] = value
        return value

    def _wrong(self, cell: str, problem: Problem) -> Any:
        if cell.lstrip().startswith("="):
            self.faults[cell] = formula(cell, problem.field).problems[0]
        elif self.rescue is None:
            self.faults[cell] = problem
        else:
            self.remarks[cell] = problem
            return self.rescue(cell)
        return self.blank

    def column(self, cells: list[str]) -> list[Any]:
        """The values of some cells."""
        return list(map(self.__getitem__, cells))


class TextMemo(Memo):
    """Cleaned texts; cells that are all clean are given back as they came, after one search in their joined text."""

    __slots__ = ("field",)

    def __init__(self, field: Field) -> None:
        super().__init__(functools.partial(read_text, field=field))
        self.field = field

    def column(self, cells: list[str]) -> list[Any]:
        """The values of some cells."""
        joined = "|".join(cells)
        formulas = "|=" in joined or joined.startswith("=")
        if formulas or not all_clean(joined) or max(map(len, cells)) > self.field.length:
            return super().column(cells)
        return cells


class AmountMemo(Memo):
    """Amounts, few of which come twice: those written as "1 234,56" are read together, the others one by one."""

    __slots__ = ("zero",)

    def __init__(self, reading: Reading, *, zero: bool) -> None:
        super().__init__(reading, blank=None)
        self.zero = zero

    def column(self, cells: list[str]) -> list[Any]:
        """The values of some cells."""
        plain = list(map(SIMPLE_AMOUNT.fullmatch, cells))
        all_plain = None not in plain
        joined = "\n".join(cells if all_plain else [c if good else "0" for c, good in zip(cells, plain, strict=True)])
        for mark in GROUPING:
            joined = joined.replace(mark, "")
        values: list[Any] = list(map(int, joined.split("\n")))
        if not all_plain or (0 in values and not self.zero):
            for row, good in enumerate(plain):
                if not good or values[row] == 0:
                    values[row] = self[cells[row]]
        return values


def read_text(cell: str, field: Field) -> str:
    """A cleaned text that is no formula and fits its field."""
    text = clean(cell)
    if text.startswith("="):
        raise formula(cell, field.name)
    if len(text) > field.length:
        raise too_long(text, field.length, field.name)
    return text


def memo_for(field: Field, *, today: dt.date, date_order: str = "dmy", amount_unit: str = "euros") -> Memo:
    """The memo of a field, by its kind and, for identifiers, by its name."""
    name = field.name
    if field.kind == "date":
        latest = today + DUE_AHEAD if name == "due_on" else today
        return Memo(functools.partial(_date, order=date_order, latest=latest, field=name), blank=None)
    if field.kind == "amount":
        reading = functools.partial(_amount, unit=amount_unit, field=name)
        return AmountMemo(reading, zero=name in ZERO) if amount_unit == "euros" else Memo(reading, blank=None)
    if field.kind == "enum":
        index = choice_index(field.choices)
        choosing = functools.partial(read_choice, index=index, choices=field.choices, field=name)
        return Memo(choosing, _nature_rescue if name == "nature" else None)
    return Memo(*_READINGS[name]) if name in _READINGS else TextMemo(field)


def creditor_memo(field: Field, known: frozenset[str] | None) -> Memo:
    """Creditor codes, each one of `known` when it is given (letter case aside)."""
    if known is None:
        return TextMemo(field)
    index = {fold(code): code for code in known}

    def reading(cell: str) -> str:
        code = clean(cell)
        if code and fold(code) not in index:
            raise refuse(
                "creditor-unknown",
                msg("No creditor has the code “{given}”.", given=code),
                msg("Create this creditor first, or correct the code."),
                field="creditor_ref",
                value=cell,
            )
        return index[fold(code)] if code else ""

    return Memo(reading)


def abroad(name: str, cell: str, postcode: str, country: str) -> tuple[Any, Problem | None]:
    """A postcode or a telephone number of a line outside metropolitan France: its value, and a remark on it."""
    if name == "postcode":
        return clean(cell).upper(), None
    try:
        return phones.phone(cell, postcode=postcode, region=country, field=name), None
    except Refusal as refused:
        return None, refused.problems[0]


def _date(cell: str, order: str, latest: dt.date, field: str) -> dt.date | None:
    return plausible(read_date(cell, order, field=field), latest, cell, field=field)


def _amount(cell: str, unit: str, field: str) -> int | None:
    """Cents, more than zero for an amount owed and at least zero for what was paid."""
    value = read_amount(cell, unit, field=field)
    if value is None or value > 0 or (value == 0 and field in ZERO):
        return value
    if value == 0:
        reason = msg("The amount is zero: nothing is owed on this line.")
        remedy = msg("Take this line out of the file.")
    else:
        reason = msg("The amount {given} is negative.", given=clean(cell))
        remedy = msg("A credit note is not a debt: take it off the invoice it corrects, then take this line out.")
    raise refuse("amount-not-positive", reason, remedy, field=field, value=cell)


def _nature_rescue(_cell: str) -> str:
    return "other"


def _nothing(_cell: str) -> None:
    return None


def _address(cell: str, field: str) -> str:
    identity.address_lines(cell, field=field)
    return clean(cell)


def _postcode_rescue(cell: str) -> str:
    return identity.completed_postcode(cell) or clean(cell).upper()


_READINGS: dict[str, tuple[Reading, Reading | None, object]] = {
    "contract_rate": (read_rate, None, None),
    "phone": (functools.partial(phones.phone, field="phone"), _nothing, None),
    "phone2": (functools.partial(phones.phone, field="phone2"), _nothing, None),
    "siren": (identity.siren, None, ""),
    "siret": (identity.siret, None, ""),
    "vat": (identity.vat, None, ""),
    "iban": (identity.iban, None, ""),
    "email": (identity.email, None, ""),
    "country": (identity.country, None, ""),
    "postcode": (identity.postcode, _postcode_rescue, ""),
    "city": (identity.city, None, ""),
    "address": (functools.partial(_address, field="address"), clean, ""),
    "address2": (functools.partial(_address, field="address2"), clean, ""),
}
