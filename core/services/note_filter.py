"""Refuses words that a note about a person must not hold (GDPR-07): health, family, beliefs, origin, judgements. Keeps no note."""

from __future__ import annotations

from core.domain.messages import Problem, Refusal, msg
from core.domain.note_words import found
from core.law.note_words import load_note_words


def check(text: str, field: str) -> None:
    """Raises Refusal "note-words", a Problem for each word of `text` that has no place there; `field` is where it was typed."""
    hits = {hit.word: hit for hit in found(text, load_note_words())}
    if hits:
        raise Refusal(
            *(
                Problem(
                    "note-words",
                    msg("“{word}” tells of {group}: such words are not kept here.", word=word, group=hit.group.label),
                    msg(
                        "Write only what is needed to act, in objective words: the person may ask to read it (GDPR article 15)."
                    ),
                    field=field,
                    value=word,
                )
                for word, hit in hits.items()
            )
        )
