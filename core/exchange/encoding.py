"""Turns bytes into text and says by which encoding. Guesses little, and never against the person who chose."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.messages import Refusal, msg, refuse

CHOICES = ("utf-8", "cp1252", "iso8859-15", "iso8859-1", "cp850", "mac_roman", "utf-16", "utf-16-le", "utf-16-be")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ")
_AROUND = re.compile(rb"(?s).?[\x80-\xff].?")
_SAMPLE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark; `encoding` is one of CHOICES, `bom` whether the mark was there."""

    text: str
    encoding: str
    bom: bool = False


def decode(data: bytes, encoding: str = "", *, guesses: Sequence[str] = ("cp1252",)) -> Decoded:
    """The text of `data`: `encoding` when given, else byte order mark, else strict UTF-8, else the best of `guesses`.

    With several `guesses` the one under which most bytes above 127 are plausible French wins (see `french_score`); the
    first one wins a tie. Charset detectors were tried and read French cp1252 as mac_latin2: hence this short rule.
    """
    if encoding:
        return _chosen(data, canonical(encoding))
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            shown = "utf-8" if name == "utf-8" else "utf-16"
            return Decoded(_strict(data[len(mark) :], name), shown, bom=True)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = guesses[0] if len(guesses) == 1 else max(guesses, key=lambda guess: french_score(data, guess))
        return Decoded(_strict(data, name), name)


def canonical(encoding: str) -> str:
    """The name in CHOICES for a name typed by a person ("windows-1252", "latin9"); a Refusal for any other."""
    typed = encoding.strip()
    try:
        known = codecs.lookup(typed).name.replace("mac-roman", "mac_roman").replace("utf-8-sig", "utf-8")
    except (LookupError, ValueError):
        known = ""
    if known not in CHOICES:
        raise refuse(
            "encoding-unknown",
            msg("“{given}” is not an encoding that is read.", given=typed),
            msg("Choose one of: {choices}.", choices=", ".join(CHOICES)),
            field="encoding",
            value=typed,
        )
    return known


def french_score(data: bytes, encoding: str) -> int:
    """How many bytes above 127 read as plausible French under `encoding`; each is judged with its two neighbours.

    Plausible: a French accented letter beside a letter, or alone as the word "à"; a degree sign after a letter, a
    digit or a space; a euro sign beside a digit or a space; a curly apostrophe or a no-break space anywhere; guillemets;
    a curly double quote, a dash or an ellipsis that is not inside a word. A byte without a sign in `encoding` costs one.
    """
    found: Counter[bytes] = Counter(_AROUND.findall(data[:_SAMPLE]))
    return sum(count * _plausible(context.decode(encoding, "replace")) for context, count in found.items())


def _plausible(context: str) -> int:
    """1, 0 or -1 for the first sign above 127 of a context of one to three signs."""
    at = next(place for place, sign in enumerate(context) if ord(sign) > 127)
    sign, before, after = context[at], context[at - 1 : at] or " ", context[at + 1 : at + 2] or " "
    inside = before.isalpha() and after.isalpha()
    if sign == "\ufffd":
        return -1
    if sign in _FRENCH:
        return int(before.isalpha() or after.isalpha() or (sign in "àÀ" and before == after == " "))
    if sign == "°":
        return int(before.isalnum() or before == " ")
    if sign == "€":
        return int(before in " 0123456789")
    if sign in "“”–—…":
        return int(not inside and not (sign == "…" and before == " "))
    return int(sign in "’\u00a0«»")


def _chosen(data: bytes, name: str) -> Decoded:
    """The text by the person's choice; UTF-16 without its mark is read in the order of Intel machines."""
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and (marked == name or (name == "utf-16" and marked != "utf-8")):
            return Decoded(_strict(data[len(mark) :], marked), name, bom=True)
    return Decoded(_strict(data, "utf-16-le" if name == "utf-16" else name), name)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        raise _undecodable(data, name, fault) from fault


def _undecodable(data: bytes, name: str, fault: UnicodeDecodeError) -> Refusal:
    line = data.count(b"\n", 0, fault.start) + 1
    given = data[fault.start : fault.start + 1].hex().upper()
    return refuse(
        "encoding-mismatch",
        msg(
            "Line {line} holds the byte {given}, which is no letter in {encoding}.",
            line=line,
            given=given,
            encoding=name,
        ),
        msg("Choose another encoding: {choices}.", choices=", ".join(CHOICES)),
        field="encoding",
        value=given,
        where=f"line {line}",
    )
