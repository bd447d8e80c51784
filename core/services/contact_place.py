"""Where the person of a contact point is, by number or by address: the zones and the holidays that the contact gate judges by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from core.domain.addresses import FRENCH, territory
from core.domain.contact_hours import Place
from core.domain.phone_zones import DEPARTMENTS, HOME, moves, region_of, zones_of_number, zones_of_region
from core.store import cases
from core.store import contact_reads as reads
from core.store.unit import Reader

POINT_KINDS = {"call": "phone", "sms": "phone", "email": "email", "letter": "address", "visit": "address"}


Point = reads.Point | cases.ContactPoint
Some = TypeVar("Some", reads.Point, cases.ContactPoint)


def usual(points: Iterable[Some], party: int, channel: str) -> Some | None:
    """The contact point one takes when none is chosen: the person's own, a workplace last; never one that somebody else answers."""
    own = [one for one in points if one.party_id == party and one.kind == POINT_KINDS[channel] and _good(one)]
    return min(own, key=lambda one: one.workplace, default=None)


def _good(one: Point) -> bool:
    return one.validity != "invalid" and one.holder == "person"


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


def place_in_case(reader: Reader, case_id: int, contact_point_id: int | None, zone: str, day: str) -> Place:
    """Where the person of a contact point is; the debtor, by the number one would call, when none is chosen."""
    points = reads.points(reader, (case_id,), day)
    chosen = next((one for one in points if one.id == contact_point_id), None)
    party = chosen.party_id if chosen else next((one.party_id for one in points if one.role == "debtor"), 0)
    return place_of(chosen or usual(points, party, "call"), usual(points, party, "letter"), zone)


def _department(address: Point | None) -> str:
    """The department whose own public holidays count."""
    if address is None or address.country not in ("", *FRENCH):
        return ""
    return DEPARTMENTS.get(territory(address.postcode), address.postcode[:2])
