"""Days and choices of the demonstration: open days, offsets as the data write them, the same choice each time. Knows no case.

`number` spreads choices by a digest of a name, so that a demonstration made twice on one day is the same, and a line added to
the data moves little else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.domain.calendar import holiday_on
from core.domain.dates import months_before
from core.law.calendar_rules import deadline_rules

T = TypeVar("T")
_SPAN = re.compile(r"(-?\d+)(?:-(\d+))?")


def number(key: str, below: int) -> int:
    """A whole number from 0, less than `below`, always the same for one key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") % below


def one_of(key: str, choices: Sequence[T]) -> T:
    """One of the choices, always the same for one key."""
    return choices[number(key, len(choices))]


def span(text: str, key: str) -> int:
    """A number written "12", or one between the two of "8-21", always the same for one key; "-4-1" is from -4 to 1."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a number or a span of the demonstration")
    low = int(found[1])
    return low + number(key, int(found[2]) - low + 1) if found[2] else low


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of a demonstration made on `today`; `closed` holds "MM-DD" of the days nobody works, beside public holidays."""

    today: dt.date
    closed: frozenset[str]

    def works(self, day: dt.date) -> bool:
        """Whether people are at work that day."""
        holiday = holiday_on(day, deadline_rules().holidays)
        return day.weekday() < 5 and holiday is None and f"{day:%m-%d}" not in self.closed

    def open_from(self, day: dt.date) -> dt.date:
        """The day, or the first open one after it."""
        while not self.works(day):
            day += dt.timedelta(days=1)
        return day

    def ago(self, days: int) -> dt.date:
        """`days` before today, or the first open day before that; a day to come goes forward instead."""
        day = self.today - dt.timedelta(days=days)
        if days <= 0:
            return day if days == 0 else self.open_from(day)
        while not self.works(day):
            day -= dt.timedelta(days=1)
        return day

    def step(self, text: str, placed: dt.date, before: dt.date, promised: dt.date, key: str) -> dt.date:
        """The day of a step as courses.yaml writes it, never before the step `before`."""
        if text == "promise":
            return max(promised, before)
        if text.startswith("ago "):
            return max(self.ago(span(text[4:], key)), before)
        if " before " in text:
            months, _, end = text.partition("m before ")
            return max(
                self.ago((self.today - months_before(self.fact(end, self.today, key), int(months))).days), before
            )
        start = before if text.startswith("+") else placed
        day = start + dt.timedelta(days=span(text.removeprefix("+"), key))
        return max(self.open_from(day), before)

    def fact(self, text: str, on: dt.date, key: str) -> dt.date:
        """A date inside a step done `on`: "+10", "-3", "today", "today+2", "today-3"; one to come is an open day, but for today."""
        start, rest = (self.today, text[5:]) if text.startswith("today") else (on, text)
        if not rest:
            return start
        shift = dt.timedelta(days=span(rest[1:], key))
        return self.open_from(start + shift) if rest[0] == "+" else start - shift
