"""Keeps requests to close a case and reads what a case still holds open. Decides nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request to close: `found` and `acknowledged` are JSON; words None when there are none or they were redacted."""

    id: int
    case_id: int
    case_ref: str
    debtor: str
    reason: str
    found: str
    words: str | None
    interaction_id: int | None
    asked_by: int
    asker: str
    asked_at: str
    state: str
    acknowledged: str
    decider: str | None
    decided_at: str | None
    decision: str | None
    row_version: int


_REQUEST = """
SELECT r.id, r.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), r.reason, r.found, x.body, r.interaction_id, r.asked_by, a.name,
  r.asked_at, r.state, r.acknowledged, d.name, r.decided_at, y.body, r.row_version
FROM closure_requests r JOIN cases c ON c.id = r.case_id JOIN parties p ON p.id = c.debtor_id JOIN users a ON a.id = r.asked_by
LEFT JOIN users d ON d.id = r.decided_by LEFT JOIN texts x ON x.id = r.text_id LEFT JOIN texts y ON y.id = r.decision_text_id
"""


def of_case(reader: Reader, case_id: int) -> tuple[RequestRow, ...]:
    """The requests of a case, the newest first."""
    return reader.all(RequestRow, f"{_REQUEST} WHERE r.case_id = ? ORDER BY r.id DESC", (case_id,))


def one(reader: Reader, request_id: int) -> RequestRow | None:
    """One request."""
    return reader.first(RequestRow, f"{_REQUEST} WHERE r.id = ?", (request_id,))


def waiting(reader: Reader, limit: int = 50) -> tuple[RequestRow, ...]:
    """The requests that wait for a decision, the oldest first."""
    return reader.all(RequestRow, f"{_REQUEST} WHERE r.state = 'asked' ORDER BY r.asked_at, r.id LIMIT ?", (limit,))


def count_waiting(reader: Reader) -> int:
    """How many wait."""
    return int(reader.value("SELECT COUNT(*) FROM closure_requests WHERE state = 'asked'"))


def add(
    unit: Unit, case_id: int, reason: str, found: Sequence[dict[str, Any]], words: str, interaction_id: int | None
) -> int:
    """A request, asked now by whoever acts."""
    return unit.add(
        "closure_requests",
        case_id=case_id,
        reason=reason,
        found=json.dumps(list(found), sort_keys=True),
        text_id=unit.text(words),
        interaction_id=interaction_id,
        asked_by=unit.actor_id,
        asked_at=unit.now,
    )


def decide(unit: Unit, request_id: int, row_version: int, state: str, acknowledged: Sequence[str], words: str) -> None:
    """What became of a request; raises Refusal "changed-meanwhile"."""
    unit.change(
        "closure_requests",
        request_id,
        row_version,
        state=state,
        acknowledged=json.dumps(list(acknowledged)),
        decided_by=unit.actor_id,
        decided_at=unit.now,
        decision_text_id=unit.text(words),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case still holds open; money in cents, counts otherwise."""

    unallocated: int
    client_money: int
    promises: int
    plans: int
    disputes: int
    proceedings: int
    messages: int
    complaints: int
    traced: int
    insolvent: int
    barred: int


_STANDING = """
SELECT
  (SELECT COALESCE(SUM(amount), 0) FROM payments WHERE case_id = :case) - (SELECT COALESCE(SUM(a.amount), 0) FROM allocations a
    JOIN payments p ON p.id = a.payment_id WHERE p.case_id = :case),
  (SELECT COALESCE(SUM((to_account = 'client_money') * amount - (from_account = 'client_money') * amount), 0)
    FROM entries WHERE case_id = :case),
  (SELECT COUNT(*) FROM promises WHERE case_id = :case AND cancelled_on IS NULL AND due_on >= :today),
  (SELECT COUNT(*) FROM plans WHERE case_id = :case AND ended_on IS NULL AND (agreed_on IS NOT NULL OR proposed_on IS NULL)),
  (SELECT COUNT(*) FROM disputes WHERE case_id = :case AND closed_on IS NULL),
  (SELECT COUNT(*) FROM proceedings WHERE case_id = :case AND outcome = ''),
  (SELECT COUNT(*) FROM messages WHERE case_id = :case AND direction = 'out' AND state IN ('ready', 'sending')),
  (SELECT COUNT(*) FROM complaints WHERE case_id = :case AND answered_on IS NULL),
  (SELECT COUNT(*) FROM interactions i WHERE i.case_id = :case
    AND (i.result_code = 'INT' OR json_extract(i.facts, '$.step') LIKE 'tracing%')
    AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)),
  (SELECT COUNT(*) FROM holds WHERE case_id = :case AND kind = 'insolvency'),
  (SELECT COUNT(*) FROM debts WHERE case_id = :case AND outstanding > 0 AND limitation_on < :today)
"""


def standing(reader: Reader, case_id: int, today: str) -> Standing:
    """What a case still holds open on a day."""
    found = reader.first(Standing, _STANDING, {"case": case_id, "today": today})
    if found is None:
        raise LookupError("sums always give a row")
    return found


def titles(reader: Reader, case_id: int) -> tuple[str, ...]:
    """The ISO days of the titles of a case."""
    return tuple(str(row[0]) for row in reader.rows("SELECT issued_on FROM titles WHERE case_id = ?", (case_id,)))


def closed_on(reader: Reader, case_id: int) -> str | None:
    """The ISO day a case was closed on; None while it is open."""
    found = reader.value("SELECT closed_on FROM cases WHERE id = ?", (case_id,))
    return str(found) if found else None


def of_interaction(reader: Reader, interaction_id: int) -> RequestRow | None:
    """The request that still waits and that an entry of the journal made."""
    return reader.first(RequestRow, f"{_REQUEST} WHERE r.interaction_id = ? AND r.state = 'asked'", (interaction_id,))


def letter_since(reader: Reader, case_id: int, kind: str, moment: str) -> bool:
    """Whether a letter of a kind was issued for a case at a moment or later, and not cancelled."""
    sql = "SELECT 1 FROM messages WHERE case_id = ? AND kind = ? AND created_at >= ? AND state <> 'cancelled'"
    return bool(reader.value(sql, (case_id, kind, moment)))
