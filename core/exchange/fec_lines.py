"""Reads the lines of a ledger one by one and gathers totals, customer lines and faults. Decides of nothing open."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.domain.messages import Message, Problem, msg
from core.exchange import fec_fields as fields
from core.exchange.fec_open_items import CustomerLine

SEPARATORS = ("\t", "|", ";")  # the article names the first two; the third is met
PROBLEMS_MAX = 100
CUSTOMERS = "411"

Row = tuple[int, list[str]]


@dataclass(slots=True)
class Tally:
    """What the reading of the lines gathers."""

    at: dict[str, int]
    columns: int
    lines: int = 0
    skipped: int = 0
    debit: int = 0
    credit: int = 0
    entries: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    days: dict[str, dt.date | None] = field(default_factory=lambda: {"": None})
    amounts: dict[str, int | None] = field(default_factory=dict)
    dated: set[str] = field(default_factory=set)
    customers: list[CustomerLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unseen: int = 0

    def place(self, name: str) -> int:
        """Where a column stands; -1, which every row ends with as an empty text, when it is absent."""
        return self.at.get(name, -1)

    def fault(
        self, code: str, reason: Message, remedy: Message, *, column: str = "", given: str = "", line: int = 0
    ) -> None:
        """Keeps a problem; beyond PROBLEMS_MAX they are only counted."""
        if len(self.problems) >= PROBLEMS_MAX:
            self.unseen += 1
            return
        where = f"line {line}" if line else ""
        self.problems.append(Problem(code, reason, remedy, field=column, value=given, where=where, line=line))

    def whole(self, problem: Problem) -> None:
        """Adds a problem of the whole file, after those of its lines, which often cause it, and beyond PROBLEMS_MAX."""
        self.problems.append(problem)

    @property
    def has_amounts(self) -> bool:
        """Whether the columns of the amounts are there."""
        return ("debit" in self.at and "credit" in self.at) or ("montant" in self.at and "sens" in self.at)

    def day(self, text: str) -> dt.date | None:
        """The date of a text, read once."""
        if text not in self.days:
            self.days[text] = fields.day(text.strip('" '))
        return self.days[text]

    def cents(self, text: str) -> int | None:
        """The amount of a text, read once."""
        if text not in self.amounts:
            self.amounts[text] = fields.amount(text.strip('" '))
        return self.amounts[text]


def one_line_end(text: str) -> tuple[str, str]:
    """The text with LF only and without its blank end, and the line end it had."""
    end = "LF"
    if "\r\n" in text:
        text, end = text.replace("\r\n", "\n"), "CRLF"
    elif "\n" not in text and "\r" in text:
        text, end = text.replace("\r", "\n"), "CR"
    return text.rstrip("\n\x1a"), end


def separator_of(text: str) -> str:
    """The separator that the first line holds most."""
    return max(SEPARATORS, key=_lead(text).count)


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """Line numbers and fields. Quotes are text qualifiers only when the headings are quoted: a label may hold one."""
    if _lead(text).lstrip().startswith('"'):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for row in reader:
            yield reader.line_num, row
        return
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.split(separator)


def headings(rows: Iterator[Row]) -> Tally:
    """Reads the first line that is not blank; names the required columns that are absent."""
    for number, row in rows:
        if _blank(row):
            continue
        tally = Tally(fields.places(row), len(row))
        absent = fields.missing(tally.at)
        if absent:
            tally.fault(
                "fec-columns-missing",
                msg("Required columns are absent: {columns}.", columns=", ".join(absent)),
                msg(
                    "Export the ledger again with the 18 columns of article A. 47 A-1, the headings on the first line."
                ),
                column=absent[0],
                given=", ".join(cell.strip() for cell in row)[:500],
                line=number,
            )
        return tally
    return Tally({}, 0)


def read_lines(rows: Iterator[Row], tally: Tally, separator: str) -> None:
    """Adds every data line to the tally."""
    needed = 1 + max((tally.at[name] for name in map(str.lower, fields.COLUMNS) if name in tally.at), default=0)
    account_at, date_at = tally.place("comptenum"), tally.place("ecrituredate")
    journal_at, entry_at = tally.place("journalcode"), tally.place("ecriturenum")
    for number, cells in rows:
        row = cells
        if _blank(row):
            tally.skipped += 1
            continue
        if not needed <= len(row) <= tally.columns:
            row = _mended(row, separator, tally, needed, number)
            if not row:
                continue
        row.append("")
        debit, credit = _debit_credit(row, tally, number)
        date = row[date_at].strip()
        tally.lines += 1
        tally.debit += debit
        tally.credit += credit
        if date not in tally.dated or not tally.days[date]:
            _check_date(date, tally, number)
        entry = tally.entries.setdefault((row[journal_at], row[entry_at], date), [0, number])
        entry[0] += debit - credit
        if row[account_at].lstrip(' "').startswith(CUSTOMERS):
            tally.customers.append(_customer_line(row, tally, number, debit, credit))


def _lead(text: str) -> str:
    return text.lstrip("\n").partition("\n")[0]


def _blank(row: list[str]) -> bool:
    return not "".join(row).strip(" \t\r\x1a\u00a0")


def _mended(row: list[str], separator: str, tally: Tally, needed: int, number: int) -> list[str]:
    """A row of another width: read again with its quotes, or without its empty end; [] and a problem otherwise."""
    if '"' in "".join(row):
        row = next(csv.reader([separator.join(row)], delimiter=separator), [])
    if len(row) > tally.columns and _blank(row[tally.columns :]):
        row = row[: tally.columns]
    if needed <= len(row) <= tally.columns:
        return row
    tally.fault(
        "fec-line-width",
        msg("Line {line} has {given} fields instead of {wanted}.", line=number, given=len(row), wanted=tally.columns),
        msg("Look for a separator or a line break inside a label of that line, and export again."),
        given=separator.join(row)[:200],
        line=number,
    )
    return []


def _debit_credit(row: list[str], tally: Tally, number: int) -> tuple[int, int]:
    """Debit and credit in cents, from the two columns or from Montant and Sens; a text that is no amount counts as zero."""
    at = tally.at
    if "debit" in at and "credit" in at:
        debit, credit = row[at["debit"]], row[at["credit"]]
        return _cents(debit, "Debit", tally, number), _cents(credit, "Credit", tally, number)
    if "montant" not in at or "sens" not in at:
        return 0, 0
    value = _cents(row[at["montant"]], "Montant", tally, number)
    direction = row[at["sens"]].strip(' "').upper()
    if direction in fields.DEBITS:
        return value, 0
    if direction in fields.CREDITS:
        return 0, value
    tally.fault(
        "fec-direction",
        msg("Line {line}: the direction “{given}” is neither debit nor credit.", line=number, given=direction),
        msg("Write D or C, or +1 or -1, in the column Sens."),
        column="Sens",
        given=direction,
        line=number,
    )
    return 0, 0


def _cents(text: str, column: str, tally: Tally, number: int) -> int:
    value = tally.cents(text)
    if value is None:
        tally.fault(
            "fec-amount",
            msg("Line {line}: “{given}” is not an amount.", line=number, given=text.strip()),
            msg("Write digits, a comma and two decimals, without a thousands separator: 1234,56."),
            column=column,
            given=text.strip(),
            line=number,
        )
    return value or 0


def _check_date(text: str, tally: Tally, number: int) -> None:
    """Notes an entry date; a text that is no date, or none at all, is a problem of its line."""
    tally.dated.add(text)
    if tally.day(text) is None and "ecrituredate" in tally.at:
        _date_fault(text, "EcritureDate", tally, number)


def _date_fault(text: str, column: str, tally: Tally, number: int) -> None:
    tally.fault(
        "fec-date",
        msg("Line {line}: “{given}” is not a date.", line=number, given=text),
        msg("Write the year, the month and the day in eight digits: 20260131."),
        column=column,
        given=text,
        line=number,
    )


def _customer_line(row: list[str], tally: Tally, number: int, debit: int, credit: int) -> CustomerLine:
    """The line of a customer; an unreadable piece date is a problem, since it dates the debt."""
    piece_date = _plain(row[tally.place("piecedate")])
    if piece_date and tally.day(piece_date) is None:
        _date_fault(piece_date, "PieceDate", tally, number)
    return CustomerLine(
        line=number,
        journal=_plain(row[tally.place("journalcode")]),
        number=_plain(row[tally.place("ecriturenum")]),
        account=_plain(row[tally.place("comptenum")]),
        sub_account=_plain(row[tally.place("compauxnum")]),
        name=_plain(row[tally.place("compauxlib")]) or _plain(row[tally.place("comptelib")]),
        date=tally.day(row[tally.place("ecrituredate")].strip()),
        piece_date=tally.day(piece_date),
        reference=_plain(row[tally.place("pieceref")]),
        label=_plain(row[tally.place("ecriturelib")]),
        debit=debit,
        credit=credit,
        letter=_plain(row[tally.place("ecriturelet")]),
    )


def _plain(cell: str) -> str:
    """A field without its padding, and without its quotes when it has two."""
    text = cell.strip()
    quoted = len(text) > 1 and text.startswith('"') and text.endswith('"')
    return text[1:-1].replace('""', '"').strip() if quoted else text
