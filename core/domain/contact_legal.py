"""What the law bars at any hour: first letter, mandate, stops, sole contact, objection, third persons, visit… Nobody overrides it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from core.domain.contact_intent import (
    FIRM,
    LIABLE,
    REPRESENTATIVES,
    SPOKEN,
    Anchor,
    Bar,
    Facts,
    Intent,
    Sole,
    Stop,
    Target,
    day_of,
    midnight,
)
from core.domain.messages import Message, Problem, msg

ROLES = {
    "lawyer": msg("their lawyer"),
    "guardian": msg("their guardian"),
    "curator": msg("their curator"),
}
ASKING = ("claim", "locate", "first_letter")  # an answer that the debtor asked for is no step of collection


def bars(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor], at: dt.datetime) -> tuple[Bar, ...]:
    """What the law refuses at a moment."""
    return (
        *_house(intent, facts, anchors),
        *_closed(intent, facts),
        *(_stopped(intent, facts, at) or _sole(intent, facts, anchors, at)),
        *_fragile(intent, facts, anchors),
        *_time_barred(intent, facts, anchors),
        *_letter(intent, facts, anchors, at),
        *_objected(intent, facts, anchors),
        *_third_person(intent, facts, anchors),
        *_workplace(facts, anchors),
        *_visit(intent, facts, anchors, at),
    )


def _bar(
    rule: str, code: str, sentence: Message, remedy: Message, anchors: Mapping[str, Anchor], given: str = ""
) -> Bar:
    anchor = anchors[rule]
    return Bar(rule, code, sentence, remedy, anchor.article, anchor.trust, own=False, given=given)


def _told(rule: str, problem: Problem, anchors: Mapping[str, Anchor]) -> Bar:
    """A problem that another room states with its article."""
    anchor = anchors[rule]
    return Bar(
        rule,
        problem.code,
        problem.reason,
        problem.remedy,
        anchor.article,
        anchor.trust,
        own=False,
        given=problem.value,
        cited=True,
        field=problem.field,
    )


def _house(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    """LET-15: the agency file (R.124-2) and the mandate (R.124-3)."""
    if intent.purpose not in ASKING:
        return ()
    return tuple(_told("LET-15", problem, anchors) for problem in facts.house)


def _closed(intent: Intent, facts: Facts) -> tuple[Bar, ...]:
    if not facts.closed or intent.purpose not in ASKING:
        return ()
    return (
        Bar("CON-08", "case-closed", msg("The case is closed."), msg("Take it up again first."), "", "V", own=False),
    )


def _stopped(intent: Intent, facts: Facts, at: dt.datetime) -> tuple[Bar, ...]:
    """CON-08: what stops the case; a representative, and the channels that the stop leaves, stay reachable."""
    if intent.purpose not in ASKING:
        return ()
    day = day_of(at, facts.agency_zone)
    return tuple(_stop(stop, facts) for stop in facts.stops if _holds(stop, intent, facts, day))


def _holds(stop: Stop, intent: Intent, facts: Facts, day: dt.date) -> bool:
    if stop.until_on is not None and stop.until_on < day:
        return False
    return intent.channel not in stop.keeps and facts.target.role not in stop.reaches


def _stop(stop: Stop, facts: Facts) -> Bar:
    sentence = msg("Contacts with the debtor are stopped ({why}): nothing may be sent.", why=stop.label)
    remedy = msg("Read the hold at the top of the case; lift it only when its reason has ended.")
    if stop.elsewhere:
        sentence = msg(
            "Contacts with the debtor are stopped in all their cases ({why}, recorded in case {ref}): nothing may be sent.",
            why=stop.label,
            ref=stop.elsewhere,
        )
        remedy = msg("Read the hold in case {ref}; lift it there only when its reason has ended.", ref=stop.elsewhere)
    if stop.reaches:
        remedy = msg("Turn to the representative entered in the case, who stays reachable; {rest}", rest=_rest())
    until = midnight(stop.until_on + dt.timedelta(days=1), facts.agency_zone) if stop.until_on else None
    return Bar(
        stop.rule, "case-held", sentence, remedy, stop.article, stop.trust, own=False, given=stop.kind, until=until
    )


def _rest() -> Message:
    return msg("lift the stop only when its reason has ended.")


def _sole(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor], at: dt.datetime) -> tuple[Bar, ...]:
    """CON-08: where one person alone is to be contacted, nobody else is, but those a stop turns to; what must be told leaves by post."""
    told = intent.purpose not in ASKING and intent.channel == facts.kept_channel
    day = day_of(at, facts.agency_zone)
    turned_to = {role for stop in facts.stops if stop.until_on is None or stop.until_on >= day for role in stop.reaches}
    named = any(one.party == facts.target.party for one in facts.sole) or facts.target.role in turned_to
    if not facts.sole or told or named:
        return ()
    first = facts.sole[0]
    sentence = msg("Only {name} is to be contacted in this case ({role}).", name=first.name, role=_role(first))
    remedy = msg(
        "Choose a number or an address of {name}; if they act no more, say so beside their name in the case.",
        name=first.name,
    )
    return (_bar("CON-08", "sole-contact", sentence, remedy, anchors, first.name),)


def _role(one: Sole) -> Message:
    return ROLES.get(one.role, msg("named as the only contact"))


def _fragile(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    """FRA-01: under a fragile path nothing firm leaves, one colleague speaks with the debtor, their needs close channels."""
    path = facts.fragile
    if path is None or facts.target.role != "debtor":
        return ()
    found = []
    if intent.tone == FIRM:
        sentence = msg("A fragile path is open for this person: no firm text is sent to them.")
        remedy = msg("Send the measured reminder instead, or have {name}, who speaks with them, call.", name=path.name)
        found.append(_bar("FRA-01", "fragile-firm", sentence, remedy, anchors, intent.tone))
    if intent.channel in SPOKEN and intent.by not in (0, path.user) and intent.purpose in ASKING:
        sentence = msg("A fragile path is open for this person: {name} alone speaks with them.", name=path.name)
        remedy = msg(
            "Pass it on to {name}; a lead may name another colleague in the review of the path.", name=path.name
        )
        found.append(_bar("FRA-01", "fragile-person", sentence, remedy, anchors, path.name))
    if intent.channel in path.closes and intent.purpose in ASKING:
        sentence = msg("A fragile path is open for this person, who asked for another way of exchanging.")
        remedy = msg("Use the way that the needs of the path leave open; change them in its review.")
        found.append(_bar("FRA-01", "fragile-channel", sentence, remedy, anchors, intent.channel))
    return tuple(found)


def _time_barred(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    if intent.purpose not in ("claim", "first_letter"):
        return ()
    return tuple(_told("MSG-05", problem, anchors) for problem in facts.time_barred)


def _letter(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor], at: dt.datetime) -> tuple[Bar, ...]:
    """LET-14: a first letter before any other step; that day may."""
    if intent.purpose not in ("claim", "locate"):
        return ()
    sent, day = facts.first_letter_on, day_of(at, facts.agency_zone)
    if sent is None:
        sentence = msg(
            "No first letter is recorded as sent: article R. 124-4 wants it before any other step with the debtor."
        )
        remedy = msg(
            "Issue the first letter and record its posting, or type the reference and date of the one already sent."
        )
        return (_cited("LET-14", "first-letter-missing", sentence, remedy, anchors, ""),)
    if day >= sent:
        return ()
    sentence = msg(
        "The first letter was sent on {sent}: article R. 124-4 wants it before any other step, and this contact is of {day}.",
        sent=sent,
        day=day,
    )
    remedy = msg("Check the day of the contact; if an earlier letter was sent, record its reference and its day first.")
    return (_cited("LET-14", "before-first-letter", sentence, remedy, anchors, day.isoformat()),)


def _cited(rule: str, code: str, sentence: Message, remedy: Message, anchors: Mapping[str, Anchor], given: str) -> Bar:
    return _told(rule, Problem(code, sentence, remedy, value=given), anchors)


def _objected(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    """CON-04: an objection closes its channel at once; the post is kept for what must be told."""
    if not facts.target.objected or intent.channel == facts.kept_channel:
        return ()
    sentence = msg("The person objected to being reached by this channel.")
    remedy = msg("Use another channel; the post stays open for what they must be told.")
    return (_bar("CON-04", "channel-objected", sentence, remedy, anchors),)


def outside(target: Target) -> bool:
    """Whether somebody answers there who neither owes nor stands for who owes."""
    return target.holder != "person" or target.role not in (*LIABLE, *REPRESENTATIVES)


def _third_person(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    """CON-05: nobody else hears of the debt; a call may ask for contact details without saying why."""
    target = facts.target
    if not outside(target) or (intent.purpose == "locate" and intent.channel == "call"):
        return ()
    sentence = msg("This is not the debtor's own: an employer, a neighbour or a relative may hear nothing of the debt.")
    remedy = msg(
        "Call only to ask how to reach the person, without saying why, or use the person's own contact details."
    )
    return (_bar("CON-05", "third-party", sentence, remedy, anchors, target.holder),)


def _workplace(facts: Facts, anchors: Mapping[str, Anchor]) -> tuple[Bar, ...]:
    """CON-06: a workplace only when the person gave it, or nothing else is known."""
    target = facts.target
    if not target.workplace or target.given or target.only_way:
        return ()
    sentence = msg("This is a workplace that the debtor did not give, and there is another way to reach them.")
    remedy = msg("Use their own number or address; if they gave this one, say so beside it.")
    return (_bar("CON-06", "workplace", sentence, remedy, anchors),)


def _visit(intent: Intent, facts: Facts, anchors: Mapping[str, Anchor], at: dt.datetime) -> tuple[Bar, ...]:
    """CON-07: a visit only once a written agreement is recorded, given that day or before."""
    since = facts.target.agreed_on
    if intent.channel != "visit" or (since is not None and since <= day_of(at, facts.agency_zone)):
        return ()
    sentence = msg("No written agreement to a visit is recorded for this address.")
    remedy = msg("Ask for it in writing and record it beside the address (visit, agreed, by letter, e-mail or SMS).")
    return (_bar("CON-07", "visit-unagreed", sentence, remedy, anchors),)
