"""The document fonts: what they can write, how wide it is, where it breaks. Draws nothing.

Atkinson Hyperlegible Next writes; DejaVu Sans writes the characters it lacks; what neither has is replaced by the closest
letter or by a visible box, and can be asked for (`unprintable`), so no character of a name vanishes silently.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "fonts"
FILES = {
    "text": "AtkinsonHyperlegibleNext-Regular.ttf",
    "text-bold": "AtkinsonHyperlegibleNext-Bold.ttf",
    "spare": "DejaVuSans-Regular.ttf",
    "spare-bold": "DejaVuSans-Bold.ttf",
}
BOX = "\u25a1"  # what stands for a character that no font has and no letter resembles
_POINT = 25.4 / 72  # millimetres
LEADING = _POINT * 1.35  # millimetres from one baseline to the next, per point of type size
_BASE_LETTER = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])(?: WITH .*)?")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the advance of each character it has, in thousandths of the type size."""

    name: str
    advances: Mapping[int, float]


@functools.cache
def face(name: str) -> Face:
    """The face `name` of FILES, read once."""
    from fontTools.ttLib import TTFont

    with TTFont(FOLDER / FILES[name], lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return Face(name, {code: widths[glyph][0] * scale for code, glyph in font.getBestCmap().items()})


@functools.lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """`text` with only characters a document font has: composed, invisible marks dropped, the others replaced."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(character if _has(character) else _replacement(character) for character in composed)


def unprintable(texts: Iterable[str]) -> str:
    """The characters of `texts` that a document would show as another letter or as a box, each once, in order."""
    changed = (unicodedata.normalize("NFC", text) for text in texts if printable(text) != text)
    found = (c for text in changed for c in text if not _has(c) and _replacement(c).strip())
    return "".join(dict.fromkeys(found))


def texts_of(value: Any) -> Iterator[str]:
    """Every text inside a document model (dataclasses, tuples), for `unprintable`."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from texts_of(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)


@functools.lru_cache(maxsize=4096)
def runs(text: str, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """`text` (already printable) cut where the face changes: (face name, piece) in order."""
    weight = "-bold" if bold else ""
    pieces: list[tuple[str, str]] = []
    for character in text:
        name = ("text" if ord(character) in face("text").advances else "spare") + weight
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + character)
        else:
            pieces.append((name, character))
    return tuple(pieces)


def width(text: str, size: float, bold: bool = False) -> float:
    """Millimetres of a printable `text` at `size` points (no kerning: the widths of its characters add up)."""
    weight = "-bold" if bold else ""
    first = face("text" + weight).advances
    total = 0.0
    for character in text:
        code = ord(character)
        total += first[code] if code in first else face("spare" + weight).advances[code]
    return total * size / 1000 * _POINT


@functools.lru_cache(maxsize=4096)
def wrap(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Printable lines of `text` no wider than `room` millimetres: cut at spaces, else inside a word too long for a line.

    Remembered: the sentences of a batch of documents are the same. No-break spaces hold; a line feed starts a line.
    """
    lines: list[str] = []
    for part in text.splitlines() or [""]:
        lines.extend(_wrapped(printable(part), room, size, bold))
    return tuple(lines)


def fitted(texts: Sequence[str], room: float, high: float, sizes: Sequence[float]) -> tuple[float, list[str]]:
    """The largest of `sizes` at which `texts` fit in room x high, with the lines; too long for the smallest is refused."""
    for size in sizes:
        placed = [line for text in texts for line in wrap(text, room, size)]
        if len(placed) * size * LEADING <= high:
            return size, placed
    raise ValueError(f"{texts[0][:40]}… is too long for its place in the document; shorten it")


def _wrapped(part: str, room: float, size: float, bold: bool) -> Iterator[str]:
    space = width(" ", size, bold)
    line, used = "", 0.0
    for word in part.split(" "):
        wide = width(word, size, bold)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            yield line
        *full, line = _pieces(word, room, size, bold) if wide > room else [word]
        yield from full
        used = width(line, size, bold)
    yield line


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word cut in pieces that fit, at least one character each."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, bold) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _has(character: str) -> bool:
    code = ord(character)
    return code in face("text").advances or code in face("spare").advances


@functools.cache
def _replacement(character: str) -> str:
    """Nothing for an invisible mark, a space for a blank, the closest letter of a Latin one, a box for the rest."""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    simple = "".join(part for part in unicodedata.normalize("NFKD", character) if _has(part)).strip()
    if simple:  # ﬁ gives fi, ① gives 1, an accented letter its letter
        return simple
    plain = _BASE_LETTER.fullmatch(unicodedata.name(character, ""))
    if plain:
        return plain[2] if plain[1] == "CAPITAL" else plain[2].lower()
    return BOX
