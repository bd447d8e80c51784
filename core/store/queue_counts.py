"""Counts what each tab of the queue holds. Reads no case."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.queue import TABS
from core.store.unit import Reader


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
    replies: int
    disputes: int
    alerts: int
    skipped: int

    def of(self, tab: str) -> int:
        """How many cases a tab holds."""
        return {"all": self.open}.get(tab, getattr(self, tab, 0))


def _count(where: str, index: str = "") -> str:
    source = f"case_summaries s INDEXED BY summaries_{index}" if index else "{source}"
    return f"(SELECT COUNT(*) FROM {source} WHERE {where} {{only}})"


_SKIPPED = TABS["skipped"]
_LOST = "s.status = 'open' AND s.next_on IS NULL AND s.held_kind IS NULL"
# Each count walks its own small or covering index: one pass with all conditions over all cases took six times as long. What was set
# aside is few: it is taken off what would be to do.
_COUNTERS = f"""
SELECT {_count("s.status = 'open' AND s.next_on <= :today")} + {_count(_LOST)}
    - {_count(f"{_SKIPPED} AND (s.next_on <= :today OR (s.next_on IS NULL AND s.held_kind IS NULL))", "skipped")},
  {_count("s.status = 'open' AND s.next_on < :today")} - {_count(f"{_SKIPPED} AND s.next_on < :today", "skipped")},
  {_count(_LOST)}, {_count(TABS["planned"])}, {_count(TABS["promises"], "promised")},
  {_count("s.status = 'open' AND s.promise_on = :today")},
  {_count(TABS["held"])}, {_count("s.status = 'open'")}, {_count("s.status = 'closed'")},
  (SELECT COALESCE(SUM(s.balance), 0) FROM {{source}} WHERE s.status = 'open' {{only}}),
  {_count(TABS["deadlines"], "deadline")}, {_count(TABS["limitation"], "limitation")}, {_count(TABS["replies"], "replies")},
  {_count(TABS["disputes"], "disputes")}, {_count(TABS["alerts"], "alerts")}, {_count(_SKIPPED, "skipped")}
"""


def counters(
    reader: Reader, today: str, creditor: int | None, collector: int | None = None, near: str = ""
) -> Counters:
    """The counters above the queue, of all cases or of one creditor's, of one colleague's."""
    source = "case_summaries s INDEXED BY summaries_collector" if collector else "case_summaries s"
    only = " AND s.creditor_id = :creditor" * bool(creditor) + " AND s.collector_id = :collector" * bool(collector)
    sql = _COUNTERS.format(only=only, source=source)
    found = reader.first(Counters, sql, {"today": today, "creditor": creditor, "collector": collector, "near": near})
    if found is None:
        raise LookupError("a count always gives a row")
    return found
