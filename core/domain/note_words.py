"""Finds in a text the words that a note about a person must not hold. Refuses nothing and knows no word by itself."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.messages import Label

STEM = "*"


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one matter (health, family…); a word that ends in * stands for all that begin so."""

    code: str
    label: Label
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the text, as folded, and the matter it belongs to."""

    word: str
    group: WordGroup


def found(text: str, groups: Sequence[WordGroup]) -> tuple[Found, ...]:
    """Each word of the text that a group names, in the order of the groups; accents and capitals do not matter."""
    plain = fold(text)
    return tuple(Found(hit.group(), group) for group in groups for hit in _pattern(group.words).finditer(plain))


@functools.lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, or their beginnings, of which the longest is taken whole."""
    parts = (re.escape(fold(word.removesuffix(STEM))) + (r"\w*" if word.endswith(STEM) else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
