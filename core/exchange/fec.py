"""Reads a ledger file (FEC, article A. 47 A-1 of the Livre des procédures fiscales). Stores nothing, chases nobody."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass

from core.domain.messages import Euro, Problem, Refusal, msg
from core.domain.money import decimal_text
from core.exchange.encoding import Decoded, decode
from core.exchange.fec_lines import Tally, headings, one_line_end, read_lines, rows_of, separator_of
from core.exchange.fec_open_items import Customer, CustomerLine, OpenItem, customer_side
from core.exchange.intake import Intake

GUESSES = ("cp1252", "cp850")  # cp850: ledgers from DOS programs; any other encoding is the reader's choice


@dataclass(frozen=True, slots=True)
class Fec:
    """A ledger as read: totals in cents, the customer side, and what makes it unfit for an import.

    An entry is a journal, a number and a date. `unbalanced_entries` is information only: programs that leave EcritureNum
    at zero have many. `line_end` is "LF", "CRLF" or "CR".
    """

    encoding: str
    bom: bool
    separator: str
    line_end: str
    columns: int
    lines: int
    lines_skipped: int
    first_date: dt.date | None
    last_date: dt.date | None
    entries: int
    unbalanced_entries: int
    debit: int
    credit: int
    balanced: bool
    customer: Customer
    customer_lines: tuple[CustomerLine, ...]
    items: tuple[OpenItem, ...]
    problems: tuple[Problem, ...] = ()


def read_fec(source: Intake, encoding: str = "") -> Fec:
    """The ledger in `source`. What is wrong is in `problems`, beside everything that could be read.

    Headings in any case, fields padded or quoted, tab, pipe or semicolon, decimal comma or point, Debit and Credit or
    Montant and Sens. Encoding: `encoding` when given, else byte order mark, UTF-8, then cp1252 or cp850 by
    `core.exchange.encoding.french_score`. Raises a Refusal only for bytes that are no text in that encoding.
    """
    decoded = decode(source.data, encoding, guesses=GUESSES)
    text, line_end = one_line_end(decoded.text)
    separator = separator_of(text)
    rows = rows_of(text, separator)
    tally = headings(rows)
    try:
        read_lines(rows, tally, separator)
    except csv.Error as fault:
        tally.fault(
            "fec-structure",
            msg("The quotes of this ledger cannot be followed: {given}.", given=csv.Error.__str__(fault)),
            msg("Export it again without quotes, with tabs between the fields."),
        )
    return _result(decoded, separator, line_end, tally)


def placement_rows(fec: Fec) -> list[dict[str, str | int]]:
    """One row an open item, for the import; a Refusal when the ledger has any problem: a faulty one is never imported.

    `amount` is the debit as invoiced and `paid_before` what the credits took off it. A FEC holds no due date, no address
    and no SIREN of the customer: those stay empty.
    """
    if fec.problems:
        raise Refusal(*fec.problems)
    return [
        {
            "debtor_ref": item.sub_account or item.account,
            "debtor_kind": "",
            "debtor_name": item.name,
            "siren": "",
            "vat": "",
            "address": "",
            "postcode": "",
            "city": "",
            "country": "",
            "email": "",
            "phone": "",
            "debt_ref": item.debt_ref,
            "nature": "invoice",
            "issued_on": item.date.isoformat() if item.date else "",
            "due_on": "",
            "amount": decimal_text(item.original),
            "paid_before": decimal_text(item.original - item.amount),
            "label": item.label,
            "currency": "EUR",
            "source_line": item.line,
        }
        for item in fec.items
    ]


def _result(decoded: Decoded, separator: str, line_end: str, tally: Tally) -> Fec:
    """The ledger from what was gathered, with the faults of the whole file last."""
    customer, items = customer_side(tally.customers)
    days = sorted(day for text in tally.dated if (day := tally.days[text]))
    _check_whole(tally)
    return Fec(
        encoding=decoded.encoding,
        bom=decoded.bom,
        separator=separator,
        line_end=line_end,
        columns=tally.columns,
        lines=tally.lines,
        lines_skipped=tally.skipped,
        first_date=days[0] if days else None,
        last_date=days[-1] if days else None,
        entries=len(tally.entries),
        unbalanced_entries=sum(1 for net, _ in tally.entries.values() if net),
        debit=tally.debit,
        credit=tally.credit,
        balanced=tally.has_amounts and tally.debit == tally.credit,
        customer=customer,
        customer_lines=tuple(tally.customers),
        items=items,
        problems=tuple(tally.problems),
    )


def _check_whole(tally: Tally) -> None:
    """The faults that no single line bears: no line at all, debits that are not credits, problems too many to show."""
    if not tally.lines and not tally.problems:
        tally.fault(
            "fec-empty",
            msg("This ledger has headings and no entry."),
            msg("Export it again, and check the exercise that was chosen."),
        )
    if tally.debit != tally.credit:
        line = min((first for net, first in tally.entries.values() if net), default=0)
        tally.whole(
            Problem(
                "fec-unbalanced",
                msg(
                    "Debits are {debit} and credits {credit}; the first entry that does not balance starts at line {line}.",
                    debit=Euro(tally.debit),
                    credit=Euro(tally.credit),
                    line=line,
                ),
                msg("A ledger balances: it was cut or changed. Export the whole exercise again."),
                field="Debit",
                value=decimal_text(tally.debit - tally.credit),
                where=f"line {line}",
                line=line,
            )
        )
    if tally.unseen:
        tally.whole(
            Problem(
                "fec-more-problems",
                msg("{number} other problems are not listed.", number=tally.unseen),
                msg("Correct the first ones and read the file again."),
            )
        )
