"""Keeps the tracing of a debtor: opened with a budget and an end, its steps appended, closed with an outcome. Looks for nobody."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class TracingRow:
    """A tracing as kept; `budget` and `spent` in cents, `outcome` empty while it runs."""

    id: int
    case_id: int
    opened_on: str
    opened_by: str
    budget: int
    until_on: str
    ended_on: str | None
    outcome: str
    spent: int
    row_version: int


_STANDS = (
    "s.result <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM tracing_steps n WHERE n.corrects = s.id)"  # of a step `s`
)
_TRACING = f"""SELECT t.id, t.case_id, t.opened_on, u.name, t.budget, t.until_on, t.ended_on, t.outcome,
  (SELECT COALESCE(SUM(s.cost), 0) FROM tracing_steps s WHERE s.tracing_id = t.id AND {_STANDS}), t.row_version
FROM tracings t JOIN users u ON u.id = t.opened_by"""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as done; `cost` in cents; `words` None when there are none or they were redacted; `gone` when it was corrected."""

    id: int
    tracing_id: int
    source: str
    done_on: str
    result: str
    cost: int
    words: str | None
    corrects: int | None
    gone: int
    author: str
    recorded_at: str


_STEP = f"""SELECT s.id, s.tracing_id, s.source, s.done_on, s.result, s.cost, x.body, s.corrects, NOT ({_STANDS}), u.name, s.recorded_at
FROM tracing_steps s JOIN users u ON u.id = s.actor_id LEFT JOIN texts x ON x.id = s.text_id"""


def add(unit: Unit, case_id: int, budget: int, until_on: str) -> int:
    """A tracing opened today."""
    return unit.add(
        "tracings", case_id=case_id, opened_on=unit.today, opened_by=unit.actor_id, budget=budget, until_on=until_on
    )


def end(unit: Unit, tracing_id: int, row_version: int, outcome: str) -> None:
    """The tracing ends today; raises Refusal "changed-meanwhile"."""
    unit.change("tracings", tracing_id, row_version, ended_on=unit.today, ended_by=unit.actor_id, outcome=outcome)


def of_case(reader: Reader, case_id: int) -> tuple[TracingRow, ...]:
    """The tracings of a case, the last opened first."""
    return reader.all(TracingRow, f"{_TRACING} WHERE t.case_id = ? ORDER BY t.id DESC", (case_id,))


def one(reader: Reader, tracing_id: int) -> TracingRow | None:
    """One tracing."""
    return reader.first(TracingRow, f"{_TRACING} WHERE t.id = ?", (tracing_id,))


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as typed."""

    tracing_id: int
    source: str
    done_on: str
    result: str
    cost: int
    words: str
    corrects: int | None = None


def add_step(unit: Unit, new: NewStep, interaction_id: int) -> int:
    """Append a step."""
    return unit.add(
        "tracing_steps",
        tracing_id=new.tracing_id,
        source=new.source,
        done_on=new.done_on,
        result=new.result,
        cost=new.cost,
        text_id=unit.text(new.words),
        interaction_id=interaction_id,
        corrects=new.corrects,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


def steps(reader: Reader, case_id: int) -> tuple[StepRow, ...]:
    """Every step of the tracings of a case, the last done first."""
    sql = (
        f"{_STEP} WHERE s.tracing_id IN (SELECT id FROM tracings WHERE case_id = ?) ORDER BY s.done_on DESC, s.id DESC"
    )
    return reader.all(StepRow, sql, (case_id,))


def step(reader: Reader, step_id: int) -> StepRow | None:
    """One step."""
    return reader.first(StepRow, f"{_STEP} WHERE s.id = ?", (step_id,))


def sources_done(reader: Reader, case_id: int) -> frozenset[str]:
    """The sources looked at with an answer in the last tracing of a case: one that is still awaited is not done."""
    rows = reader.rows(
        f"""SELECT DISTINCT s.source FROM tracing_steps s WHERE s.result IN ('found', 'nothing') AND {_STANDS}
        AND s.tracing_id = (SELECT MAX(id) FROM tracings WHERE case_id = ?)""",
        (case_id,),
    )
    return frozenset(str(row[0]) for row in rows)
