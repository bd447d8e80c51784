"""Finds the cases to which letters of one kind may be meant: by creditor, collector and last letter sent. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.letters import FIRST
from core.store.unit import Reader

ANY, NONE = "", "none"  # stages: whatever was sent, nothing sent yet; otherwise the kind of the last letter sent


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case as a line of a batch; `balance` in cents; `mandate_id` 0 without one."""

    case_id: int
    ref: str
    debtor_id: int
    debtor: str
    creditor: str
    creditor_id: int
    mandate_id: int
    balance: int


_LAST = (
    "COALESCE((SELECT m.kind FROM messages m WHERE m.case_id = c.id AND m.channel = 'letter' AND m.direction = 'out' "
    f"AND m.state IN ('sent', 'delivered', 'returned') ORDER BY m.id DESC LIMIT 1), '{FIRST}')"
)


def candidates(
    reader: Reader, kind: str, status: str, creditor: int | None, collector: int | None, stage: str, limit: int
) -> tuple[Candidate, ...]:
    """The cases of a status that wait for no letter of this kind, the most urgent first.

    A closed case that was sent the kind is left out: its end is told once.
    """
    waits = "('ready', 'draft')" if status == "open" else "('ready', 'draft', 'sent', 'delivered', 'returned')"
    where = [
        "s.status = :status",
        f"NOT EXISTS (SELECT 1 FROM messages w WHERE w.case_id = c.id AND w.kind = :kind AND w.direction = 'out' AND w.state IN {waits})",
        *(["s.creditor_id = :creditor"] if creditor else []),
        *(["s.collector_id = :collector"] if collector else []),
        *_stage(stage),
    ]
    return reader.all(
        Candidate,
        "SELECT c.id, c.ref, c.debtor_id, trim(p.first_name || ' ' || p.name), k.name, c.creditor_id, COALESCE(c.mandate_id, 0), s.balance "
        "FROM case_summaries s JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = c.debtor_id "
        f"JOIN creditors k ON k.id = c.creditor_id WHERE {' AND '.join(where)} ORDER BY s.priority DESC, s.case_id LIMIT :limit",
        {"status": status, "kind": kind, "creditor": creditor, "collector": collector, "stage": stage, "limit": limit},
    )


def _stage(stage: str) -> list[str]:
    if stage == ANY:
        return []
    if stage == NONE:
        return ["c.first_letter_on IS NULL"]
    return ["c.first_letter_on IS NOT NULL", f"{_LAST} = :stage"]
