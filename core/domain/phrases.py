"""Phrases that a lawyer can read, as one search over folded text: "sais* … compte*" finds "saisir tous vos comptes". Judges nothing.

A star at the end of a word stands for any ending, at its beginning for any beginning, alone for one word; "…" for up to six words.
"sais* ~ vos comptes" finds both in either order, up to ten words apart: "vos comptes pourraient être saisis".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.domain.folding import fold

BETWEEN = 6  # words that "…" may stand for
APART = 10  # words that may stand between the two sides of "~"
BESIDE = " ~ "


def _gap(words: int) -> str:
    return rf"(?:[^\w]+[\w'-]+){{0,{words}}}?[^\w]+"


_GAP = _gap(BETWEEN)


def search(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all the phrases, to be searched in folded text; it finds nothing when there is no phrase.

    Whether a word starts is asked once for all of them: a text has far more characters than words.
    """
    each = [_pattern(fold(phrase)) for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})" if each else r"(?!)")


def _pattern(phrase: str) -> str:
    one, beside, other = phrase.partition(BESIDE)
    if not beside:
        return _ordered(phrase)
    first, second, gap = _ordered(one), _ordered(other), _gap(APART)
    return f"(?:{first}{gap}(?<!\\w){second}|{second}{gap}(?<!\\w){first})"


def _ordered(phrase: str) -> str:
    found, gap = "", ""
    for word in phrase.split(" "):
        if word in ("…", "..."):
            gap = _GAP if found else ""
            continue
        between = gap or (r"[^\w]+" if found else "")
        found += between + (r"(?<!\w)" if found else "") + _word(word)
        gap = ""
    return found


def _word(word: str) -> str:
    if word == "*":
        return r"[\w'-]+"
    inside = re.escape(word.strip("*")).replace(r"\*", r"\w*")
    start = r"\w*" if word.startswith("*") else ""
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return start + inside + end
