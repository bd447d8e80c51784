"""The contact points that a line of a placement tells: address, telephones, e-mail. Judges none of them."""

from __future__ import annotations

from typing import NamedTuple

from core.domain.addresses import LINE_LENGTH, address_lines
from core.domain.messages import Refusal
from core.domain.placement import PlacedDebt


class Told(NamedTuple):
    """One contact point: `value` is street lines separated by line feeds, an E.164 number or an e-mail."""

    kind: str
    value: str
    phone_kind: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes two contact points of one party the same."""
        return self.kind, self.value, self.postcode


def told_by(line: PlacedDebt) -> list[Told]:
    """The contact points of a line's debtor, address first."""
    found = []
    if line.address or line.postcode or line.city or line.address2:
        found.append(Told("address", _street(line.address, line.address2), "", line.postcode, line.city, line.country))
    if line.phone:
        found.append(Told("phone", line.phone, line.phone_kind))
    if line.phone2 and line.phone2 != line.phone:
        found.append(Told("phone", line.phone2, line.phone2_kind))
    if line.email:
        found.append(Told("email", line.email))
    return found


def _street(first: str, second: str) -> str:
    """Lines of 38 characters; an address that does not fit stays as it was written, a missing one is a dash."""
    if not second and 0 < len(first) <= LINE_LENGTH:
        return first
    try:
        return "\n".join(address_lines(first, second)) or "-"
    except Refusal:
        return "\n".join(text for text in (first, second) if text)
