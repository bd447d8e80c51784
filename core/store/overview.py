"""Sums over the whole portfolio: money, time limits, what blocks. Keeps none of them and judges nothing."""

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


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many time limits of proceedings are past their day to act upon, or reach it within 7 or 30 days, that day included."""

    overdue: int
    week: int
    month: int


def deadlines(reader: Reader, today: str) -> Deadlines:
    """The time limits that still run in open cases, counted on the day to act upon; the 30 days hold the 7."""
    found = reader.first(
        Deadlines,
        """SELECT COALESCE(SUM(f.safe_on < :today), 0),
          COALESCE(SUM(f.safe_on BETWEEN :today AND date(:today, '+7 days')), 0),
          COALESCE(SUM(f.safe_on BETWEEN :today AND date(:today, '+30 days')), 0)
        FROM deadlines f INDEXED BY deadlines_open CROSS JOIN cases c ON c.id = f.case_id
        WHERE f.met_on IS NULL AND f.direction = 'before' AND f.safe_on <= date(:today, '+30 days') AND c.status = 'open'""",
        {"today": today},
    )
    return found or Deadlines(0, 0, 0)


def held_by_kind(reader: Reader) -> tuple[tuple[str, int], ...]:
    """How many open cases each kind of stop holds whole, the most frequent first."""
    return tuple(
        (str(kind), int(count))
        for kind, count in reader.rows(
            "SELECT held_kind, COUNT(*) AS n FROM case_summaries INDEXED BY summaries_held WHERE status = 'open' "
            "AND held_kind IS NOT NULL AND (held_kind IS NOT NULL OR debts_held > 0) GROUP BY held_kind ORDER BY n DESC, held_kind"
        )
    )
