"""Checks the lines that a creditor entrusts and turns the good ones into debts ready to enter. Reads no file, writes nothing.

Faults keep a line out: what identifies a debt or a person wrongly (reference, dates, amounts, SIREN, SIRET, VAT, IBAN,
e-mail, creditor, country, currency). Remarks let it in: a telephone number that nobody can hold enters empty, a
postcode or an address that the post will find odd enters as written, an unknown nature enters as "other", a date of
first letter or a due date that is missing is asked for. A kind of debtor that is not said is a business when the line has
a SIREN, a SIRET or a VAT number, and else an individual, whom the law protects most.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress, repeat
from typing import Any, NamedTuple, Protocol, runtime_checkable

from core.domain.bulk import collector_at_rest
from core.domain.messages import Problem, Refusal, msg
from core.domain.placement_columns import Memo, creditor_memo, memo_for
from core.domain.placement_costs import collection_costs
from core.domain.placement_fields import DEBT_FIELDS, Field
from core.domain.placement_keys import References, Texts, line_key, line_keys
from core.domain.placement_rules import FIND_DUE_DATE, NO_DUE_DATE, ROW_RULES, Table

__all__ = ["Checked", "Checker", "Options", "PlacedDebt", "check", "line_key", "missing_columns"]

BY_NAME = {f.name: f for f in DEBT_FIELDS}
CHUNK = 4096


class PlacedDebt(NamedTuple):
    """One line, checked and normalised. `key` is the digest of its content, `occurrence` tells kept twins apart.

    `line` is the line of the file, the rest is canonical: ISO countries, E.164 telephones, integer cents.
    """

    line: int
    key: str
    occurrence: int
    creditor_ref: str
    case_ref: str
    debtor_ref: str
    debtor_kind: str
    debtor_name: str
    debtor_first_name: str
    siren: str
    siret: str
    vat: str
    address: str
    address2: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str
    phone2: str
    iban: str
    debt_ref: str
    nature: str
    label: str
    issued_on: dt.date | None
    due_on: dt.date | None
    amount: int
    paid_before: int
    contract_rate: Decimal | None
    currency: str
    first_letter_ref: str
    first_letter_on: dt.date | None
    phone_kind: str
    phone2_kind: str


CONTENT = PlacedDebt._fields[3:-2]
"""The fields that make a line what it is: everything but its place, its key and what is derived."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read the file; the person chooses, the defaults are French.

    `creditors`: known codes, None not to check them. `defaults`: text for a whole column that the file lacks
    (creditor_ref, due_on, nature…), also used for its blank cells. `keep_identical`: lines that are the same in every
    field are several debts, not one sent twice.
    """

    date_order: str = "dmy"
    amount_unit: str = "euros"
    keep_identical: bool = False
    creditors: frozenset[str] | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines that may enter, all the faults of the others, and remarks on lines that enter all the same."""

    lines: list[PlacedDebt]
    problems: list[Problem]
    remarks: list[Problem]

    @property
    def refused(self) -> int:
        """How many lines have a fault; a line may have several."""
        return len({p.line for p in self.problems})


def check(
    rows: Sequence[Sequence[str]],
    mapping: Mapping[int, str],
    options: Options,
    today: dt.date,
    lines: Sequence[int] | None = None,
) -> Checked:
    """Every line of `rows` judged; `mapping` says which column holds which field, `lines` each row's line in the file.

    A required field that no column and no default gives refuses the file whole.
    """
    checker = Checker(mapping, options, today)
    numbers = lines if lines is not None else range(2, len(rows) + 2)
    found = Checked([], [], checker.remarks if rows else [])
    with collector_at_rest():
        for start in range(0, len(rows), CHUNK):
            part = checker.check(rows[start : start + CHUNK], numbers[start : start + CHUNK])
            found.lines.extend(part.lines)
            found.problems.extend(part.problems)
            found.remarks.extend(part.remarks)
    return found


@runtime_checkable
class Columns(Protocol):
    """Rows that give themselves as columns, all as long, faster than one by one."""

    def columns(self) -> list[list[str]]:
        """The columns, the first one first."""
        ...


class Checker:
    """Judges the lines of one file some thousands at a time, and remembers cells and references from one call to the next.

    `remarks` are those on the file as a whole.
    """

    def __init__(self, mapping: Mapping[int, str], options: Options, today: dt.date) -> None:
        missing = missing_columns(mapping, options)
        if missing:
            raise Refusal(*missing)
        self._mapping = dict(mapping)
        self._defaults = {name: text for name, text in options.defaults.items() if text and name in BY_NAME}
        self._today = today
        self._references = References(keep_identical=options.keep_identical)
        self._texts = Texts()
        known = sorted({*self._mapping.values(), *self._defaults})
        self.remarks = [] if "due_on" in known else [Problem("due-missing", NO_DUE_DATE, FIND_DUE_DATE, "due_on")]
        self._memos = {name: _memo(BY_NAME[name], options, today) for name in known}

    def check(self, rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Checked:
        """The next rows and their line numbers."""
        table = Table(len(rows), self._today, self._cells(rows))
        for name, memo in self._memos.items():
            table.take(name, memo)
        for rule in (*ROW_RULES, collection_costs):
            rule(table)
        keys = line_keys(table, CONTENT, EMPTY, self._texts)
        occurrences = self._references.occurrences(table, keys, numbers)
        return Checked(
            _placed(table, keys, occurrences, numbers),
            table.listed(table.faults, numbers),
            table.listed(table.remarks, numbers),
        )

    def _cells(self, rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
        """The cells by field; short rows are filled with blanks, blanks with the defaults."""
        columns = rows.columns() if isinstance(rows, Columns) else self._columns(rows)
        cells = {name: columns[at] for at, name in self._mapping.items() if columns}
        for name, text in self._defaults.items():
            cells[name] = [cell or text for cell in cells[name]] if name in cells else [text] * len(rows)
        return cells

    def _columns(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The rows turned into columns; short rows are filled with blanks."""
        width = max(self._mapping, default=-1) + 1
        if min(map(len, rows), default=width) < width:
            rows = [[*row, *repeat("", width - len(row))] for row in rows]
        return list(map(list, zip(*rows, strict=False)))


def missing_columns(mapping: Mapping[int, str], options: Options) -> list[Problem]:
    """A Problem for each required field that nothing gives; the amount may come from what is still owed."""
    known = {*mapping.values(), *(name for name, text in options.defaults.items() if text)}
    if "balance" in known:
        known.add("amount")
    return [
        Problem(
            "column-missing",
            msg("No column holds “{field}”.", field=f.label),
            msg("Say which column it is, or give one value for the whole file."),
            field=f.name,
        )
        for f in DEBT_FIELDS
        if f.required and f.name not in known
    ]


def _memo(of: Field, options: Options, today: dt.date) -> Memo:
    """The memo of one field under the person's choices."""
    if of.name == "creditor_ref":
        return creditor_memo(of, options.creditors)
    return memo_for(of, today=today, date_order=options.date_order, amount_unit=options.amount_unit)


EMPTY: Mapping[str, Any] = {
    "issued_on": None, "due_on": None, "contract_rate": None, "first_letter_on": None, "amount": 0, "paid_before": 0,
    "country": "FR", "currency": "EUR", "nature": "invoice",
}  # fmt: skip
"""What a field holds that no column gives; the others are empty texts."""


def _placed(table: Table, keys: list[str], occurrences: list[int], numbers: Sequence[int]) -> list[PlacedDebt]:
    """The good lines as records, in the order of the file."""
    content = [
        table.values.get(name) or repeat(EMPTY.get(name, "")) for name in (*CONTENT, "phone_kind", "phone2_kind")
    ]
    every = zip(numbers, keys, occurrences, *content, strict=False)
    good = compress(every, [row not in table.faults for row in range(table.size)]) if table.faults else every
    return list(map(functools.partial(tuple.__new__, PlacedDebt), good))
