"""Reads one dated value or table of a law file or of a lead's addition, strictly. Compares none with its neighbours."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from core.domain.computation import CERTAINTIES, Quantity
from core.domain.law_values import Band, Bands, Dated
from core.domain.messages import msg
from core.law.strict_yaml import Entry

# word in the file -> what the domain calls it, decimals allowed
QUANTITIES = {
    "rate": (Quantity.RATE, 2),
    "points": (Quantity.POINTS, 2),
    "euros": (Quantity.CENTS, 2),
    "days": (Quantity.DAYS, 0),
    "months": (Quantity.MONTHS, 0),
    "count": (Quantity.COUNT, 1),
    "share": (Quantity.TEXT, 0),
}
_NUMBER = re.compile(r"\d{1,9}(?:\.(\d+))?")
_SHARE = re.compile(r"([1-9]\d?)/([1-9]\d?)")
_COMMON = ["from", "source", "trust"]


def day(entry: Entry) -> dt.date:
    """A day written like "2026-07-01", between quotes."""
    written = entry.text()
    try:
        found = dt.date.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or found.isoformat() != written:
        raise entry.refused(
            "law-date",
            msg("“{given}” is not a date.", given=written),
            msg("Write it like “2026-07-01”."),
            value=written,
        )
    return found


def number(entry: Entry, quantity: str) -> Decimal:
    """A number written between quotes, never negative; euros become cents."""
    written, decimals = entry.text(), QUANTITIES[quantity][1]
    found = _NUMBER.fullmatch(written)
    if not found:
        raise entry.refused(
            "law-number",
            msg("“{given}” is not a number.", given=written),
            msg("Write digits with a point, like “2.75”."),
            value=written,
        )
    if len(found[1] or "") > decimals:
        raise entry.refused(
            "law-decimals",
            msg("“{given}” has more than {most} decimals.", given=written, most=decimals),
            msg("Write the value as the text gives it; check that it is a value of this kind."),
            value=written,
        )
    return Decimal(written) * 100 if quantity == "euros" else Decimal(written)


def cents(entry: Entry) -> int:
    """An amount of euros as cents."""
    return int(number(entry, "euros"))


def _span(parts: dict[str, Entry]) -> tuple[dt.date, dt.date | None]:
    start = day(parts["from"])
    end = day(parts["to"]) if "to" in parts else None
    if end is not None and end < start:
        raise parts["to"].refused(
            "law-order",
            msg("the value ends before it starts."),
            msg("Correct “from” or “to”; both days are included."),
            value=parts["to"].text(),
        )
    return start, end


def dated(entry: Entry, quantity: str) -> Dated:
    """One value with its dates, source and trust."""
    parts = entry.mapping([*_COMMON, "value"], ["to", "link"])
    start, end = _span(parts)
    link = parts["link"].text() if "link" in parts else ""
    return Dated(start, end, number(parts["value"], quantity), parts["source"].text(), _trust(parts), link)


def banded(entry: Entry, quantity: str) -> Bands:
    """One table with its dates, source and trust."""
    parts = entry.mapping([*_COMMON, "bands"], ["to", "link", "cap", "fixed"])
    start, end = _span(parts)
    fixed = parts["fixed"].mapping(["up_to", "amount"]) if "fixed" in parts else {}
    return Bands(
        start,
        end,
        _bands(parts["bands"], quantity),
        parts["source"].text(),
        _trust(parts),
        cents(parts["cap"]) if "cap" in parts else None,
        cents(fixed["up_to"]) if fixed else None,
        cents(fixed["amount"]) if fixed else None,
        parts["link"].text() if "link" in parts else "",
    )


def _trust(parts: dict[str, Entry]) -> str:
    return parts["trust"].choice(CERTAINTIES)


def _bands(entry: Entry, quantity: str) -> tuple[Band, ...]:
    found: list[Band] = []
    above: int | None = 0
    for one in entry.items():
        parts = one.mapping(["value"], ["up_to"])
        up_to = cents(parts["up_to"]) if "up_to" in parts else None
        if above is None or (up_to is not None and up_to <= above):
            raise one.refused(
                "law-bands",
                msg("the bands do not follow each other."),
                msg("Write them from the lowest “up_to” to the highest; only the last has none."),
            )
        value, per = _share(parts["value"]) if quantity == "share" else (number(parts["value"], quantity), 1)
        found.append(Band(above, up_to, value, per))
        above = up_to
    if not found or above is not None:
        raise entry.refused(
            "law-bands", msg("the last band is missing."), msg("Add a last band without “up_to”, for all above.")
        )
    return tuple(found)


def _share(entry: Entry) -> tuple[Decimal, int]:
    written = entry.text()
    found = _SHARE.fullmatch(written)
    if not found or int(found[1]) > int(found[2]):
        raise entry.refused(
            "law-number", msg("“{given}” is not a share.", given=written), msg("Write it like “1/20”."), value=written
        )
    return Decimal(found[1]), int(found[2])
