"""Interest on one principal, segment by segment, each with its proof. Allocates no payment and reads no clock.

Rules: simple interest, days of the calendar over 365 in every year; start excluded, end included; a segment ends with each half-year,
at each change of rate or principal, at each anniversary of capitalised interest; each is rounded half up to the cent, then added.
"""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass, field

from core.domain.computation import Computation, Missing, Question, weakest
from core.domain.deadlines import add_months
from core.domain.interest_proof import Segment, stopped, total_proof, untouched
from core.domain.interest_rates import rate_on
from core.domain.interest_terms import (
    DAY,
    Basis,
    InterestStop,
    InterestTerms,
    Movement,
    check,
    insolvency_stop,
    overindebtedness_stop,
)
from core.domain.law_values import Law, UnknownValue
from core.domain.messages import Message, msg

__all__ = [
    "Basis",
    "Interest",
    "InterestStop",
    "InterestTerms",
    "Movement",
    "Segment",
    "insolvency_stop",
    "interest",
    "overindebtedness_stop",
]
CAPITALISATION_MONTHS = "capitalisation_months"


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest of one principal to a day. `total` in cents is the sum of the segments, which partition (start, until] exactly.

    `known_until` is the day at which the computation had to stop, the law's value being unknown after it; None when it went to the end.
    `missing` says which facts or values lack when not one day could be computed; `total` is then 0 and must not be shown as a result
    (for a value of the law, `known_until` is the start).
    """

    principal: int
    terms: InterestTerms
    until: dt.date
    segments: tuple[Segment, ...] = ()
    known_until: dt.date | None = None
    remarks: tuple[Message, ...] = ()
    missing: Missing | None = None

    @property
    def total(self) -> int:
        """Cents: the sum of the rounded segments."""
        return sum(segment.amount for segment in self.segments)

    @property
    def computation(self) -> Computation:
        """The total with its proof: one term a segment. For `missing` a zero whose source says what lacks."""
        return total_proof(self.total, self.terms.start, self.known_until or self.until, self.segments, self.remarks,
                           self.missing.label if self.missing else None)  # fmt: skip

    @property
    def answer(self) -> Computation | Missing:
        """The computation, or what is missing."""
        return self.missing or self.computation

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the segments stand on, each once."""
        return tuple(dict.fromkeys(article for segment in self.segments for article in segment.articles))

    @property
    def certainty(self) -> str:
        """The certainty of the least sure segment."""
        return weakest(segment.certainty for segment in self.segments)


def interest(
    principal: int, terms: InterestTerms, movements: tuple[Movement, ...], until: dt.date, law: Law
) -> Interest:
    """Interest in cents on `principal` cents after `terms.start` up to `until` included.

    Movements on or before the start count from the start; later ones from the day after theirs. Days on which nothing is left bear
    none. Capitalised interest (C. civ. 1343-2) joins the base at each anniversary of the start, or of the later day the decision set,
    once interest is due for the time the law wants (`capitalisation_months`). A value of the law that is not known stops the
    computation (`known_until`), and is `missing` when that is the first day. Raises Refusal for a principal below zero, a rate that is
    no rate, a day that is not plausible. What chooses the version of each rate is said in interest_rates.
    """
    check(principal, terms, until)
    lacking = _lacking(terms)
    if lacking:
        return Interest(principal, terms, until, missing=lacking)
    return _Run(principal, terms, tuple(sorted(movements, key=lambda one: one.on)), until, law).result()


def _lacking(terms: InterestTerms) -> Missing | None:
    if terms.basis is Basis.LEGAL and terms.creditor not in ("individual", "business"):
        asked = Question(
            "creditor_quality",
            msg("Is the creditor a private individual acting outside any business?"),
            msg("The legal rate has two values: the creditor's quality chooses, never the debtor's."),
            ("CMF, art. L. 313-2 et D. 313-1-A",),
        )
    elif terms.basis is Basis.CONTRACTUAL and terms.contract_rate is None:
        asked = Question(
            "contract_rate",
            msg("Which yearly rate does the contract say?"),
            msg("A rate other than the law's is owed only if it was agreed in writing."),
            ("C. civ., art. 1343-1",),
        )
    else:
        return None
    return Missing(msg("Interest cannot be computed yet."), (asked,))


@dataclass(slots=True)
class _Run:
    """One walk from start to end; `principal`, `capital` and `accrued` change as segments and movements go by."""

    principal: int
    terms: InterestTerms
    movements: tuple[Movement, ...]
    until: dt.date
    law: Law
    moved: int = 0
    capital: int = 0  # interest capitalised and not settled since
    accrued: int = 0  # interest neither capitalised nor settled
    segments: list[Segment] = field(default_factory=list)

    def result(self) -> Interest:
        day = self.terms.start
        self._move(dt.date.min, day)
        remarks: tuple[Message, ...] = ()
        known = None
        try:
            anniversaries = self._anniversaries()
            cuts = self._cuts(anniversaries)
            while day < self.until:
                segment = self._segment(day, cuts[bisect.bisect_right(cuts, day)])
                self.segments.append(segment)
                self.accrued += segment.amount
                self._move(day, segment.end)
                day = segment.end
                if day in anniversaries and self.accrued > 0:
                    self.capital, self.accrued = self.capital + self.accrued, 0
        except UnknownValue as unknown:
            known = day
            remarks = (msg("The law's values are not known after {day}: the computation stops there.", day=known),)
            if not self.segments:
                return self._answer(known, remarks, _unknown(unknown, self.law))
        return self._answer(known, remarks, None)

    def _answer(self, known: dt.date | None, remarks: tuple[Message, ...], missing: Missing | None) -> Interest:
        said = list(remarks)
        for segment in self.segments:
            said += [remark for remark in segment.remarks if remark not in said]
        return Interest(self.principal, self.terms, self.until, tuple(self.segments), known, tuple(said), missing)

    def _cuts(self, anniversaries: frozenset[dt.date]) -> list[dt.date]:
        stops = [day for stop in self.terms.stops for day in (stop.on - DAY, stop.until) if day]
        days = {*anniversaries, *stops, *(one.on for one in self.movements), self.until}
        return sorted(day for day in days if self.terms.start < day <= self.until)

    def _anniversaries(self) -> frozenset[dt.date]:
        """The days at whose end interest is capitalised; none unless agreed or ordered."""
        if self.terms.capitalised_from is None:
            return frozenset()
        origin = max(self.terms.start, self.terms.capitalised_from)
        months = int(self.law.of(CAPITALISATION_MONTHS).at(origin).value)
        found, rank = [], 1
        while (day := add_months(origin, rank * months)) <= self.until:
            found.append(day)
            rank += 1
        return frozenset(found)

    def _move(self, after: dt.date, until: dt.date) -> None:
        """The movements after a day up to another: interest settled comes off what is accrued, then off what was capitalised."""
        for one in self.movements:
            if after < one.on <= until:
                self.moved += one.cents
                capital = min(max(one.interest - self.accrued, 0), self.capital)
                self.accrued -= one.interest - capital
                self.capital -= capital

    def _segment(self, start: dt.date, cut: dt.date) -> Segment:
        left = max(self.principal + self.moved, 0)
        stop = next((one for one in self.terms.stops if one.holds(start + DAY)), None)
        if stop:
            return stopped(start, cut, left + self.capital, stop)
        if not left + self.capital:
            return untouched(start, cut)
        piece = rate_on(self.terms, start + DAY, self.law)
        return Segment(start, min(cut, piece.last), self.principal, left - self.principal, self.capital, piece.proof,
                       _start_articles(self.terms), piece.remarks)  # fmt: skip


def _start_articles(terms: InterestTerms) -> tuple[str, ...]:
    if terms.start_articles:
        found = terms.start_articles
    elif terms.basis is Basis.LEGAL:
        found = ("C. civ., art. 1231-7",) if terms.served_on else ("C. civ., art. 1231-6",)
    else:
        found = ()
    return (*found, "C. civ., art. 1343-2") if terms.capitalised_from else found


def _unknown(unknown: UnknownValue, law: Law) -> Missing:
    asked = Question(
        unknown.key,
        msg("{name}, on {day}", name=law.of(unknown.key).label, day=unknown.day),
        msg("It is not known in this program; a lead can add it with its source. Nothing is guessed."),
    )
    return Missing(msg("Interest cannot be computed: a value of the law is not known on its first day."), (asked,))
