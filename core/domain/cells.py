"""Reads one cell that a person or a program wrote: a date, an amount, a rate, a word of a list. Knows no file and no line."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from core.domain.folding import clean, words
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.money import cents
from core.domain.placement_fields import Choice

EARLIEST = dt.date(1950, 1, 1)  # older than any debt that can still be owed: the typing is wrong
SERIAL_ZERO = dt.date(1899, 12, 30)  # day 0 of the serial numbers of Excel and LibreOffice (ECMA-376, 18.17.4.1)
_PARTS = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?: \d\d?:\d\d(?::\d\d)?)?", re.ASCII)
_ISO = re.compile(
    r"(\d{4})([/.\-]?)(\d\d?)\2(\d\d?)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_URSSAF = re.compile(r"(1?)(\d\d)(\d\d)(\d\d)", re.ASCII)
_SPELT = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july",
         "aout august", "septembre september", "octobre october", "novembre november", "decembre december"), start=1)
    for name in names.split()
}  # fmt: skip
SIMPLE_AMOUNT = re.compile(r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,9}),\d\d", re.ASCII)
GROUPING = (",", " ", "\u00a0", "\u202f")  # what a French amount holds beside its digits
_WHOLE = re.compile(r"-?\d{1,14}", re.ASCII)
_RATE = re.compile(r"\d{1,3}(?:[.,]\d{1,6})?", re.ASCII)


def read_date(text: str, order: str = "dmy", *, field: str = "date") -> dt.date | None:
    """The day written in a cell, None when it is empty, a Refusal when there is no such day.

    `order` tells how three numbers follow each other; a year of four digits in front is read in any order, and so are
    20260512, "12 mai 2026", a time after the day, and the five digits that a spreadsheet shows for a date whose format
    was lost. "urssaf" reads yymmdd with a leading 1 for the years 2000: 1050824 is 24 August 2005. Two digits of a
    year count from 1970 to 2069.
    """
    bare = clean(text)
    if not bare:
        return None
    try:
        found = _day(bare, order)
    except ValueError:
        found = None
    if found is None:
        raise refuse(
            "date-impossible",
            msg("“{given}” is not a day of the calendar.", given=bare),
            msg("Write day, month and year, for example 12/05/2026; if the file puts the month first, say so."),
            field=field,
            value=text,
        )
    return found


def _day(bare: str, order: str) -> dt.date | None:
    """The day, None when the shape is unknown; ValueError when the calendar has no such day."""
    if order == "urssaf" and (short := _URSSAF.fullmatch(bare)):
        return dt.date(int(short[2]) + (2000 if short[1] else 1900), int(short[3]), int(short[4]))
    if parts := _PARTS.fullmatch(bare):
        return _in_order(int(parts[1]), int(parts[3]), int(parts[4]), len(parts[4]), order)
    if len(bare) == 8 and bare.isascii() and bare.isdigit():
        return _eight_digits(bare, order)
    if iso := _ISO.fullmatch(bare):
        return dt.date(int(iso[1]), int(iso[3]), int(iso[4])) if iso[2] else None
    if len(bare) == 5 and bare.isascii() and bare.isdigit():
        return SERIAL_ZERO + dt.timedelta(days=int(bare))
    spelt = _SPELT.fullmatch(" ".join(words(bare)))
    return dt.date(int(spelt[3]), _MONTHS[spelt[2]], int(spelt[1])) if spelt and spelt[2] in _MONTHS else None


def _in_order(first: int, second: int, third: int, width: int, order: str) -> dt.date:
    """Three numbers as a day; two digits of a year count from 1970 to 2069."""
    if order == "ymd" and width == 2:
        first, third = third, first
    year = third if width == 4 else third + (1900 if third >= 70 else 2000)
    return dt.date(year, first, second) if order == "mdy" else dt.date(year, second, first)


def _eight_digits(bare: str, order: str) -> dt.date:
    """20260512 or 12052026: a year 19nn or 20nn in front has a month behind it that the other reading cannot have."""
    if bare[:2] in {"19", "20"} and "01" <= bare[4:6] <= "12":
        return dt.date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    return _in_order(int(bare[:2]), int(bare[2:4]), int(bare[4:]), 4, "mdy" if order == "mdy" else "dmy")


def plausible(day: dt.date | None, latest: dt.date, text: str, *, field: str) -> dt.date | None:
    """The day when it lies between 1950 and `latest`, else a Refusal."""
    if day is None or EARLIEST <= day <= latest:
        return day
    reason = (
        msg("The date {day} is in the future.", day=day)
        if day > latest and field != "due_on"
        else msg("The date {day} is not plausible for a debt.", day=day)
    )
    raise refuse("date-implausible", reason, msg("Check the year of this date."), field=field, value=text)


def read_amount(text: str, unit: str = "euros", *, field: str = "amount") -> int | None:
    """Cents of a cell, None when it is empty. `unit` "cents" reads whole cents: 195907 is 1 959,07 €."""
    if unit == "euros":
        if SIMPLE_AMOUNT.fullmatch(text):
            return int("".join(filter(str.isdigit, text)))
        bare = clean(text)
        return cents(bare, field=field) if bare else None
    bare = clean(text)
    if not bare:
        return None
    if not _WHOLE.fullmatch(bare):
        raise refuse(
            "amount-unreadable",
            msg("“{given}” is not a whole number of cents.", given=bare),
            msg("This file was said to hold cents: write digits only, or choose euros."),
            field=field,
            value=text,
        )
    return int(bare)


def read_rate(text: str, *, field: str = "contract_rate") -> Decimal | None:
    """A yearly rate in percent: "12,5 %" is Decimal("12.5"); None when it is empty."""
    bare = clean(text).removesuffix("%").strip()
    if not bare:
        return None
    if not _RATE.fullmatch(bare) or Decimal(bare.replace(",", ".")) > 100:
        raise refuse(
            "rate-unreadable",
            msg("“{given}” is not a yearly rate in percent.", given=clean(text)),
            msg("Write a number between 0 and 100, for example 12,5."),
            field=field,
            value=text,
        )
    return Decimal(bare.replace(",", "."))


def choice_index(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Every word that means a choice, folded -> its key."""
    said = {word: c.key for c in choices for word in (c.key.replace("_", " "), c.word, *c.others)}
    return {" ".join(words(word)) or word: key for word, key in said.items()}


def read_choice(text: str, index: dict[str, str], choices: tuple[Choice, ...], *, field: str) -> str:
    """The key of the choice that a cell names, "" when it is empty."""
    bare = clean(text)
    found = index.get(" ".join(words(bare)) or bare, "")
    if bare and not found:
        raise refuse(
            f"{field}-unknown",
            msg("“{given}” is none of the words expected here.", given=bare),
            msg("Write one of: {words}.", words=", ".join(c.word for c in choices)),
            field=field,
            value=text,
        )
    return found


def formula(text: str, field: str) -> Refusal:
    """The Refusal for a cell that starts with an equals sign."""
    return refuse(
        "formula",
        msg("“{given}” is a formula; formulas are never computed here.", given=clean(text)[:80]),
        msg("In the spreadsheet, copy the column and paste it as values, then save again."),
        field=field,
        value=text,
    )


def too_long(text: str, length: int, field: str) -> Refusal:
    """The Refusal for a text that is longer than its field; it is never cut."""
    reason: Message = msg("This text has {n} characters; at most {limit} are kept here.", n=len(text), limit=length)
    return refuse("text-too-long", reason, msg("Shorten it, or put the rest in the note."), field=field, value=text)
