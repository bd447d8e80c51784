"""Sentences as data: what a rule has to say, with its parameters. Renders nothing: core.i18n does, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Euro:
    """An amount inside a sentence; `cents` is an integer number of euro cents."""

    cents: int


@dataclass(frozen=True, slots=True)
class Label:
    """A short text of our data in both languages of the house."""

    fr: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang`; French for a language we do not have."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Message:
    """An English msgid and its parameters.

    Parameters may be str, int, datetime.date, Decimal, Euro or another Message; the catalogue formats each
    in the reader's language.
    """

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence, for logs and tests; people read the catalogue's."""
        return self.msgid.format(**self.params) if self.params else self.msgid


def msg(msgid: str, /, **params: Any) -> Message:
    """Build a Message; the name is what Babel's extraction looks for."""
    return Message(msgid, params)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing refused: what, where, why it matters, what was given, what to do (OpenFisca's rubric).

    `where` is a line of a file ("line 12") or a form; `field` the column or form field key; `value` what was given,
    never interpreted; `code` a stable identifier for tests and statistics.
    """

    code: str
    reason: Message
    remedy: Message
    field: str = ""
    value: str = ""
    where: str = ""
    line: int = 0


class Refusal(Exception):  # noqa: N818 - the field's word: a refusal is an answer, not a programming error
    """A request that the rules, the law or the input forbid. Nothing was written.

    Holds one or more Problems; shown once by core.ui as sentences on the right fields, by the command as JSON.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.field or p.code}: {p.reason}" for p in problems))
        self.problems = problems


def refuse(
    code: str, reason: Message, remedy: Message, *, field: str = "", value: str = "", where: str = ""
) -> Refusal:
    """One-problem Refusal, ready to raise."""
    return Refusal(Problem(code, reason, remedy, field=field, value=value, where=where))


def choice_unknown(field: str, given: str) -> Problem:
    """The Problem of a value that no list offers."""
    return Problem(
        "choice-unknown",
        msg("“{given}” is not one of the choices.", given=given),
        msg("Choose one of the list."),
        field=field,
        value=given,
    )
