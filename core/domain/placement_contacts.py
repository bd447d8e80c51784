"""The contact points that a line of a placement tells: address, telephones, e-mail. Judges none of them."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from core.domain.addresses import LINE_LENGTH, address_lines
from core.domain.messages import Refusal
from core.domain.placement import PlacedDebt

_TOLD = itemgetter(*(
    PlacedDebt._fields.index(name)
    for name in ("address", "address2", "postcode", "city", "country", "email", "phone", "phone2", "phone_kind", "phone2_kind")
))  # fmt: skip


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
    address, address2, postcode, city, country, email, phone, phone2, kind, kind2 = _TOLD(line)
    found = []
    if address or postcode or city or address2:
        found.append(Told("address", _street(address, address2), "", postcode, city, country))
    if phone:
        found.append(Told("phone", phone, kind))
    if phone2 and phone2 != phone:
        found.append(Told("phone", phone2, kind2))
    if email:
        found.append(Told("email", email))
    return found


def _street(first: str, second: str) -> str:
    """Lines of 38 characters; an address that does not fit stays as it was written, a missing one is a dash."""
    if not second and 0 < len(first) <= LINE_LENGTH:
        return first
    try:
        return "\n".join(address_lines(first, second)) or "-"
    except Refusal:
        return "\n".join(text for text in (first, second) if text)
