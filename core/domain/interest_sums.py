"""Interest of very many debts at once: running sums of daily rates, and two integers kept a debt. Explains nothing and prints nothing.

Simple interest is linear: with F the running sum of the daily rates, what a debt has borne by a day is balance × F(day) − k, and k
changes only when the balance does. Rounded once at the end, it may differ from the explained total by half a cent a period: only the
explained total is ever printed or claimed. Debts whose interest is capitalised or stopped are computed one by one (`interest`).
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.interest_proof import YEAR_DAYS
from core.domain.interest_rates import rate_on
from core.domain.interest_terms import DAY, InterestTerms, Movement
from core.domain.law_values import Law, UnknownValue

SCALE = 1000  # rates are summed in thousandths of a percent
WHOLE = YEAR_DAYS * 100 * SCALE  # what one cent of interest weighs; even, so that half of it is an integer
LARGEST = 2**62  # beyond, the product would not fit in 64 bits with its rounding


@dataclass(frozen=True, slots=True)
class RunningSum:
    """F: the sum of the daily rates after `origin`, in thousandths of a percent; known until `last`, included.

    `ends`, `sums` and `rates` are the pieces at one rate: their last day, F on it, their rate.
    """

    origin: dt.date
    ends: tuple[dt.date, ...]
    sums: tuple[int, ...]
    rates: tuple[int, ...]

    @property
    def last(self) -> dt.date:
        """The last day F is known."""
        return self.ends[-1] if self.ends else self.origin

    def at(self, day: dt.date) -> int:
        """F on a day: 0 on the origin and before. Raises UnknownValue after `last`: nothing is extrapolated."""
        if day <= self.origin:
            return 0
        if day > self.last:
            raise UnknownValue("running_sum", day)
        piece = bisect.bisect_left(self.ends, day)
        return self.sums[piece] - self.rates[piece] * (self.ends[piece] - day).days


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one debt: `balance` in cents, and `k`, so that balance × F − k is its interest times WHOLE."""

    balance: int
    k: int

    @property
    def offset(self) -> int:
        """Half a cent less k: (balance × F + offset) // WHOLE is the interest in cents, rounded half up."""
        return WHOLE // 2 - self.k

    def owed(self, f: int) -> int:
        """Interest in cents to the day whose F is given, rounded half up once."""
        return (self.balance * f + self.offset) // WHOLE


def running_sum(terms: InterestTerms, origin: dt.date, until: dt.date, law: Law) -> RunningSum:
    """F of all debts that share the terms' rates, whatever their own start, from `origin` (excluded) to `until` or the last day known.

    The public buyers' rate depends on the start: one F a half-year of start. Raises ValueError for a rate with more than three
    decimals, or terms with capitalisation or stops.
    """
    if terms.capitalised_from or terms.stops:
        raise ValueError("capitalised or stopped interest has no running sum")
    ends, sums, rates = [], [], []
    day, total = origin, 0
    while day < until:
        try:
            piece = rate_on(terms, day + DAY, law)
        except UnknownValue:
            break
        last = min(piece.last, until)
        rate = _thousandths(piece.rate)
        total += rate * (last - day).days
        ends.append(last)
        sums.append(total)
        rates.append(rate)
        day = last
    return RunningSum(origin, tuple(ends), tuple(sums), tuple(rates))


def kept(principal: int, start: dt.date, movements: Iterable[Movement], f: RunningSum) -> Kept:
    """The two integers of a debt; movements on or before the start count from the start. Cents; the balance must never fall below zero.

    Interest already paid, in cents times WHOLE, may be added to k: `owed` is then what is left. Raises ValueError for a sum so large
    that the product would not fit in 64 bits.
    """
    balance, k = principal, principal * f.at(start)
    for one in movements:
        balance += one.cents
        k += one.cents * f.at(max(one.on, start))
    if principal * f.at(f.last) >= LARGEST:
        raise ValueError("the sum is too large for the fast path")
    return Kept(balance, k)


def settled(one: Kept, paid: int) -> Kept:
    """The same debt once `paid` cents of its interest are paid."""
    return replace(one, k=one.k + paid * WHOLE)


def _thousandths(rate: Decimal) -> int:
    scaled = rate * SCALE
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{rate} has more than three decimals")
    return int(scaled)
