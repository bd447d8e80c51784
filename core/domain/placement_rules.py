"""Compares the columns of a placement file line by line: dates, amounts, identifiers of one company. Reads no cell's text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.domain.folding import clean
from core.domain.identity import FRENCH, territory
from core.domain.messages import Euro, Message, Problem, msg
from core.domain.placement_columns import Memo, abroad
from core.domain.placement_fields import DEBT_FIELDS

NO_DUE_DATE = msg("No due date is given: interest and limitation cannot be computed.")
FIND_DUE_DATE = msg("Add the due date of the invoice or of the contract.")
Noted = dict[int, list[Problem]]


@dataclass(slots=True)
class Table:
    """The columns of some rows being checked, and what was noted against each row (counted from zero)."""

    size: int
    today: dt.date
    cells: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    faults: Noted = field(default_factory=dict)
    remarks: Noted = field(default_factory=dict)

    def take(self, name: str, memo: Memo) -> None:
        """Reads a column, and notes what is wrong against every row that holds such a cell."""
        cells = self.cells[name]
        self.values[name] = memo.column(cells)
        for found, noted in ((memo.faults, self.faults), (memo.remarks, self.remarks)):
            if found and not found.keys().isdisjoint(cells):
                for row, cell in enumerate(cells):
                    if cell in found:
                        noted.setdefault(row, []).append(found[cell])

    def fault(self, row: int, code: str, name: str, reason: Message, remedy: Message) -> None:
        """A fault of one row found by comparing."""
        self.faults.setdefault(row, []).append(Problem(code, reason, remedy, name, self.cell(row, name)))

    def remark(self, row: int, code: str, name: str, reason: Message, remedy: Message) -> None:
        """A remark on one row found by comparing."""
        self.remarks.setdefault(row, []).append(Problem(code, reason, remedy, name, self.cell(row, name)))

    def cell(self, row: int, name: str) -> str:
        """What the file says there, "" for a column that it lacks."""
        return self.cells[name][row] if name in self.cells else ""

    def listed(self, noted: Noted, numbers: Sequence[int]) -> list[Problem]:
        """What was noted, in the order of the file, each with its line."""
        return [
            replace(problem, line=numbers[row], where=f"line {numbers[row]}")
            for row in sorted(noted)
            for problem in noted[row]
        ]


def fill_blanks(table: Table) -> None:
    """An empty nature is an invoice, an empty currency the euro, nothing paid is zero."""
    for name, value in (("nature", "invoice"), ("currency", "EUR"), ("country", "FR")):
        values = table.values.get(name)
        if values and not all(values):
            table.values[name] = [v or value for v in values]


def required(table: Table) -> None:
    """Each required field is filled on each line; an amount may come from what is still owed."""
    for of in DEBT_FIELDS:
        values = table.values.get(of.name)
        if not of.required or values is None or all(values):
            continue
        for row in blanks(values):
            if not clean(table.cell(row, of.name)):
                reason = msg("“{field}” is empty.", field=of.label)
                remedy = msg("Fill in this cell: the debt cannot be entrusted without it.")
                table.fault(row, f"{of.name}-missing", of.name, reason, remedy)


def blanks(values: list[Any]) -> Iterator[int]:
    """The rows of a column that hold "" or None, found without a step of Python for each of the others."""
    for nothing in ("", None):
        at = -1
        for _ in range(values.count(nothing)):
            at = values.index(nothing, at + 1)
            yield at


def balances(table: Table) -> None:
    """Amount, already paid and still owed: two of them give the third, three of them must agree."""
    owed = table.values.pop("balance", None)
    amounts = table.values.get("amount") or [None] * table.size
    paids = table.values.get("paid_before") or [None] * table.size
    if owed is not None:
        for row in range(table.size):
            amounts[row], paids[row] = _settled(table, row, amounts[row], paids[row], owed[row])
        table.values["amount"], table.values["paid_before"] = amounts, paids
    if "paid_before" in table.values and None in paids:
        table.values["paid_before"] = [paid or 0 for paid in paids]


def _settled(table: Table, row: int, amount: int | None, paid: int | None, owed: int | None) -> tuple[int | None, int]:
    """Amount and already paid of one row, completed from what is still owed."""
    if owed is None or row in table.faults:
        return amount, paid or 0
    if amount is None:
        return owed + (paid or 0), paid or 0
    if paid is None:
        paid = amount - owed
    if paid != amount - owed or paid < 0:
        table.fault(
            row,
            "balance-disagrees",
            "balance",
            msg(
                "{owed} still owed is not {amount} owed minus {paid} paid.",
                owed=Euro(owed),
                amount=Euro(amount),
                paid=Euro(max(paid, 0)),
            ),
            msg("Correct one of the three columns, or leave out what is still owed."),
        )
    return amount, max(paid, 0)


def amount_given(table: Table) -> None:
    """A line whose amount no column gives, when the file only says what is still owed."""
    if "amount" in table.cells:
        return
    for row, value in enumerate(table.values.get("amount", ())):
        if value is None and row not in table.faults:
            reason = msg("No amount is given.")
            table.fault(row, "amount-missing", "balance", reason, msg("Write what is owed on this line."))


def dates(table: Table) -> None:
    """A debt does not fall due before it is issued."""
    issued, due = table.values.get("issued_on"), table.values.get("due_on")
    if not issued or not due:
        return
    for row, (start, end) in enumerate(zip(issued, due, strict=True)):
        if start and end and end < start:
            table.fault(
                row,
                "due-before-issue",
                "due_on",
                msg("The due date {due} comes before the issue date {issued}.", due=end, issued=start),
                msg("Check the two dates: they may have been swapped."),
            )


def payments(table: Table) -> None:
    """What was already paid is less than the amount: a debt that is paid is not entrusted."""
    amounts, paids = table.values.get("amount"), table.values.get("paid_before")
    if not amounts or not paids:
        return
    for row, (amount, paid) in enumerate(zip(amounts, paids, strict=True)):
        if amount is None or paid < amount:
            continue
        if paid == amount:
            reason = msg("The whole amount {amount} is already paid: nothing is owed.", amount=Euro(amount))
            table.fault(row, "nothing-owed", "paid_before", reason, msg("Take this line out of the file."))
        else:
            reason = msg("{paid} already paid is more than {amount} owed.", paid=Euro(paid), amount=Euro(amount))
            table.fault(row, "paid-over-amount", "paid_before", reason, msg("Check the amount and what was paid."))


def companies(table: Table) -> None:
    """SIREN, SIRET and French VAT number of one line name one company; a missing SIREN is taken from the others."""
    sirets, vats = table.values.get("siret"), table.values.get("vat")
    if not sirets and not vats:
        return
    sirens = list(table.values.get("siren") or [""] * table.size)
    for row in range(table.size):
        siret = sirets[row] if sirets else ""
        vat = vats[row] if vats else ""
        for name, inside in (
            ("siret", siret[:9]),
            ("vat", vat[4:] if vat.startswith("FR") and vat[4:].isdigit() else ""),
        ):
            if inside and sirens[row] and inside != sirens[row]:
                table.fault(
                    row,
                    f"{name}-other-company",
                    name,
                    msg(
                        "This number belongs to the company {other}, not to the SIREN {siren}.",
                        other=inside,
                        siren=sirens[row],
                    ),
                    msg("Check which company owes this debt, and correct one of the two numbers."),
                )
            sirens[row] = sirens[row] or inside
    table.values["siren"] = sirens


def kinds(table: Table) -> None:
    """A kind that is not said: a business when a number says so, an individual otherwise."""
    said = table.values.get("debtor_kind")
    if said and all(said):
        return
    sirens = table.values.get("siren") or [""] * table.size
    vats = table.values.get("vat") or [""] * table.size
    guessed = ["business" if s or v else "individual" for s, v in zip(sirens, vats, strict=True)]
    table.values["debtor_kind"] = [k or g for k, g in zip(said, guessed, strict=True)] if said else guessed


def first_letters(table: Table) -> None:
    """A first letter without its date proves nothing: the case enters as if it had none."""
    refs, days = table.values.get("first_letter_ref"), table.values.get("first_letter_on")
    for row, ref in enumerate(refs or ()):
        if ref and (not days or days[row] is None) and row not in table.faults:
            reason = msg("The first letter {ref} has no date.", ref=ref)
            table.remark(
                row, "first-letter-undated", "first_letter_on", reason, msg("Find its date, or send it again.")
            )


def elsewhere(table: Table) -> None:
    """Postcodes and telephone numbers of lines abroad and overseas are read again with their own country."""
    countries = table.values.get("country") or ["FR"] * table.size
    codes = table.values.get("postcode") or [""] * table.size
    if set(countries) == {"FR"} and all(territory(code) == "FR" for code in set(codes)):
        return
    for name in table.values.keys() & {"postcode", "phone", "phone2"}:
        values = table.values[name] = list(table.values[name])
        for row, (country, code) in enumerate(zip(countries, codes, strict=True)):
            foreign = country not in FRENCH or (name != "postcode" and (country != "FR" or territory(code) != "FR"))
            if foreign and values[row] != "" and table.cell(row, name):
                values[row], remark = abroad(name, table.cell(row, name), code, country)
                kept = [p for p in table.remarks.pop(row, []) if p.field != name] + ([remark] if remark else [])
                if kept:
                    table.remarks[row] = kept


def due_dates(table: Table) -> None:
    """A debt without a due date enters; limitation and interest wait for it."""
    for row, day in enumerate(table.values.get("due_on", ())):
        if day is None and row not in table.faults:
            table.remark(row, "due-missing", "due_on", NO_DUE_DATE, FIND_DUE_DATE)


def telephones(table: Table) -> None:
    """Numbers and their kinds as columns of their own."""
    for name in ("phone", "phone2"):
        found = table.values.get(name)
        if found:
            table.values[name] = [p.e164 if p else "" for p in found]
            table.values[f"{name}_kind"] = [p.kind if p else "" for p in found]


ROW_RULES: tuple[Callable[[Table], None], ...] = (
    fill_blanks, balances, required, amount_given, dates, payments, companies, kinds, first_letters, due_dates, elsewhere, telephones,
)  # fmt: skip
