"""Keeps who set a case aside in the queue, why and until when. Judges no reason."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Skip:
    """One line of the log; days and moments as text, `note` what the journal says, None once redacted."""

    id: int
    case_id: int
    ref: str
    debtor: str
    reason: str
    note: str | None
    skipped_on: str
    until_on: str
    author: str
    ended_at: str | None
    ended_by: str | None


_SKIP = """
SELECT s.id, s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), s.reason, x.body, s.skipped_on, s.until_on, u.name, s.ended_at, e.name
FROM queue_skips s JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = c.debtor_id JOIN users u ON u.id = s.skipped_by
  JOIN interactions i ON i.id = s.interaction_id LEFT JOIN texts x ON x.id = i.text_id LEFT JOIN users e ON e.id = s.ended_by
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a case must not be set aside past: days as ISO text."""

    status: str
    lost: int
    deadline_on: str | None
    limitation_on: str | None
    promise_on: str | None


def bounds(reader: Reader, case_id: int) -> Bounds | None:
    """The days of a case that nobody may sleep through; None for a case nobody knows."""
    return reader.first(
        Bounds,
        "SELECT status, next_on IS NULL AND held_kind IS NULL, deadline_on, limitation_on, promise_on "
        "FROM case_summaries WHERE case_id = ?",
        (case_id,),
    )


def log(reader: Reader, most: int, case_id: int | None = None) -> tuple[Skip, ...]:
    """The last skips, of one case when given."""
    where = "WHERE s.case_id = :case" if case_id else ""
    return reader.all(Skip, f"{_SKIP} {where} ORDER BY s.id DESC LIMIT :most", {"case": case_id, "most": most})


def add(unit: Unit, case_id: int, reason: str, interaction_id: int, until_on: str) -> int:
    """A case set aside from today, which an entry of the journal says."""
    return unit.add(
        "queue_skips", case_id=case_id, reason=reason, interaction_id=interaction_id, until_on=until_on, skipped_by=unit.actor_id,
        skipped_on=unit.today, skipped_at=unit.now,
    )  # fmt: skip


def end(unit: Unit, case_id: int) -> int:
    """The case comes back now; how many skips that ended."""
    return unit.run(
        "UPDATE queue_skips SET ended_at = ?, ended_by = ? WHERE case_id = ? AND ended_at IS NULL AND until_on > ?",
        (unit.now, unit.actor_id, case_id, unit.today),
    ).rowcount


def lost(reader: Reader, most: int) -> tuple[tuple[int, int, int], ...]:
    """Open cases without next action or stop: number, whether their first letter left, balance in cents."""
    return tuple(
        reader.rows(
            "SELECT s.case_id, c.first_letter_on IS NOT NULL, s.balance FROM case_summaries s JOIN cases c ON c.id = s.case_id "
            "WHERE s.status = 'open' AND s.next_on IS NULL AND s.held_kind IS NULL ORDER BY s.case_id LIMIT ?",
            (most,),
        )
    )
