"""Counts what was not done before a day: one line a reason and a person, with the oldest case of each. Says no sentence."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Undone:
    """`who` is what the line is about (a person, a kind of stop, a rule, a reason, a channel; "" for none); `oldest` an ISO day."""

    who: str
    count: int
    oldest: str | None
    case_id: int
    ref: str
    collector: int | None


# Each takes the oldest row's case: SQLite gives the other columns of the row that MIN chose.
_LATE = """SELECT COALESCE(u.name, ''), COUNT(*), MIN(s.next_on), s.case_id, c.ref, s.collector_id
  FROM case_summaries s INDEXED BY summaries_next JOIN cases c ON c.id = s.case_id LEFT JOIN users u ON u.id = s.collector_id
  WHERE s.status = 'open' AND s.next_on < :today AND s.held_kind IS NULL AND (s.skipped_until IS NULL OR s.skipped_until <= :today)
  GROUP BY s.collector_id ORDER BY 2 DESC"""
_HELD = """SELECT s.held_kind, COUNT(*), MIN(s.next_on), s.case_id, c.ref, NULL FROM case_summaries s INDEXED BY summaries_next
  JOIN cases c ON c.id = s.case_id WHERE s.status = 'open' AND s.next_on < :today AND s.held_kind IS NOT NULL
  GROUP BY s.held_kind ORDER BY 2 DESC"""
_SKIPPED = """SELECT k.reason, COUNT(DISTINCT k.case_id), MIN(k.skipped_on), k.case_id, c.ref, NULL
  FROM case_summaries s INDEXED BY summaries_skipped
  JOIN queue_skips k ON k.case_id = s.case_id AND k.ended_at IS NULL AND k.until_on = s.skipped_until JOIN cases c ON c.id = s.case_id
  WHERE s.status = 'open' AND s.skipped_until IS NOT NULL AND s.skipped_until > :today AND k.skipped_on < :today
  GROUP BY k.reason ORDER BY 2 DESC"""
_LETTERS = """SELECT '', COUNT(*), MIN(substr(m.created_at, 1, 10)), m.case_id, c.ref, NULL FROM messages m JOIN cases c ON c.id = m.case_id
  WHERE m.state = 'ready' AND m.channel = 'letter' AND m.direction = 'out' AND c.status = 'open' AND m.created_at < date(:today, :unposted)
  HAVING COUNT(*) > 0"""
_FAILED = """SELECT m.channel, COUNT(*), MIN(substr(m.created_at, 1, 10)), m.case_id, c.ref, NULL
  FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.state IN ('failed', 'returned', 'sending')
  AND m.direction = 'out' AND c.status = 'open'
  AND m.created_at < :today AND NOT EXISTS (SELECT 1 FROM interactions i WHERE i.case_id = m.case_id
    AND i.recorded_at > COALESCE(m.sent_at, m.created_at)
    AND i.channel <> 'note') GROUP BY m.channel ORDER BY 2 DESC"""
_PROMISES = """SELECT '', COUNT(*), MIN(t.due_on), t.case_id, c.ref, NULL FROM tasks t JOIN cases c ON c.id = t.case_id
  WHERE t.state = 'open' AND t.kind = 'verify_promise' AND t.due_on < :today AND c.status = 'open' HAVING COUNT(*) > 0"""
_UNTOUCHED = """SELECT '', COUNT(*), MIN(COALESCE(s.last_on, c.placed_on)), s.case_id, c.ref, NULL FROM case_summaries s
  JOIN cases c ON c.id = s.case_id WHERE s.status = 'open' AND s.held_kind IS NULL
  AND COALESCE(s.last_on, c.placed_on) < date(:today, :untouched)
  HAVING COUNT(*) > 0"""
_LOST = """SELECT '', COUNT(*), MIN(c.placed_on), s.case_id, c.ref, NULL FROM case_summaries s JOIN cases c ON c.id = s.case_id
  WHERE s.status = 'open' AND s.next_on IS NULL AND s.held_kind IS NULL HAVING COUNT(*) > 0"""
_GATE = """SELECT r.rule, COUNT(*), MIN(r.wanted_on), r.case_id, c.ref, NULL FROM contact_refusals r JOIN cases c ON c.id = r.case_id
  WHERE r.outcome = 'refused' AND r.wanted_on < :today AND r.wanted_on >= date(:today, '-7 days') AND c.status = 'open'
  GROUP BY r.rule ORDER BY 2 DESC"""
_CALLS = """SELECT u.name, COUNT(*), MIN(b.begun_on), b.case_id, c.ref, NULL FROM calls_begun b INDEXED BY calls_begun_left
  JOIN cases c ON c.id = b.case_id JOIN users u ON u.id = b.user_id
  WHERE b.state IN ('open', 'left') AND b.begun_on < :today AND b.begun_on >= date(:today, '-7 days') GROUP BY b.user_id ORDER BY 2 DESC"""
LINES = {
    "lost": _LOST, "late": _LATE, "promises": _PROMISES, "held": _HELD, "gate": _GATE, "calls": _CALLS, "skipped": _SKIPPED,
    "unposted": _LETTERS, "failed": _FAILED, "untouched": _UNTOUCHED,
}  # fmt: skip


def undone(reader: Reader, today: str, untouched: int, unposted: int) -> dict[str, tuple[Undone, ...]]:
    """The lines of each code, the largest first; a code with nothing has none."""
    params = {"today": today, "untouched": f"-{untouched} days", "unposted": f"-{unposted} days"}
    gate = reader.value("SELECT 1 FROM sqlite_master WHERE name = 'contact_refusals'")
    return {code: reader.all(Undone, sql, params) for code, sql in LINES.items() if code != "gate" or gate}
