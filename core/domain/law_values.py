"""Dated values of the law as the domain uses them: series, tables by bands, what is not known yet. Reads no file, holds no figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from core.domain.calendar import Bilingual
from core.domain.computation import Quantity


class Knowledge(StrEnum):
    """How far a value may be relied on: published by half-year or quarter, until it was last checked, or until it is changed."""

    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    CHECKED = "checked"
    OPEN = "open"


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
    link: str = ""


class UnknownValue(Exception):  # noqa: N818 - an answer, like Refusal: the caller stops the computation there and says so
    """The law's value is not known on a day: before the first one, in a gap, or after the last known day."""

    def __init__(self, key: str, day: dt.date) -> None:
        super().__init__(f"{key} is not known on {day}")
        self.key, self.day = key, day


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a table: amounts above `above` cents, up to `up_to` cents included (None: without limit).

    The figure of the band is `value` divided by `per` (1 but for shares such as one third).
    """

    above: int
    up_to: int | None
    value: Decimal
    per: int = 1


@dataclass(frozen=True, slots=True)
class Bands:
    """A table by bands of amount with its dates, both included; `end` None while no later table is known.

    `cap` is the most the whole table gives, in cents; `fixed` what replaces it up to `fixed_up_to` cents. None where the text has none.
    """

    start: dt.date
    end: dt.date | None
    bands: tuple[Band, ...]
    source: str
    trust: str
    cap: int | None = None
    fixed_up_to: int | None = None
    fixed: int | None = None
    link: str = ""

    def of(self, amount: int) -> Band:
        """The band an amount of cents falls in. Raises ValueError for zero and below: such an amount is in no band."""
        for band in self.bands:
            if band.above < amount and (band.up_to is None or amount <= band.up_to):
                return band
        raise ValueError(f"{amount} cents are in no band")


V = TypeVar("V", Dated, Bands)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[V]):
    """One value of the law through time. `known_until` is the last day it may be relied on (None: until it is changed).

    A rate decided for a half-year is known until the end of the last half-year published; a rate decided from time to time
    (central bank) until the day it was last checked. Nothing is ever extrapolated. `recheck_after` is the day from which
    a person should look again; values of the same `together` are fixed by one text.
    """

    key: str
    label: Bilingual
    quantity: Quantity
    article: str
    checked_on: dt.date
    known_until: dt.date | None
    values: tuple[V, ...]
    link: str = ""
    group: str = ""
    knowledge: Knowledge = Knowledge.OPEN
    recheck_after: dt.date | None = None
    note: Bilingual | None = None
    together: str = ""

    def at(self, day: dt.date) -> V:
        """The value in force on a day; raises UnknownValue when there is none to rely on."""
        if self.known_until is None or day <= self.known_until:
            for one in reversed(self.values):
                if one.start <= day and (one.end is None or day <= one.end):
                    return one
        raise UnknownValue(self.key, day)


class Series(Timeline[Dated]):
    """A value that is one figure at a time."""

    __slots__ = ()

    def changes(self, after: dt.date, until: dt.date) -> tuple[dt.date, ...]:
        """The days on which another value starts, `after` excluded, `until` included."""
        return tuple(one.start for one in self.values if after < one.start <= until)


class BandSeries(Timeline[Bands]):
    """A value that is a table; `quantity` is that of the bands' values (TEXT: a share, `value` over `per`)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Law:
    """All dated values by key, with the fingerprint of their parsed content (shipped and laid over)."""

    series: Mapping[str, Series]
    fingerprint: str
    bands: Mapping[str, BandSeries] = field(default_factory=dict)

    def of(self, key: str) -> Series:
        """A series by its key. Raises KeyError for a key that no file declares: an error of the program."""
        return self.series[key]

    def table(self, key: str) -> BandSeries:
        """A table by its key. Raises KeyError for a key that no file declares: an error of the program."""
        return self.bands[key]
