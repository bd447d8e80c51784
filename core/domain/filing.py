"""Which case an incoming mail is about: by thread, by the reference written in it, by its sender. Reads no store and no mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.references import mistyped

_REFERENCE = re.compile(r"(?<![A-Z0-9])([A-Z]{2})\s?(\d{6,12})\s?[-\u2010-\u2015]\s?(\d{2})(?!\d)", re.IGNORECASE)
MOST = 20  # references looked at in one text


@dataclass(frozen=True, slots=True)
class Clues:
    """The cases that each clue leads to, the surest clue first."""

    threads: tuple[int, ...] = ()
    references: tuple[int, ...] = ()
    senders: tuple[int, ...] = ()


def references(text: str) -> tuple[str, ...]:
    """The case references in a text whose check digits are right, in their normal form, each once."""
    found = (f"{m[1].upper()}{m[2]}-{m[3]}" for m in _REFERENCE.finditer(text))
    return tuple(dict.fromkeys(ref for ref in found if not mistyped(ref)))[:MOST]


def case_of(clues: Clues) -> tuple[int | None, str]:
    """The case and the clue that told it (thread, reference, sender); None when the first clue there is leads to several, or none is there.

    The mail answered is surest, and names one case; a text that names two cases, or a sender with several open ones, is for a person.
    """
    if clues.threads:
        return clues.threads[0], "thread"
    if clues.references:
        return _only(clues.references, "reference")
    return _only(clues.senders, "sender")


def _only(cases: Sequence[int], clue: str) -> tuple[int | None, str]:
    return (cases[0], clue) if len(cases) == 1 else (None, "")
