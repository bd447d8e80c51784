"""A figure that carries its proof: value, formula, terms, articles, source and certainty in one object. Computes and renders nothing.

Value and explanation come from the same call, so they cannot disagree. The object holds message keys, parameters and exact values, no
rendered sentence: each drawing (screen, letter, annex) speaks its reader's language. Missing facts are an answer (`Missing`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.domain.messages import Message

CERTAINTIES = ("V", "V2", "S", "U")  # from the surest to the least sure; S and U are shown as "to be confirmed"


class Quantity(StrEnum):
    """What a figure is: cents of euros, percent a year, points of percent, days, months, a date, a number, or words."""

    CENTS = "cents"
    RATE = "rate"
    POINTS = "points"
    DAYS = "days"
    MONTHS = "months"
    DATE = "date"
    COUNT = "count"
    TEXT = "text"


Value = int | Decimal | dt.date | str


@dataclass(frozen=True, slots=True)
class Computation:
    """One figure with its proof.

    `value`: int for CENTS, DAYS, MONTHS and COUNT, Decimal for RATE (percent a year, 2.75) and POINTS, date for DATE, str for TEXT.
    `formula` says in words how the value follows from `terms`; a given value (no terms) names its `source` instead.
    `articles` and `certainty` are those of this step; `everything` walks the tree. Raises ValueError for an orphan,
    TypeError for a value of another kind than its quantity.
    """

    label: Message
    value: Value
    quantity: Quantity
    formula: Message | None = None
    terms: tuple[Computation, ...] = ()
    articles: tuple[str, ...] = ()
    source: Message | None = None
    certainty: str = "V"
    remarks: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        """An orphan is refused: a computed value needs formula and terms, a given one its source, both a known certainty."""
        if self.certainty not in CERTAINTIES:
            raise ValueError(f"{self.label}: certainty {self.certainty!r} is unknown")
        if self.terms and self.formula is None:
            raise ValueError(f"{self.label}: terms without a formula explain nothing")
        if not self.terms and self.source is None:
            raise ValueError(f"{self.label}: a figure without terms names its source")
        expected: dict[Quantity, type | tuple[type, ...]] = {
            Quantity.RATE: Decimal, Quantity.POINTS: Decimal, Quantity.DATE: dt.date, Quantity.TEXT: str,
        }  # fmt: skip
        if not isinstance(self.value, expected.get(self.quantity, int)) or isinstance(self.value, bool):
            raise TypeError(f"{self.label}: {self.value!r} is not a value in {self.quantity}")

    def everything(self) -> Iterator[Computation]:
        """This figure and all it stands on, depth first, this one first."""
        yield self
        for term in self.terms:
            yield from term.everything()

    @property
    def weakest(self) -> str:
        """The certainty of the least sure figure it stands on, itself included."""
        return weakest(part.certainty for part in self.everything())

    @property
    def all_articles(self) -> tuple[str, ...]:
        """Every article of the tree, each once, in order of appearance."""
        return tuple(dict.fromkeys(article for part in self.everything() for article in part.articles))


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is missing: `key` names it for the form that takes it, `label` asks it, `why` says what hangs on it."""

    key: str
    label: Message
    why: Message
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """The answer when facts are lacking: what was asked, which facts to give, in the order they should be asked."""

    label: Message
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        """An answer that asks nothing is refused."""
        if not self.questions:
            raise ValueError(f"{self.label}: nothing is missing")


def weakest(certainties: Iterable[str]) -> str:
    """The least sure of some certainties; "V" for none."""
    return max(certainties, key=CERTAINTIES.index, default="V")
