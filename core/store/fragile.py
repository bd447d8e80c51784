"""Keeps the fragile paths of persons: opened, reviewed, ended. Chooses no need and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class PathRow:
    """A path as kept; `needs` a JSON list of codes; `user_id` the one person who speaks with them."""

    id: int
    party_id: int
    case_id: int
    needs: str
    user_id: int
    user: str
    review_on: str
    opened_on: str
    opened_by: str
    ended_on: str | None
    ended_by: str | None
    end_reason: str
    row_version: int


_PATH = """SELECT f.id, f.party_id, f.case_id, f.needs, f.user_id, u.name, f.review_on, f.opened_on, o.name, f.ended_on, e.name,
  f.end_reason, f.row_version
FROM fragile_paths f JOIN users u ON u.id = f.user_id JOIN users o ON o.id = f.opened_by LEFT JOIN users e ON e.id = f.ended_by"""


def open_of_case(reader: Reader, case_id: int) -> PathRow | None:
    """The open path of the debtor of a case, whichever case it was opened from."""
    sql = f"{_PATH} WHERE f.ended_on IS NULL AND f.party_id = (SELECT debtor_id FROM cases WHERE id = ?)"
    return reader.first(PathRow, sql, (case_id,))


def of_case(reader: Reader, case_id: int) -> tuple[PathRow, ...]:
    """Every path of the debtor of a case, the last opened first."""
    sql = f"{_PATH} WHERE f.party_id = (SELECT debtor_id FROM cases WHERE id = ?) ORDER BY f.id DESC"
    return reader.all(PathRow, sql, (case_id,))


def cases_under(reader: Reader, case_ids: Collection[int]) -> frozenset[int]:
    """Those of some cases whose debtor has an open path: for a run over many."""
    rows = reader.rows(
        "SELECT c.id FROM fragile_paths f JOIN cases c ON c.debtor_id = f.party_id WHERE f.ended_on IS NULL "
        "AND c.id IN (SELECT value FROM json_each(?))",
        (json.dumps([*case_ids]),),
    )
    return frozenset(int(row[0]) for row in rows)


def one(reader: Reader, path_id: int) -> PathRow | None:
    """One path."""
    return reader.first(PathRow, f"{_PATH} WHERE f.id = ?", (path_id,))


def opened_by_entry(reader: Reader, interaction_id: int) -> PathRow | None:
    """The open path that an entry of the journal opened."""
    return reader.first(PathRow, f"{_PATH} WHERE f.interaction_id = ? AND f.ended_on IS NULL", (interaction_id,))


def add(
    unit: Unit, party_id: int, case_id: int, interaction_id: int, needs: Collection[str], user_id: int, review_on: str
) -> int:
    """A path opened today; days are ISO."""
    return unit.add(
        "fragile_paths",
        party_id=party_id,
        case_id=case_id,
        interaction_id=interaction_id,
        needs=json.dumps([*needs]),
        user_id=user_id,
        review_on=review_on,
        opened_on=unit.today,
        opened_by=unit.actor_id,
    )


def change(unit: Unit, path_id: int, row_version: int, needs: Collection[str], user_id: int, review_on: str) -> None:
    """What a review decided; raises Refusal "changed-meanwhile"."""
    unit.change("fragile_paths", path_id, row_version, needs=json.dumps([*needs]), user_id=user_id, review_on=review_on)


def end(unit: Unit, path_id: int, row_version: int, reason: str) -> None:
    """The path ends today; raises Refusal "changed-meanwhile"."""
    unit.change("fragile_paths", path_id, row_version, ended_on=unit.today, ended_by=unit.actor_id, end_reason=reason)


def other_open_case(reader: Reader, path: PathRow) -> int | None:
    """An open case of the person beside the one the path was opened from."""
    sql = "SELECT MIN(id) FROM cases WHERE debtor_id = ? AND id <> ? AND status = 'open'"
    found = reader.value(sql, (path.party_id, path.case_id))
    return int(found) if found else None


def move(unit: Unit, path: PathRow, case_id: int) -> None:
    """The path is looked after in another case of the person; raises Refusal "changed-meanwhile"."""
    unit.change("fragile_paths", path.id, path.row_version, case_id=case_id)
