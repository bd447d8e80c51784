"""The agency's own limits: hours (CON-01), attempts and conversations (CON-02), all channels together (CON-03). Bars nothing by law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from core.domain.contact_hours import floor, holiday, is_open, local, next_open
from core.domain.contact_intent import DISTURBING, SPOKEN, Anchor, Bar, Facts, Intent, Past, clock_of, day_of, midnight
from core.domain.contact_policy import MONTH_DAYS, WEEK_DAYS, ContactPolicy, spelled
from core.domain.messages import Message, msg

Make = Callable[[str, str, Message, str, dt.datetime | None], Bar]


def bars(
    intent: Intent, facts: Facts, policy: ContactPolicy, anchors: Mapping[str, Anchor], at: dt.datetime
) -> tuple[Bar, ...]:
    """What the policy refuses at a moment."""

    def make(rule: str, code: str, sentence: Message, given: str, until: dt.datetime | None) -> Bar:
        anchor = anchors[rule]
        remedy = msg("Wait, use another channel, or have a lead allow this one contact with a reason.")
        return Bar(rule, code, sentence, remedy, anchor.article, anchor.trust, anchor.own, given, until)

    return (
        *_hours(intent, facts, policy, at, make),
        *_calls(intent, facts, policy, at, make),
        *_week(intent, facts, policy, at, make),
    )


def _hours(intent: Intent, facts: Facts, policy: ContactPolicy, at: dt.datetime, make: Make) -> tuple[Bar, ...]:
    """CON-01: days and hours by the debtor's clock; of an e-mail when the policy says so, unless it answers the debtor."""
    written = intent.channel == "email" and policy.emails_too and intent.purpose != "answer"
    if intent.channel not in DISTURBING and not written:
        return ()
    place = facts.place
    if intent.at is None:
        day = day_of(at, facts.agency_zone)
        opens = next_open(midnight(day, facts.agency_zone), policy, place, facts.holidays)
        if opens and opens < midnight(day + dt.timedelta(days=1), facts.agency_zone):
            return ()
    elif is_open(at, policy, place, facts.holidays):
        return ()
    shut = next((zone for zone in place.zones if not _open_in(at, zone, facts, policy)), place.zones[0])
    there = local(at, shut)
    given = f"{there:%Y-%m-%d %H:%M} {shut}"
    return (
        make(
            "CON-01",
            "contact-hours",
            _why(there, shut, facts, policy, written=written),
            given,
            next_open(at, policy, place, facts.holidays),
        ),
    )


def _open_in(at: dt.datetime, zone: str, facts: Facts, policy: ContactPolicy) -> bool:
    return is_open(at, policy, type(facts.place)((zone,), facts.place.territory), facts.holidays)


def _why(there: dt.datetime, zone: str, facts: Facts, policy: ContactPolicy, *, written: bool) -> Message:
    """Public holiday, closed day, or hour."""
    found = holiday(there, zone, facts.place.territory, facts.holidays)
    if found and not policy.holidays:
        return msg("{day} is a public holiday where the debtor is ({holiday}).", day=there.date(), holiday=found.label)
    open_hours = policy.on(there.weekday())
    if written and not open_hours:
        return msg("The agency e-mails nobody on that day of the week ({day}).", day=there.date())
    if not open_hours:
        return msg("The agency calls, texts or visits nobody on that day of the week ({day}).", day=there.date())
    if written:
        return msg(
            "It is {hour} where the debtor is ({zone}): the agency sends e-mails that day between {hours}.",
            hour=clock_of(there),
            zone=zone,
            hours=spelled(open_hours),
        )
    return msg(
        "It is {hour} where the debtor is ({zone}): the agency calls, texts or visits that day between {hours}.",
        hour=clock_of(there),
        zone=zone,
        hours=spelled(open_hours),
    )


def _calls(intent: Intent, facts: Facts, policy: ContactPolicy, at: dt.datetime, make: Make) -> tuple[Bar, ...]:
    """CON-02: attempts and conversations; a debtor who asked to be called lifts the second, never the first."""
    if intent.channel not in SPOKEN:
        return ()
    day, found = day_of(at, facts.agency_zone), []
    checks: tuple[tuple[Callable[[Past], bool], int, int, Message], ...] = (
        (lambda one: one.channel == "call" and one.attempt, 1, policy.attempts_per_day,
         msg("Call attempts with this person that day, all colleagues and cases together: {given}; the limit is {most}.")),
        (lambda one: one.answered, 1, policy.answered_per_day,
         msg("Conversations with this person that day, all colleagues and cases together: {given}; the limit is {most}.")),
        (lambda one: one.answered, MONTH_DAYS, policy.answered_per_month,
         msg("Conversations with this person in {days} days, all colleagues and cases together: {given}; the limit is {most}.")),
    )  # fmt: skip
    for counts, days, most, sentence in checks[:1] if facts.asked else checks:
        past = tuple(one.on for one in facts.past if counts(one))
        given = _within(past, day, days)
        if given >= most:
            said = msg(sentence.msgid, given=given, most=most, days=days)
            found.append(
                make("CON-02", "contact-often", said, str(given), _free(past, day, days, most, facts.agency_zone))
            )
    return tuple(found)


def _week(intent: Intent, facts: Facts, policy: ContactPolicy, at: dt.datetime, make: Make) -> tuple[Bar, ...]:
    """CON-03: all channels in seven days; what the debtor asked for is outside, by the channel they asked for."""
    if intent.purpose in ("first_letter", "answer") or (facts.asked and intent.channel == "call"):
        return ()
    day, past = day_of(at, facts.agency_zone), tuple(one.on for one in facts.past)
    given = _within(past, day, WEEK_DAYS)
    if given < policy.contacts_per_week:
        return ()
    sentence = msg(
        "Contacts with this person by all channels in {days} days, all colleagues and cases together: {given}; the limit is {most}.",
        given=given,
        days=WEEK_DAYS,
        most=policy.contacts_per_week,
    )
    until = _free(past, day, WEEK_DAYS, policy.contacts_per_week, facts.agency_zone)
    return (make("CON-03", "contact-week", sentence, str(given), until),)


def _within(past: tuple[dt.date, ...], day: dt.date, days: int) -> int:
    """How many of these days lie in the `days` that end on a day, that day included."""
    return sum(day - dt.timedelta(days=days) < one <= day for one in past)


def _free(past: tuple[dt.date, ...], day: dt.date, days: int, most: int, zone: str) -> dt.datetime | None:
    """The first minute of the first later day with fewer; None when the limit is none at all."""
    later = (day + dt.timedelta(days=ahead) for ahead in range(1, days + 1))
    free = next((one for one in later if _within(past, one, days) < most), None)
    return floor(midnight(free, zone)) if free else None
