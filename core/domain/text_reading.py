"""Reads a text as the legality check needs it: sentences, lines, titles, days and amounts, each with its line. Judges nothing."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.messages import Message, msg
from core.domain.spelt import spelt, visible

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "’": "'", "‘": "'", "\r": " "})
_END = re.compile(
    r"(?<=[.!?;])[\s»\"]+(?=\S)|(?<=[€\d])[ ]*\n|\n(?=[ ]*[-•–])"
)  # a line of a table or of a list stands alone
SHORTEST_NAME = 3
SHORT_TITLE = 45  # characters of a line alone that is read as a title whatever its end
_STOPS = (".", "!", "?", ";", ":", ",")
_MONEY = re.compile(
    r"(?:(?:€|\bEUR)\s?(?P<before>\d[\d .,]*\d|\d)|(?P<after>\d[\d .,]*\d|\d)\s?(?:€|euros?\b|EUR\b))", re.IGNORECASE
)
_BARE_SUM = re.compile(r"(?<![\d.,])\d[\d ]*[.,]\d{2}(?![\d.,]*\d)")
_EUROS = re.compile(r"\beuros?\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{4,}")
MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_SHORT_MONTHS = {
    name: number
    for names in (
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}
MONTHS |= {name: number for name, number in _SHORT_MONTHS.items() if name not in MONTHS}
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?![\d/.-]?\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er|st|nd|rd|th)? ({'|'.join(MONTHS)})\.?,? (\d{{4}})(?!\d)")
_AMERICAN = re.compile(rf"({'|'.join(MONTHS)})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a line: the number of the line where it starts, as written, and folded."""

    line: int
    text: str
    folded: str

    @property
    def where(self) -> Message:
        """The place, with the first words."""
        return msg("line {line}: “{words}”", line=self.line, words=shortened(self.text))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, the statutory block set aside where `without` names it."""

    plain: str
    folded: str
    lines: tuple[Piece, ...]
    sentences: tuple[Piece, ...]
    dates: frozenset[dt.date]


def read(text: str, without: Iterable[str] = (), names: Iterable[str] | None = None) -> Reading:
    """The text in pieces; each paragraph of `without`, found word for word, is set aside.

    With `names`, they are set aside too, in any capitals, and the rest is read as a person sees it (core.domain.spelt).
    """
    plain = visible(text).translate(_SPACES)
    for paragraph in without:
        plain = _set_aside(plain, paragraph.translate(_SPACES))
    if names is not None:
        plain = spelt(unnamed(plain, names))
    lines = tuple(Piece(n, line.strip(), fold(line)) for n, line in enumerate(plain.split("\n"), 1) if line.strip())
    folded = fold(plain)
    return Reading(plain, folded, lines, tuple(_sentences(plain)), days_in(folded))


def unnamed(plain: str, names: Iterable[str]) -> str:
    """The text with each name of three letters at least blanked out: a street may be that of the prison, a creditor called Saisie."""
    each = {
        r"\s+".join(re.escape(word) for word in name.split()) for name in names if len(name.strip()) >= SHORTEST_NAME
    }
    if not each:
        return plain
    longest_first = "|".join(sorted(each, key=lambda one: (-len(one), one)))
    return re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", _blank, plain, flags=re.IGNORECASE)


def holds(text: str, paragraph: str) -> bool:
    """Whether a paragraph stands in a text word for word, whatever the spaces and the shape of its apostrophes."""
    return bool(_exact(paragraph.translate(_SPACES)).search(text.translate(_SPACES)))


def shortened(text: str, most: int = 60) -> str:
    """The first words of a text, to name a place."""
    one = " ".join(text.split())
    return one if len(one) <= most else one[: most - 1].rstrip() + "…"


def amounts_in(text: str) -> tuple[int, ...]:
    """The amounts in euros of a line, in cents, as French or as English writes them."""
    found = []
    for match in _MONEY.finditer(text.translate(_SPACES)):
        cents = _cents(match["before"] or match["after"])
        if cents is not None:
            found.append(cents)
    return tuple(found)


def first_amount(text: str) -> int | None:
    """The place of the first amount: in euros, in figures or in words, or figures with two decimals alone."""
    found = [one.start() for one in (_MONEY.search(text), _BARE_SUM.search(text), _EUROS.search(text)) if one]
    return min(found) if found else None


def has_amount(text: str) -> bool:
    """Whether a text tells an amount, in any of these ways."""
    return first_amount(text.translate(_SPACES)) is not None


def days_in(folded: str) -> frozenset[dt.date]:
    """The whole dates of a folded text: 05/01/2026, 5 janvier 2026, January 5, 2026, 2026-01-05."""
    found = [(y, m, d) for d, m, y in _FIGURES.findall(folded)]
    found += _ISO.findall(folded)
    found += [(y, MONTHS[m], d) for d, m, y in _WORDS.findall(folded)]
    found += [(y, MONTHS[m], d) for m, d, y in _AMERICAN.findall(folded)]
    return frozenset(day for day in (_day(*map(int, one)) for one in found) if day)


def in_capitals(text: str) -> tuple[str, ...]:
    """The words of a text written in capitals, folded."""
    return tuple(fold(word) for word in _LETTERS.findall(text) if word.isupper())


def titles(reading: Reading, most: int) -> tuple[Piece, ...]:
    """The lines that stand as titles: short, without a full stop, and no part of a sentence that runs over several lines.

    A line alone between empty ones is a title up to twice `most` characters, and a short one even with a full stop.
    """
    lines = ["", *reading.plain.split("\n"), ""]
    return tuple(
        one for one in reading.lines if _stands(one, lines[one.line - 1].strip(), lines[one.line + 1].strip(), most)
    )


def is_sentence(piece: Piece) -> bool:
    """Whether a line ends as a sentence does; one that gives its article last, between brackets, is one when it is long."""
    return piece.text.endswith(_STOPS) or (piece.text.endswith(")") and len(piece.text) > SHORT_TITLE)


def _stands(one: Piece, before: str, after: str, most: int) -> bool:
    alone = not before and not after
    if is_sentence(one):
        return alone and len(one.text) <= (2 * most if one.text.endswith(")") else SHORT_TITLE)
    if len(one.text) > (2 * most if alone else most):
        return False
    return alone or not (one.text.lstrip("-•* ")[:1].islower() or after[:1].islower())


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _cents(text: str) -> int | None:
    """1 234,56 and 1,234.56 and 1234: the last mark followed by two figures is the decimal one."""
    compact = text.replace(" ", "").rstrip(".,")
    whole, mark, part = compact, "", ""
    if len(compact) > 3 and compact[-3] in ".,":
        whole, mark, part = compact[:-3], compact[-3], compact[-2:]
    digits = whole.replace(",", "").replace(".", "")
    if not digits.isdecimal() or len(digits) > 12 or (mark and not part.isdecimal()):
        return None
    return int(digits) * 100 + int(part or 0)


def _sentences(plain: str) -> Iterator[Piece]:
    """Sentences, over wrapped lines; an empty line ends one, so does a line that ends on a figure."""
    number = 1
    for paragraph in re.split(r"(\n[ ]*\n)", plain):
        start = 0
        for part in _END.split(paragraph):
            if part.strip():
                at = paragraph.index(part, start)
                blank = len(part) - len(part.lstrip("\n "))
                yield Piece(number + paragraph.count("\n", 0, at + blank), part.strip(), fold(part))
                start = at + len(part)
        number += paragraph.count("\n")


@functools.lru_cache(maxsize=64)
def _exact(paragraph: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in paragraph.split()) or r"(?!)")


def _set_aside(plain: str, paragraph: str) -> str:
    return _exact(paragraph).sub(_blank, plain)


def _blank(found: re.Match[str]) -> str:
    """As many spaces, its line feeds kept: places stay what they were."""
    return re.sub(r"\S", " ", found[0])
