"""Public holidays of France on a day and in a territory, from rules given as data. Knows no time limit and no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Bilingual(Protocol):
    """A short text that exists in both languages (a label of our data)."""

    def of(self, lang: str) -> str:
        """The text in `lang`."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday: on a month and day, or `easter` days after Easter Sunday; in some territories or everywhere.

    `territories` are department numbers ("67", "971"), empty for all of France.
    """

    label: Bilingual
    month: int
    day: int
    easter: int | None
    territories: tuple[str, ...]
    article: str
    certainty: str

    def on(self, year: int) -> dt.date:
        """The day it falls on in a year."""
        if self.easter is None:
            return dt.date(year, self.month, self.day)
        return easter_sunday(year) + dt.timedelta(days=self.easter)


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, 1583 and later (Oudin 1940, as Tondering gives it)."""
    golden = year % 19
    century = year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return dt.date(year, month, offset + 28 - 31 * (month // 4))


def holiday_on(day: dt.date, holidays: Iterable[Holiday], territory: str = "") -> Holiday | None:
    """The public holiday a day is in a territory ("" for what holds everywhere), or None."""
    return next(
        (h for h in holidays if (not h.territories or territory in h.territories) and h.on(day.year) == day), None
    )


def is_weekend(day: dt.date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() >= 5
