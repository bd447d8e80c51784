"""Interest falling due after a title that is lost by time, day after day, as a stop of interest. Computes no amount.

Cass., avis, 4 July 2016, n° 16006: each day's interest has its own clock (C. civ. 2224, C. conso. L.218-2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from core.domain.deadlines import add_months
from core.domain.interest_terms import DAY, InterestStop
from core.domain.interest_title import PostTitlePeriods, post_title_floor
from core.domain.messages import msg


def barred(
    start: dt.date,
    on: dt.date,
    interruptions: Iterable[dt.date],
    periods: PostTitlePeriods,
    articles: tuple[str, ...],
    *,
    consumer_by_business: bool,
) -> InterestStop | None:
    """The days after `start` whose interest may no longer be claimed on `on`; None when none is lost.

    `interruptions` are days of part payments, written acknowledgments and enforcement acts (C. civ. 2240, 2244): each keeps what was not
    yet lost on its own day, as long as they follow each other within the period. The day of valuation chooses the version.
    """
    length = periods.consumer if consumer_by_business else periods.general
    months = length.years * 12 + length.months
    kept = on
    for day in sorted((one for one in interruptions if start < one <= on), reverse=True):
        if add_months(day, months) < kept:
            break
        kept = day
    floor = post_title_floor(kept, periods, consumer_by_business=consumer_by_business)
    if floor <= start + DAY:
        return None
    said = msg(
        "Interest of the days before {day} is lost by time: it fell due after the title and was not claimed in time.",
        day=floor,
    )
    return InterestStop(start + DAY, "time_barred", said, articles, "V", floor - DAY)
