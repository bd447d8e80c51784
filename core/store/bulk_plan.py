"""What core.store.bulk takes: lines and where each goes, and the small tools its tables share. Writes no row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from core.domain.placement import PlacedDebt
from core.domain.placement_contacts import Told
from core.domain.placement_groups import Cases, Debtors
from core.store.unit import Unit

LimitationKey = tuple[str, str, str, str, str | None, str | None]


@dataclass(slots=True)
class Placement:
    """Lines to enter and where: `parties` and `case_ids` are ids already here by debtor and by case, 0 for new ones.

    `told` are contact points to add to parties already here; `dated` due dates given at last to debts already here. `dates` gives the last
    day to sue and its certainty by nature, kind of debtor, creditor's quality, claim said (""), days of issue and due.
    """

    lines: list[PlacedDebt]
    debtors: Debtors
    cases: Cases
    parties: list[int]
    case_ids: list[int]
    creditor_ids: Mapping[str, int]
    mandates: Mapping[int, int | None] = field(default_factory=dict)
    told: list[tuple[int, Told]] = field(default_factory=list)
    dated: list[tuple[int, int, dt.date]] = field(default_factory=list)  # debt, case, day
    dates: Mapping[LimitationKey, tuple[str | None, str]] | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What is new; `amount` in cents."""

    debts: int
    cases: int
    parties: int
    amount: int


class Days(dict[dt.date | None, str | None]):
    """ISO texts of days, each made once."""

    def __missing__(self, day: dt.date | None) -> str | None:
        """Makes the text of a day met for the first time."""
        text = self[day] = day.isoformat() if day else None
        return text


def of_line(*names: str) -> tuple[Callable[[PlacedDebt], Any], ...]:
    """Readers of some fields of a line, without a call of Python a field."""
    return tuple(itemgetter(PlacedDebt._fields.index(name)) for name in names)


def columns(fields: tuple[Callable[[PlacedDebt], Any], ...], lines: Sequence[PlacedDebt]) -> list[list[Any]]:
    """The same fields of many lines, turned into columns."""
    return [list(map(field, lines)) for field in fields]


def free_ids(unit: Unit, table: str, count: int) -> range:
    """The next free ids of a table."""
    first = 1 + int(unit.value(f"SELECT COALESCE(MAX(id), 0) FROM {table}"))
    return range(first, first + count)


def known_or_next(known: list[int], fresh: range) -> list[int]:
    """The id of each: the known one, else the next of the range."""
    if len(fresh) == len(known):
        return list(fresh)
    following = iter(fresh)
    return [found or next(following) for found in known]
