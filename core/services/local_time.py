"""Where a telephone number is from and what time it is there now, by the zones that the contact gate judges by. Calls nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.domain.addresses import OVERSEAS
from core.services.contact_place import place_of, usual
from core.store.cases import ContactPoint


def now_there(now: dt.datetime, point: ContactPoint, points: Sequence[ContactPoint], zone: str) -> tuple[str, ...]:
    """The hours ("14:05") it may be where a number's holder is, several where it leaves two zones open; `zone` is the agency's.

    As the contact gate judges: a mobile of mainland France goes where its holder lives, who is among `points`.
    """
    place = place_of(point, usual(points, point.party_id, "letter"), zone)
    hours = (now.astimezone(ZoneInfo(one)).strftime("%H:%M") for one in place.zones)
    return tuple(dict.fromkeys(hours))


def whence(e164: str) -> str:
    """Whether a number is of "home" (mainland France), "overseas" (a French territory) or "abroad"; "" when no plan knows it."""
    import phonenumbers

    region = phonenumbers.region_code_for_number(phonenumbers.parse(e164, None))
    if region is None:
        return ""
    return "home" if region == "FR" else "overseas" if region in OVERSEAS.values() else "abroad"
