"""Keeps the steps of scenarios: claimed, waiting for a word, done, refused; their runs; where each case stands. Chooses none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.store.unit import Reader, Unit, changed_meanwhile


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A step of a case as kept, with the words of its case for a list."""

    id: int
    case_id: int
    ref: str
    debtor: str
    balance: int
    scenario: str
    level: int
    planned_on: str
    done_on: str | None
    state: str
    channel: str
    template: str
    event_on: str | None
    run_id: int | None
    act: str
    said: str


_ROW = """SELECT r.id, r.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), s.balance, r.scenario, r.level, r.planned_on, r.done_on,
  r.state, r.channel, r.template, r.event_on, r.run_id, r.act, r.said
FROM reminders r JOIN cases c ON c.id = r.case_id JOIN parties p ON p.id = c.debtor_id JOIN case_summaries s ON s.case_id = r.case_id """


def add_run(unit: Unit, origin: str) -> int:
    """A run that begins."""
    return unit.add("reminder_runs", run_on=unit.today, origin=origin, actor_id=unit.actor_id, started_at=unit.now)


def end_run(unit: Unit, run_id: int, outcome: dict[str, object]) -> None:
    """What a run did."""
    told = json.dumps(outcome, ensure_ascii=False, sort_keys=True)
    unit.run("UPDATE reminder_runs SET outcome = ?, ended_at = ? WHERE id = ?", (told, unit.now, run_id))


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: its day, who asked for it, what it did (JSON)."""

    id: int
    run_on: str
    origin: str
    outcome: str
    author: str
    started_at: str
    ended_at: str | None


def runs(reader: Reader, most: int) -> tuple[RunRow, ...]:
    """The last runs, the newest first."""
    return reader.all(
        RunRow,
        "SELECT r.id, r.run_on, r.origin, r.outcome, u.name, r.started_at, r.ended_at FROM reminder_runs r "
        "JOIN users u ON u.id = r.actor_id ORDER BY r.id DESC LIMIT ?",
        (most,),
    )


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step about to be kept."""

    case_id: int
    scenario: str
    level: int
    planned_on: str
    channel: str
    template: str
    event_on: str | None


def add(unit: Unit, step: NewStep, state: str, run_id: int) -> int:
    """Keep a step as claimed ("doing") or "waiting"; its case has one at a time."""
    found = unit.add("reminders", case_id=step.case_id, scenario=step.scenario, level=step.level, planned_on=step.planned_on,
                     channel=step.channel, template=step.template, event_on=step.event_on, state=state, run_id=run_id)  # fmt: skip
    _stand(unit, step.case_id, pending=1)
    return found


def claim(unit: Unit, ids: Iterable[int], run_id: int) -> int:
    """Take waiting steps up; returns how many still waited."""
    sql = "UPDATE reminders SET state = 'doing', run_id = ?, row_version = row_version + 1 WHERE state = 'waiting' AND id = ?"
    return sum(unit.run(sql, (run_id, one)).rowcount for one in ids)


def settle(unit: Unit, row: ReminderRow, state: str, **columns: object) -> None:
    """Say what became of a claimed or waiting step, and where its case now stands."""
    sets = "".join(f", {name} = ?" for name in columns)
    unit.run(
        f"UPDATE reminders SET state = ?{sets}, row_version = row_version + 1 WHERE id = ? AND state IN ('doing', 'waiting')",
        (state, *columns.values(), row.id),
    )
    moved: dict[str, object] = {"pending": 0}
    if state in ("done", "skipped") and row.event_on is None:
        moved |= {"level": row.level, "done_on": unit.today}
    if state == "done":
        moved["acted_on"] = unit.today
    _stand(unit, row.case_id, **moved)


def _stand(unit: Unit, case_id: int, **columns: object) -> None:
    unit.run("INSERT INTO scenario_cases(case_id) VALUES (?) ON CONFLICT DO NOTHING", (case_id,))
    sets = ", ".join(f"{name} = ?" for name in columns)
    unit.run(
        f"UPDATE scenario_cases SET {sets}, row_version = row_version + 1 WHERE case_id = ?",
        (*columns.values(), case_id),
    )


def version(reader: Reader, case_id: int) -> int:
    """The version of where a case stands, 0 without a row."""
    return int(reader.value("SELECT row_version FROM scenario_cases WHERE case_id = ?", (case_id,)) or 0)


def stand(unit: Unit, case_id: int, seen: int, **columns: object) -> None:
    """Change where a case stands for a person who saw it at `seen` (0: no row yet). Raises Refusal "changed-meanwhile"."""
    if version(unit, case_id) != seen:
        raise changed_meanwhile(f"scenario of case {case_id}")
    _stand(unit, case_id, **columns)


def standing(reader: Reader, case_id: int, today: str) -> tuple[int, bool]:
    """At which version a case stands in its scenario (0: no row yet), and whether it is left out of it on a day."""
    sql = "SELECT row_version, COALESCE(paused_until >= ?, 0) FROM scenario_cases WHERE case_id = ?"
    found = reader.rows(sql, (today, case_id))
    return (int(found[0][0]), bool(found[0][1])) if found else (0, False)


def in_state(reader: Reader, state: str, most: int) -> tuple[ReminderRow, ...]:
    """The steps that wait ("waiting") or were claimed ("doing"), the oldest first."""
    return reader.all(ReminderRow, f"{_ROW} WHERE r.state = ? ORDER BY r.id LIMIT ?", (state, most))


def some(reader: Reader, ids: Sequence[int]) -> tuple[ReminderRow, ...]:
    """Some steps."""
    return reader.all(
        ReminderRow, f"{_ROW} WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id", (json.dumps(list(ids)),)
    )


def of_case(reader: Reader, case_id: int) -> tuple[ReminderRow, ...]:
    """The steps of a case, the newest first."""
    return reader.all(ReminderRow, f"{_ROW} WHERE r.case_id = ? ORDER BY r.id DESC LIMIT 50", (case_id,))


def of_run(reader: Reader, run_id: int, most: int) -> tuple[ReminderRow, ...]:
    """The steps of a run."""
    return reader.all(ReminderRow, f"{_ROW} WHERE r.run_id = ? ORDER BY r.id LIMIT ?", (run_id, most))


def reminded(reader: Reader, case_ids: Sequence[int]) -> dict[int, set[tuple[int, str]]]:
    """The reminders before an expected payment that left or wait: by case, level and day of the payment."""
    found: dict[int, set[tuple[int, str]]] = {}
    sql = (
        "SELECT case_id, level, event_on FROM reminders WHERE event_on IS NOT NULL AND state IN ('done', 'skipped', 'waiting', 'doing') "
        "AND case_id IN (SELECT value FROM json_each(?))"
    )
    for case, level, on in reader.rows(sql, (json.dumps(list(case_ids)),)):
        found.setdefault(int(case), set()).add((int(level), str(on)))
    return found


def over(reader: Reader) -> tuple[ReminderRow, ...]:
    """The waiting steps of cases paid or closed since."""
    return reader.all(ReminderRow, f"{_ROW} WHERE r.state = 'waiting' AND (s.status <> 'open' OR s.balance <= 0)")
