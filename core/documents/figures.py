"""Figures written in the reader's language: euros, percentages, days, months. Computes nothing."""

from __future__ import annotations

from decimal import Decimal

from core.domain.indicators import Unit
from core.domain.messages import Message
from core.i18n import Texts

NOTHING = "—"


def written(t: Texts, value: object, unit: Unit) -> str:
    """A value of a report as people read it; nothing is a dash, never a zero."""
    if value is None:
        return NOTHING
    if isinstance(value, Message):
        return t.render(value)
    if isinstance(value, Decimal):
        return _decimal(t, value, unit)
    if isinstance(value, int):
        return t.money(value) if unit is Unit.EURO else t.number(value)
    return month(str(value)) if unit is Unit.MONTH else str(value)


def _decimal(t: Texts, value: Decimal, unit: Unit) -> str:
    """A percentage or a rate per thousand to the tenth, or days without a useless decimal."""
    if unit is Unit.PERCENT:
        return t("{percent}%", percent=t.fixed(value, 1))
    if unit is Unit.THOUSAND:
        return t.fixed(value, 1)
    return t("{days} d", days=value.to_integral_value() if value == value.to_integral_value() else value)


def month(text: str) -> str:
    """A month kept as 2026-11, read 11/2026."""
    return "/".join(reversed(text.split("-")))
