"""What the contact gate looks at, of one case or of many: one indexed question a kind of fact. Judges nothing and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What of a case the gate needs; `sent_on`: when the first letter of ours was posted, when an earlier one was replaced.

    `fragile_user`: the one person who speaks with a debtor whose fragile path is open, 0 without one; `needs` a JSON list.
    """

    id: int
    creditor_id: int
    mandate_id: int | None
    debtor_id: int
    status: str
    first_letter_on: str | None
    sent_on: str | None
    asked_back: int
    fragile_user: int
    fragile_name: str
    needs: str


def cases(reader: Reader, case_ids: Collection[int], day: str) -> dict[int, CaseRow]:
    """Cases by id; `asked_back` when the debtor asked to be called and that call is due on a day."""
    found = reader.all(
        CaseRow,
        "SELECT c.id, c.creditor_id, c.mandate_id, c.debtor_id, c.status, c.first_letter_on, "
        "(SELECT substr(MIN(m.sent_at), 1, 10) FROM messages m WHERE m.case_id = c.id AND m.kind = 'first_letter' AND m.state = 'sent'), "
        "EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.state = 'open' AND t.kind = 'call_back' AND t.origin = 'RAP' "
        "AND t.due_on <= ?2), COALESCE(f.user_id, 0), COALESCE(u.name, ''), COALESCE(f.needs, '[]') "
        "FROM json_each(?1) j CROSS JOIN cases c ON c.id = j.value "
        "LEFT JOIN fragile_paths f ON f.party_id = c.debtor_id AND f.ended_on IS NULL LEFT JOIN users u ON u.id = f.user_id",
        (json.dumps([*case_ids]), day),
    )
    return {one.id: one for one in found}


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop that holds a case whole; `elsewhere`: the other case of the same debtor in which it was said, "" for its own.

    `of_debt`: one of the stops that hold each open debt.
    """

    case_id: int
    kind: str
    until_on: str | None
    elsewhere: str
    of_debt: int


_IN_FORCE = "h.lifted_on IS NULL AND h.from_on <= ?2 AND (h.until_on IS NULL OR h.until_on >= ?2)"
# Where each open debt is stopped nothing is left to be asked: the case is stopped, until the first of them is free again.
_STOPS = f"""
SELECT c.id AS case_id, h.kind, h.until_on, '' AS elsewhere, 0 AS of_debt, h.id AS id
FROM json_each(?1) j CROSS JOIN cases c ON c.id = j.value
JOIN holds h ON h.case_id = c.id WHERE h.debt_id IS NULL AND {_IN_FORCE}
UNION ALL
SELECT c.id, h.kind, h.until_on, o.ref, 0, h.id FROM json_each(?1) j CROSS JOIN cases c ON c.id = j.value
JOIN cases o ON o.debtor_id = c.debtor_id AND o.id <> c.id JOIN holds h ON h.case_id = o.id
WHERE h.debt_id IS NULL AND h.kind IN (SELECT value FROM json_each(?3)) AND {_IN_FORCE}
UNION ALL
SELECT c.id, h.kind, h.until_on, '', 1, h.id FROM json_each(?1) j CROSS JOIN cases c ON c.id = j.value
JOIN holds h ON h.case_id = c.id JOIN debts d ON d.id = h.debt_id AND d.outstanding > 0
WHERE h.amount IS NULL AND {_IN_FORCE} AND NOT EXISTS (SELECT 1 FROM debts e WHERE e.case_id = c.id AND e.outstanding > 0
  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.case_id = e.case_id AND h.debt_id = e.id AND h.amount IS NULL AND {_IN_FORCE}))
ORDER BY 1, 4, 6
"""


def stops(reader: Reader, case_ids: Collection[int], day: str, personal: Collection[str]) -> tuple[Stopped, ...]:
    """The stops in force on a day: of the whole case, of each of its open debts, and those of kinds that are the person's own (`personal`)
    said in another case of the same debtor.
    """
    rows = reader.rows(_STOPS, (json.dumps([*case_ids]), day, json.dumps([*personal])))
    return tuple(Stopped(*row[:5]) for row in rows)


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point of a person of a case; `role` in it, `person` their name, `sole` whether they alone are to be contacted."""

    case_id: int
    id: int
    party_id: int
    role: str
    person: str
    sole: int
    kind: str
    value: str
    phone_kind: str
    postcode: str
    country: str
    validity: str
    holder: str
    workplace: int
    given: int


_WHO = """SELECT c.id AS case_id, c.debtor_id AS party_id, 'debtor' AS role, 0 AS sole
  FROM json_each(?1) j CROSS JOIN cases c ON c.id = j.value
UNION ALL SELECT w.case_id, w.party_id, CASE WHEN COALESCE(w.until_on, ?2) >= ?2 THEN w.role ELSE 'other' END, w.sole
  FROM json_each(?1) j CROSS JOIN case_parties w ON w.case_id = j.value"""


def points(reader: Reader, case_ids: Collection[int], day: str) -> tuple[Point, ...]:
    """The contact points of the persons of some cases, the best first; who acts no more on a day is somebody else (role "other")."""
    return reader.all(
        Point,
        f"""SELECT who.case_id, p.id, p.party_id, who.role, TRIM(n.first_name || ' ' || n.name), who.sole, p.kind, p.value, p.phone_kind,
          p.postcode, p.country, p.validity, p.holder, p.workplace, p.given
        FROM ({_WHO}) who CROSS JOIN parties n ON n.id = who.party_id CROSS JOIN contact_points p ON p.party_id = who.party_id
        ORDER BY who.case_id, p.validity = 'invalid', p.priority DESC, p.id""",
        (json.dumps([*case_ids]), day),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a case other than the debtor, who is in it on a day."""

    case_id: int
    party_id: int
    role: str
    name: str
    sole: int


def people(reader: Reader, case_ids: Collection[int], day: str) -> tuple[Person, ...]:
    """The persons of some cases other than the debtors, who are in them on a day."""
    return reader.all(
        Person,
        "SELECT w.case_id, w.party_id, w.role, TRIM(n.first_name || ' ' || n.name), w.sole FROM json_each(?1) j "
        "CROSS JOIN case_parties w ON w.case_id = j.value JOIN parties n ON n.id = w.party_id "
        "WHERE COALESCE(w.since_on, ?2) <= ?2 AND COALESCE(w.until_on, ?2) >= ?2 ORDER BY w.sole DESC, w.id",
        (json.dumps([*case_ids]), day),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a channel of a contact point."""

    contact_point_id: int
    channel: str
    state: str
    since_on: str
    source: str


def said(reader: Reader, point_ids: Collection[int]) -> tuple[Said, ...]:
    """Agreements and objections to the channels of some contact points."""
    return reader.all(
        Said,
        "SELECT s.contact_point_id, s.channel, s.state, s.since_on, s.source FROM json_each(?) j "
        "CROSS JOIN contact_consents s ON s.contact_point_id = j.value",
        (json.dumps([*point_ids]),),
    )


@dataclass(frozen=True, slots=True)
class Made:
    """An outgoing contact with a person: its day, channel and result."""

    party_id: int
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
        SELECT COALESCE(p.party_id, i.party_id, seen.debtor_id) AS party, i.happened_on, i.channel, i.result_code FROM files seen
        CROSS JOIN interactions i ON i.case_id = seen.id AND i.happened_on BETWEEN ?2 AND ?3
        LEFT JOIN contact_points p ON p.id = i.contact_point_id
        WHERE i.direction = 'out' AND i.channel <> 'note' AND party IN (SELECT id FROM people)
          AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)""",
        (json.dumps([*parties]), first, last),
    )


@dataclass(frozen=True, slots=True)
class Lifted:
    """A rule that a lead lifted for the next contact of a case by a channel."""

    case_id: int
    channel: str
    rule: str


def overrides(reader: Reader, case_ids: Collection[int], at: str) -> tuple[Lifted, ...]:
    """The rules that a lead lifted, not used nor expired at a moment (UTC text)."""
    return reader.all(
        Lifted,
        "SELECT r.case_id, r.channel, r.rule FROM json_each(?1) j CROSS JOIN contact_refusals r ON r.case_id = j.value "
        "WHERE r.outcome = 'overridden' AND r.interaction_id IS NULL AND r.expires_at > ?2",
        (json.dumps([*case_ids]), at),
    )


def maybe_barred(reader: Reader, case_ids: Collection[int], day: str) -> frozenset[int]:
    """Those of some cases that have an open debt past its last day to sue on a day."""
    rows = reader.rows(
        "SELECT DISTINCT d.case_id FROM json_each(?1) j CROSS JOIN debts d ON d.case_id = j.value AND d.outstanding > 0 "
        "AND d.limitation_on < ?2",
        (json.dumps([*case_ids]), day),
    )
    return frozenset(int(row[0]) for row in rows)


def own_values(reader: Reader, parties: Collection[int]) -> tuple[tuple[int, str, str], ...]:
    """(party, kind, value) of the telephones and e-mails that are these parties' own."""
    rows = reader.rows(
        "SELECT c.party_id, c.kind, c.value FROM json_each(?1) j CROSS JOIN contact_points c ON c.party_id = j.value "
        "WHERE c.kind <> 'address' AND c.holder = 'person' ORDER BY c.id",
        (json.dumps([*parties]),),
    )
    return tuple((int(row[0]), str(row[1]), str(row[2])) for row in rows)


def parties_like(
    reader: Reader,
    sirens: Collection[tuple[int, str]],
    values: Collection[tuple[int, str]],
    names: Collection[tuple[int, str, str]],
) -> frozenset[tuple[int, int]]:
    """(party, another) where the other has the SIREN, a telephone or e-mail, or the folded name and postcode given for the party."""
    rows = reader.rows(
        "SELECT j.value ->> 0 AS me, p.id AS other FROM json_each(?1) j CROSS JOIN parties p ON p.siren = j.value ->> 1 AND p.siren <> '' "
        "WHERE other <> me UNION SELECT j.value ->> 0 AS me, c.party_id AS other FROM json_each(?2) j CROSS JOIN contact_points c "
        "ON c.value = j.value ->> 1 AND c.kind <> 'address' WHERE other <> me UNION SELECT j.value ->> 0 AS me, p.id AS other "
        "FROM json_each(?3) j CROSS JOIN parties p ON p.folded = j.value ->> 1 JOIN contact_points c ON c.party_id = p.id "
        "AND c.kind = 'address' AND c.postcode = j.value ->> 2 WHERE other <> me",
        tuple(json.dumps([list(one) for one in some]) for some in (sirens, values, names)),
    )
    return frozenset((int(row[0]), int(row[1])) for row in rows)
