"""How fresh a value of the law is on a day: until when it may be relied on, and whether a person should look again. Changes none."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from core.domain.law_values import BandSeries, Knowledge, Series

NOTICE_DAYS = 45  # days before the last known day from which a person is told


class State(StrEnum):
    """From calm to urgent."""

    FRESH = "fresh"
    RECHECK = "recheck"
    ENDING = "ending"
    STOPPED = "stopped"


def state(series: Series | BandSeries, today: dt.date) -> State:
    """STOPPED: nothing is known for today; ENDING: the last known day is near; RECHECK: nobody has looked for too long.

    A value decided from time to time is known until it was last checked: it only ever asks to be looked at again.
    """
    until = series.known_until
    if until is not None and series.knowledge is not Knowledge.CHECKED:
        if until < today:
            return State.STOPPED
        if (until - today).days <= NOTICE_DAYS:
            return State.ENDING
    again = series.recheck_after
    return State.RECHECK if again is not None and again <= today else State.FRESH
