"""Postcode, city, country and address lines of a French letter (NF Z10-011: six lines of 38). Looks nothing up and cuts nothing off."""

from __future__ import annotations

import re

from core.domain.countries import country_code
from core.domain.folding import clean
from core.domain.messages import msg, refuse

LINE_LENGTH = 38  # NF Z10-011, "Adresse postale": 38 characters a line, spaces included
LINES = 6
OVERSEAS = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF",
    "984": "TF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
"""First three digits of an overseas postcode -> ISO 3166 code of the territory (Insee, code officiel géographique)."""
FRENCH = frozenset(OVERSEAS.values()) | {"FR", "MC"}
"""Countries whose addresses carry a five-digit postcode of La Poste; Monaco is 98000."""
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5])\d{3}|97[1-8]\d\d|98[04678]\d\d|00\d{3}")  # 00nnn: armed forces
_CEDEX = re.compile(r"\bcedex\b", re.IGNORECASE)


def country(text: str, *, field: str = "country") -> str:
    """The ISO code of a country; France when nothing is said."""
    if not text.strip():
        return "FR"
    code = country_code(text)
    if not code:
        raise refuse(
            "country-unknown",
            msg("“{given}” is not the name or the code of a country.", given=clean(text)),
            msg(
                "Write the country in French or its two-letter code, for example Belgique or BE; leave it empty for France."
            ),
            field=field,
            value=text,
        )
    return code


def postcode(text: str, *, in_country: str = "FR", field: str = "postcode") -> str:
    """A postcode; in France five digits, spaces removed ("F-75 011" gives 75011). A code of another country is only cleaned.

    Four digits are refused, not completed: a spreadsheet may have eaten the zero of 01000, or a digit is missing
    anywhere else. `completed_postcode` gives the proposal.
    """
    if in_country not in FRENCH:
        return clean(text).upper()
    bare = clean(text).upper().removeprefix("FR-").removeprefix("F-").replace(" ", "").replace("-", "")
    if bare and not _POSTCODE.fullmatch(bare):
        raise refuse(
            "postcode-unreadable",
            msg("“{given}” is not a French postcode.", given=clean(text)),
            msg("Write five digits, for example 01000; if the address is abroad, fill in the country."),
            field=field,
            value=text,
        )
    return bare


def completed_postcode(text: str) -> str:
    """The postcode of the departments 01 to 09 whose zero a spreadsheet ate: "1000" gives "01000", anything else ""."""
    bare = clean(text).replace(" ", "")
    return "0" + bare if len(bare) == 4 and bare.isascii() and bare.isdigit() and bare[0] != "0" else ""


def territory(code: str) -> str:
    """The ISO code of the French territory a postcode lies in: RE for 97400, FR for 75011, MC for 98000."""
    return "MC" if code.startswith("980") else OVERSEAS.get(code[:3], "FR")


def city(text: str) -> str:
    """A city as people write it, cleaned; "paris cedex 09" becomes "paris CEDEX 09"."""
    return _CEDEX.sub("CEDEX", clean(text))


def address_lines(*texts: str, field: str = "address") -> tuple[str, ...]:
    """The lines of an address, at most 38 characters each, broken between words; no text is ever lost.

    Each argument starts a new line, as does a line feed inside one. More than six lines, or one word longer than a
    line, is refused with what was given.
    """
    lines: list[str] = []
    for text in texts:
        for piece in text.replace("\r", "\n").split("\n"):
            lines.extend(_broken(clean(piece)))
    too_long = next((line for line in lines if len(line) > LINE_LENGTH), "")
    if too_long or len(lines) > LINES:
        given = " / ".join(lines)
        raise refuse(
            "address-too-long",
            msg("This address does not fit on an envelope: {given}.", given=given),
            msg(
                "The postal standard allows {lines} lines of {length} characters; shorten it.",
                lines=LINES,
                length=LINE_LENGTH,
            ),
            field=field,
            value=given,
        )
    return tuple(lines)


def envelope(
    recipient: str, *lines: str, code: str = "", town: str = "", in_country: str = "FR", country_name: str = ""
) -> tuple[str, ...]:
    """The whole address as a letter shows it: recipient, lines, postcode and city, and the country when it is abroad."""
    last = clean(f"{code} {city(town)}")
    return address_lines(
        recipient, *lines, last, country_name.upper() if in_country not in FRENCH else "", field="address"
    )


def _broken(text: str) -> list[str]:
    """A clean text as lines of at most 38 characters where its spaces allow it."""
    if len(text) <= LINE_LENGTH:
        return [text] if text else []
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LINE_LENGTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
