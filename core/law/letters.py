"""Loads the wording of the first letter (data/letters), strictly: known blocks, known {names}, both languages. Writes no letter.

Source: CPCE R.124-4 for what the letter must hold, L.111-8 paragraphs 2 and 3 for the text it must reproduce.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from core.domain.messages import msg
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "letters" / "first_letter.yaml"
FLAGS = ("V", "V2", "S", "U")

# The names each block must use; it may use no other.
NAMES: dict[str, frozenset[str]] = {
    "title": frozenset(),
    "activity": frozenset({"agency"}),
    "opening": frozenset({"creditor", "creditor_address"}),
    "interest_left_out": frozenset(),
    "demand": frozenset({"total"}),
    "payment": frozenset({"account", "reference"}),
    "talk": frozenset({"contact"}),
    "consequences": frozenset(),
    "privacy": frozenset({"agency", "creditor"}),
    "statute_intro": frozenset(),
    "closing": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Statute:
    """A legal text to reproduce word for word; `flag` is its trust flag (V, V2, S, U)."""

    article: str
    source: str
    flag: str
    paragraphs: tuple[str, str]

    @property
    def text(self) -> str:
        """Both paragraphs."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The wording of the first letter and its delays, in days, which are choices of the product and not time limits of a text.

    `first_call_days` after posting the first call is planned; `posting_days` after its date a letter may no longer leave.
    """

    article: str
    source: str
    first_call_days: int
    posting_days: int
    statute: Statute
    blocks: dict[str, Label]

    def of(self, block: str, lang: str, **values: str) -> str:
        """One block in a language (French for one we do not have), its {names} filled."""
        return self.blocks[block].of(lang).format(**values)


@functools.cache
def first_letter_texts() -> LetterTexts:
    """The shipped wording."""
    return _texts(read_file(FILE, ROOT))


def texts_from(text: str, file: str) -> LetterTexts:
    """The wording of another text of the same format; `file` names it in a refusal. Raises Refusal."""
    return _texts(read_text(text, file))


def _texts(document: Entry) -> LetterTexts:
    parts = document.mapping(["article", "source", "first_call_days", "posting_days", "statute", "blocks"])
    blocks = parts["blocks"].mapping(list(NAMES))
    return LetterTexts(
        parts["article"].text(),
        parts["source"].text(),
        parts["first_call_days"].whole(),
        parts["posting_days"].whole(),
        _statute(parts["statute"]),
        {name: _block(name, entry) for name, entry in blocks.items()},
    )


def _statute(entry: Entry) -> Statute:
    parts = entry.mapping(["article", "source", "flag", "second", "third"])
    paragraphs = (parts["second"].text(), parts["third"].text())
    return Statute(parts["article"].text(), parts["source"].text(), parts["flag"].choice(FLAGS), paragraphs)


def _block(name: str, entry: Entry) -> Label:
    label = entry.label()
    for text in (label.fr, label.en):
        used = _names(text, entry)
        if used != NAMES[name]:
            wanted = ", ".join(sorted(NAMES[name])) or "—"
            raise entry.refused(
                "letter-names",
                msg("the block “{block}” uses {given}.", block=name, given=", ".join(sorted(used)) or "—"),
                msg("Use exactly these names between braces: {wanted}.", wanted=wanted),
                value=text,
            )
    return label


def names_in(text: str) -> frozenset[str] | None:
    """The {names} of a text; None when a brace is left open, or a name holds anything but letters."""
    try:
        found = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    if any(spec or conversion or not name.isidentifier() for name, spec, conversion in found):
        return None
    return frozenset(name for name, _, _ in found)


def _names(text: str, entry: Entry) -> frozenset[str]:
    """The {names} of a text; one that cannot be read is refused."""
    found = names_in(text)
    if found is None:
        raise _braces(text, entry)
    return found


def _braces(text: str, entry: Entry) -> Exception:
    return entry.refused(
        "letter-braces",
        msg("a name between braces cannot be read."),
        msg("Write each name as {example}, closed on the same line.", example="{agency}"),
        value=text,
    )
