"""Checks that the dated values of one series follow each other as its rule of knowledge wants. Reads none and corrects none."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from core.domain.law_values import Bands, Dated, Knowledge
from core.domain.messages import msg
from core.law.strict_yaml import Entry

T = TypeVar("T", Dated, Bands)
DAY = dt.timedelta(days=1)
PERIOD_MONTHS = {Knowledge.HALF_YEAR: 6, Knowledge.QUARTER: 3}


def in_order(rows: Sequence[tuple[Entry, T]], knowledge: Knowledge) -> tuple[T, ...]:
    """The values, each closed on the eve of the next where it says no end. Raises Refusal: unordered, overlapping, a gap, no period."""
    found: list[T] = []
    for place, value in rows:
        if knowledge in PERIOD_MONTHS:
            _period(place, value, PERIOD_MONTHS[knowledge])
        if found:
            found[-1] = _follows(place, found[-1], value, published=knowledge in PERIOD_MONTHS)
        found.append(value)
    return tuple(found)


def _follows(place: Entry, before: T, value: T, *, published: bool) -> T:
    if value.start <= before.start:
        raise place.refused(
            "law-order",
            msg("a value from {start} stands after one from {before}.", start=value.start, before=before.start),
            msg("Put the values in the order of their dates, each date once."),
        )
    if before.end is None:
        return dataclasses.replace(before, end=value.start - DAY)
    if value.start <= before.end:
        raise place.refused(
            "law-overlap",
            msg(
                "the value from {start} begins before the one before it ends ({end}).",
                start=value.start,
                end=before.end,
            ),
            msg("Correct “from” here, or “to” in the value before; both days are included."),
        )
    if published and value.start != before.end + DAY:
        raise place.refused(
            "law-gap",
            msg("nothing is said between {end} and {start}.", end=before.end, start=value.start),
            msg("Add the missing period; a published rate has no gap."),
        )
    return before


def _period(place: Entry, value: Dated | Bands, months: int) -> None:
    fits = value.end is not None and all(
        day.day == 1 and (day.month - 1) % months == 0 for day in (value.start, value.end + DAY)
    )
    if not fits:
        raise place.refused(
            "law-period",
            msg("a value that is published by period covers whole periods, with its last day."),
            msg("Write “from” and “to” as the first and last day of periods of {months} months.", months=months),
        )
