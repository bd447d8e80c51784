"""One segment of interest and the proof of each figure in it. Chooses no rate and no date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.domain.computation import Computation, Quantity
from core.domain.interest_terms import DAY, InterestStop
from core.domain.messages import Euro, Message, msg

YEAR_DAYS = 365  # in leap years too (docs/law.md)


def half_up(base: int, rate: Decimal, days: int) -> int:
    """Cents of interest on `base` cents (zero or more) at `rate` percent a year for `days` over 365, exactly, then half up."""
    above, below = rate.as_integer_ratio()
    over = 100 * YEAR_DAYS * below
    return (2 * base * days * above + over) // (2 * over)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days at one rate on one base: `start` excluded, `end` included.

    `principal`, `changed` (since the start) and `capitalised` are cents that make the base together. `proof` is that of the rate, None
    for days that bear none. `own_articles` are those of the start and of capitalisation; `reason` and `certain` those of days without.
    """

    start: dt.date
    end: dt.date
    principal: int
    changed: int
    capitalised: int
    proof: Computation | None
    own_articles: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()
    reason: Message | None = None
    certain: str = "V"

    @property
    def days(self) -> int:
        """Days of the calendar, the start not counted."""
        return (self.end - self.start).days

    @property
    def rate(self) -> Decimal:
        """Percent a year; 0 for days that bear no interest."""
        return Decimal(str(self.proof.value)) if self.proof else Decimal(0)

    @property
    def base(self) -> int:
        """Cents that bear interest: principal left and interest capitalised."""
        return self.principal + self.changed + self.capitalised

    @property
    def amount(self) -> int:
        """Cents: base × rate × days / 365, rounded half up."""
        return half_up(self.base, self.rate, self.days) if self.proof else 0

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of this segment, those of its rate included."""
        return tuple(dict.fromkeys((*self.own_articles, *(self.proof.all_articles if self.proof else ()))))

    @property
    def certainty(self) -> str:
        """The certainty of the least sure value the segment stands on."""
        return self.proof.weakest if self.proof else self.certain

    @property
    def computation(self) -> Computation:
        """The amount with its proof: base, rate with its source, days."""
        label = msg("Interest from {first} to {last}", first=self.start + DAY, last=self.end)
        if self.proof is None:
            why = self.reason or msg("Nothing is left that bears interest.")
            return Computation(label, 0, Quantity.CENTS, None, (), self.own_articles, why, self.certain)
        said = msg(
            "{base} × {rate} % × {days} / {year} = {amount}",
            base=Euro(self.base), rate=self.rate, days=self.days, year=YEAR_DAYS, amount=Euro(self.amount),
        )  # fmt: skip
        return Computation(label, self.amount, Quantity.CENTS, said, (self._base_proof(), self.proof, self._days_proof()),
                           self.own_articles, remarks=self.remarks)  # fmt: skip

    def _days_proof(self) -> Computation:
        said = msg("The day after {start} to {end}, both counted.", start=self.start, end=self.end)
        return Computation(msg("Days"), self.days, Quantity.DAYS, source=said)

    def _base_proof(self) -> Computation:
        label = msg("Sum that bears interest")
        principal = _given(msg("Principal at the start"), self.principal, msg("The debt."))
        parts = [principal]
        if self.changed:
            said = msg("Payments and credit notes up to {day}.", day=self.start)
            parts.append(_given(msg("Changes of the principal"), self.changed, said))
        if self.capitalised:
            said = msg("Interest due for a whole year, capitalised by {day}.", day=self.start)
            parts.append(_given(msg("Capitalised interest"), self.capitalised, said, ("C. civ., art. 1343-2",)))
        if len(parts) == 1:
            return principal
        return Computation(label, self.base, Quantity.CENTS, msg("The sum of these amounts."), tuple(parts))


def _given(label: Message, cents: int, source: Message, articles: tuple[str, ...] = ()) -> Computation:
    return Computation(label, cents, Quantity.CENTS, source=source, articles=articles)


def stopped(start: dt.date, end: dt.date, base: int, stop: InterestStop) -> Segment:
    """Days that bear no interest because of a stop."""
    return Segment(start, end, base, 0, 0, None, stop.articles, (stop.message,), stop.message, stop.certainty)


def untouched(start: dt.date, end: dt.date) -> Segment:
    """Days on which nothing is left that bears interest."""
    return Segment(start, end, 0, 0, 0, None)


def total_proof(
    total: int,
    start: dt.date,
    until: dt.date,
    segments: tuple[Segment, ...],
    remarks: tuple[Message, ...],
    missing: Message | None,
) -> Computation:
    """The total of some segments with its proof; a zero with its reason when there are none."""
    label = msg("Interest after {start} up to {until}", start=start, until=until)
    if not segments:
        none = missing or msg("No day bears interest: it starts after {start}.", start=start)
        return Computation(label, total, Quantity.CENTS, source=none, remarks=remarks)
    said = msg("Sum of the periods, each rounded half up to the cent.")
    return Computation(label, total, Quantity.CENTS, said, tuple(one.computation for one in segments), remarks=remarks)
