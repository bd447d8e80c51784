"""Reads the points of cases factor by factor, tries other weights on the whole portfolio, keeps those in force. Decides none."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.store.points import EACH, FACTORS, KEY, NOTHING, TOTAL, in_force
from core.store.unit import Reader, Unit, changed_meanwhile

__all__ = ["NOTHING", "Pointed", "Tried", "in_force", "keep", "pointed", "tried"]


@dataclass(frozen=True, slots=True)
class Pointed:
    """The kept facts of a case and its points by factor; days as ISO text."""

    case_id: int
    priority: int
    overdue: int
    oldest_due_on: str | None
    held_kind: str | None
    weak_kind: str | None
    broken_on: str | None
    limitation_on: str | None
    deadline_on: str | None
    paid_on: str | None
    replies: int
    reach: int
    as_of: str
    points: Mapping[str, int]


_FACTS = (
    "case_id, priority, overdue, oldest_due_on, held_kind, weak_kind, broken_on, limitation_on, deadline_on, paid_on, "
    "replies, reach, as_of"
)


def pointed(reader: Reader, case_ids: Collection[int]) -> dict[int, Pointed]:
    """The points of some cases, by the text that ordered them and the weights in force."""
    rows = reader.rows(
        f"SELECT {_FACTS}, {EACH} FROM case_summaries WHERE case_id IN (SELECT value FROM json_each(:ids))",
        {**in_force(reader.conn), "ids": json.dumps([*case_ids])},
    )
    width = len(_FACTS.split(","))
    return {row[0]: Pointed(*(*row[:width], dict(zip(FACTORS, row[width:], strict=True)))) for row in rows}


@dataclass(frozen=True, slots=True)
class Tried:
    """A case in an order that was tried: its rank from 1, its points."""

    case_id: int
    ref: str
    debtor: str
    rank: int
    points: int


def tried(reader: Reader, params: Mapping[str, Any], most: int) -> tuple[Tried, ...]:
    """The first `most` open cases with other weights, in one pass over the kept facts; nothing is written."""
    return reader.all(
        Tried,
        f"""SELECT f.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), ROW_NUMBER() OVER (ORDER BY f.points DESC, f.case_id), f.points
        FROM (SELECT case_id, debtor_id, {TOTAL} AS points FROM case_summaries WHERE status = 'open'
          ORDER BY points DESC, case_id LIMIT :most) f
        JOIN cases c ON c.id = f.case_id JOIN parties p ON p.id = f.debtor_id ORDER BY f.points DESC, f.case_id""",
        {**in_force(reader.conn), **params, "most": most},
    )


def keep(unit: Unit, params: Mapping[str, Any], row_version: int | None = None) -> None:
    """Have the numbers in force; `row_version` of the ones seen, when somebody else may have changed them. Raises "changed-meanwhile"."""
    here = unit.value("SELECT row_version FROM settings WHERE user_id = 0 AND key = ?", (KEY,)) or 0
    if row_version is not None and row_version != here:
        raise changed_meanwhile("priority")
    unit.run(
        "INSERT INTO settings(user_id, key, value) VALUES (0, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, row_version = row_version + 1",
        (KEY, json.dumps(params, sort_keys=True)),
    )
