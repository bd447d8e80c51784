"""The case before and the case after one, in the order of a tab of the queue and under its filters. Judges nothing and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.queue import Asked, beyond, index_of, key_of, order
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a case stands in the orders of the queue; kept while one works it, since what is done moves the case."""

    case_id: int
    priority: int
    limitation_on: str
    deadline_on: str
    skipped_until: str

    def place(self, key: str) -> int | str:
        """Its place under a key of the queue."""
        return int(self.case_id) if "case_id" in key else getattr(self, key.lstrip("-").removeprefix("s."))


def spot(reader: Reader, case_id: int) -> Spot | None:
    """Where a case stands now; None for a case that is not there."""
    return reader.first(
        Spot,
        "SELECT s.case_id, s.priority, COALESCE(s.limitation_on, ''), COALESCE(s.deadline_on, ''), COALESCE(s.skipped_until, '') "
        "FROM case_summaries s WHERE s.case_id = ?",
        (case_id,),
    )


def neighbours(reader: Reader, asked: Asked, at: Spot, today: str, near: str) -> tuple[int | None, int | None]:
    """The case before and the case after a spot, in the order in which the queue lists what is asked."""
    return _next(reader, asked, at, today, near, back=True), _next(reader, asked, at, today, near, back=False)


def _next(reader: Reader, asked: Asked, at: Spot, today: str, near: str, *, back: bool) -> int | None:
    key = key_of(asked.tab)
    sql = (
        f"SELECT s.case_id FROM case_summaries s INDEXED BY {index_of(asked)} WHERE {asked.where()} AND {beyond(key, back=back)} "
        f"ORDER BY {order(key, back=back)} LIMIT 1"
    )
    found = reader.value(sql, {**asked.params(today, near), "place": at.place(key), "cursor": at.case_id})
    return int(found) if found else None
