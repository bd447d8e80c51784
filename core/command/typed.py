"""A day or a rate as it is typed on the command line or in a file it reads. Computes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from core.domain.messages import msg, refuse

LARGEST_RATE = Decimal(100)  # percent a year


def is_day(text: str) -> bool:
    """Whether a text is an ISO day."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-23")


def day(text: str) -> dt.date:
    """An ISO day; argparse turns the ValueError into wrong usage."""
    if not is_day(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def day_of(text: str, field: str) -> dt.date:
    """An ISO day; raises Refusal "date-unreadable" on the field."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise refuse("date-unreadable", msg("“{given}” is not a date.", given=text), msg("Write it as YYYY-MM-DD."),
                     field=field, value=text) from fault  # fmt: skip


def rate_of(text: str, field: str) -> Decimal:
    """A yearly rate in percent, from 0 to 100, "4,5" and "4.5 %" alike; raises Refusal "rate-implausible" on the field."""
    try:
        found = Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= LARGEST_RATE:
        raise refuse("rate-implausible", msg("“{given}” is not a yearly rate in percent.", given=text),
                     msg("Type a rate from 0 to 100, for example 4,5."), field=field, value=text)  # fmt: skip
    return found
