"""Appends to the interaction log and keeps tasks, holds, promises, disputes and contact points. Chooses none of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit

# Next actions that a contact does not answer: the time limit of a proceeding, and what waits for its own report, review or end.
LASTING = ("deadline", "answer_reply", "appointment", "review_fragile", "end_tracing")


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """One contact or note as typed."""

    case_id: int
    channel: str
    direction: str
    result_code: str
    happened_on: str
    happened_at: str = ""
    note: str = ""
    party_id: int | None = None
    contact_point_id: int | None = None
    debt_id: int | None = None
    corrects: int | None = None
    source: str = "typed"


def add_interaction(unit: Unit, new: NewInteraction, facts: dict[str, Any]) -> int:
    """Append an interaction; its words go to the redactable texts."""
    return unit.add(
        "interactions",
        case_id=new.case_id,
        debt_id=new.debt_id,
        party_id=new.party_id,
        contact_point_id=new.contact_point_id,
        channel=new.channel,
        direction=new.direction,
        result_code=new.result_code,
        happened_on=new.happened_on,
        happened_at=new.happened_at,
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=False),
        text_id=unit.text(new.note),
        corrects=new.corrects,
        source=new.source,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """An interaction as written."""

    id: int
    case_id: int
    channel: str
    direction: str
    result_code: str
    happened_on: str
    happened_at: str
    contact_point_id: int | None
    corrected_by: int | None


def interaction(reader: Reader, interaction_id: int) -> InteractionRow | None:
    """One interaction."""
    return reader.first(
        InteractionRow,
        "SELECT i.id, i.case_id, i.channel, i.direction, i.result_code, i.happened_on, i.happened_at, i.contact_point_id, n.id "
        "FROM interactions i LEFT JOIN interactions n ON n.corrects = i.id WHERE i.id = ?",
        (interaction_id,),
    )


def lies_before(reader: Reader, interaction_id: int, day: str) -> bool:
    """Whether an interaction was taken over from elsewhere, or happened before an ISO day."""
    sql = "SELECT source = 'imported' OR happened_on < ? FROM interactions WHERE id = ?"
    return bool(reader.value(sql, (day, interaction_id)))


def close_tasks(
    unit: Unit, case_id: int, state: str, interaction_id: int | None = None, kinds: Sequence[str] = ()
) -> None:
    """End the open next actions of a case (of some kinds only, when given): done by this interaction, or replaced.

    Without kinds, those of LASTING stay: a contact answers none.
    """
    unit.run(
        "UPDATE tasks SET state = ?1, interaction_id = ?2, closed_by = ?3, closed_at = ?4, row_version = row_version + 1 "
        "WHERE case_id = ?5 AND state = 'open' AND "
        "(?6 = '[]' AND kind NOT IN (SELECT value FROM json_each(?7)) OR kind IN (SELECT value FROM json_each(?6)))",
        (state, interaction_id, unit.actor_id, unit.now, case_id, json.dumps(list(kinds)), json.dumps(LASTING)),
    )


def is_open(reader: Reader, case_id: int) -> bool:
    """Whether work goes on in a case."""
    return bool(reader.value("SELECT 1 FROM cases WHERE id = ? AND status = 'open'", (case_id,)))


def add_task(
    unit: Unit,
    case_id: int,
    kind: str,
    due_on: str,
    *,
    due_at: str = "",
    note: str = "",
    origin: str = "",
    assignee_id: int | None = None,
) -> int:
    """A next action, of a person of the house or of whoever works the case."""
    return unit.add(
        "tasks",
        case_id=case_id,
        kind=kind,
        due_on=due_on,
        due_at=due_at,
        text_id=unit.text(note),
        assignee_id=assignee_id,
        origin=origin,
        created_by=unit.actor_id,
        created_at=unit.now,
    )


def add_hold(
    unit: Unit,
    case_id: int,
    kind: str,
    from_on: str,
    until_on: str | None,
    *,
    reason: str = "",
    interaction_id: int | None = None,
    debt_id: int | None = None,
    amount: int | None = None,
    owner_id: int | None = None,
) -> int:
    """Stop a case, or one debt of it, or `amount` cents of that debt; `owner_id` sees to it, or whoever sets it."""
    return unit.add(
        "holds",
        case_id=case_id,
        debt_id=debt_id,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        reason_text_id=unit.text(reason),
        owner_id=owner_id or unit.actor_id,
        amount=amount,
        interaction_id=interaction_id,
        created_at=unit.now,
    )


def lift_hold(unit: Unit, hold_id: int, row_version: int) -> None:
    """End a hold today."""
    unit.change("holds", hold_id, row_version, lifted_on=unit.today, lifted_by=unit.actor_id)


def prove_hold(unit: Unit, hold_id: int, row_version: int, document_id: int) -> None:
    """The document that proves a hold."""
    unit.change("holds", hold_id, row_version, document_id=document_id)


def hold_case(reader: Reader, hold_id: int) -> int | None:
    """The case of a hold that nobody lifted yet."""
    found = reader.value("SELECT case_id FROM holds WHERE id = ? AND lifted_on IS NULL", (hold_id,))
    return int(found) if found else None


def hold_kind(reader: Reader, hold_id: int) -> str:
    """Why a hold was set."""
    return str(reader.value("SELECT kind FROM holds WHERE id = ?", (hold_id,)))


def lift_holds_of(unit: Unit, interaction_id: int) -> None:
    """End the holds that an interaction opened (when that interaction is corrected)."""
    unit.run(
        "UPDATE holds SET lifted_on = ?, lifted_by = ?, row_version = row_version + 1 WHERE interaction_id = ? AND lifted_on IS NULL",
        (unit.today, unit.actor_id, interaction_id),
    )


def add_promise(
    unit: Unit,
    case_id: int,
    interaction_id: int | None,
    made_on: str,
    due_on: str,
    amount: int,
    means: str,
    source: str = "debtor",
    grace: int | None = None,
) -> int:
    """A promise to pay; `amount` in cents; `grace` days where the mandate gives its own."""
    return unit.add(
        "promises",
        case_id=case_id,
        interaction_id=interaction_id,
        made_on=made_on,
        due_on=due_on,
        amount=amount,
        means=means,
        source=source,
        grace=grace,
        created_at=unit.now,
    )


def cancel_promises_of(unit: Unit, interaction_id: int) -> None:
    """Cancel the promises an interaction recorded (when that interaction is corrected)."""
    unit.run(
        "UPDATE promises SET cancelled_on = ?, row_version = row_version + 1 WHERE interaction_id = ? AND cancelled_on IS NULL",
        (unit.today, interaction_id),
    )


def close_disputes_of(unit: Unit, interaction_id: int) -> None:
    """Close the disputes that an interaction opened (when that interaction is corrected)."""
    unit.run(
        "UPDATE disputes SET closed_on = ?, outcome = 'entered_by_mistake', row_version = row_version + 1 "
        "WHERE interaction_id = ? AND closed_on IS NULL",
        (unit.today, interaction_id),
    )


def contact_point_of_case(reader: Reader, case_id: int, contact_point_id: int) -> str | None:
    """The kind of a contact point of a person of the case; None when it is somebody else's."""
    found = reader.value(
        "SELECT p.kind FROM contact_points p WHERE p.id = ?2 AND (p.party_id = (SELECT debtor_id FROM cases WHERE id = ?1) "
        "OR p.party_id IN (SELECT party_id FROM case_parties WHERE case_id = ?1))",
        (case_id, contact_point_id),
    )
    return str(found) if found else None


def holder(reader: Reader, contact_point_id: int) -> str:
    """Whose a contact point is: "person", or who else answers there."""
    return str(reader.value("SELECT holder FROM contact_points WHERE id = ?", (contact_point_id,)) or "person")


def close_case(unit: Unit, case_id: int, reason: str, on: str) -> None:
    """End the work on a case."""
    unit.run(
        "UPDATE cases SET status = 'closed', closure_reason = ?, closed_on = ?, row_version = row_version + 1 WHERE id = ?",
        (reason, on, case_id),
    )


def reopen_case(unit: Unit, case_id: int) -> None:
    """Take up a closed case again."""
    unit.run(
        "UPDATE cases SET status = 'open', closure_reason = '', closed_on = NULL, row_version = row_version + 1 WHERE id = ?",
        (case_id,),
    )


def cases_of_point(reader: Reader, contact_point_id: int) -> tuple[int, ...]:
    """The cases of the debtor whom a contact point reaches."""
    found = reader.rows(
        "SELECT c.id FROM cases c JOIN contact_points p ON p.party_id = c.debtor_id WHERE p.id = ?", (contact_point_id,)
    )
    return tuple(int(row[0]) for row in found)


def set_validity(unit: Unit, contact_point_id: int, validity: str, why: str = "", on: str | None = None) -> None:
    """Mark a contact point confirmed, unknown or invalid; `why` the result code that says so, or "typed", on an ISO day."""
    unit.run(
        "UPDATE contact_points SET validity = ?, why = ?, why_on = ?, row_version = row_version + 1 WHERE id = ?",
        (validity, why, on, contact_point_id),
    )


def raise_point(unit: Unit, contact_point_id: int) -> None:
    """Put a contact point before the others of its kind and person; nothing changes when it is the first already."""
    unit.run(
        "UPDATE contact_points SET priority = o.top + 1, row_version = row_version + 1 FROM (SELECT MAX(other.priority) AS top "
        "FROM contact_points other JOIN contact_points own ON own.id = ?1 AND other.party_id = own.party_id AND other.kind = own.kind "
        "AND other.id <> own.id) o WHERE id = ?1 AND priority <= o.top",
        (contact_point_id,),
    )


def party_of_case(reader: Reader, case_id: int, party_id: int) -> bool:
    """Whether a party belongs to a case."""
    return bool(
        reader.value(
            "SELECT 1 FROM cases WHERE id = ?1 AND debtor_id = ?2 UNION SELECT 1 FROM case_parties WHERE case_id = ?1 AND party_id = ?2",
            (case_id, party_id),
        )
    )
