"""Reads the cases that change hands, gives them, keeps absences. Chooses nobody."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.domain.assignment import Case
from core.store.team import cases_of, open_cases
from core.store.unit import Reader, Unit

MOST = 1000  # cases of one grouped action: each of them gets its line of the journal


@dataclass(frozen=True, slots=True)
class Listed:
    """An open case for a list: money in cents; `collector_id` whose it is, not who covers."""

    id: int
    ref: str
    debtor: str
    creditor_id: int
    creditor: str
    postcode: str
    balance: int
    collector_id: int | None
    collector: str | None

    @property
    def case(self) -> Case:
        """What rules look at."""
        return Case(self.id, self.creditor_id, self.postcode, self.balance, self.collector_id)


_LISTED = """
SELECT c.id, c.ref, TRIM(p.name || ' ' || p.first_name), c.creditor_id, k.name,
  COALESCE((SELECT o.postcode FROM contact_points o WHERE o.party_id = c.debtor_id AND o.kind = 'address' AND o.postcode <> ''
    ORDER BY o.validity = 'invalid', o.priority DESC, o.id LIMIT 1), '') AS lives_at, s.balance, c.collector_id, u.name
FROM {source} JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = c.debtor_id JOIN creditors k ON k.id = c.creditor_id
LEFT JOIN users u ON u.id = c.collector_id
"""
_WHERE = {
    "creditor": "c.creditor_id = :creditor",
    "collector": "c.collector_id IS NULLIF(:collector, 0)",
    "least": "s.balance >= :least",
    "most": "s.balance <= :most",
    "postcode": "lives_at LIKE :postcode || '%'",
}


def listed(reader: Reader, asked: dict[str, int | str], limit: int = MOST) -> tuple[Listed, ...]:
    """The open cases that a filter keeps, most pressing first; keys of `_WHERE`, a collector of 0 is nobody."""
    conditions = " ".join(f"AND {_WHERE[key]}" for key in asked)
    source = _LISTED.format(source="case_summaries s INDEXED BY summaries_queue")
    sql = f"{source} WHERE s.status = 'open' {conditions} ORDER BY s.priority DESC LIMIT :limit"
    return reader.all(Listed, sql, {**asked, "limit": limit})


def by_ids(reader: Reader, case_ids: Collection[int]) -> tuple[Listed, ...]:
    """The open cases of these numbers."""
    source = _LISTED.format(source="case_summaries s")
    sql = f"{source} WHERE s.status = 'open' AND s.case_id IN (SELECT value FROM json_each(?))"
    return reader.all(Listed, sql, (json.dumps(sorted(case_ids)),))


def entered(reader: Reader, batch_id: int, count: int) -> tuple[Case, ...]:
    """The `count` cases that an import just opened, in their order, as nobody's: what rules look at before the read models are made."""
    return reader.all(
        Case,
        """SELECT * FROM (SELECT c.id, c.creditor_id,
          COALESCE((SELECT o.postcode FROM contact_points o WHERE o.party_id = c.debtor_id AND o.kind = 'address' AND o.postcode <> ''
            ORDER BY o.validity = 'invalid', o.priority DESC, o.id LIMIT 1), ''),
          COALESCE((SELECT SUM(d.principal) FROM debts d WHERE d.case_id = c.id), 0), NULL
        FROM cases c WHERE c.batch_id = ? ORDER BY c.id DESC LIMIT ?) ORDER BY 1""",
        (batch_id, count),
    )


def hand_out(unit: Unit, case_ids: Sequence[int], user_id: int) -> None:
    """Give cases that the unit itself opened, whose read models are still to be made."""
    unit.run(
        "UPDATE cases SET collector_id = ? WHERE id IN (SELECT value FROM json_each(?))",
        (user_id, json.dumps(list(case_ids))),
    )


def loads(reader: Reader, today: str) -> dict[int, int]:
    """How many open cases are each colleague's own on a day, by user id: those that they only cover are given back to their colleague."""
    found = open_cases(reader)
    for user, cover, count in reader.rows(
        "SELECT a.user_id, a.cover_id, COUNT(*) FROM absences a JOIN case_summaries s INDEXED BY summaries_collector "
        "ON s.collector_id = a.cover_id AND s.collector_id IS NOT NULL AND s.status = 'open' "
        "JOIN cases c ON c.id = s.case_id AND c.collector_id = a.user_id "
        "WHERE a.cancelled_at IS NULL AND a.from_on <= ?1 AND a.return_on > ?1 GROUP BY a.id",
        (today,),
    ):
        found[user] = found.get(user, 0) + count
        found[cover] = found.get(cover, 0) - count
    return {user: count for user, count in found.items() if count}


def give(unit: Unit, case_ids: Sequence[int], user_id: int | None) -> None:
    """Give cases to a colleague, or to nobody."""
    unit.run(
        "UPDATE cases SET collector_id = ?, row_version = row_version + 1 WHERE id IN (SELECT value FROM json_each(?))",
        (user_id, json.dumps(list(case_ids))),
    )
    unit.touch(*case_ids)


@dataclass(frozen=True, slots=True)
class Absence:
    """A colleague away from `from_on` to the day before `return_on`, ISO days, and who covers."""

    id: int
    user_id: int
    name: str
    cover_id: int
    cover: str
    from_on: str
    return_on: str
    row_version: int


_ABSENCE = """
SELECT a.id, a.user_id, u.name, a.cover_id, v.name, a.from_on, a.return_on, a.row_version
FROM absences a JOIN users u ON u.id = a.user_id JOIN users v ON v.id = a.cover_id WHERE a.cancelled_at IS NULL
"""


def absences(reader: Reader, since: str) -> tuple[Absence, ...]:
    """The absences that are not over on a day, the first ones first."""
    return reader.all(Absence, f"{_ABSENCE} AND a.return_on > ? ORDER BY a.from_on, a.id", (since,))


def absence(reader: Reader, absence_id: int) -> Absence | None:
    """One absence that was not cancelled."""
    return reader.first(Absence, f"{_ABSENCE} AND a.id = ?", (absence_id,))


def add_absence(unit: Unit, user_id: int, cover_id: int, from_on: str, return_on: str) -> int:
    """An absence and its cover."""
    return unit.add(
        "absences", user_id=user_id, cover_id=cover_id, from_on=from_on, return_on=return_on, created_by=unit.actor_id, created_at=unit.now
    )  # fmt: skip


def end_absence(unit: Unit, absence_id: int, row_version: int, return_on: str | None) -> None:
    """Back on another day, or None: the absence does not take place."""
    if return_on is None:
        unit.change("absences", absence_id, row_version, cancelled_at=unit.now)
    else:
        unit.change("absences", absence_id, row_version, return_on=return_on)


def touch_cases_of(unit: Unit, user_id: int) -> int:
    """Have the open cases of a colleague recomputed; returns how many."""
    found = cases_of(unit, user_id)
    unit.touch(*found)
    return len(found)
