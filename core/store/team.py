"""Keeps colleagues and whose case it is. Grants no right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.store.people import COMMAND
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the house; `is_local` is whoever sits at this computer."""

    id: int
    name: str
    role: str
    email: str
    is_local: int
    row_version: int


def colleagues(reader: Reader) -> tuple[Colleague, ...]:
    """The colleagues at work, by name; the command line is none."""
    return reader.all(
        Colleague,
        "SELECT id, name, role, email, is_local, row_version FROM users WHERE active = 1 AND name <> ? "
        "AND role IN ('lead', 'collector', 'trainee', 'auditor', 'administrator') ORDER BY name COLLATE NOCASE, id",
        (COMMAND,),
    )


def open_cases(reader: Reader) -> dict[int, int]:
    """How many open cases each colleague has, by user id; walked along the index of assigned cases."""
    return {
        int(user): int(count)
        for user, count in reader.rows(
            "SELECT collector_id, COUNT(*) FROM case_summaries INDEXED BY summaries_collector "
            "WHERE collector_id IS NOT NULL AND status = 'open' GROUP BY collector_id"
        )
    }


def add(unit: Unit, name: str, role: str, email: str) -> int:
    """A colleague."""
    return unit.add("users", name=name, role=role, email=email, created_at=unit.now)


def retire(unit: Unit, user_id: int, row_version: int) -> None:
    """A colleague who left: their entries keep their name."""
    unit.change("users", user_id, row_version, active=0)


def assign(unit: Unit, case_ids: Collection[int], user_id: int | None) -> int:
    """Give cases to a colleague, or to nobody; returns how many changed hands, which are recomputed."""
    changed = [
        int(row[0])
        for row in unit.rows(
            "UPDATE cases SET collector_id = ?1, row_version = row_version + 1 "
            "WHERE id IN (SELECT value FROM json_each(?2)) AND collector_id IS NOT ?1 RETURNING id",
            (user_id, f"[{','.join(str(int(c)) for c in case_ids)}]"),
        )
    ]
    unit.touch(*changed)
    return len(changed)


def cases_of(reader: Reader, user_id: int) -> tuple[int, ...]:
    """The open cases of a colleague, those that another one covers included."""
    return tuple(
        int(row[0])
        for row in reader.rows(
            "SELECT s.case_id FROM case_summaries s INDEXED BY summaries_collector JOIN cases c ON c.id = s.case_id "
            "WHERE s.collector_id IS NOT NULL AND s.collector_id IN (SELECT ?1 UNION SELECT cover_id FROM absences WHERE user_id = ?1) "
            "AND s.status = 'open' AND c.collector_id = ?1",
            (user_id,),
        )
    )


def missing(reader: Reader, case_ids: Collection[int]) -> tuple[int, ...]:
    """Of these case numbers, those that are none."""
    return tuple(
        int(row[0])
        for row in reader.rows(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM cases)",
            (f"[{','.join(str(int(c)) for c in case_ids)}]",),
        )
    )
