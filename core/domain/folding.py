"""Cleaning and folding of text that people type: spaces, invisible characters, accents. Never shortens and never guesses a value."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "’": "'", "‘": "'",
        "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_LEGAL_FORMS = frozenset(
    "sa sas sasu sarl eurl sarlu sci snc scp selarl selas selasu scop scic gie earl gaec scm ei eirl me association asso "
    "societe ste ets etablissements etablissement cie compagnie entreprise monsieur madame mademoiselle m mr mme mlle".split()
)


def clean(text: str) -> str:
    """The text without invisible and control characters, its runs of spaces (no-break ones included) as one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).split())


def all_clean(joined: str) -> bool:
    """Whether `clean` would change none of the texts that `joined` holds between vertical bars: a few searches for all.

    It may say False for clean texts that hold a bar beside a space, never True for an unclean one.
    """
    return (
        joined.isprintable()
        and "  " not in joined
        and "| " not in joined
        and " |" not in joined
        and not joined.startswith(" ")
        and not joined.endswith(" ")
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
    )


class _Plain(dict[int, str]):
    """What each character becomes when it is folded: worked out once, for the characters met first."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code).casefold().translate(_LETTERS))
        plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)
        if len(self) < _REMEMBERED:
            self[code] = plain
        return plain


_REMEMBERED = 5000  # characters: all that European names hold, and no more than a hostile file may fill
_PLAIN = _Plain()


def fold(text: str) -> str:
    """The text as search compares it: "Mme LEFÈVRE-Œuvrard" becomes "mme lefevre-oeuvrard".

    Case folded, ligatures spelt out, accents removed, typographic apostrophes and dashes made plain, spaces collapsed.
    """
    low = text.casefold() if text.isascii() else text.translate(_PLAIN)
    return " ".join(low.split())


def words(text: str) -> list[str]:
    """The folded words of a text, punctuation dropped: "L'Oréal S.A." gives l, oreal, s, a."""
    return _NOT_A_WORD.sub(" ", fold(text)).split()


def name_key(*names: str) -> str:
    """What two spellings of one name share: folded words in alphabetical order, without civility and legal form.

    "SARL Garage Dubois" and "GARAGE DUBOIS (SARL)" share a key; so do "Jean Dupont" and "DUPONT Jean". A name made of
    nothing but a legal form keeps its words.
    """
    found = words(" ".join(names).replace(".", ""))
    kept = [w for w in found if w not in _LEGAL_FORMS]
    return " ".join(sorted(kept or found))
