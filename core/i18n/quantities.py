"""Values of a computation in the reader's language: euros, rates with all their decimals, days, dates. Computes nothing.

The quantities are those of core.domain.computation, known here by their code alone.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.numbers import format_decimal

from core.i18n import Texts

SURE = ("V", "V2")


def written(t: Texts, value: int | Decimal | dt.date | str, quantity: str) -> str:
    """The value as people read it: 1 234,56 €, 12,4375 %, 30 jours, 01/07/2026; a known code in words, another text as it is."""
    if isinstance(value, dt.date):
        return t.date(value)
    if isinstance(value, Decimal):
        return _decimal(t, value, quantity)
    if isinstance(value, int):
        return _whole(t, value, quantity)
    return _word(t, value)


def rate(t: Texts, percent: Decimal) -> str:
    """A yearly rate: two decimals at least, never fewer than it has."""
    return t("{percent}%", percent=t.rate(percent))


def _decimal(t: Texts, value: Decimal, quantity: str) -> str:
    if quantity == "points":
        shown = str(format_decimal(value, locale=t.locale, decimal_quantization=False))
        return t("{points} points", points=shown)
    return rate(t, value)


def _whole(t: Texts, value: int, quantity: str) -> str:
    if quantity == "cents":
        return t.money(value)
    if quantity == "days":
        return t.n("{n} day", "{n} days", value)
    if quantity == "months":
        years, rest = divmod(value, 12)
        return t.n("{n} month", "{n} months", value) if rest or not years else t.n("{n} year", "{n} years", years)
    return t.number(value)


def _word(t: Texts, code: str) -> str:
    """The words of the codes that figures hold as their value: the bases of interest."""
    return {
        "legal": t("legal rate"),
        "statutory": t("default rate between businesses"),
        "contractual": t("rate agreed in writing"),
        "public": t("rate of public buyers"),
    }.get(code, code)


def first_day(start: dt.date) -> dt.date:
    """The first day that counts in a period whose `start` is excluded, as a table of periods prints it."""
    return start + dt.timedelta(days=1)


def sure(certainty: str) -> bool:
    """Whether a trust flag says that the official text was read; the others are shown as to be confirmed."""
    return certainty in SURE
