"""Reads many cases: the queue and its counters, the search. Writes nothing and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; money in cents, dates ISO text."""

    case_id: int
    ref: str
    debtor: str
    creditor: str
    status: str
    balance: int
    overdue: int
    oldest_due_on: str | None
    undated: int
    held_kind: str | None
    held_until: str | None
    next_kind: str | None
    next_on: str | None
    last_on: str | None
    last_channel: str | None
    last_result: str | None
    promise_on: str | None
    priority: int
    deadline_on: str | None
    limitation_on: str | None


_ROW = """
SELECT s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), k.name, s.status, s.balance, s.overdue, s.oldest_due_on, s.undated,
  s.held_kind, s.held_until, s.next_kind, s.next_on, s.last_on, s.last_channel, s.last_result, s.promise_on, s.priority, {deadline},
  s.limitation_on
FROM {source} JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = s.debtor_id JOIN creditors k ON k.id = s.creditor_id
"""

# What each tab of the queue holds; :today is the day, :near the last day of which limitation is near.
TABS = {
    "todo": "s.status = 'open' AND (s.next_on <= :today OR (s.next_on IS NULL AND s.held_kind IS NULL))",
    "planned": "s.status = 'open' AND s.held_kind IS NULL AND s.next_on > :today",
    "promises": "s.status = 'open' AND s.promise_on IS NOT NULL",
    "held": "s.status = 'open' AND (s.held_kind IS NOT NULL OR s.debts_held > 0)",
    "limitation": "s.status = 'open' AND s.limitation_on IS NOT NULL AND s.limitation_on <= :near",
    "all": "s.status = 'open'",
    "deadlines": "s.status = 'open'",  # of the cases that DEADLINES gives
    "closed": "s.status = 'closed'",
}
_FILTER = " AND s.creditor_id = :creditor"
_MINE = " AND s.collector_id = :collector"
# The cases with a time limit of a proceeding that still runs, and the first day to act upon (never a sum: one row a case).
DEADLINES = """(SELECT case_id, MIN(safe_on) AS safe_on FROM deadlines INDEXED BY deadlines_open
  WHERE met_on IS NULL AND direction = 'before' GROUP BY case_id) f CROSS JOIN case_summaries s USING (case_id)"""


def queue(
    reader: Reader, tab: str, today: str, creditor: int | None, page: int, collector: int | None = None, near: str = ""
) -> tuple[QueueRow, ...]:
    """The `page`th (from 1) 50 cases of a tab, the most pressing first; walked along the index of priorities, never sorted.

    The tabs of deadlines and of limitation are in the order of their days; `collector` leaves the cases of one colleague.
    """
    index = (
        "summaries_limitation" if tab == "limitation" else "summaries_next" if tab == "closed" else "summaries_collector" if collector
        else "summaries_creditor" if creditor else "summaries_queue"
    )  # fmt: skip
    dated = tab == "deadlines"
    source = _row(DEADLINES if dated else f"case_summaries s INDEXED BY {index}", "f.safe_on" if dated else "NULL")
    orders = {"deadlines": "f.safe_on, s.priority DESC", "limitation": "s.limitation_on", "closed": "s.case_id DESC"}
    order = orders.get(tab, "s.priority DESC")
    sql = f"{source} WHERE {TABS[tab]}{_only(creditor, collector)} ORDER BY {order} LIMIT {PAGE} OFFSET :skip"
    asked = {"today": today, "creditor": creditor, "collector": collector, "near": near, "skip": (page - 1) * PAGE}
    return reader.all(QueueRow, sql, asked)


def _row(source: str, deadline: str = "NULL") -> str:
    return _ROW.format(source=source, deadline=deadline)


def _only(creditor: int | None, collector: int | None) -> str:
    """The conditions of the filters chosen."""
    return (_FILTER if creditor else "") + (_MINE if collector else "")


def case_of_reference(reader: Reader, ref: str) -> int | None:
    """The id of the case with a public reference."""
    found = reader.value("SELECT id FROM cases WHERE ref = ?", (ref.strip().upper(),))
    return int(found) if found else None


@dataclass(frozen=True, slots=True)
class Counters:
    """How many cases each tab holds; of those to do, how many are late or without next action; what the open ones owe."""

    todo: int
    late: int
    lost: int
    planned: int
    promises: int
    promised_today: int
    held: int
    open: int
    closed: int
    balance: int
    deadlines: int
    limitation: int

    def of(self, tab: str) -> int:
        """How many cases a tab holds."""
        return {"all": self.open}.get(tab, getattr(self, tab, 0))


# Each count walks its own small or covering index: one pass with ten conditions over all cases took six times as long.
_COUNTERS = f"""
SELECT (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' AND s.next_on <= :today {{only}})
    + (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' AND s.next_on IS NULL AND s.held_kind IS NULL {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' AND s.next_on < :today {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' AND s.next_on IS NULL AND s.held_kind IS NULL {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE {TABS["planned"]} {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE {TABS["promises"]} {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' AND s.promise_on = :today {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE {TABS["held"]} {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'open' {{only}}),
  (SELECT COUNT(*) FROM {{source}} WHERE s.status = 'closed' {{only}}),
  (SELECT COALESCE(SUM(s.balance), 0) FROM {{source}} WHERE s.status = 'open' {{only}}),
  (SELECT COUNT(*) FROM {DEADLINES} WHERE {TABS["deadlines"]} {{only}}),
  (SELECT COUNT(*) FROM case_summaries s INDEXED BY summaries_limitation WHERE {TABS["limitation"]} {{only}})
"""


def counters(
    reader: Reader, today: str, creditor: int | None, collector: int | None = None, near: str = ""
) -> Counters:
    """The counters above the queue, of all cases or of one creditor's, of one colleague's."""
    source = "case_summaries s INDEXED BY summaries_collector" if collector else "case_summaries s"
    sql = _COUNTERS.format(only=_only(creditor, collector), source=source)
    found = reader.first(Counters, sql, {"today": today, "creditor": creditor, "collector": collector, "near": near})
    if found is None:
        raise LookupError("a count always gives a row")
    return found


def search(reader: Reader, match: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases whose names or references match an FTS5 expression, best first."""
    source = (
        "(SELECT rowid AS case_id, rank AS likeness FROM case_search WHERE case_search MATCH ? ORDER BY rank LIMIT 500) f "
        "JOIN case_summaries s USING (case_id)"
    )
    return reader.all(QueueRow, f"{_row(source)} ORDER BY s.status DESC, f.likeness LIMIT ?", (match, limit))


def by_contact(reader: Reader, value: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases of the persons who have this telephone number (E.164) or e-mail address."""
    source = "contact_points f JOIN cases z ON z.debtor_id = f.party_id JOIN case_summaries s ON s.case_id = z.id"
    return reader.all(QueueRow, f"{_row(source)} WHERE f.value = ? AND f.kind <> 'address' LIMIT ?", (value, limit))


def of_person(reader: Reader, debtor_id: int, but: int) -> tuple[QueueRow, ...]:
    """The other cases of the same debtor."""
    return reader.all(
        QueueRow,
        f"{_row('case_summaries s')} WHERE s.debtor_id = ? AND s.case_id <> ? LIMIT {PAGE}",
        (debtor_id, but),
    )
