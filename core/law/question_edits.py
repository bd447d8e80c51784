"""What a lead changed of the words of questions to creditors, laid over the shipped ones and held to their names. Writes nothing.

A key is a block (subject, opening, case, ending, signature, reminder) or a kind of question; an edit is {"fr": …, "en": …}, {} to go back.
One that no longer fits is left aside and the shipped words stand.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import replace

from core.domain.messages import Label, Problem, Refusal, msg
from core.law.letters import names_in
from core.law.questions import NAMES, QuestionData, question_data

LANGS = ("fr", "en")
MUST: Mapping[str, frozenset[str]] = {  # what no wording may leave out: an answer is filed by its reference
    "subject": frozenset({"reference"}),
    "case": frozenset({"case"}),
    "ending": frozenset({"due"}),
    "reminder": frozenset({"reference"}),
}


def editable() -> tuple[str, ...]:
    """Every text that may be edited, in the order of a question, then the kinds."""
    return (*NAMES, *(one.kind for one in question_data().kinds))


def names_of(key: str) -> frozenset[str]:
    """The {names} that a text may use."""
    kind = next((one for one in question_data().kinds if one.kind == key), None)
    if kind is None:
        return NAMES[key]
    return frozenset({"contested"}) if kind.contested else frozenset()


def must_of(key: str) -> frozenset[str]:
    """The {names} that a text may not leave out."""
    return MUST.get(key, frozenset()) if key in NAMES else names_of(key)


def text_of(data: QuestionData, key: str) -> Label:
    """One text in both languages."""
    return data.blocks[key] if key in data.blocks else next(one.text for one in data.kinds if one.kind == key)


def laid(contents: Mapping[str, str]) -> QuestionData:
    """The shipped words with the last edit of each key; kept in memory as long as the edits stay the same."""
    return _laid(tuple(contents.items()))


@functools.lru_cache(maxsize=8)
def _laid(contents: tuple[tuple[str, str], ...]) -> QuestionData:
    found = question_data()
    for key, content in contents:
        said = json.loads(content)
        if said and key in editable() and not problems(key, said):
            found = put(found, key, said)
    return found


def put(data: QuestionData, key: str, said: Mapping[str, str]) -> QuestionData:
    """The data with other words for a key."""
    label = Label(said["fr"].strip(), said["en"].strip())
    if key in data.blocks:
        return replace(data, blocks={**data.blocks, key: label})
    return replace(data, kinds=tuple(replace(one, text=label) if one.kind == key else one for one in data.kinds))


def check(key: str, said: Mapping[str, str]) -> None:
    """Raise Refusal with what is wrong, on the language."""
    wrong = problems(key, said)
    if wrong:
        raise Refusal(*wrong)


def problems(key: str, said: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with the words typed for a key, on the language: empty, braces, a name unknown or missing."""
    found = (_wrong(key, lang, said.get(lang, "")) for lang in LANGS)
    return tuple(one for one in found if one is not None)


def _wrong(key: str, lang: str, text: str) -> Problem | None:
    if not text.strip():
        return Problem(
            "question-empty", msg("This text is empty."), msg("Write it, or go back to the shipped words."), field=lang
        )
    used = names_in(text)
    if used is None:
        return Problem(
            "question-braces", msg("a name between braces cannot be read."),
            msg("Write each name as {example}, closed on the same line.", example="{reference}"), field=lang, value=text,
        )  # fmt: skip
    unknown, missing = sorted(used - names_of(key)), sorted(must_of(key) - used)
    if unknown:
        return Problem(
            "question-names", msg("{names} is no name that this text knows.", names=braced(unknown)),
            msg("Use these names only: {known}.", known=braced(sorted(names_of(key))) or "—"), field=lang, value=text,
        )  # fmt: skip
    if missing:
        return Problem(
            "question-names", msg("{names} is missing.", names=braced(missing)),
            msg("Put it back: without it the answer does not find its case."), field=lang, value=text,
        )  # fmt: skip
    return None


def braced(names: list[str]) -> str:
    """Names as they are typed."""
    return ", ".join(f"{{{name}}}" for name in names)
