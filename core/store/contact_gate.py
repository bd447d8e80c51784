"""What the contact gate looks at and what it refused: indexed reads of one case and one person, rows of refusals. Judges nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What of a case the gate needs; `first_sent_on`: the first letter of ours that was posted, when an earlier one was replaced."""

    id: int
    creditor_id: int
    mandate_id: int | None
    debtor_id: int
    status: str
    first_letter_on: str | None
    asked_back: int


def case(reader: Reader, case_id: int, day: str) -> CaseRow | None:
    """One case; `asked_back` when the debtor asked to be called and that call is due on a day."""
    return reader.first(
        CaseRow,
        "SELECT c.id, c.creditor_id, c.mandate_id, c.debtor_id, c.status, c.first_letter_on, EXISTS (SELECT 1 FROM tasks t "
        "WHERE t.case_id = c.id AND t.state = 'open' AND t.kind = 'call_back' AND t.origin = 'RAP' AND t.due_on <= ?2) "
        "FROM cases c WHERE c.id = ?1",
        (case_id, day),
    )


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop of the whole case."""

    kind: str
    until_on: str | None


def stops(reader: Reader, case_id: int, day: str) -> tuple[Stopped, ...]:
    """The stops of the whole case in force on a day."""
    return reader.all(
        Stopped,
        "SELECT kind, until_on FROM holds WHERE case_id = ?1 AND debt_id IS NULL AND lifted_on IS NULL AND from_on <= ?2 "
        "AND (until_on IS NULL OR until_on >= ?2) ORDER BY id",
        (case_id, day),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point of a person of the case with what was said of one channel."""

    id: int
    party_id: int
    role: str
    kind: str
    value: str
    phone_kind: str
    postcode: str
    country: str
    validity: str
    holder: str
    workplace: int
    given: int
    state: str
    source: str


def points(reader: Reader, case_id: int, channel: str) -> tuple[Point, ...]:
    """The contact points of the persons of a case, the best first, with the consent of a channel."""
    return reader.all(
        Point,
        """SELECT p.id, p.party_id, w.role, p.kind, p.value, p.phone_kind, p.postcode, p.country, p.validity, p.holder, p.workplace,
          p.given, COALESCE(s.state, 'unknown'), COALESCE(s.source, '')
        FROM (SELECT debtor_id AS party_id, 'debtor' AS role FROM cases WHERE id = ?1
          UNION ALL SELECT party_id, role FROM case_parties WHERE case_id = ?1) w
        CROSS JOIN contact_points p ON p.party_id = w.party_id
        LEFT JOIN contact_consents s ON s.contact_point_id = p.id AND s.channel = ?2
        ORDER BY p.validity = 'invalid', p.priority DESC, p.id""",
        (case_id, channel),
    )


@dataclass(frozen=True, slots=True)
class Made:
    """An outgoing contact: its day, channel and result."""

    on: str
    channel: str
    result: str


def made(reader: Reader, parties: Collection[int], first: str, last: str) -> tuple[Made, ...]:
    """The outgoing contacts with any of these parties between two days, by whoever and in whichever case; corrected ones left out."""
    return reader.all(
        Made,
        """WITH people AS (SELECT value AS id FROM json_each(?1)),
          files AS (SELECT c.id, c.debtor_id FROM people CROSS JOIN cases c ON c.debtor_id = people.id
            UNION SELECT c.id, c.debtor_id FROM people CROSS JOIN case_parties w ON w.party_id = people.id JOIN cases c ON c.id = w.case_id)
        SELECT i.happened_on, i.channel, i.result_code FROM files f
        CROSS JOIN interactions i ON i.case_id = f.id AND i.happened_on BETWEEN ?2 AND ?3
        LEFT JOIN contact_points p ON p.id = i.contact_point_id
        WHERE i.direction = 'out' AND i.channel <> 'note' AND COALESCE(p.party_id, i.party_id, f.debtor_id) IN (SELECT id FROM people)
          AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)""",
        (json.dumps([*parties]), first, last),
    )


def overrides(reader: Reader, case_id: int, channel: str, at: str) -> frozenset[str]:
    """The rules that a lead lifted for the next contact of a case by a channel, not used nor expired at a moment (UTC text)."""
    return frozenset(
        row[0]
        for row in reader.rows(
            "SELECT rule FROM contact_refusals WHERE case_id = ? AND channel = ? AND outcome = 'overridden' AND interaction_id IS NULL "
            "AND expires_at > ?",
            (case_id, channel, at),
        )
    )


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
