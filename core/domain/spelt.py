"""Undoes what hides a word from a reader of texts: invisible characters, letters of another alphabet, letters set apart. Judges nothing."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_APART = re.compile(r"(?<![\w'])(?:[^\W\d_][ .·•*_\-–—]{1,2}){3,}[^\W\d_](?![\w'])")
_MARKS = re.compile(r"[ .·•*_\-–—]")
_ALIKE = str.maketrans(
    "АВСЕНІЈКМОРЅТХУаеіјорѕсхуԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ",
    "ABCEHIJKMOPSTXYaeijopscxydhqwABEZHIKMNOPTYXaiknoptux",
)  # Cyrillic and Greek letters that a reader takes for Latin ones


def visible(text: str) -> str:
    """The text without invisible characters: a word cut by one is read whole."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def spelt(text: str) -> str:
    """The text as a person reads it: look-alike letters as Latin ones, "S A I S I E" and "S.A.I.S.I.E." as SAISIE; lines stay lines."""
    seen = visible(text)
    plain = seen if seen.isascii() else seen.translate(_ALIKE)
    return _APART.sub(lambda found: _MARKS.sub("", found[0]), plain)
