"""The lease of a job: one program does it at a time, whoever starts it; what its last run said. Starts nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job: who holds its lease until when (UTC text), the day of its last run and what it said (JSON)."""

    lease_owner: str | None
    lease_until: str | None
    last_run_on: str | None
    outcome: str


def job(reader: Reader, name: str) -> JobRow | None:
    """A job that ran once, or None."""
    return reader.first(
        JobRow, "SELECT lease_owner, lease_until, last_run_on, outcome FROM jobs WHERE name = ?", (name,)
    )


def take(unit: Unit, name: str, owner: str, until: str) -> bool:
    """Take the lease unless another holds it still; a lease that ran out (its program stopped) is taken over."""
    unit.run("INSERT INTO jobs(name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    sql = (
        "UPDATE jobs SET lease_owner = ?, lease_until = ?, row_version = row_version + 1 "
        "WHERE name = ? AND (lease_until IS NULL OR lease_until <= ?)"
    )
    return unit.run(sql, (owner, until, name, unit.now)).rowcount == 1


def leave(unit: Unit, name: str, owner: str, outcome: dict[str, Any] | None) -> None:
    """Give the lease back; with an outcome, the job ran today."""
    unit.run(
        "UPDATE jobs SET lease_owner = NULL, lease_until = NULL, row_version = row_version + 1 WHERE name = ? AND lease_owner = ?",
        (name, owner),
    )
    if outcome is not None:
        told = json.dumps(outcome, ensure_ascii=False)
        unit.run("UPDATE jobs SET last_run_on = ?, outcome = ? WHERE name = ?", (unit.today, told, name))
