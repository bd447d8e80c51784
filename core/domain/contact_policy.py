"""When and how often an agency lets its people reach a debtor: hours, days, caps; a mandate may only be stricter. Judges no contact.

No statute sets hours or frequency for amicable collection: every value is the agency's own choice (data/contact/policy.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.domain.messages import Problem, Refusal, msg, refuse

Hours = tuple[tuple[int, int], ...]  # minutes from midnight, the second one not included

DAY = 24 * 60
HOURS = ("weekdays", "saturday", "sunday")
CAPS = ("attempts_per_day", "answered_per_day", "answered_per_month", "contacts_per_week")
MONTH_DAYS, WEEK_DAYS = 30, 7  # what "month" and "week" of the caps count, in days, the day of the contact included
_SPAN = re.compile(r"\s*([01]?\d|2[0-4])\s*[:hH]\s*([0-5]\d)?\s*[-–à]\s*([01]?\d|2[0-4])\s*[:hH]\s*([0-5]\d)?\s*")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no agency may go beyond: minutes of the day between which hours lie, the largest of each cap, the days a recording is kept."""

    earliest: int
    latest: int
    largest: Mapping[str, int]
    recording_days: int
    article: str
    trust: str


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """Hours in the debtor's local time for what disturbs (calls, SMS, visits); caps by day, by 30 days and by 7 days.

    `holidays`: whether one may call on a public holiday. `emails_too`: whether e-mails leave within these hours only. `records_calls`:
    whether the house records, with which purpose and for how many days (CON-09).
    """

    weekdays: Hours
    saturday: Hours
    sunday: Hours
    holidays: bool
    attempts_per_day: int
    answered_per_day: int
    answered_per_month: int
    contacts_per_week: int
    emails_too: bool = True
    records_calls: bool = False
    recording_purpose: str = ""
    recording_days: int = 0

    def on(self, weekday: int) -> Hours:
        """The hours of a day of the week; Monday is 0."""
        return self.sunday if weekday == 6 else self.saturday if weekday == 5 else self.weekdays

    def kept(self) -> dict[str, Any]:
        """As settings keep it: hours as text."""
        return asdict(self) | {name: spelled(getattr(self, name)) for name in HOURS}


def hours(text: str, *, field: str) -> Hours:
    """Hours typed as "09:00-12:00, 14:00-18h30", in order and without overlap; nothing typed is no hour at all.

    Raises Refusal "hours-unreadable" on `field`.
    """
    found, end = [], -1
    for part in text.replace(";", ",").split(","):
        if not part.strip() and not text.strip():
            continue
        span = _SPAN.fullmatch(part)
        start, stop = (_minutes(span[1], span[2]), _minutes(span[3], span[4])) if span else (0, 0)
        if not span or start >= stop or stop > DAY or start <= end:
            raise refuse(
                "hours-unreadable",
                msg("“{given}” is not a list of hours.", given=text.strip()),
                msg("Type them as 09:00-12:00, 14:00-19:30, the earliest first; leave it empty for a closed day."),
                field=field,
                value=text,
            )
        found.append((start, stop))
        end = stop
    return tuple(found)


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def clock(minutes: int) -> str:
    """Minutes from midnight as "HH:MM"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def spelled(found: Hours) -> str:
    """Hours as `hours` reads them."""
    return ", ".join(f"{clock(start)}-{clock(stop)}" for start, stop in found)


def common(one: Hours, other: Hours) -> Hours:
    """The hours that lie in both."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((start, stop) for start, stop in pairs if start < stop)


def policy_of(kept: Mapping[str, Any], base: ContactPolicy) -> ContactPolicy:
    """`base` with what settings keep laid over it; raises Refusal for hours that cannot be read."""
    values: dict[str, Any] = {name: kept[name] for name in ContactPolicy.__dataclass_fields__ if name in kept}
    values |= {name: hours(str(values[name]), field=name) for name in HOURS if name in values}
    return replace(base, **values)


def stricter(agency: ContactPolicy, mandate: Mapping[str, Any]) -> ContactPolicy:
    """The policy of a mandate: the agency's, narrowed by what the mandate says. Whatever is typed, it can only be stricter.

    So a later change of the agency's policy holds for every mandate at once.
    """
    if not mandate:
        return agency
    own = policy_of({name: mandate[name] for name in (*HOURS, *CAPS) if name in mandate}, agency)
    narrowed: dict[str, Any] = {name: common(getattr(agency, name), getattr(own, name)) for name in HOURS}
    narrowed |= {name: min(getattr(agency, name), getattr(own, name)) for name in CAPS}
    return replace(agency, **narrowed)


def check(policy: ContactPolicy, bounds: Bounds) -> None:
    """Refuse, field by field, a policy that goes beyond the bounds of the shipped data."""
    wrong = [_outside(name, policy, bounds) for name in HOURS if not _within(getattr(policy, name), bounds)]
    for name in CAPS:
        most, given = bounds.largest[name], getattr(policy, name)
        if not 0 <= given <= most:
            reason = msg("{given} is not between {lowest} and {highest}.", given=given, lowest=0, highest=most)
            remedy = msg("Type a number within these bounds.")
            wrong.append(Problem("out-of-bounds", reason, remedy, field=name, value=str(given)))
    if policy.records_calls and not policy.recording_purpose.strip():
        reason = msg(
            "Calls may be recorded only for a purpose that is told at their start (Penal Code, article 226-1)."
        )
        wrong.append(
            Problem("field-empty", reason, msg("Type the purpose, for example training."), field="recording_purpose")
        )
    if policy.records_calls and not 1 <= policy.recording_days <= bounds.recording_days:
        reason = msg(
            "{given} is not between {lowest} and {highest}.",
            given=policy.recording_days,
            lowest=1,
            highest=bounds.recording_days,
        )
        remedy = msg("A recording is kept six months at most (CNIL, to be confirmed): type fewer days.")
        wrong.append(Problem("out-of-bounds", reason, remedy, field="recording_days", value=str(policy.recording_days)))
    if wrong:
        raise Refusal(*wrong)


def _within(found: Hours, bounds: Bounds) -> bool:
    return all(bounds.earliest <= start and stop <= bounds.latest for start, stop in found)


def _outside(name: str, policy: ContactPolicy, bounds: Bounds) -> Problem:
    given = spelled(getattr(policy, name))
    reason = msg(
        "“{given}” is not between {earliest} and {latest}.",
        given=given,
        earliest=clock(bounds.earliest),
        latest=clock(bounds.latest),
    )
    remedy = msg(
        "Enforcement itself is barred outside of these hours ({article}): stay within them.", article=bounds.article
    )
    return Problem("hours-outside", reason, remedy, field=name, value=given)


def looser(agency: ContactPolicy, mandate: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What a mandate asks for beyond the agency's policy, by field; nothing when it is only stricter."""
    own = policy_of({name: mandate[name] for name in (*HOURS, *CAPS) if name in mandate}, agency)
    found = []
    for name in HOURS:
        here, theirs = getattr(agency, name), getattr(own, name)
        if common(here, theirs) != theirs:
            found.append(_looser(name, spelled(theirs), spelled(here)))
    beyond = (name for name in CAPS if getattr(own, name) > getattr(agency, name))
    found.extend(_looser(name, str(getattr(own, name)), str(getattr(agency, name))) for name in beyond)
    return tuple(found)


def _looser(name: str, given: str, most: str) -> Problem:
    reason = msg("“{given}” goes beyond the agency's own policy ({most}).", given=given, most=most)
    remedy = msg("A mandate may only be stricter: stay within it, or have the agency's policy changed in the settings.")
    return Problem("policy-looser", reason, remedy, field=name, value=given)
