"""Money typed by people, in integer euro cents. Adds no interest and rounds nothing: what is ambiguous is refused."""

from __future__ import annotations

import re

from core.domain.messages import Refusal, msg, refuse

_BLANK = re.compile(r"[\s\u00a0\u202f]")
_GROUPED = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d+")
_AMOUNT = re.compile(r"(?P<sign>[-−]?)(?P<whole>[\d\s\u00a0\u202f]+)(?:[.,](?P<part>\d{1,2}))?")
MEANS = ("transfer", "card", "cheque", "cash", "direct_debit", "other")  # how money comes
PAID_TO = ("agency", "creditor")
LARGEST_CENTS = 10**14  # a thousand billion euros: beyond, the typing is wrong


def cents(text: str, *, field: str = "amount") -> int:
    """Integer cents of a French amount: "1 234,56", "1234.56", "12 €", "-0,5".

    A dot or a comma followed by one or two digits is the decimal mark; spaces (thin and no-break included) group
    thousands by three. "1.234", "1.234,56", "12,345", "1e5" and an empty text are refused with a Refusal naming `field`.
    """
    stripped = text.strip().removesuffix("€").removesuffix("EUR").strip()
    found = _AMOUNT.fullmatch(stripped)
    whole = found["whole"].strip() if found else ""
    if not found or not _GROUPED.fullmatch(whole) or len(_BLANK.sub("", whole)) > 12:
        raise not_an_amount(text, field)
    part = (found["part"] or "").ljust(2, "0")
    value = int(_BLANK.sub("", whole)) * 100 + int(part)
    return -value if found["sign"] else value


def positive_cents(text: str, *, field: str = "amount") -> int:
    """As `cents`, and strictly more than zero."""
    value = cents(text, field=field)
    if value <= 0:
        raise refuse(
            "amount-not-positive",
            msg("The amount must be more than zero; {given} was given.", given=text.strip()),
            msg("Type the amount without a minus sign, for example 1 234,56."),
            field=field,
            value=text,
        )
    return value


def not_an_amount(text: str, field: str) -> Refusal:
    """The Refusal for a text that is not a French amount."""
    return refuse(
        "amount-unreadable",
        msg("“{given}” is not an amount in euros.", given=text.strip()),
        msg("Type euros, then a comma and cents if any, without a thousands dot: 1 234,56."),
        field=field,
        value=text,
    )


def decimal_text(amount: int) -> str:
    """Cents as the command prints them: "1234.56", a point and two decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"
