"""Finds whose case each line of a takeover is, and writes what happened before it came. Decides no allocation and no next action."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


def entered_lines(reader: Reader, creditor_id: int, record: str, keys: Collection[str]) -> set[tuple[str, int]]:
    """Of these lines of a kind, those entered before, with their occurrence."""
    return set(
        reader.rows(
            "SELECT t.line_key, t.occurrence FROM json_each(?) j CROSS JOIN taken_over t "
            "ON t.creditor_id = ? AND t.record = ? AND t.line_key = j.value",
            (json.dumps(list(keys)), creditor_id, record),
        )
    )


def keep_lines(unit: Unit, creditor_id: int, record: str, batch_id: int, keys: Iterable[tuple[str, int]]) -> None:
    """Remember that these lines entered."""
    unit.many(
        "INSERT INTO taken_over(creditor_id, record, line_key, occurrence, batch_id) VALUES (?,?,?,?,?)",
        [(creditor_id, record, key, occurrence, batch_id) for key, occurrence in keys],
    )


@dataclass(frozen=True, slots=True)
class Owner:
    """A case that a reference names, its debt when the reference is a debt's, whether it is open."""

    ref: str
    case_id: int
    debt_id: int | None
    status: str


def cases_by_ref(reader: Reader, creditor_id: int, refs: Collection[str]) -> tuple[Owner, ...]:
    """Cases by the creditor's case reference or by ours."""
    listed = json.dumps(list(refs))
    return reader.all(
        Owner,
        "SELECT j.value, c.id, NULL, c.status FROM json_each(?1) j CROSS JOIN cases c "
        "ON c.creditor_id = ?2 AND c.creditor_case_ref = j.value AND c.creditor_case_ref <> '' "
        "UNION SELECT j.value, c.id, NULL, c.status FROM json_each(?1) j CROSS JOIN cases c "
        "ON c.ref = UPPER(j.value) AND c.creditor_id = ?2",
        (listed, creditor_id),
    )


def cases_by_debt(reader: Reader, creditor_id: int, refs: Collection[str]) -> tuple[Owner, ...]:
    """Cases by the reference of one of their debts."""
    return reader.all(
        Owner,
        "SELECT j.value, d.case_id, d.id, c.status FROM json_each(?) j CROSS JOIN debts d ON d.ref = j.value AND d.creditor_id = ? "
        "JOIN cases c ON c.id = d.case_id",
        (json.dumps(list(refs)), creditor_id),
    )


def cases_by_debtor(reader: Reader, creditor_id: int, refs: Collection[str]) -> tuple[Owner, ...]:
    """Cases of a creditor by its own reference of the debtor."""
    return reader.all(
        Owner,
        "SELECT j.value, c.id, NULL, c.status FROM json_each(?1) j CROSS JOIN parties p "
        "ON p.creditor_id = ?2 AND p.creditor_ref = j.value AND p.creditor_ref <> '' "
        "JOIN cases c ON c.debtor_id = p.id AND c.creditor_id = ?2",
        (json.dumps(list(refs)), creditor_id),
    )


def plan_named(reader: Reader, case_id: int, ref: str) -> int | None:
    """The plan of a case with a reference."""
    found = reader.value("SELECT id FROM plans WHERE case_id = ? AND ref = ?", (case_id, ref))
    return int(found) if found else None


def instalment_numbers(reader: Reader, plan_id: int) -> set[int]:
    """The ranks a plan has already."""
    return {row[0] for row in reader.rows("SELECT number FROM instalments WHERE plan_id = ?", (plan_id,))}


def add_plan(unit: Unit, case_id: int, ref: str) -> int:
    """A plan that was agreed before the case came; the day it was agreed is not known."""
    return unit.add("plans", case_id=case_id, ref=ref, created_by=unit.actor_id, created_at=unit.now)


def add_instalment(unit: Unit, plan_id: int, number: int, due_on: str, amount: int, paid_before: int) -> int:
    """One instalment of a plan and what was paid on it before the case came; cents."""
    return unit.add(
        "instalments", plan_id=plan_id, number=number, due_on=due_on, amount=amount, paid_before=paid_before
    )


def add_title(unit: Unit, case_id: int, values: dict[str, Any]) -> int:
    """An enforceable title obtained before the case came."""
    return unit.add("titles", case_id=case_id, created_at=unit.now, **values)


def add_promise(unit: Unit, case_id: int, made_on: str, due_on: str, amount: int, means: str) -> int:
    """A promise made before the case came."""
    return unit.add(
        "promises",
        case_id=case_id,
        made_on=made_on,
        due_on=due_on,
        amount=amount,
        means=means,
        source="imported",
        created_at=unit.now,
    )


def opened_money(reader: Reader, case_ids: Collection[int]) -> dict[int, int]:
    """Cents of client money that were opened for these cases."""
    return dict(
        reader.rows(
            "SELECT e.case_id, SUM(e.amount) FROM json_each(?) j CROSS JOIN entries e ON e.case_id = j.value "
            "AND e.kind = 'opening' GROUP BY 1",
            (json.dumps(list(case_ids)),),
        )
    )


def placement_tasks_end(unit: Unit, case_id: int) -> bool:
    """End the next actions that the placement set, since something else comes next; False when there was none."""
    return (
        unit.run(
            "UPDATE tasks SET state = 'replaced', closed_by = ?, closed_at = ?, row_version = row_version + 1 "
            "WHERE case_id = ? AND state = 'open' AND origin IN ('placement', 'takeover')",
            (unit.actor_id, unit.now, case_id),
        ).rowcount
        > 0
    )
