"""Telephone numbers as E.164 with their kind and region, overseas ones included. Calls nobody and cannot tell who holds a number.

The numbering plan is libphonenumber's (package `phonenumbers`, imported on first need: 25 ms). Its ranges for France
and its territories are matched directly, which gives the same answer as its full parse (a test compares 20,000
numbers) at a thirtieth of the time. Overseas numbers written as at home ("0692 12 34 56") are invalid for its region
FR: they are read in the territory that their prefix, or the debtor's postcode, names.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from core.domain.addresses import territory
from core.domain.folding import clean
from core.domain.messages import Refusal, msg, refuse


class Phone(NamedTuple):
    """A valid number: "+33612345678", its kind (mobile, fixed, voip or special) and the region that issued it."""

    e164: str
    kind: str
    region: str


# ARCEP numbering plan: first three digits of a national number -> territory, in the order to try.
PREFIXES = {
    "262": ("RE",), "263": ("RE",), "692": ("RE",), "693": ("RE",), "269": ("YT",), "639": ("YT",),
    "590": ("GP", "BL", "MF"), "690": ("GP", "BL", "MF"), "691": ("GP", "BL", "MF"), "596": ("MQ",), "696": ("MQ",), "697": ("MQ",),
    "594": ("GF",), "694": ("GF",), "709": ("RE", "GP", "MQ", "GF", "YT"), "708": ("PM",),
}  # fmt: skip
FICTION = "63998"  # ARCEP keeps 06 39 98 00 00 to 99 99 for works of fiction: films, training, our demonstration
_SEPARATORS = str.maketrans("", "", " .-/_()\t\u00a0\u202f\u2009\u2010\u2011\u2013")
_KINDS = frozenset({"fixed", "mobile", "voip"})
_PLAIN = re.compile(r"0[1-9]\d{8}", re.ASCII)
_OPTIONAL_ZERO = re.compile(r"^(\+|00)(\d{2,3})[\s.]*\(0\)")


def phone(text: str, *, postcode: str = "", region: str = "FR", field: str = "phone") -> Phone | None:
    """The number, or None for an empty text; a Refusal when no region reads it.

    "06 12 34 56 78", "0033612345678", "+33(0)6.12.34.56.78" and "612345678" (its zero eaten by a spreadsheet) are one
    number. `postcode` helps an overseas number, `region` is where the debtor lives.
    """
    plain = _PLAIN.fullmatch(text)
    digits = text if plain else text.translate(_SEPARATORS)
    if not digits:
        return None
    home = territory(postcode) if postcode and region == "FR" else region
    french = home == "FR" and (plain or _PLAIN.fullmatch(digits))
    found = _french(digits[1:]) if french else _elsewhere(_international(text), home)
    if found is None:
        raise _unreadable(text, field)
    return found


class _Plan(NamedTuple):
    """One region's country code and its number ranges as one expression whose groups are the kinds."""

    code: str
    ranges: re.Pattern[str]


@functools.cache
def _plan(region: str) -> _Plan:
    """The plan of a region as libphonenumber describes it, in the order of its `number_type`."""
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(region)
    ranges = {
        "premium": plan.premium_rate, "free": plan.toll_free, "shared": plan.shared_cost, "voip": plan.voip, "uan": plan.uan,
        "fixed": plan.fixed_line, "mobile": plan.mobile,
    } if plan else {}  # fmt: skip
    parts = [f"(?P<{kind}>{of.national_number_pattern})" for kind, of in ranges.items() if of]
    return _Plan(f"+{plan.country_code if plan else 33}", re.compile("|".join(parts), re.ASCII))


def _french(national: str) -> Phone | None:
    """The number with these nine digits in the territory of its prefix, else in metropolitan France."""
    if national.startswith(FICTION):
        return Phone("+33" + national, "mobile", "FR")
    for region in PREFIXES.get(national[:3], ("FR",)):
        code, ranges = _plan(region)
        found = ranges.fullmatch(national)
        if found:
            kind = found.lastgroup or ""
            return Phone(code + national, kind if kind in _KINDS else "special", region)
    return None


def _international(text: str) -> str:
    """Digits with a plus sign where a country is given; the "(0)" of "+33 (0)6" dropped."""
    bare = _OPTIONAL_ZERO.sub(r"\1\2", clean(text)).translate(_SEPARATORS)
    return "+" + bare[2:] if bare.startswith("00") else bare


def _national_french(digits: str) -> str:
    """The nine national digits of a French number, "" when it is another country's or not a number."""
    bare = (
        digits.removeprefix("+33").removeprefix("0") if not digits.startswith("+") or digits.startswith("+33") else ""
    )
    return bare if len(bare) == 9 and bare.isascii() and bare.isdigit() else ""


def _elsewhere(digits: str, home: str) -> Phone | None:
    """A number of the debtor's own country or territory, else a French one, else one with its country in front."""
    national = _national_french(digits)
    own = _parsed("0" + national if national else digits, home) if home != "FR" else None
    return own or (_french(national) if national else _parsed(digits, home))


def _parsed(digits: str, region: str) -> Phone | None:
    """What libphonenumber makes of the digits in one region; None when it finds them invalid."""
    import phonenumbers as library

    try:
        number = library.parse(digits, region)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    written = library.format_number(number, library.PhoneNumberFormat.E164)
    return Phone(written, _kind(library.number_type(number)), library.region_code_for_number(number) or region)


def _kind(number_type: int) -> str:
    """Our four kinds; a number that may be fixed or mobile counts as fixed, so that nobody counts on a text message."""
    from phonenumbers import PhoneNumberType as Type

    known = {Type.MOBILE: "mobile", Type.FIXED_LINE: "fixed", Type.FIXED_LINE_OR_MOBILE: "fixed", Type.VOIP: "voip"}
    return known.get(number_type, "special")


def _unreadable(text: str, field: str) -> Refusal:
    """The Refusal for a text that is no telephone number."""
    return refuse(
        "phone-unreadable",
        msg("“{given}” is not a telephone number that someone can hold.", given=clean(text)),
        msg("Write ten digits such as 06 12 34 56 78, or the country's prefix such as +32 for a number abroad."),
        field=field,
        value=text,
    )
