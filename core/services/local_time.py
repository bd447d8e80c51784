"""Where a telephone number is from and what time it is there now, by the zones that the contact gate judges by. Calls nobody."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from core.domain.addresses import OVERSEAS
from core.domain.phone_zones import zones_of_number


def now_there(now: dt.datetime, e164: str) -> tuple[str, ...]:
    """The hours ("14:05") it may be there, several where the number leaves two zones open; none where nothing is known."""
    hours = (now.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in zones_of_number(e164))
    return tuple(dict.fromkeys(hours))


def whence(e164: str) -> str:
    """Whether a number is of "home" (mainland France), "overseas" (a French territory) or "abroad"; "" when no plan knows it."""
    import phonenumbers

    region = phonenumbers.region_code_for_number(phonenumbers.parse(e164, None))
    if region is None:
        return ""
    return "home" if region == "FR" else "overseas" if region in OVERSEAS.values() else "abroad"
