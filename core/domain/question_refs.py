"""The reference of a question to a creditor, and those written in a text that comes back. Reads no store and no mail."""

from __future__ import annotations

import re

from core.domain.references import mistyped

_REFERENCE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{2})\s?(\d{6,12})\s?[-\u2010-\u2015]\s?(\d{2})\s?[-\u2010-\u2015]\s?Q(\d{1,4})(?!\d)",
    re.IGNORECASE,
)
MOST = 20  # references looked at in one text


def question_reference(case_ref: str, rank: int) -> str:
    """The reference of the `rank`th question of a case: "QK000123-45-Q1"."""
    return f"{case_ref}-Q{rank}"


def question_references(text: str) -> tuple[str, ...]:
    """The references of questions in a text whose check digits are right, in their normal form, each once."""
    found = ((f"{m[1].upper()}{m[2]}-{m[3]}", int(m[4])) for m in _REFERENCE.finditer(text))
    good = (question_reference(ref, rank) for ref, rank in found if not mistyped(ref))
    return tuple(dict.fromkeys(good))[:MOST]
