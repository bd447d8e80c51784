"""Sorts the contacts counted by the store into attempts, right-party contacts and promises, as the list of results says. Reads no store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from core.law.results import Hold
from core.services import result_codes
from core.store.reports import Contacts
from core.store.unit import Reader

RECALLED, PROMISE = "RET", "PRO"  # codes of data/results that a figure names
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the list of results says that the figures need; `grace` in days after the day promised."""

    attempts: frozenset[str]
    right_party: frozenset[str]
    not_collectable: frozenset[str]
    grace: int


def codes(reader: Reader) -> Codes:
    """Read from the results as this agency has them."""
    known = result_codes.known(reader)
    gone = {c.code for c in known if c.outside_statistics or c.stops is Hold.INSOLVENCY} | {RECALLED}
    return Codes(
        frozenset(c.code for c in known if c.attempt),
        frozenset(c.code for c in known if c.right_party),
        frozenset(gone),
        next(c.next_action.days for c in known if c.code == PROMISE),
    )


@dataclass(frozen=True, slots=True)
class Activity:
    """Outgoing entries, the attempts among them, those that reached the right person; contacts from the debtor, promises taken."""

    outgoing: int = 0
    attempts: int = 0
    right_party: int = 0
    incoming: int = 0
    promises: int = 0


def sorted_by(key: Callable[[Contacts], Key], found: Iterable[Contacts], known: Codes) -> dict[Key, Activity]:
    """The activity under each key (a channel, an author)."""
    sums: dict[Key, Activity] = {}
    for row in found:
        before = sums.get(key(row), Activity())
        tried = row.count if row.direction == "out" and row.result in known.attempts else 0
        sums[key(row)] = Activity(
            before.outgoing + (row.count if row.direction == "out" else 0),
            before.attempts + tried,
            before.right_party + (tried if row.result in known.right_party else 0),
            before.incoming + (row.count if row.direction == "in" else 0),
            before.promises + (row.count if row.result == PROMISE else 0),
        )
    return sums
