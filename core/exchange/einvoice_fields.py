"""Reads the single fields of an electronic invoice: texts, dates, amounts, parties. Knows neither CII nor UBL."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree as ET

from core.domain.messages import Message, Problem, msg

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_AMOUNT = re.compile(r"[+-]?(?:\d{1,13}(?:\.\d{0,6})?|\.\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or a buyer; a text that the invoice does not give is None. `tax_number` is no VAT number (BT-32)."""

    name: str | None = None
    ref: str | None = None
    legal_id: str | None = None
    vat: str | None = None
    tax_number: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def siren(self) -> str:
        """Nine digits out of a French legal identifier (SIREN or SIRET) or VAT number; "" when there are none."""
        if self.country not in (None, "FR"):
            return ""
        digits = re.sub(r"\s", "", self.legal_id or "")
        if re.fullmatch(r"\d{9}|\d{14}", digits, re.ASCII):
            return digits[:9]
        vat = re.sub(r"\s", "", self.vat or "").upper()
        return vat[4:] if re.fullmatch(r"FR[0-9A-Z]{2}\d{9}", vat, re.ASCII) else ""


@dataclass(slots=True)
class Reader:
    """Looks fields up by path whatever the namespaces, and keeps a Problem for each one that cannot be read."""

    problems: list[Problem] = field(default_factory=list)

    def all(self, node: ET.Element | None, *paths: str) -> list[ET.Element]:
        """The elements under `node` at the first of `paths` where there is one; a path is local names with slashes."""
        if node is None:
            return []
        for path in paths:
            found = node.findall("/".join("{*}" + step for step in path.split("/")))
            if found:
                return found
        return []

    def one(self, node: ET.Element | None, *paths: str) -> ET.Element | None:
        """The first of `all`."""
        found = self.all(node, *paths)
        return found[0] if found else None

    def text(self, node: ET.Element | None, *paths: str) -> str | None:
        """The first text that is not blank, its inner blanks made single; None when there is none."""
        for path in paths:
            for element in self.all(node, path):
                plain = " ".join((element.text or "").split())
                if plain:
                    return plain
        return None

    def with_scheme(self, nodes: list[ET.Element], scheme: str) -> str | None:
        """The text of the first element whose schemeID is `scheme`."""
        return next((self.own(node) for node in nodes if node.get("schemeID") == scheme), None)

    def own(self, node: ET.Element) -> str | None:
        """The text of `node` itself."""
        return " ".join((node.text or "").split()) or None

    def date(self, given: str | None, name: str) -> dt.date | None:
        """A date in the forms of the two standards, 20260131 (UNTDID 2379 code 102) and 2026-01-31."""
        found = given and (_COMPACT.fullmatch(given) or _ISO.fullmatch(given))
        if found:
            try:
                return dt.date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                pass
        if given:
            self.fault("einvoice-date", msg("“{given}” is not a date.", given=given), name, given)
        return None

    def cents(self, given: str | None, name: str) -> int | None:
        """Integer cents of an XML decimal; more than two decimals that count are refused (BR-DEC of EN 16931)."""
        if given is None:
            return None
        if _AMOUNT.fullmatch(given):
            scaled = Decimal(given) * 100
            if scaled == scaled.to_integral_value():
                return int(scaled)
        self.fault("einvoice-amount", msg("“{given}” is not an amount in cents.", given=given), name, given)
        return None

    def fault(self, code: str, reason: Message, name: str, given: str = "") -> None:
        """Keeps a problem of the field `name`."""
        remedy = msg("Ask the sender for a corrected invoice, or type it in.")
        self.problems.append(Problem(code, reason, remedy, field=name, value=given))
