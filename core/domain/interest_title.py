"""Days that a title or a public buyer's deadline gives to interest: what is time-barred, when a delay begins. Computes no amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.calendar import Holiday, holiday_on, is_weekend
from core.domain.deadlines import Length, add_months
from core.domain.interest_terms import DAY


@dataclass(frozen=True, slots=True)
class PostTitlePeriods:
    """How long interest falling due after a title may be claimed, in years and months: in general, and by a business from a consumer."""

    general: Length
    consumer: Length


def post_title_floor(until: dt.date, periods: PostTitlePeriods, *, consumer_by_business: bool) -> dt.date:
    """The first day whose interest may still be claimed on `until`, for interest falling due after a title.

    Interest of each day falls due with it and is lost after the period counted from day to day (Cass., avis, 4 July 2016, n° 16006):
    the day exactly that old is still due, the day before it is not. The day of valuation chooses the version. Nothing that interrupts
    limitation is looked at: with an interruption, pass its day as `until`.
    """
    length = periods.consumer if consumer_by_business else periods.general
    months = length.years * 12 + length.months
    first = add_months(until, -months)
    return first if add_months(first, months) >= until else first + DAY


def public_deadline(day: dt.date, holidays: Iterable[Holiday], territory: str = "") -> dt.date:
    """The deadline of a public buyer that falls on `day`: the next working day after a Saturday, Sunday or public holiday.

    It is the start (excluded) of a public buyer's interest. `territory` is a department with holidays of its own ("67").
    """
    known = tuple(holidays)
    while is_weekend(day) or holiday_on(day, known, territory):
        day += DAY
    return day
