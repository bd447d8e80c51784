"""Gathers what the contact gate looks at, of one case and one person, inside a unit or a read. Judges nothing and writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.addresses import FRENCH, territory
from core.domain.contact_hours import Place
from core.domain.contact_intent import Facts, Intent, Past, Stop, Target, day_of
from core.domain.contact_policy import MONTH_DAYS
from core.domain.duplicates import Index, Likeness
from core.domain.folding import fold
from core.domain.messages import Message, Problem
from core.domain.phone_zones import DEPARTMENTS, HOME, moves, region_of, zones_of_number, zones_of_region
from core.law.calendar_rules import deadline_rules
from core.law.contact_policy import contact_policy
from core.law.stops import load_hold_kinds
from core.services import limitation_gate, result_codes
from core.services.refusals import no_case
from core.store import bulk_lookup, letters
from core.store import contact_gate as rows
from core.store.contact_gate import CaseRow, Point
from core.store.unit import Reader

POINT_KINDS = {"call": "phone", "sms": "phone", "email": "email", "letter": "address", "visit": "address"}


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of an intent, its case, the person it is about, its day in the agency."""

    case: CaseRow
    party_id: int
    day: dt.date
    facts: Facts


def case_of(reader: Reader, case_id: int, day: str) -> CaseRow:
    """The case of an intent; raises Refusal "case-unknown"."""
    found = rows.case(reader, case_id, day)
    if found is None:
        raise no_case(case_id)
    return found


def gather(reader: Reader, intent: Intent, zone: str, stamp: str, house: tuple[Problem, ...]) -> Known:
    """All the facts; `zone` is the agency's, `stamp` the moment in UTC text by which an override expires. Raises Refusal "case-unknown"."""
    day = day_of(intent.moment(zone), zone)
    iso, channel = day.isoformat(), intent.channel
    case, points = case_of(reader, intent.case_id, iso), rows.points(reader, intent.case_id, channel)
    chosen = next((one for one in points if one.id == intent.contact_point_id), None)
    party = chosen.party_id if chosen else case.debtor_id
    sent = min((one for one in (case.first_letter_on, letters.first_sent_on(reader, case.id)) if one), default="")
    facts = Facts(
        place=place_of(chosen or _usual(points, party, channel), _address(points, party), zone),
        agency_zone=zone,
        holidays=deadline_rules().holidays,
        first_letter_on=dt.date.fromisoformat(sent) if sent and case.first_letter_on else None,
        house=house,
        closed=case.status == "closed",
        stops=_stops(reader, case.id, iso),
        time_barred=limitation_gate.problems(reader, case.id, day, ""),
        target=_target(chosen, points, party, channel),
        past=_past(reader, same_person(reader, party, points), day),
        asked=bool(case.asked_back),
        overridden=rows.overrides(reader, case.id, channel, stamp),
        kept_channel=contact_policy().kept_channel,
    )
    return Known(case, party, day, facts)


def _usual(points: Sequence[Point], party: int, channel: str) -> Point | None:
    """The contact point one would take when none is chosen."""
    kind = POINT_KINDS[channel]
    return next(
        (one for one in points if one.party_id == party and one.kind == kind and one.validity != "invalid"), None
    )


def _address(points: Sequence[Point], party: int) -> Point | None:
    return _usual(points, party, "letter")


def place_of(point: Point | None, address: Point | None, zone: str) -> Place:
    """Where the person is: by the number when it is of a territory or abroad or a fixed line, by the address otherwise.

    A mobile number of mainland France goes where its holder lives: the address says it.
    """
    if point is not None and point.kind == "phone":
        found = zones_of_number(point.value)
        if found and not moves(point.value, point.phone_kind):
            region = region_of(point.value)
            return Place(found, DEPARTMENTS.get(region, "" if region or found != (HOME,) else _department(address)))
        if address is None:
            return Place(found or (zone,))
    if address is None:
        return Place((zone,))
    region = territory(address.postcode) if address.country in ("", *FRENCH) else address.country
    zones = (HOME,) if region == "FR" else zones_of_region(region)
    return Place(zones or (zone,), _department(address))


def place_in_case(reader: Reader, case_id: int, contact_point_id: int | None, zone: str) -> Place:
    """Where the person of a contact point is; the debtor, by the number one would call, when none is chosen."""
    points = rows.points(reader, case_id, "call")
    chosen = next((one for one in points if one.id == contact_point_id), None)
    party = chosen.party_id if chosen else next((one.party_id for one in points if one.role == "debtor"), 0)
    return place_of(chosen or _usual(points, party, "call"), _address(points, party), zone)


def _department(address: Point | None) -> str:
    """The department whose own public holidays count."""
    if address is None or address.country not in ("", *FRENCH):
        return ""
    return DEPARTMENTS.get(territory(address.postcode), address.postcode[:2])


def _target(chosen: Point | None, points: Sequence[Point], party: int, channel: str) -> Target:
    """Who answers there; without a contact point, the debtor, objecting when every known point of the channel does."""
    own = [
        one
        for one in points
        if one.party_id == party and one.kind == POINT_KINDS[channel] and one.validity != "invalid"
    ]
    if chosen is None:
        return Target(objected=bool(own) and all(one.state == "objected" for one in own))
    others = [one for one in own if one.id != chosen.id and not one.workplace and one.holder == "person"]
    return Target(
        chosen.role,
        chosen.holder,
        bool(chosen.workplace),
        bool(chosen.given),
        only_way=not others,
        objected=chosen.state == "objected",
        agreed=chosen.state == "given" and chosen.source in contact_policy().written,
    )


def _stops(reader: Reader, case_id: int, day: str) -> tuple[Stop, ...]:
    kinds = {kind.kind: kind for kind in load_hold_kinds()}
    found = []
    for one in rows.stops(reader, case_id, day):
        kind, until = kinds[one.kind], dt.date.fromisoformat(one.until_on) if one.until_on else None
        under = kind.contact
        found.append(
            Stop(one.kind, kind.label, under.rule, kind.article, kind.trust, until, under.keeps, under.reaches)
        )
    return tuple(found)


def same_person(reader: Reader, party: int, points: Sequence[Point]) -> frozenset[int]:
    """The party and those that are likely the same person, in whichever case."""
    return frozenset((party, *(one for one, _ in likely(reader, party, points))))


def likely(reader: Reader, party: int, points: Sequence[Point]) -> tuple[tuple[int, Message], ...]:
    """Other parties that are likely this person by the rules of core.domain.duplicates, each with the surest reason."""
    found = bulk_lookup.described(reader, (party,))
    if not found:
        return ()
    own = found[0]
    values = {one.value for one in points if one.party_id == party and one.kind != "address" and one.holder == "person"}
    names = {(fold(f"{own.name} {own.first_name}"), own.postcode)} if own.postcode else set()
    like = bulk_lookup.parties_like(reader, {own.siren} if own.siren else set(), values, names) - {party}
    if not like:
        return ()
    contacts: dict[tuple[int, str], list[str]] = {}
    for row in bulk_lookup.contacts_of(reader, [*like]):
        contacts.setdefault((row[0], row[1]), []).append(row[2])
    index = Index(
        Likeness(
            str(one.id), one.name, one.first_name, one.postcode, one.siren,
            tuple(contacts.get((one.id, "email"), ())), tuple(contacts.get((one.id, "phone"), ())),
        )
        for one in bulk_lookup.described(reader, like)
    )  # fmt: skip
    me = Likeness(
        str(party), own.name, own.first_name, own.postcode, own.siren,
        tuple(value for value in values if "@" in value), tuple(value for value in values if "@" not in value),
    )  # fmt: skip
    return tuple((int(pair.first), pair.sentence) for pair in index.like(me))


def _past(reader: Reader, parties: frozenset[int], day: dt.date) -> tuple[Past, ...]:
    """The outgoing contacts of the last 30 days; a returned item is not a new one: its sending was."""
    rules = {rule.code: rule for rule in result_codes.known(reader)}
    first = day - dt.timedelta(days=MONTH_DAYS - 1)
    found = []
    for one in rows.made(reader, parties, first.isoformat(), day.isoformat()):
        rule = rules.get(one.result)
        if rule is None or rule.attempt:
            answered = bool(rule and rule.right_party) and one.channel in ("call", "visit")
            found.append(Past(dt.date.fromisoformat(one.on), one.channel, one.channel == "call", answered))
    return tuple(found)
