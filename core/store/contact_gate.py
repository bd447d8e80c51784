"""What the contact gate refused, what a lead lifted, whose a contact point is: rows kept. What the gate looks at: contact_reads."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class NewRefusal:
    """A refusal to keep; days ISO, moments UTC text."""

    case_id: int
    party_id: int | None
    contact_point_id: int | None
    channel: str
    purpose: str
    rule: str
    code: str
    own: bool
    wanted_on: str
    wanted_at: str
    next_at: str


def add(unit: Unit, new: NewRefusal, **decided: object) -> int:
    """Keep a refusal; `decided` are the columns of what became of it."""
    return unit.add(
        "contact_refusals",
        case_id=new.case_id,
        party_id=new.party_id,
        contact_point_id=new.contact_point_id,
        channel=new.channel,
        purpose=new.purpose,
        rule=new.rule,
        code=new.code,
        own=int(new.own),
        wanted_on=new.wanted_on,
        wanted_at=new.wanted_at,
        next_at=new.next_at,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
        **decided,
    )


def override(unit: Unit, new: NewRefusal, text_id: int | None, expires_at: str) -> int:
    """A lead lifts a rule for one contact: on the refusal of that day when there is one, on a row of its own otherwise."""
    found = unit.value(
        "SELECT MAX(id) FROM contact_refusals WHERE case_id = ? AND channel = ? AND outcome = 'refused' AND rule = ? AND wanted_on = ?",
        (new.case_id, new.channel, new.rule, new.wanted_on),
    )
    row = int(found) if found else add(unit, new)
    unit.run(
        "UPDATE contact_refusals SET outcome = 'overridden', decided_by = ?, decided_at = ?, text_id = ?, expires_at = ?, "
        "row_version = row_version + 1 WHERE id = ?",
        (unit.actor_id, unit.now, text_id, expires_at, row),
    )
    return row


def spend(unit: Unit, case_id: int, channel: str, rules: Collection[str], interaction_id: int) -> None:
    """These overrides served for a contact: they serve no other."""
    unit.run(
        "UPDATE contact_refusals SET interaction_id = ?, row_version = row_version + 1 WHERE case_id = ? AND channel = ? "
        "AND outcome = 'overridden' AND interaction_id IS NULL AND rule IN (SELECT value FROM json_each(?))",
        (interaction_id, case_id, channel, json.dumps([*rules])),
    )


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A refusal as kept, the names of who asked and who decided; `reason` None when none was given or it was redacted."""

    id: int
    channel: str
    purpose: str
    rule: str
    code: str
    own: int
    wanted_on: str
    wanted_at: str
    next_at: str
    by: str
    recorded_at: str
    outcome: str
    decided_by: str | None
    decided_at: str | None
    reason: str | None
    interaction_id: int | None


def of_case(reader: Reader, case_id: int, limit: int) -> tuple[RefusalRow, ...]:
    """The refusals of a case, the newest first."""
    return reader.all(
        RefusalRow,
        """SELECT r.id, r.channel, r.purpose, r.rule, r.code, r.own, r.wanted_on, r.wanted_at, r.next_at, u.name, r.recorded_at, r.outcome,
          d.name, r.decided_at, x.body, r.interaction_id
        FROM contact_refusals r JOIN users u ON u.id = r.actor_id LEFT JOIN users d ON d.id = r.decided_by
        LEFT JOIN texts x ON x.id = r.text_id WHERE r.case_id = ? ORDER BY r.id DESC LIMIT ?""",
        (case_id, limit),
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many refusals of a rule had an outcome."""

    rule: str
    outcome: str
    number: int


def counted(reader: Reader, first: str, last: str) -> tuple[Count, ...]:
    """The refusals between two days, by rule and outcome: for the compliance indicator."""
    return reader.all(
        Count,
        "SELECT rule, outcome, COUNT(*) FROM contact_refusals WHERE wanted_on BETWEEN ? AND ? GROUP BY rule, outcome ORDER BY 1, 2",
        (first, last),
    )


def set_whose(unit: Unit, point_id: int, row_version: int, holder: str, *, workplace: bool, given: bool) -> None:
    """Say whose a contact point is, whether it is a workplace, whether the person gave it."""
    unit.change("contact_points", point_id, row_version, holder=holder, workplace=int(workplace), given=int(given))
