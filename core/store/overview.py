"""Sums over the whole portfolio: money, what blocks. Keeps none of them and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Money:
    """Cents: entrusted by the creditors, settled by payments, still owed in open cases."""

    placed: int
    collected: int
    owed: int


def money(reader: Reader) -> Money:
    """The money of all cases, closed ones included but for what is still owed."""
    found = reader.first(
        Money,
        """SELECT COALESCE(SUM(placed), 0), COALESCE(SUM(collected), 0), COALESCE(SUM(CASE WHEN status = 'open' THEN balance END), 0)
        FROM case_summaries""",
    )
    return found or Money(0, 0, 0)


def held_by_kind(reader: Reader) -> tuple[tuple[str, int], ...]:
    """How many open cases each kind of stop holds whole, the most frequent first."""
    return tuple(
        (str(kind), int(count))
        for kind, count in reader.rows(
            "SELECT held_kind, COUNT(*) AS n FROM case_summaries INDEXED BY summaries_held WHERE status = 'open' "
            "AND held_kind IS NOT NULL AND (held_kind IS NOT NULL OR debts_held > 0) GROUP BY held_kind ORDER BY n DESC, held_kind"
        )
    )
