"""The wording of each kind of letter as this agency uses it: shipped, and laid over by a lead. Writes no letter and keeps no version.

A version is a row of `overlays` of kind "letter", key the kind: its content holds the blocks changed, the whole of them each time.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from core.law import letter_kinds
from core.law.letter_kinds import FIRST, LetterKind
from core.store import overlays
from core.store.overlays import Overlay
from core.store.unit import Reader

__all__ = ["FIRST", "OVERLAY", "LetterKind", "kind_of", "kinds_of"]
OVERLAY = "letter"


def kinds_of(reader: Reader) -> Mapping[str, LetterKind]:
    """Every kind by key, in the order in which they are offered; kept in memory as long as nothing changes."""
    return _laid(_last(overlays.all_of(reader, OVERLAY)))


def kind_of(reader: Reader, key: str) -> LetterKind:
    """One kind. Raises KeyError for one nobody knows."""
    return kinds_of(reader)[key]


def _last(rows: Sequence[Overlay]) -> tuple[tuple[str, str], ...]:
    """The last version of each key: rows come by key and version."""
    return tuple({row.key: row.content for row in rows}.items())


@functools.lru_cache(maxsize=8)
def _laid(contents: tuple[tuple[str, str], ...]) -> Mapping[str, LetterKind]:
    kinds = dict(letter_kinds.shipped())
    for key, content in contents:
        if key in kinds:
            kinds[key] = letter_kinds.of_overlay(kinds[key], content)
    return kinds
