"""Identifiers of people and companies, normalised and checked: SIREN, SIRET, VAT, IBAN, e-mail, names. Asks no register if they exist.

Each function takes what was typed, kindly drops spaces, dots and dashes, and returns the normal form ("" for an empty
text) or raises a Refusal naming `field`. The documents: Insee (SIREN, SIRET: ISO/IEC 7812-1 check digit), DGFiP (VAT),
ISO 13616 and the SWIFT registry (IBAN), RFC 5321 (e-mail). `stdnum` is imported on first need, it costs 50 ms.
"""

from __future__ import annotations

import re

from core.domain.addresses import (
    FRENCH,
    address_lines,
    city,
    completed_postcode,
    country,
    envelope,
    postcode,
    territory,
)
from core.domain.folding import clean, fold, name_key
from core.domain.messages import Refusal, msg, refuse

__all__ = [
    "FRENCH",
    "address_lines", "city", "clean", "completed_postcode", "country", "email", "envelope", "fold", "iban", "name", "name_key",
    "postcode", "siren", "siret", "territory", "vat",
]  # fmt: skip

_SEPARATORS = str.maketrans("", "", " .-_/\t\u00a0\u202f\u2009")
_DOUBLED = str.maketrans("0123456789", "0246813579")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*@"
    r"(?:[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f-]{0,61}[A-Za-z0-9\u00c0-\u024f])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}")
_IBAN_FR = re.compile(r"FR(?!00|01|99)\d{12}[0-9A-Z]{11}\d\d", re.ASCII)
_VALUE = {letter: str(10 + n) for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_AS_DIGITS = str.maketrans(_VALUE)
# Lengths in the SWIFT IBAN registry of the countries of the SEPA area; elsewhere 15 to 34 characters (ISO 13616-1).
_IBAN_LENGTH = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22, "GF": 27, "GP": 27,
    "MQ": 27, "RE": 27, "PF": 27, "TF": 27, "YT": 27, "NC": 27, "BL": 27, "MF": 27, "PM": 27, "WF": 27,
}  # fmt: skip
_LA_POSTE = "356000000"


def siren(text: str, *, field: str = "siren") -> str:
    """Nine digits with a right check digit: "732 829 320" gives "732829320"."""
    digits = text.translate(_SEPARATORS)
    if not digits:
        return ""
    if len(digits) == 9 and digits.isdigit() and digits.isascii() and _luhn(digits) and digits != "000000000":
        return digits
    raise _wrong_siren(text, digits, field)


def siret(text: str, *, field: str = "siret") -> str:
    """Fourteen digits: the SIREN and the number of the establishment.

    The fourteen pass the Luhn check; the establishments of La Poste but its head office add up to a multiple of five
    instead (Insee; python-stdnum says it the same way).
    """
    digits = text.translate(_SEPARATORS)
    if not digits:
        return ""
    shaped = len(digits) == 14 and digits.isdigit() and digits.isascii() and _luhn(digits[:9])
    branch = digits.startswith(_LA_POSTE) and digits != _LA_POSTE + "00048"
    fits = shaped and (sum(map(int, digits)) % 5 == 0 if branch else _luhn(digits))
    if fits and not digits.startswith("000000000"):
        return digits
    raise refuse(
        "siret-wrong",
        msg("“{given}” is not a SIRET: it takes 14 digits, and they check each other.", given=clean(text)),
        msg("Copy the SIRET again from an invoice or from annuaire-entreprises.data.gouv.fr, or leave it empty."),
        field=field,
        value=text,
    )


def vat(text: str, *, field: str = "vat") -> str:
    """A VAT number of the European Union with its country: "44 732829320" and "FR44732829320" give "FR44732829320"."""
    bare = text.translate(_SEPARATORS).upper()
    if not bare:
        return ""
    if len(bare) == 11 and bare[2:].isdigit():
        bare = "FR" + bare
    from stdnum.eu import vat as eu_vat
    from stdnum.exceptions import ValidationError

    try:
        return str(eu_vat.validate(bare))
    except ValidationError:
        raise refuse(
            "vat-wrong",
            msg("“{given}” is not a VAT number.", given=clean(text)),
            msg(
                "A French number is FR, two characters and the SIREN, for example FR44732829320; correct it or leave it empty."
            ),
            field=field,
            value=text,
        ) from None


def iban(text: str, *, field: str = "iban") -> str:
    """An IBAN without spaces, its length and its two check digits right (ISO 7064 mod 97-10)."""
    if _IBAN_FR.fullmatch(text) and _mod97(text) == 1:
        return text
    bare = text.translate(_SEPARATORS).upper().removeprefix("IBAN").removeprefix(":")
    if not bare:
        return ""
    shaped = _IBAN_FR.fullmatch(bare) if bare.startswith("FR") else _IBAN.fullmatch(bare)
    right = shaped and len(bare) == _IBAN_LENGTH.get(bare[:2], len(bare)) and bare[2:4] not in {"00", "01", "99"}
    if right and _mod97(bare) == 1:
        return bare
    raise refuse(
        "iban-wrong",
        msg("“{given}” is not an IBAN: its check digits do not fit.", given=clean(text)),
        msg("Copy the IBAN again from the bank details (27 characters in France), or leave it empty."),
        field=field,
        value=text,
    )


def email(text: str, *, field: str = "email") -> str:
    """One e-mail address in lower case; "Nom <a@b.fr>" and "mailto:a@b.fr" give a@b.fr.

    Lower case although RFC 5321 lets a host tell Jean@ from jean@: none does, and one person must have one address.
    """
    bare = text.strip()
    if not bare:
        return ""
    found = _EMAIL.fullmatch(bare)
    if not found:
        bare = clean(bare).removeprefix("mailto:").removesuffix(">").rpartition("<")[2].strip()
        found = _EMAIL.fullmatch(bare)
    if found and len(bare) <= 254 and bare.find("@") <= 64:
        return bare.lower()
    raise refuse(
        "email-wrong",
        msg("“{given}” is not an e-mail address.", given=clean(text)),
        msg("Write one address such as nom@exemple.fr, or leave it empty."),
        field=field,
        value=text,
    )


def name(text: str) -> str:
    """A person's or a company's name, cleaned and otherwise as it was typed: the case of a name is its owner's."""
    return clean(text)


def _luhn(digits: str) -> bool:
    """Whether the Luhn sum of the digits is a multiple of ten (ISO/IEC 7812-1, annex B)."""
    return (sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2].translate(_DOUBLED)))) % 10 == 0


def _mod97(number: str) -> int:
    """The remainder of ISO 7064 mod 97-10: four first characters at the end, letters as 10 to 35."""
    moved = number[4:] + number[:4].translate(_AS_DIGITS)
    return int(moved if moved.isdigit() else moved.translate(_AS_DIGITS)) % 97


def _wrong_siren(text: str, digits: str, field: str) -> Refusal:
    """The Refusal for a wrong SIREN; a SIRET put in its place is named as such."""
    if len(digits) == 14 and digits.isdigit():
        reason = msg("“{given}” has 14 digits: it is a SIRET, not a SIREN.", given=clean(text))
        remedy = msg("Put it in the SIRET column, or keep its first nine digits.")
    else:
        reason = msg(
            "“{given}” is not a SIREN: it takes nine digits, the last one checks the others.", given=clean(text)
        )
        remedy = msg(
            "Copy the SIREN again from an invoice or from annuaire-entreprises.data.gouv.fr, or leave it empty."
        )
    return refuse("siren-wrong", reason, remedy, field=field, value=text)
