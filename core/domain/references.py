"""Public references with check digits, so that a mistyped one is noticed. Draws no number itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFERENCE = re.compile(r"([A-Z]{2})(\d{6,})-(\d{2})")


def check_digits(code: str, number: int) -> int:
    """Two digits that make letters and number divisible by 97 (ISO/IEC 7064, mod 97-10)."""
    letters = "".join(str(ord(letter) - 55) for letter in code)
    return 98 - int(f"{letters}{number:06d}00") % 97


def case_reference(code: str, number: int) -> str:
    """The reference of case `number` of the store `code` (two letters): "QK000123-45"."""
    return f"{code}{number:06d}-{check_digits(code, number):02d}"


def case_references(code: str, first: int, last: int) -> Iterator[str]:
    """The references of cases `first` to `last`, both included, as `case_reference` gives them one by one."""
    letters = int("".join(str(ord(letter) - 55) for letter in code))
    while first <= last:
        digits = max(6, len(str(first)))
        stop = min(last, 10**digits - 1)
        before = letters * 10 ** (digits + 2) % 97
        for number in range(first, stop + 1):
            yield f"{code}{number:06d}-{98 - (before + number * 100) % 97:02d}"
        first = stop + 1


def mistyped(text: str) -> bool:
    """Whether a text has the shape of a case reference, and check digits that are not its own."""
    found = _REFERENCE.fullmatch(text.strip().upper())
    return found is not None and check_digits(found[1], int(found[2])) != int(found[3])


def receipt_number(year: int, rank: int) -> str:
    """The number of the `rank`th receipt of a year: "Q2026-000001"."""
    return f"Q{year}-{rank:06d}"
