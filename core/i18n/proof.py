"""A computation as lines of words, the same on screen, in a document and in an annex: value, formula, articles, source, certainty.

Knows neither Markdown nor paper: each drawing lays the lines out. The shapes it reads are those of core.domain.computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from core.i18n import SupportsMessage, Texts
from core.i18n.quantities import sure, written


class Proof(Protocol):
    """What a drawing reads of a computation."""

    @property
    def label(self) -> SupportsMessage:
        """What the figure is."""

    @property
    def value(self) -> int | Decimal | dt.date | str:
        """Its exact value."""

    @property
    def quantity(self) -> str:
        """What the value counts."""

    @property
    def formula(self) -> SupportsMessage | None:
        """How it follows from its terms."""

    @property
    def terms(self) -> Sequence[Proof]:
        """What it follows from."""

    @property
    def articles(self) -> Sequence[str]:
        """The articles of this step."""

    @property
    def source(self) -> SupportsMessage | None:
        """Where a given value comes from."""

    @property
    def certainty(self) -> str:
        """The trust flag of this step."""

    @property
    def weakest(self) -> str:
        """The trust flag of the least sure step it stands on, itself included."""

    @property
    def remarks(self) -> Sequence[SupportsMessage]:
        """What to know beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words; `depth` 0 is the figure asked about.

    `doubt` says why this very step is to be confirmed, empty for one that was verified; `unsure` is true when anything that the figure
    stands on is to be confirmed, drawn or not.
    """

    depth: int
    label: str
    value: str
    formula: str
    source: str
    articles: str
    doubt: str
    remarks: tuple[str, ...]
    unsure: bool
    hidden: int = 0  # terms not drawn because they lie deeper than asked


def lines(t: Texts, figure: Proof, deepest: int = 99, depth: int = 0) -> Iterator[Line]:
    """The figure, then what it stands on, depth first; terms below `deepest` are counted, not drawn."""
    drawn = figure.terms if depth < deepest else ()
    yield Line(
        depth,
        t.render(figure.label),
        written(t, figure.value, str(figure.quantity)),
        t.render(figure.formula) if figure.formula else "",
        t.render(figure.source) if figure.source else "",
        " · ".join(figure.articles),
        doubt(t, figure.certainty),
        tuple(t.render(remark) for remark in figure.remarks),
        not sure(figure.weakest),
        len(figure.terms) - len(drawn),
    )
    for term in drawn:
        yield from lines(t, term, deepest, depth + 1)


def doubt(t: Texts, certainty: str) -> str:
    """Why a step is to be confirmed; empty when the official text was read."""
    if sure(certainty):
        return ""
    if certainty == "S":
        return t("To be confirmed: known from secondary sources only.")
    return t("To be confirmed: not verified in the official text.")
