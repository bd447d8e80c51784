"""The time zones in which the holder of a telephone number may be, and those of a French territory or a country. Calls nobody.

libphonenumber's own table (`phonenumbers.timezone`, imported on first need) says "Etc/Unknown" for some numbers of Mayotte and for
those of fiction, and two zones for La Réunion: where the numbering plan names one territory (core.domain.phones), it decides.
"""

from __future__ import annotations

import functools

from core.domain.addresses import OVERSEAS
from core.domain.phones import PREFIXES

UNKNOWN, HOME = "Etc/Unknown", "Europe/Paris"
OVERSEAS_CODES = ("262", "590", "594", "596", "508")
DEPARTMENTS = {region: number for number, region in OVERSEAS.items()}


@functools.lru_cache(maxsize=4096)
def zones_of_number(e164: str) -> tuple[str, ...]:
    """The zones of a number in E.164, several when the number does not say which; none when nothing is known of it."""
    region = region_of(e164)
    if region:
        return zones_of_region(region)
    import phonenumbers
    from phonenumbers import timezone

    try:
        found = timezone.time_zones_for_number(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if zone != UNKNOWN) or ((HOME,) if e164.startswith("+33") else ())


def region_of(e164: str) -> str:
    """The French overseas territory that a number belongs to by its prefix, when there is one only; "" otherwise."""
    code = e164[1:4]
    regions = PREFIXES.get(e164[4:7], ()) if code in OVERSEAS_CODES else ()
    return regions[0] if len(regions) == 1 or regions == ("GP", "BL", "MF") else ""


@functools.cache
def zones_of_region(region: str) -> tuple[str, ...]:
    """The zones of a country or territory by its ISO code, as its example number has them; none when it has none."""
    import phonenumbers
    from phonenumbers import timezone

    example = phonenumbers.example_number(region)
    found = timezone.time_zones_for_number(example) if example else ()
    return tuple(zone for zone in found if zone != UNKNOWN)


def moves(e164: str, kind: str) -> bool:
    """Whether a number of mainland France may be carried elsewhere: a mobile, a number over the internet, any other that is not a line."""
    return e164.startswith("+33") and kind != "fixed"
