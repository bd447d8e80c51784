"""Dated values of the law as the domain uses them: series, and what is not known yet. Reads no file and holds no figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.domain.calendar import Bilingual
from core.domain.computation import Quantity


@dataclass(frozen=True, slots=True)
class Dated:
    """One value with its dates, both included; `end` None while no later value is known.

    `value` is percent a year for a rate, cents for an amount, a bare number for points, factors and periods.
    """

    start: dt.date
    end: dt.date | None
    value: Decimal
    source: str
    trust: str


class UnknownValue(Exception):  # noqa: N818 - an answer, like Refusal: the caller stops the computation there and says so
    """The law's value is not known on a day: before the first one, in a gap, or after the last known day."""

    def __init__(self, key: str, day: dt.date) -> None:
        super().__init__(f"{key} is not known on {day}")
        self.key, self.day = key, day


@dataclass(frozen=True, slots=True)
class Series:
    """One value of the law through time. `known_until` is the last day it may be relied on (None: until it is changed).

    A rate decided for a half-year is known until the end of the last half-year published; a rate decided from time to time
    (central bank) until the day it was last checked. Nothing is ever extrapolated.
    """

    key: str
    label: Bilingual
    quantity: Quantity
    article: str
    checked_on: dt.date
    known_until: dt.date | None
    values: tuple[Dated, ...]

    def at(self, day: dt.date) -> Dated:
        """The value in force on a day; raises UnknownValue when there is none to rely on."""
        if self.known_until is None or day <= self.known_until:
            for one in reversed(self.values):
                if one.start <= day and (one.end is None or day <= one.end):
                    return one
        raise UnknownValue(self.key, day)

    def changes(self, after: dt.date, until: dt.date) -> tuple[dt.date, ...]:
        """The days on which another value starts, `after` excluded, `until` included."""
        return tuple(one.start for one in self.values if after < one.start <= until)


@dataclass(frozen=True, slots=True)
class Law:
    """All dated values by key, with the fingerprint of their parsed content (shipped and laid over)."""

    series: Mapping[str, Series]
    fingerprint: str

    def of(self, key: str) -> Series:
        """A series by its key. Raises KeyError for a key that no file declares: an error of the program."""
        return self.series[key]
