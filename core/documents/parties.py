"""Who appears in a document: the agency of the letterhead, and persons with their address. Frozen facts, no layout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """Who writes: the letterhead and the legal mentions of the footer, as the agency typed them."""

    name: str
    legal_form: str = ""  # "SAS au capital de 10 000 €"
    address: tuple[str, ...] = ()
    siren: str = ""
    contact: str = ""  # telephone, e-mail, hours
    mentions: tuple[str, ...] = ()  # registration, insurance, declaration: the footer
    logo: bytes = b""  # PNG or JPEG


@dataclass(frozen=True, slots=True)
class Person:
    """A person or company named in a document, with the lines of its address."""

    name: str
    address: tuple[str, ...] = ()
    siren: str = ""


def grouped(siren: str) -> str:
    """A SIREN by groups of three digits, as it is read; anything else as it is."""
    return f"{siren[:3]} {siren[3:6]} {siren[6:]}" if len(siren) == 9 and siren.isdigit() else siren
