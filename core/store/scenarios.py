"""The facts of some cases for their scenario, the payments they expect, the ways to reach them. Plans and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.store.unit import Reader

REPLY = """'in' = (SELECT i.direction FROM interactions i WHERE i.case_id = {case} AND i.channel <> 'note'
      AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id) ORDER BY i.happened_on DESC, i.id DESC LIMIT 1)"""
LETTER_READY = """EXISTS (SELECT 1 FROM messages g WHERE g.case_id = {case} AND g.channel = 'letter' AND g.direction = 'out'
      AND g.state = 'ready')"""
_EVENTS = """
SELECT s.case_id, 'promise', s.promise_on FROM case_summaries s
WHERE s.status = 'open' AND s.promise_on IS NOT NULL AND s.promise_on BETWEEN :today AND :until AND s.balance > 0
  AND (:case = 0 OR s.case_id = :case)
UNION ALL
SELECT l.case_id, 'instalment', MIN(i.due_on) FROM instalments i JOIN plans l ON l.id = i.plan_id
JOIN case_summaries s ON s.case_id = l.case_id
WHERE i.due_on BETWEEN :today AND :until AND l.ended_on IS NULL AND (l.agreed_on IS NOT NULL OR l.proposed_on IS NULL)
  AND s.status = 'open' AND s.balance > 0 AND (:case = 0 OR s.case_id = :case) GROUP BY l.case_id
ORDER BY 1
"""


def expecting(reader: Reader, today: str, until: str, case_id: int = 0) -> tuple[tuple[int, str, str], ...]:
    """The cases (or one) where a payment is expected between two days: case, "promise" or "instalment", day."""
    asked = {"today": today, "until": until, "case": case_id}
    return tuple((int(case), str(kind), str(on)) for case, kind, on in reader.rows(_EVENTS, asked))


@dataclass(frozen=True, slots=True)
class FactsRow:
    """What the store knows of a case for its scenario; dates ISO text, `last_said` the direction of its last contact."""

    case_id: int
    ref: str
    debtor: str
    debtor_id: int
    creditor_id: int
    mandate_id: int
    kind: str
    postcode: str
    status: str
    balance: int
    placed_on: str
    oldest_due_on: str | None
    first_letter_on: str | None
    held_kind: str | None
    held_until: str | None
    promise_on: str | None
    limitation_on: str | None
    replied: int
    proceeding: int
    letter_ready: int
    scenario: str
    level: int
    done_on: str | None
    acted_on: str | None
    pending: int
    paused_until: str | None
    reason: str | None
    row_version: int
    sibling_on: str | None


_FACTS = """
SELECT s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), s.debtor_id, s.creditor_id, COALESCE(c.mandate_id, 0), p.kind,
  COALESCE((SELECT a.postcode FROM contact_points a WHERE a.party_id = p.id AND a.kind = 'address' AND a.validity <> 'invalid'
    ORDER BY a.priority DESC, a.id LIMIT 1), ''),
  s.status, s.balance, c.placed_on, s.oldest_due_on, c.first_letter_on, s.held_kind, s.held_until, s.promise_on, s.limitation_on,
  COALESCE({reply}, 0), EXISTS (SELECT 1 FROM proceedings v WHERE v.case_id = s.case_id AND v.outcome = ''), {letter_ready},
  COALESCE(x.scenario, ''), COALESCE(x.level, 0), x.done_on, x.acted_on, COALESCE(x.pending, 0), x.paused_until, t.body,
  COALESCE(x.row_version, 0),
  (SELECT MAX(r.done_on) FROM cases o JOIN reminders r ON r.case_id = o.id WHERE o.debtor_id = s.debtor_id
    AND o.creditor_id = s.creditor_id AND o.id <> s.case_id AND r.state = 'done' AND r.channel <> 'call')
FROM json_each(:cases) j JOIN case_summaries s ON s.case_id = j.value JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = s.debtor_id
LEFT JOIN scenario_cases x ON x.case_id = s.case_id LEFT JOIN texts t ON t.id = x.reason_text_id
ORDER BY j.key
"""


def facts(reader: Reader, case_ids: Sequence[int]) -> tuple[FactsRow, ...]:
    """The facts of some cases, in their order."""
    case = "s.case_id"
    sql = _FACTS.format(reply=REPLY.format(case=case), letter_ready=LETTER_READY.format(case=case))
    return reader.all(FactsRow, sql, {"cases": json.dumps(list(case_ids))})


def creditor_ids(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Every creditor and its name."""
    return tuple((int(one), str(name)) for one, name in reader.rows("SELECT id, name FROM creditors ORDER BY name"))


@dataclass(frozen=True, slots=True)
class Reach:
    """The contact point of a debtor that serves a channel first."""

    case_id: int
    kind: str
    phone_kind: str
    id: int


def reach(reader: Reader, case_ids: Sequence[int]) -> tuple[Reach, ...]:
    """The debtors' own contact points in some cases, those known to be wrong left out, a workplace last (CON-05, CON-06)."""
    return reader.all(
        Reach,
        "SELECT c.id, p.kind, p.phone_kind, p.id FROM json_each(?) j JOIN cases c ON c.id = j.value "
        "JOIN contact_points p ON p.party_id = c.debtor_id WHERE p.validity <> 'invalid' AND p.holder = 'person' "
        "ORDER BY c.id, p.workplace, p.priority DESC, p.id",
        (json.dumps(list(case_ids)),),
    )
