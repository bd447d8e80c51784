"""Keeps the calls that someone began, until they are recorded, explained or left. Logs no contact."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Begun:
    """A call begun: its case, who is called, by whom; `begun_at` UTC text, `state` open, recorded, explained or left."""

    id: int
    case_id: int
    ref: str
    debtor: str
    user_id: int
    by: str
    contact_point_id: int | None
    begun_at: str
    begun_on: str
    state: str


_ROW = """
SELECT b.id, b.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), b.user_id, u.name, b.contact_point_id, b.begun_at, b.begun_on, b.state
FROM calls_begun b JOIN cases c ON c.id = b.case_id JOIN parties p ON p.id = c.debtor_id JOIN users u ON u.id = b.user_id
"""


def open_of(reader: Reader, user_id: int) -> tuple[Begun, ...]:
    """The calls that a person began and has not done with, the oldest first."""
    return reader.all(Begun, f"{_ROW} WHERE b.user_id = ? AND b.state = 'open' ORDER BY b.id", (user_id,))


def named(reader: Reader, call_id: int) -> Begun | None:
    """One call begun."""
    return reader.first(Begun, f"{_ROW} WHERE b.id = ?", (call_id,))


def unrecorded(reader: Reader, first: str, last: str) -> tuple[Begun, ...]:
    """The calls begun between two days (ISO) that nobody recorded or explained, whoever began them."""
    sql = f"{_ROW} WHERE b.state IN ('open', 'left') AND b.begun_on BETWEEN ? AND ? ORDER BY b.begun_at"
    return reader.all(Begun, sql, (first, last))


def begin(unit: Unit, case_id: int, contact_point_id: int | None) -> int:
    """A call begins now; the one this person has open on the case already, if there is one."""
    asked = (unit.actor_id, case_id)
    found = unit.value("SELECT id FROM calls_begun WHERE user_id = ? AND case_id = ? AND state = 'open'", asked)
    if found:
        return int(found)
    return unit.add(
        "calls_begun", case_id=case_id, user_id=unit.actor_id, contact_point_id=contact_point_id, begun_at=unit.now,
        begun_on=unit.today,
    )  # fmt: skip


def end(unit: Unit, call_id: int, state: str, interaction_id: int | None = None) -> None:
    """The call is explained or left."""
    unit.run(
        "UPDATE calls_begun SET state = ?, ended_at = ?, interaction_id = ? WHERE id = ? AND state = 'open'",
        (state, unit.now, interaction_id, call_id),
    )


def recorded(unit: Unit, case_id: int, interaction_id: int) -> None:
    """The call that this person has open on the case, if any, is recorded by an entry of the journal."""
    unit.run(
        "UPDATE calls_begun SET state = 'recorded', ended_at = ?, interaction_id = ? WHERE user_id = ? AND case_id = ? AND state = 'open'",
        (unit.now, interaction_id, unit.actor_id, case_id),
    )
