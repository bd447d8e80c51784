"""What time it is now where a telephone number rings: for the screen; the contact gate judges by the same zones. Calls nobody."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from core.domain.phone_zones import zones_of_number


def now_there(now: dt.datetime, e164: str) -> tuple[str, ...]:
    """The hours ("14:05") it may be there, several where the number leaves two zones open; none where nothing is known."""
    hours = (now.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in zones_of_number(e164))
    return tuple(dict.fromkeys(hours))
