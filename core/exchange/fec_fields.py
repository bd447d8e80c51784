"""Reads the single fields of a ledger: headings, amounts, dates. Knows no account and adds nothing up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)  # article A. 47 A-1 of the Livre des procédures fiscales, VII, 1°
EITHER = {"debit": "montant", "credit": "sens"}  # the same text: one amount and its direction may stand for the two
DEBITS = frozenset(("D", "+1", "1", "DEBIT"))
CREDITS = frozenset(("C", "-1", "CREDIT"))

_AMOUNT = re.compile(r"([+-]?)([0-9]{0,15})(?:[.,]([0-9]{1,2})0*|[.,])?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_OTHER_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", re.ASCII),
    re.compile(r"(?P<d>\d\d)[/.-](?P<m>\d\d)[/.-](?P<y>\d{4})", re.ASCII),
)


def heading(text: str) -> str:
    """The comparable form of a heading: small letters only."""
    return re.sub(r"[^a-z]", "", text.lower())


def places(headings: Iterable[str]) -> dict[str, int]:
    """Where each known heading stands; the first one counts when a heading comes twice."""
    found: dict[str, int] = {}
    for place, text in enumerate(headings):
        found.setdefault(heading(text), place)
    return found


def missing(found: dict[str, int]) -> list[str]:
    """The required columns that are absent, as the article spells them; Montant and Sens stand for Debit and Credit."""
    both = all(other in found for other in EITHER.values())
    return [name for name in COLUMNS if name.lower() not in found and not (both and name.lower() in EITHER)]


def amount(text: str) -> int | None:
    """Cents of "0000000074,70", "683,23", "-12", "", or None when it is no amount. The point is read like the comma."""
    compact = _SPACES.sub("", text)
    if not compact:
        return 0
    found = _AMOUNT.fullmatch(compact)
    if not found or not (found[2] or found[3]):
        return None
    value = int(found[2] or "0") * 100 + int((found[3] or "").ljust(2, "0"))
    return -value if found[1] == "-" else value


def day(text: str) -> dt.date | None:
    """The date of "20230131" (the article's form), 2023-01-31 or 31/01/2023; None when it is no date."""
    compact = _COMPACT_DATE.fullmatch(text)
    if compact:
        return _date(int(compact[1]), int(compact[2]), int(compact[3]))
    for shape in _OTHER_DATES:
        found = shape.fullmatch(text)
        if found:
            return _date(int(found["y"]), int(found["m"]), int(found["d"]))
    return None


def _date(year: int, month: int, day_of_month: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None
