"""While a fragile path is open, no text that leaves tells of health, family, beliefs… (data/notes). Names and addresses are no words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.domain.folding import fold
from core.domain.messages import Problem, msg
from core.domain.note_words import found
from core.domain.text_facts import TextFacts
from core.law.letter_kinds import LetterKind
from core.law.note_words import load_note_words
from core.store import fragile
from core.store.unit import Reader


def named(facts: TextFacts) -> tuple[str, ...]:
    """Names (word by word) and addresses that a text about a case quotes: a debtor called Christian, a creditor that is a hospital."""
    names = " ".join((facts.agency, facts.creditor, *facts.debtor[:1])).split()
    return (*names, *facts.agency_address, *facts.creditor_address, *facts.debtor[1:])


def of_wording(reader: Reader, case_id: int, kind: LetterKind, lang: str) -> tuple[Problem, ...]:
    """The same for the wording of a kind of letter, which a lead may have changed; amounts and invoices are no words of ours."""
    text = " ".join(label.of(lang) for label in kind.blocks.values())
    return refused(reader, case_id, text, (), "case")


def refused(reader: Reader, case_id: int, text: str, names: Iterable[str], field: str = "text") -> tuple[Problem, ...]:
    """A problem for each word of a text to the debtor of a case that has no place there, () without an open path."""
    if not text.strip() or fragile.open_of_case(reader, case_id) is None:
        return ()
    hits = {hit.word: hit for hit in found(_without(text, names), load_note_words())}
    return tuple(
        Problem(
            "fragile-words",
            msg(
                "“{word}” tells of {group}: while a fragile path is open, no text to this person may (FRA-01).",
                word=word,
                group=hit.group.label,
            ),
            msg("Say what is needed to act, without its cause."),
            field=field,
            value=word,
        )
        for word, hit in hits.items()
    )


def _without(text: str, names: Iterable[str]) -> str:
    """The text as folded, the words of names and addresses left out where they stand as such."""
    plain = fold(text)
    for name in sorted({fold(one) for one in names if one.strip()}, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", plain)
    return plain
