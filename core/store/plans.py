"""Keeps payment plans, their instalments and promises, and reads them back. Decides no state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as kept; `terms` is JSON text, `proposed_on` is None for a plan taken over with its case; `signed_*` its copy signed
    by the debtor, None until it is kept.
    """

    id: int
    case_id: int
    ref: str
    terms: str
    proposed_on: str | None
    agreed_on: str | None
    creditor_agreed_on: str | None
    creditor_told_on: str | None
    interaction_id: int | None
    ended_on: str | None
    end_reason: str
    broken: int
    created_at: str
    row_version: int
    signed_on: str | None
    signed_document_id: int | None
    signed_title: str | None


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """An instalment as kept, in cents."""

    number: int
    due_on: str
    amount: int
    principal: int
    interest: int
    paid_before: int


_PLAN = (
    "SELECT id, case_id, ref, terms, proposed_on, agreed_on, creditor_agreed_on, creditor_told_on, interaction_id, ended_on, end_reason, "
    "broken, created_at, row_version, signed_on, signed_document_id, "
    "(SELECT title FROM documents WHERE documents.id = signed_document_id) FROM plans"
)


def plan(reader: Reader, plan_id: int) -> PlanRow | None:
    """One plan."""
    return reader.first(PlanRow, f"{_PLAN} WHERE id = ?", (plan_id,))


def plans(reader: Reader, case_id: int) -> tuple[PlanRow, ...]:
    """The plans of a case, the newest first."""
    return reader.all(PlanRow, f"{_PLAN} WHERE case_id = ? ORDER BY id DESC", (case_id,))


def running(reader: Reader, case_id: int) -> int | None:
    """The plan in force on a case: agreed here or taken over, and not ended."""
    found = reader.value(
        "SELECT id FROM plans WHERE case_id = ? AND ended_on IS NULL AND (agreed_on IS NOT NULL OR proposed_on IS NULL) "
        "ORDER BY id DESC LIMIT 1",
        (case_id,),
    )
    return int(found) if found else None


def instalments(reader: Reader, plan_id: int) -> tuple[InstalmentRow, ...]:
    """The instalments of a plan in their order."""
    return reader.all(
        InstalmentRow,
        "SELECT number, due_on, amount, principal, interest, paid_before FROM instalments WHERE plan_id = ? ORDER BY number",
        (plan_id,),
    )


def add_proposal(unit: Unit, case_id: int, terms: dict[str, Any], rows: Iterable[InstalmentRow]) -> int:
    """A plan proposed today with its instalments; returns its id."""
    rank = 1 + int(unit.value("SELECT COUNT(*) FROM plans WHERE case_id = ?", (case_id,)))
    plan_id = unit.add(
        "plans",
        case_id=case_id,
        ref=f"E{case_id}-{rank}",
        terms=json.dumps(terms, sort_keys=True),
        proposed_on=unit.today,
        created_by=unit.actor_id,
        created_at=unit.now,
    )
    unit.many(
        "INSERT INTO instalments(plan_id, number, due_on, amount, principal, interest, paid_before) VALUES (?,?,?,?,?,?,?)",
        [(plan_id, r.number, r.due_on, r.amount, r.principal, r.interest, r.paid_before) for r in rows],
    )
    return plan_id


def agree(
    unit: Unit,
    plan_id: int,
    row_version: int,
    agreed_on: str,
    creditor_agreed_on: str | None,
    interaction_id: int | None = None,
) -> None:
    """The plan is agreed, by this entry of the journal when there is one."""
    unit.change("plans", plan_id, row_version, agreed_on=agreed_on, creditor_agreed_on=creditor_agreed_on,
                interaction_id=interaction_id)  # fmt: skip


def take_back(unit: Unit, interaction_id: int) -> tuple[int, ...]:
    """Make proposals again of the plans that an entry agreed and nobody ended since (when that entry is corrected); their ids."""
    found = unit.rows(
        "SELECT id FROM plans WHERE interaction_id = ? AND ended_on IS NULL ORDER BY id", (interaction_id,)
    )
    unit.run(
        "UPDATE plans SET agreed_on = NULL, interaction_id = NULL, row_version = row_version + 1 "
        "WHERE interaction_id = ? AND ended_on IS NULL",
        (interaction_id,),
    )
    return tuple(plan_id for (plan_id,) in found)


def told(unit: Unit, table: str, row_id: int, row_version: int, on: str) -> None:
    """The creditor was told of a plan or of a promise: `table` is "plans" or "promises"."""
    unit.change(table, row_id, row_version, creditor_told_on=on)


def sign(unit: Unit, plan_id: int, row_version: int, on: str, document_id: int) -> None:
    """The debtor signed the plan on a day; the signed copy is a kept document."""
    unit.change("plans", plan_id, row_version, signed_on=on, signed_document_id=document_id)


def end(unit: Unit, plan_id: int, row_version: int, reason: str, *, broken: bool) -> None:
    """The plan ends today."""
    unit.change("plans", plan_id, row_version, ended_on=unit.today, end_reason=reason, broken=int(broken))


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A payment or its reversal: its day, cents (negative for a reversal) and the day of the payment itself."""

    on: str
    amount: int
    paid_on: str


def receipts(reader: Reader, case_id: int) -> tuple[ReceiptRow, ...]:
    """All payments and reversals of a case, by day."""
    return reader.all(
        ReceiptRow,
        "SELECT p.received_on, p.amount, COALESCE(o.received_on, p.received_on) FROM payments p "
        "LEFT JOIN payments o ON o.id = p.reverses WHERE p.case_id = ? ORDER BY p.received_on, p.id",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise as kept, cancelled ones too."""

    id: int
    case_id: int
    made_on: str
    due_on: str
    amount: int
    means: str
    source: str
    creditor_told_on: str | None
    cancelled_on: str | None
    row_version: int
    grace: int | None
    judged_on: str | None


_PROMISE = (
    "SELECT id, case_id, made_on, due_on, amount, means, source, creditor_told_on, cancelled_on, row_version, grace, judged_on "
    "FROM promises"
)


def promise(reader: Reader, promise_id: int) -> PromiseRow | None:
    """One promise."""
    return reader.first(PromiseRow, f"{_PROMISE} WHERE id = ?", (promise_id,))


def promises(reader: Reader, case_id: int) -> tuple[PromiseRow, ...]:
    """The promises of a case that stand, the last due first."""
    return reader.all(
        PromiseRow, f"{_PROMISE} WHERE case_id = ? AND cancelled_on IS NULL ORDER BY due_on DESC, id DESC", (case_id,)
    )


def cases_to_judge(reader: Reader, today: str) -> tuple[int, ...]:
    """The cases with a promise whose day has passed and whose end nobody told yet."""
    found = reader.rows(
        "SELECT DISTINCT case_id FROM promises WHERE due_on < ? AND cancelled_on IS NULL AND judged_on IS NULL ORDER BY case_id",
        (today,),
    )
    return tuple(int(row[0]) for row in found)


def judged(unit: Unit, promise_id: int) -> None:
    """How a promise ended was told today."""
    unit.run("UPDATE promises SET judged_on = ?, row_version = row_version + 1 WHERE id = ?", (unit.today, promise_id))


def cancel_promise(unit: Unit, promise_id: int, row_version: int) -> None:
    """The promise no longer stands."""
    unit.change("promises", promise_id, row_version, cancelled_on=unit.today)
