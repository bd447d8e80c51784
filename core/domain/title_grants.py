"""What the titles of a court grant on one debt: which of them stands, on what principal, at which rate, from when. Books nothing.

After a title the claim is what the title grants: its operative part binds (CPC art. 480, read in a secondary source). A judgment on
opposition replaces the payment order (CPC art. 1420). Two titles that both seem to stand are for a person to tell apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.domain.interest_terms import Basis
from core.domain.legal_facts import LegalFact
from core.domain.messages import Euro, Message, msg
from core.domain.statement_account import NOT_GRANTED, Account, standing

GRANTS, REFUSED, SET_ASIDE, DELAY = "title_grants", "title_refused", "title_set_aside", "title_delay"
SAID = (GRANTS, REFUSED)


@dataclass(frozen=True, slots=True)
class Title:
    """A title that covers a debt, the day it was served (None: not known), whether a court awarded the sum."""

    on: dt.date
    served_on: dt.date | None
    decision: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """What a title grants on a debt: principal in cents (None: the whole), basis of interest (None: it says none), percent a year of an
    agreed rate (None: that of the debt), first day of interest (None: the day of the title).
    """

    principal: int | None = None
    basis: Basis | None = None
    rate: Decimal | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The title that counts for a debt and what it grants; `doubt` the days of the titles between which a person must choose (then no
    title counts). `asides` is for the agency.
    """

    title: Title | None
    grant: Grant = Grant()
    doubt: tuple[dt.date, ...] = ()
    asides: tuple[Message, ...] = ()


def set_aside(facts: Iterable[LegalFact]) -> frozenset[dt.date]:
    """The days of the titles that another decision set aside."""
    return frozenset(fact.since for fact in facts if fact.kind == SET_ASIDE and fact.since)


def in_force(titles: Iterable[Title], facts: Iterable[LegalFact]) -> tuple[Title, ...]:
    """The titles that nothing set aside, the earliest first; decisions of a court and others."""
    gone = set_aside(facts)
    return tuple(one for one in titles if one.on not in gone)


def standing_title(titles: Iterable[Title], facts: Iterable[LegalFact]) -> Standing:
    """The decision that counts for a debt, out of those that cover it, and what the register says of it.

    Several decisions of different days: the latest counts once a fact says what it grants, the others being replaced by it; until then,
    or while an earlier one has such a fact too, nothing is chosen and `doubt` names them.
    """
    known, told = tuple(titles), tuple(facts)
    courts = {one.on: one for one in in_force(known, told) if one.decision}
    said = {fact.on for fact in told if fact.kind in SAID}
    asides = tuple(_orphans(known, told))
    if not courts:
        return Standing(None, asides=asides)
    latest = max(courts)
    earlier = sorted(set(courts) - {latest})
    if earlier and (latest not in said or said & set(earlier)):
        return Standing(None, doubt=(*earlier, latest), asides=asides)
    replaced = (
        msg(
            "The title of {day} is taken as replaced by that of {latest}, whose grant is recorded.",
            day=day,
            latest=latest,
        )
        for day in earlier
    )
    return Standing(courts[latest], _grant(latest, told), asides=(*asides, *replaced))


def _grant(on: dt.date, facts: tuple[LegalFact, ...]) -> Grant:
    """What the register says of a title; what it says of the debt comes before what it says of the whole case."""
    found = sorted(
        (fact for fact in facts if fact.kind in SAID and fact.on == on), key=lambda fact: fact.debt_id is None
    )
    if not found:
        return Grant()
    fact = found[0]
    if fact.kind == REFUSED:
        return Grant(principal=0)
    return Grant(fact.amount, Basis(fact.basis) if fact.basis else None, fact.rate, fact.since)


def _orphans(titles: tuple[Title, ...], facts: tuple[LegalFact, ...]) -> Iterator[Message]:
    """Facts whose title is gone: a proceeding moved it, or a judgment on opposition took its place (CPC art. 1420)."""
    days = {one.on for one in titles}
    for fact in facts:
        about = fact.on if fact.kind in SAID else fact.since if fact.kind == SET_ASIDE else None
        if about and about not in days:
            yield msg(
                "The register speaks of a title of {day} that is not known any more: read that fact again.", day=about
            )


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Cents of principal that a title did not grant, and the day from which they are not claimed any more."""

    on: dt.date
    cents: int


def shortfall(account: Account, found: Standing, known_on: dt.date) -> Shortfall | None:
    """What the title that stands left out of the principal owed on its day, payments of that day taken off; None when nothing.

    A debt placed after its title is measured on the day of its placement. `known_on` is the day whose knowledge is used: a payment
    reversed by then never extinguished anything.
    """
    if found.title is None or found.grant.principal is None:
        return None
    day = max(found.title.on, account.placed_on)
    rows = standing(account.moves, known_on)
    owed = sum(row.amount for row in rows if row.bucket == "principal" and row.kind != NOT_GRANTED and row.on <= day)
    cents = owed - found.grant.principal
    return Shortfall(day, cents) if cents > 0 else None


def beyond(account: Account, found: Standing, on: dt.date) -> Iterator[Message]:
    """What to tell the agency where more was paid than the title leaves to claim: what it left out could not all be taken off."""
    lost = shortfall(account, found, on)
    rows = [row for row in standing(account.moves, on) if row.bucket == "principal"]
    booked = sum(-row.amount for row in rows if row.kind == NOT_GRANTED)
    if lost and booked < lost.cents and sum(row.amount for row in rows) <= 0:
        yield msg(
            "{amount} of principal that the title did not grant had been paid already: see with the creditor whether it is given back.",
            amount=Euro(lost.cents - booked),
        )
