"""Keeps why a debtor does not pay: each saying a row, each correction a new row that names the one it replaces. Judges no reason."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.reports import Span
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason as said; `facts` None when there are none or they were redacted; `gone` when it was corrected, or its contact was."""

    id: int
    case_id: int
    code: str
    source: str
    said_on: str
    facts: str | None
    interaction_id: int
    corrects: int | None
    gone: int
    author: str
    recorded_at: str


_GONE = (
    "(EXISTS (SELECT 1 FROM nonpayment_reasons n WHERE n.corrects = r.id) "
    "OR EXISTS (SELECT 1 FROM interactions i WHERE i.corrects = r.interaction_id))"
)
_REASON = f"""SELECT r.id, r.case_id, r.code, r.source, r.said_on, x.body, r.interaction_id, r.corrects, {_GONE}, u.name, r.recorded_at
FROM nonpayment_reasons r JOIN users u ON u.id = r.actor_id LEFT JOIN texts x ON x.id = r.text_id"""


def add(
    unit: Unit,
    case_id: int,
    code: str,
    source: str,
    said_on: str,
    interaction_id: int,
    facts: str,
    corrects: int | None,
) -> int:
    """A reason said on an ISO day."""
    return unit.add(
        "nonpayment_reasons",
        case_id=case_id,
        code=code,
        source=source,
        said_on=said_on,
        text_id=unit.text(facts),
        interaction_id=interaction_id,
        corrects=corrects,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


def current(reader: Reader, case_id: int) -> ReasonRow | None:
    """The reason that stands: the last said, of those that nothing corrects."""
    return reader.first(
        ReasonRow,
        f"{_REASON} WHERE r.case_id = ? AND NOT {_GONE} ORDER BY r.said_on DESC, r.id DESC LIMIT 1",
        (case_id,),
    )


def current_many(reader: Reader, case_ids: Collection[int]) -> dict[int, ReasonRow]:
    """The reason that stands in each of some cases; a case without one is not in it."""
    rows = reader.all(
        ReasonRow,
        f"{_REASON} WHERE r.case_id IN (SELECT value FROM json_each(?)) AND NOT {_GONE} ORDER BY r.said_on, r.id",
        (json.dumps([*case_ids]),),
    )
    return {row.case_id: row for row in rows}


def history(reader: Reader, case_id: int) -> tuple[ReasonRow, ...]:
    """Every reason ever kept of a case, the last said first."""
    return reader.all(ReasonRow, f"{_REASON} WHERE r.case_id = ? ORDER BY r.said_on DESC, r.id DESC", (case_id,))


def one(reader: Reader, reason_id: int) -> ReasonRow | None:
    """One reason."""
    return reader.first(ReasonRow, f"{_REASON} WHERE r.id = ?", (reason_id,))


def by_creditor(reader: Reader, span: Span) -> dict[int, dict[str, int]]:
    """How many cases open today give each reason, by creditor; a case without reason is not counted."""
    found: dict[int, dict[str, int]] = {}
    rows = reader.rows(
        f"""SELECT creditor_id, code, COUNT(*) FROM (
          SELECT s.creditor_id, r.code, ROW_NUMBER() OVER (PARTITION BY r.case_id ORDER BY r.said_on DESC, r.id DESC) AS latest
          FROM nonpayment_reasons r JOIN case_summaries s ON s.case_id = r.case_id
          WHERE s.status = 'open' AND NOT {_GONE}{span.only("s.creditor_id", "s.collector_id")})
        WHERE latest = 1 GROUP BY creditor_id, code""",
        span.values(),
    )
    for creditor_id, code, count in rows:
        found.setdefault(creditor_id, {})[code] = count
    return found
