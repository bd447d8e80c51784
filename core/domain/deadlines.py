"""Time limits of procedure as the law counts them (CPC 640 to 644), each step said. Knows no procedure.

Two dates come out: `legal`, the last lawful day, moved past Saturdays, Sundays and holidays; `safe`, the day to act upon,
never moved. Limitation periods (prescription) do not roll: `rolls=False`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.calendar import Holiday, holiday_on, is_weekend
from core.domain.messages import Message, msg, refuse

CERTAINTIES = ("V", "V2", "S", "U")  # from the surest to the least sure
_LENGTH = re.compile(r"(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)wd)?")
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: years and months first, then days (CPC 641), or working days alone."""

    days: int = 0
    months: int = 0
    years: int = 0
    working_days: int = 0

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read 10d, 3m, 2y, 1m15d, 6w or 15wd; raises Refusal "length-unreadable" for anything else."""
        written = text.strip().lower()
        found = _LENGTH.fullmatch(written)
        years, months, weeks, days, working = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0, 0)
        length = cls(days + 7 * weeks, months, years, working)
        mixed = working and (years or months or weeks or days)
        if not any((years, months, weeks, days, working)) or mixed or years + months // 12 > _MOST_YEARS:
            raise refuse(
                "length-unreadable",
                msg("“{given}” is not a length of time.", given=text),
                msg("Write it like 10d, 3m, 2y, 1m15d, 6w, or 15wd for working days."),
                field="length",
                value=text,
            )
        return length


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of computation with its article and how surely we know it."""

    article: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Distance:
    """What a person far away is given more (CPC 643)."""

    months: int
    article: str
    certainty: str


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """The data a computation stands on; core.law.calendar_rules reads them."""

    rules: Mapping[str, Rule]
    distances: Mapping[str, Distance]
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed time limit. `raw` is the end as counted, `legal` the last lawful day, `safe` the day to act upon.

    `reasons` say each step in order; `certainty` is that of the weakest rule used.
    """

    start: dt.date
    length: Length
    raw: dt.date
    legal: dt.date
    safe: dt.date
    articles: tuple[str, ...]
    certainty: str
    reasons: tuple[Message, ...]


class _Steps:
    """The articles, certainty and sentences gathered while counting."""

    def __init__(self) -> None:
        self.articles: list[str] = []
        self.certainties: list[str] = ["V"]
        self.reasons: list[Message] = []

    def add(self, rule: Rule | Distance | Holiday, reason: Message) -> None:
        if rule.article not in self.articles:
            self.articles.append(rule.article)
        self.certainties.append(rule.certainty)
        self.reasons.append(reason)

    @property
    def certainty(self) -> str:
        return max(self.certainties, key=CERTAINTIES.index)


def deadline(
    start: dt.date,
    length: Length,
    rules: DeadlineRules,
    *,
    territory: str = "",
    distance: str = "",
    margin_days: int = 0,
    rolls: bool = True,
) -> Deadline:
    """When a time limit that starts with an event on `start` ends.

    `territory` is the department whose own holidays count ("67"); `distance` "overseas" or "abroad" adds its months before
    counting, before a court that sits in mainland France; `margin_days` is taken off the safe date. Raises Refusal for an
    unknown distance, or a territory without holidays of its own.
    """
    _known_territory(territory, rules)
    steps = _Steps()
    raw = _end(start, _farther(length, distance, rules, steps), rules, steps)
    legal = _rolled(raw, rules, territory, steps) if rolls else raw
    if not rolls:
        steps.reasons.append(msg("A limitation period ends on its last day, whatever day that is."))
    if margin_days:
        steps.reasons.append(msg("Days kept as a margin before the safe date: {days}.", days=margin_days))
    safe = raw - dt.timedelta(days=margin_days)
    return Deadline(start, length, raw, legal, safe, tuple(steps.articles), steps.certainty, tuple(steps.reasons))


def before(hearing: dt.date, length: Length, rules: DeadlineRules, *, margin_days: int = 0) -> Deadline:
    """The last day that lies at least `length` before a day (a hearing): counted back, the day of the hearing not counted.

    Whether such a period rolls is not settled by the text: a last day without work is moved back to the working day before,
    which can only be earlier than needed (certainty U).
    """
    steps = _Steps()
    months = length.years * 12 + length.months
    raw = add_months(hearing, -months) - dt.timedelta(days=length.days)
    steps.add(
        rules.rules["free_days"], msg("Counted back from {day}, that day not counted: {end}.", day=hearing, end=raw)
    )
    legal = raw
    while is_weekend(legal) or holiday_on(legal, rules.holidays):
        legal -= dt.timedelta(days=1)
    if legal != raw:
        steps.reasons.append(msg("{day} is not a working day: the working day before it is taken.", day=raw))
    safe = legal - dt.timedelta(days=margin_days)
    return Deadline(hearing, length, raw, legal, safe, tuple(steps.articles), steps.certainty, tuple(steps.reasons))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day number `months` later (or earlier), the last day of the month where that number does not exist (CPC 641 al. 2)."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _farther(length: Length, distance: str, rules: DeadlineRules, steps: _Steps) -> Length:
    if not distance:
        return length
    if distance not in rules.distances:
        raise refuse(
            "distance-unknown",
            msg("“{given}” is not a distance the law knows.", given=distance),
            msg("Choose one of {known}.", known=", ".join(rules.distances)),
            field="distance",
            value=distance,
        )
    more = rules.distances[distance]
    where = msg("overseas") if distance == "overseas" else msg("abroad")
    steps.add(
        more,
        msg(
            "The person lives {where}; months added: {months}, if the court sits in mainland France.",
            where=where,
            months=more.months,
        ),
    )
    return Length(length.days, length.months + more.months, length.years, length.working_days)


def _known_territory(territory: str, rules: DeadlineRules) -> None:
    known = dict.fromkeys(one for holiday in rules.holidays for one in holiday.territories)
    if territory and territory not in known:
        raise refuse(
            "territory-unknown",
            msg("“{given}” is not a territory with public holidays of its own.", given=territory),
            msg("Choose one of {known}, or leave it out.", known=", ".join(known)),
            field="territory",
            value=territory,
        )


def _end(start: dt.date, length: Length, rules: DeadlineRules, steps: _Steps) -> dt.date:
    end, months = start, length.years * 12 + length.months
    if months:
        end = add_months(start, months)
        steps.add(rules.rules["month_same_day"], _months_said(start, end, months))
    if length.days:
        rule = "months_then_days" if months else "day_zero_excluded"
        last = end + dt.timedelta(days=length.days)
        said = (
            msg("The months first, then the days ({days}): {end}.", days=length.days, end=last)
            if months
            else msg(
                "The day of the event, {start}, does not count. Days counted: {days}, the last one {end}.",
                start=start,
                days=length.days,
                end=last,
            )
        )
        steps.add(rules.rules[rule], said)
        end = last
    if length.working_days:
        end = _working(end, length.working_days, rules)
        steps.add(
            rules.rules["working_days"],
            msg(
                "Working days counted after {start}: {days}, the last one {end}.",
                days=length.working_days,
                start=start,
                end=end,
            ),
        )
    return end


def _months_said(start: dt.date, end: dt.date, months: int) -> Message:
    if end.day == start.day:
        return msg(
            "Counted from {start} in months ({months}), the period ends on the same day number: {end}.",
            months=months,
            start=start,
            end=end,
        )
    return msg(
        "Counted from {start} in months ({months}), the last month has no such day number: its last day, {end}.",
        months=months,
        start=start,
        end=end,
    )


def _working(day: dt.date, count: int, rules: DeadlineRules) -> dt.date:
    while count:
        day += dt.timedelta(days=1)
        count -= not (is_weekend(day) or holiday_on(day, rules.holidays))
    return day


def _rolled(raw: dt.date, rules: DeadlineRules, territory: str, steps: _Steps) -> dt.date:
    day = raw
    while True:
        holiday = holiday_on(day, rules.holidays, territory)
        if not is_weekend(day) and holiday is None:
            return day
        why = _why(day, holiday)
        day += dt.timedelta(days=1)
        steps.add(rules.rules["roll_forward"], why)
        if holiday is not None and not is_weekend(day - dt.timedelta(days=1)):
            steps.certainties.append(holiday.certainty)


def _why(day: dt.date, holiday: Holiday | None) -> Message:
    if day.weekday() == 5:
        return msg("{day} is a Saturday: to the next day.", day=day)
    if day.weekday() == 6:
        return msg("{day} is a Sunday: to the next day.", day=day)
    name = holiday.label if holiday else ""
    return msg("{day} is a public holiday ({name}): to the next day.", day=day, name=name)
