"""Appends events of proceedings and keeps what is replayed from them: step, outcome, time limits, title. Replays nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Head:
    """One proceeding with its case and parties; dates ISO text; an empty outcome: it goes on."""

    id: int
    case_id: int
    case_ref: str
    case_status: str
    creditor_id: int
    creditor: str
    debtor: str
    route: str
    version: str
    court: str
    provider: str | None
    opened_on: str
    step: str
    outcome: str
    ended_on: str | None
    row_version: int


_HEAD = """SELECT p.id, p.case_id, c.ref, c.status, c.creditor_id, k.name, TRIM(d.name || ' ' || d.first_name), p.route, p.version, p.court,
  v.name, p.opened_on, p.step, p.outcome, p.ended_on, p.row_version
FROM proceedings p JOIN cases c ON c.id = p.case_id JOIN creditors k ON k.id = c.creditor_id JOIN parties d ON d.id = c.debtor_id
LEFT JOIN providers v ON v.id = p.provider_id"""


def head(reader: Reader, proceeding_id: int) -> Head | None:
    """One proceeding."""
    return reader.first(Head, f"{_HEAD} WHERE p.id = ?", (proceeding_id,))


def of_case(reader: Reader, case_id: int) -> tuple[Head, ...]:
    """The proceedings of a case, the newest first."""
    return reader.all(Head, f"{_HEAD} WHERE p.case_id = ? ORDER BY p.id DESC", (case_id,))


def every(reader: Reader) -> tuple[Head, ...]:
    """All proceedings, for a rebuild or a proof."""
    return reader.all(Head, f"{_HEAD} ORDER BY p.id")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as written; `facts` is JSON; `text` None when there is none or it was redacted."""

    id: int
    kind: str
    happened_on: str
    facts: str
    text: str | None
    corrects: int | None
    corrected_by: int | None
    author: str
    recorded_at: str


def events(reader: Reader, proceeding_id: int) -> tuple[EventRow, ...]:
    """The events of a proceeding in the order they were recorded, corrected ones included."""
    return reader.all(
        EventRow,
        """SELECT e.id, e.kind, e.happened_on, e.facts, x.body, e.corrects, n.id, u.name, e.recorded_at
        FROM events e JOIN users u ON u.id = e.actor_id LEFT JOIN texts x ON x.id = e.text_id LEFT JOIN events n ON n.corrects = e.id
        WHERE e.proceeding_id = ? ORDER BY e.id""",
        (proceeding_id,),
    )


def proceeding_of(reader: Reader, event_id: int) -> int | None:
    """The proceeding of an event."""
    found = reader.value("SELECT proceeding_id FROM events WHERE id = ?", (event_id,))
    return int(found) if found else None


def going(reader: Reader, case_id: int, route: str) -> int | None:
    """The proceeding of a route that goes on in a case."""
    found = reader.value(
        "SELECT id FROM proceedings WHERE case_id = ? AND route = ? AND outcome = ''", (case_id, route)
    )
    return int(found) if found else None


def stops(reader: Reader, case_id: int, day: str) -> list[str]:
    """The kinds of hold in force on a day; one that came with a dated fact (an opening judgment, a death) counts from that day."""
    rows = reader.rows(
        """SELECT h.kind FROM holds h LEFT JOIN interactions i ON i.id = h.interaction_id
        WHERE h.case_id = ?1 AND h.lifted_on IS NULL AND (h.until_on IS NULL OR h.until_on >= ?2)
          AND MIN(h.from_on, COALESCE(json_extract(i.facts, '$.date'), h.from_on)) <= ?2 ORDER BY h.id""",
        (case_id, day),
    )
    return [str(row[0]) for row in rows]


def add_proceeding(unit: Unit, case_id: int, route: str, version: str, court: str, provider_id: int | None) -> int:
    """Open a proceeding for every debt of the case on which something is owed."""
    proceeding_id = unit.add(
        "proceedings",
        case_id=case_id,
        route=route,
        version=version,
        court=court,
        provider_id=provider_id,
        opened_on=unit.today,
    )
    unit.run(
        "INSERT INTO proceeding_debts SELECT ?, id FROM debts WHERE case_id = ? AND outstanding > 0",
        (proceeding_id, case_id),
    )
    return proceeding_id


def provider(unit: Unit, kind: str, name: str) -> int:
    """The provider of this kind and name, entered when it is new."""
    found = unit.value("SELECT id FROM providers WHERE kind = ? AND name = ?", (kind, name.strip()))
    return int(found) if found else unit.add("providers", kind=kind, name=name.strip())


def add_event(
    unit: Unit,
    proceeding_id: int,
    kind: str,
    happened_on: str,
    facts: Mapping[str, Any],
    *,
    text: str = "",
    corrects: int | None = None,
) -> int:
    """Append an event; its words go to the redactable texts."""
    return unit.add(
        "events",
        proceeding_id=proceeding_id,
        kind=kind,
        happened_on=happened_on,
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=False),
        text_id=unit.text(text),
        corrects=corrects,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay says of a proceeding."""

    version: str
    step: str
    outcome: str
    ended_on: str | None
    title: tuple[str, str, int | None] | None  # kind, day, cents


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit as kept; dates ISO text."""

    key: str
    direction: str
    from_on: str
    raw_on: str
    legal_on: str
    safe_on: str
    certainty: str
    met_on: str | None


def limits(reader: Reader, proceeding_id: int) -> tuple[Limit, ...]:
    """The kept time limits of a proceeding."""
    return reader.all(
        Limit,
        "SELECT key, direction, from_on, raw_on, legal_on, safe_on, certainty, met_on FROM deadlines WHERE proceeding_id = ? ORDER BY key",
        (proceeding_id,),
    )


def keep(unit: Unit, one: Head, found: Replayed, rows: Iterable[Limit], law: str) -> None:
    """Write what a replay says: the proceeding's row, its time limits, its title."""
    unit.run(
        "UPDATE proceedings SET version = ?, step = ?, outcome = ?, ended_on = ?, row_version = row_version + 1 WHERE id = ?",
        (found.version, found.step, found.outcome, found.ended_on, one.id),
    )
    unit.run("DELETE FROM deadlines WHERE proceeding_id = ?", (one.id,))
    unit.many(
        "INSERT INTO deadlines(proceeding_id, case_id, creditor_id, key, direction, from_on, raw_on, legal_on, safe_on, certainty, met_on, "
        "as_of, law) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                *(one.id, one.case_id, one.creditor_id, row.key, row.direction, row.from_on, row.raw_on, row.legal_on),
                *(row.safe_on, row.certainty, row.met_on, unit.today, law),
            )
            for row in rows
        ],
    )
    _keep_title(unit, one, found)


def title(reader: Reader, proceeding_id: int) -> tuple[str, str, int | None] | None:
    """The kept title of a proceeding: kind, day, cents."""
    rows = reader.rows("SELECT kind, issued_on, amount FROM titles WHERE proceeding_id = ?", (proceeding_id,))
    return (str(rows[0][0]), str(rows[0][1]), rows[0][2]) if rows else None


def _keep_title(unit: Unit, one: Head, found: Replayed) -> None:
    if title(unit, one.id) == found.title:
        return
    unit.run("DELETE FROM titles WHERE proceeding_id = ?", (one.id,))
    if found.title:
        kind, on, amount = found.title
        unit.add(
            "titles",
            case_id=one.case_id,
            proceeding_id=one.id,
            kind=kind,
            issued_on=on,
            court=one.court,
            amount=amount,
            created_at=unit.now,
        )


def stale(reader: Reader, law: str) -> Sequence[int]:
    """Proceedings whose time limits were computed with other rules than `law`."""
    return [
        int(row[0])
        for row in reader.rows("SELECT DISTINCT proceeding_id FROM deadlines WHERE law <> ? ORDER BY 1", (law,))
    ]
