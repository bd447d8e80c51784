"""Gathers what the contact gate looks at, of one case or of many, inside a unit or a read. Judges nothing and writes nothing.

One question a kind of fact, however many cases: one case is asked as many are.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.domain.contact_intent import REPRESENTATIVES, Facts, Fragile, Intent, Past, Sole, Stop, Target, day_of
from core.domain.contact_policy import MONTH_DAYS
from core.domain.messages import Problem
from core.law.calendar_rules import deadline_rules
from core.law.contact_policy import contact_policy
from core.law.fragile import load_fragile
from core.law.stops import HoldKind, load_hold_kinds
from core.services import contact_person, limitation_gate, result_codes
from core.services.contact_place import POINT_KINDS, place_of, usual
from core.services.refusals import no_case
from core.store import contact_reads as reads
from core.store.contact_reads import CaseRow, Person, Point, Said, Stopped
from core.store.unit import Reader

House = Mapping[int, tuple[Problem, ...]]  # by creditor: what R.124-2 and R.124-3 still want
Row = TypeVar("Row", Point, Person, Stopped)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of an intent, its case, its day in the agency."""

    case: CaseRow
    day: dt.date
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the cases of a day, by case, contact point, person."""

    points: Mapping[int, tuple[Point, ...]]
    people: Mapping[int, tuple[Person, ...]]
    stops: Mapping[int, tuple[Stopped, ...]]
    said: Mapping[tuple[int, str], Said]
    lifted: Mapping[tuple[int, str], frozenset[str]]
    barred: frozenset[int]


def case_of(reader: Reader, case_id: int, day: str) -> CaseRow:
    """The case of an intent; raises Refusal "case-unknown"."""
    return cases_of(reader, (case_id,), day)[case_id]


def cases_of(reader: Reader, case_ids: Iterable[int], day: str) -> dict[int, CaseRow]:
    """The cases of some intents; raises Refusal "case-unknown"."""
    asked = tuple(dict.fromkeys(case_ids))
    found = reads.cases(reader, asked, day)
    for one in asked:
        if one not in found:
            raise no_case(one)
    return found


def gather(reader: Reader, intents: Sequence[Intent], zone: str, stamp: str, house: House) -> tuple[Known, ...]:
    """All the facts of each intent, in their order; `zone` is the agency's, `stamp` the moment in UTC text by which an override expires.

    Raises Refusal "case-unknown".
    """
    by_day: defaultdict[dt.date, list[int]] = defaultdict(list)
    for place, intent in enumerate(intents):
        by_day[day_of(intent.moment(zone), zone)].append(place)
    found: dict[int, Known] = {}
    for day, places in by_day.items():
        some = _of_day(reader, [intents[place] for place in places], day, zone, stamp, house)
        found |= dict(zip(places, some, strict=True))
    return tuple(found[place] for place in range(len(intents)))


def _of_day(
    reader: Reader, intents: Sequence[Intent], day: dt.date, zone: str, stamp: str, house: House
) -> tuple[Known, ...]:
    iso = day.isoformat()
    cases = cases_of(reader, (one.case_id for one in intents), iso)
    read = _read(reader, tuple(cases), iso, stamp)
    chosen = [_chosen(read.points.get(one.case_id, ()), one.contact_point_id) for one in intents]
    parties = [
        point.party_id if point else cases[one.case_id].debtor_id for one, point in zip(intents, chosen, strict=True)
    ]
    past = _past(reader, frozenset(parties), day)
    known = []
    for intent, point, party in zip(intents, chosen, parties, strict=True):
        case, points = cases[intent.case_id], read.points.get(intent.case_id, ())
        here = point or usual(points, party, intent.channel)
        facts = Facts(
            place=place_of(here, usual(points, party, "letter"), zone),
            agency_zone=zone,
            holidays=deadline_rules().holidays,
            first_letter_on=_first_letter(case),
            house=house.get(case.creditor_id, ()),
            closed=case.status == "closed",
            stops=_stops(read.stops.get(case.id, ())),
            time_barred=limitation_gate.problems(reader, case.id, day, "") if case.id in read.barred else (),
            target=_target(point, points, party, intent.channel, read.said),
            past=past[party],
            asked=bool(case.asked_back),
            overridden=read.lifted.get((case.id, intent.channel), frozenset()),
            kept_channel=contact_policy().kept_channel,
            sole=sole(read.people.get(case.id, ())),
            fragile=_fragile(case) if party == case.debtor_id else None,
        )
        known.append(Known(case, day, facts))
    return tuple(known)


def _read(reader: Reader, case_ids: Sequence[int], day: str, stamp: str) -> _Read:
    points = reads.points(reader, case_ids, day)
    personal = [kind.kind for kind in load_hold_kinds() if kind.contact.personal]
    lifted: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for one in reads.overrides(reader, case_ids, stamp):
        lifted[one.case_id, one.channel].add(one.rule)
    return _Read(
        _by_case(points),
        _by_case(reads.people(reader, case_ids, day)),
        _by_case(reads.stops(reader, case_ids, day, personal)),
        {(one.contact_point_id, one.channel): one for one in reads.said(reader, {point.id for point in points})},
        {key: frozenset(rules) for key, rules in lifted.items()},
        reads.maybe_barred(reader, case_ids, day),
    )


def _by_case(rows: Iterable[Row]) -> dict[int, tuple[Row, ...]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return {case_id: tuple(some) for case_id, some in found.items()}


def _chosen(points: Sequence[Point], contact_point_id: int | None) -> Point | None:
    """The contact point of an intent; of a person with two roles in the case, the one that represents."""
    found = [one for one in points if one.id == contact_point_id]
    return min(found, key=lambda one: one.role not in REPRESENTATIVES, default=None)


def _first_letter(case: CaseRow) -> dt.date | None:
    """When the case had its first letter, the earliest when one replaced another."""
    days = [one for one in (case.first_letter_on, case.sent_on) if one]
    return dt.date.fromisoformat(min(days)) if case.first_letter_on else None


def _target(
    chosen: Point | None, points: Sequence[Point], party: int, channel: str, said: Mapping[tuple[int, str], Said]
) -> Target:
    """Who answers there; without a contact point, the person, objecting when no good contact point of the channel is left open."""
    own = [
        one for one in points if one.party_id == party and one.kind == POINT_KINDS[channel] and one.holder == "person"
    ]
    against = [
        kept.since_on
        for one in own
        if (kept := said.get((one.id, channel))) and kept.state == "objected" and not one.workplace
    ]
    if chosen is None:
        left = [one for one in own if one.validity != "invalid"]
        shut = all(_objected(said.get((one.id, channel)), against) for one in left)
        role = next((one.role for one in points if one.party_id == party), "debtor")
        return Target(role, objected=shut and (bool(against) or bool(left)), party=party)
    here = said.get((chosen.id, channel))
    others = [one for one in own if one.id != chosen.id and not one.workplace and one.validity != "invalid"]
    agreed = here and here.state == "given" and here.source in contact_policy().written
    return Target(
        chosen.role,
        chosen.holder,
        bool(chosen.workplace),
        bool(chosen.given),
        only_way=not others,
        objected=_objected(here, against if chosen.holder == "person" else ()),
        agreed_on=dt.date.fromisoformat(here.since_on) if here and agreed else None,
        party=party,
    )


def _objected(here: Said | None, against: Sequence[str]) -> bool:
    """Whether a channel is closed here: objected to, or objected to elsewhere and not agreed to since."""
    if here is not None and here.state == "objected":
        return True
    agreed = here.since_on if here is not None and here.state == "given" else ""
    return any(since > agreed for since in against)


def _stops(rows: Sequence[Stopped]) -> tuple[Stop, ...]:
    """The stops of a case; those of each of its debts count as one, until the first of them is free."""
    kinds = {kind.kind: kind for kind in load_hold_kinds()}
    whole = [row for row in rows if not row.of_debt]
    parts = sorted((row for row in rows if row.of_debt), key=lambda row: (row.until_on is None, row.until_on or ""))
    return tuple(_stop(row, kinds[row.kind]) for row in (*whole, *parts[:1]))


def _stop(row: Stopped, kind: HoldKind) -> Stop:
    until, under = dt.date.fromisoformat(row.until_on) if row.until_on else None, kind.contact
    return Stop(
        row.kind, kind.label, under.rule, kind.article, kind.trust, until, under.keeps, under.reaches, row.elsewhere
    )


def sole(rows: Sequence[Person]) -> tuple[Sole, ...]:
    """Who alone is to be contacted: by their role, or because somebody said so."""
    return tuple(
        Sole(one.party_id, one.role, one.name) for one in rows if one.sole or one.role in contact_policy().sole
    )


def _fragile(case: CaseRow) -> Fragile | None:
    if not case.fragile_user:
        return None
    needs = set(json.loads(case.needs))
    closes = (channel for need in load_fragile().needs if need.code in needs for channel in need.closes)
    return Fragile(case.fragile_user, case.fragile_name, tuple(dict.fromkeys(closes)))


def _past(reader: Reader, parties: frozenset[int], day: dt.date) -> dict[int, tuple[Past, ...]]:
    """By person, the outgoing contacts of the last 30 days with them or who is likely the same; a returned item is no new contact."""
    likely = contact_person.likely(reader, parties)
    persons = {one: frozenset((one, *(other for other, _ in likely.get(one, ())))) for one in parties}
    rules = {rule.code: rule for rule in result_codes.known(reader)}
    first = day - dt.timedelta(days=MONTH_DAYS - 1)
    by_party: defaultdict[int, list[Past]] = defaultdict(list)
    for one in reads.made(reader, frozenset().union(*persons.values()), first.isoformat(), day.isoformat()):
        rule = rules.get(one.result)
        if rule is None or rule.attempt:
            answered = bool(rule and rule.right_party) and one.channel in ("call", "visit")
            by_party[one.party_id].append(
                Past(dt.date.fromisoformat(one.on), one.channel, one.channel == "call", answered)
            )
    return {one: tuple(past for other in sorted(same) for past in by_party[other]) for one, same in persons.items()}
