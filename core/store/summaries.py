"""The read models: what each debt and case stands at, from ONE SQL text used to write, rebuild and verify. Increments nothing."""

from __future__ import annotations

import sqlite3

from core.store.indexes import indexes_after
from core.store.points import ALERTS, TOTAL, in_force

# The ledger's balance of the principal of each debt in scope.
OUTSTANDING = """
SELECT d.id AS debt_id, COALESCE((SELECT SUM(CASE WHEN e.to_account = 'principal' THEN e.amount
         WHEN e.from_account = 'principal' THEN -e.amount ELSE 0 END) FROM entries e WHERE e.debt_id = d.id), 0) AS outstanding
FROM debts d WHERE d.case_id IN ({scope})
"""

# One row a case: what is known of it, then what follows (points and alerts, core/store/points.py). :today is the day it is true for,
# :law the fingerprint of the law used, :weak the stops of those who cannot pay, :grace how long after its day a promise is waited for.
# The first last day to sue leaves out the debts about whose limitation a lead has decided: neither the queue nor the alerts ask again. The
# collector is who works the case that day: the colleague who covers while its own is away, whose name stays on `cases`.
FACTS = """
SELECT c.id AS case_id, c.creditor_id, c.debtor_id,
  COALESCE((SELECT a.cover_id FROM absences a WHERE a.user_id = c.collector_id AND a.from_on <= :today AND a.return_on > :today
    AND a.cancelled_at IS NULL LIMIT 1), c.collector_id) AS collector_id, c.status,
  COALESCE(m.debts, 0) AS debts, COALESCE(m.principal, 0) AS principal,
  COALESCE(x.interest, 0) AS interest, COALESCE(x.indemnity, 0) AS indemnity, COALESCE(x.penalty, 0) AS penalty,
  COALESCE(x.costs, 0) AS costs,
  COALESCE(m.principal, 0) + COALESCE(x.interest + x.indemnity + x.penalty + x.costs, 0) AS balance,
  COALESCE(m.placed, 0) AS placed, COALESCE(x.collected, 0) AS collected,
  COALESCE(m.overdue, 0) AS overdue, m.oldest_due_on, COALESCE(m.undated, 0) AS undated,
  h.held_kind, NULLIF(h.held_until, '9999-12-31') AS held_until, COALESCE(h.debts_held, 0) AS debts_held,
  t.next_task_id, t.next_kind, t.next_on, i.last_on, i.last_channel, i.last_result, p.promise_on,
  m.limitation_on, :today AS as_of, :law AS law, COALESCE(t.replies, 0) AS replies,
  COALESCE((SELECT MAX(kind = 'phone') + 2 * MAX(kind = 'email') + 4 * MAX(kind = 'address') FROM contact_points
    WHERE party_id = c.debtor_id AND validity <> 'invalid'), 0) AS reach,
  h.weak_kind, x.paid_on, b.broken_on, f.deadline_on, COALESCE(l.plans, 0) AS plans, COALESCE(q.disputes, 0) AS disputes, k.skipped_until
FROM cases c
LEFT JOIN (
  SELECT case_id, COUNT(*) AS debts, SUM(outstanding) AS principal, SUM(principal) AS placed,
    SUM(CASE WHEN due_on < :today AND outstanding > 0 THEN outstanding ELSE 0 END) AS overdue,
    MIN(CASE WHEN outstanding > 0 THEN due_on END) AS oldest_due_on,
    MIN(CASE WHEN outstanding > 0 AND NOT (limitation_on < :today AND EXISTS (SELECT 1 FROM approvals a WHERE a.kind = 'time_barred'
      AND a.object_kind = 'debt' AND a.object_id = debts.id AND substr(a.answered_at, 1, 10) >= debts.limitation_on))
      THEN limitation_on END) AS limitation_on,
    SUM(outstanding > 0 AND due_on IS NULL) AS undated
  FROM debts WHERE case_id IN ({scope}) GROUP BY case_id) m ON m.case_id = c.id
LEFT JOIN (
  SELECT case_id, SUM((to_account = 'interest') * amount - (from_account = 'interest') * amount) AS interest,
    SUM((to_account = 'indemnity') * amount - (from_account = 'indemnity') * amount) AS indemnity,
    SUM((to_account = 'penalty') * amount - (from_account = 'penalty') * amount) AS penalty,
    SUM((to_account = 'costs') * amount - (from_account = 'costs') * amount) AS costs,
    MAX(CASE WHEN from_account = 'debtor' THEN booked_on END) AS paid_on,
    SUM((to_account = 'collected') * amount - (from_account = 'collected') * amount) AS collected
  FROM entries WHERE NOT (from_account = 'placement' AND to_account = 'principal') AND case_id IN ({scope})
  GROUP BY case_id) x ON x.case_id = c.id
LEFT JOIN (
  SELECT case_id, substr(MAX(CASE WHEN debt_id IS NULL THEN COALESCE(until_on, '9999-12-31') || kind END), 1, 10) AS held_until,
    substr(MAX(CASE WHEN debt_id IS NULL THEN COALESCE(until_on, '9999-12-31') || kind END), 11) AS held_kind,
    SUM(debt_id IS NOT NULL) AS debts_held, MIN(CASE WHEN kind IN (SELECT value FROM json_each(:weak)) THEN kind END) AS weak_kind
  FROM holds WHERE lifted_on IS NULL AND from_on <= :today AND (until_on IS NULL OR until_on >= :today)
    AND case_id IN ({scope}) GROUP BY case_id) h ON h.case_id = c.id
LEFT JOIN (
  SELECT case_id, id AS next_task_id, kind AS next_kind, substr(MIN(due_on || printf('%012d', id)), 1, 10) AS next_on,
    SUM(kind = 'answer_reply') AS replies
  FROM tasks WHERE state = 'open' AND case_id IN ({scope}) GROUP BY case_id) t ON t.case_id = c.id
LEFT JOIN (
  SELECT case_id, channel AS last_channel, result_code AS last_result,
    substr(MAX(happened_on || printf('%012d', id)), 1, 10) AS last_on
  FROM interactions AS k WHERE channel <> 'note' AND case_id IN ({scope})
    AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = k.id) GROUP BY case_id) i ON i.case_id = c.id
LEFT JOIN (
  SELECT case_id, MIN(due_on) AS promise_on FROM promises
  WHERE cancelled_on IS NULL AND due_on >= :today AND case_id IN ({scope}) GROUP BY case_id) p ON p.case_id = c.id
LEFT JOIN (
  SELECT case_id, CASE WHEN amount > paid THEN due_on END AS broken_on FROM (
    SELECT o.case_id, o.amount, o.due_on, MAX(o.due_on || printf('%012d', o.id)), COALESCE((SELECT SUM(y.amount) FROM payments y
      WHERE y.case_id = o.case_id AND y.received_on BETWEEN o.made_on
        AND date(o.due_on, COALESCE('+' || o.grace || ' days', :grace)) AND y.reverses IS NULL
        AND NOT EXISTS (SELECT 1 FROM payments r WHERE r.reverses = y.id)
        AND NOT EXISTS (SELECT 1 FROM promises e WHERE e.case_id = o.case_id AND e.cancelled_on IS NULL
          AND (e.due_on, e.id) < (o.due_on, o.id) AND y.received_on BETWEEN e.made_on
          AND date(e.due_on, COALESCE('+' || e.grace || ' days', :grace)))), 0) AS paid
    FROM promises o WHERE o.cancelled_on IS NULL AND date(o.due_on, COALESCE('+' || o.grace || ' days', :grace)) < :today
      AND o.case_id IN ({scope}) GROUP BY o.case_id)) b
  ON b.case_id = c.id
LEFT JOIN (
  SELECT case_id, MIN(safe_on) AS deadline_on FROM deadlines
  WHERE met_on IS NULL AND direction = 'before' AND case_id IN ({scope}) GROUP BY case_id) f ON f.case_id = c.id
LEFT JOIN (
  SELECT case_id, COUNT(*) AS plans FROM plans
  WHERE ended_on IS NULL AND (agreed_on IS NOT NULL OR proposed_on IS NULL) AND case_id IN ({scope}) GROUP BY case_id) l ON l.case_id = c.id
LEFT JOIN (
  SELECT case_id, COUNT(*) AS disputes FROM disputes WHERE closed_on IS NULL AND case_id IN ({scope})
  GROUP BY case_id) q ON q.case_id = c.id
LEFT JOIN (
  SELECT s.case_id, MAX(s.until_on) AS skipped_until FROM queue_skips s
  WHERE s.ended_at IS NULL AND s.until_on > :today AND s.case_id IN ({scope}) AND NOT EXISTS (SELECT 1 FROM tasks r
    WHERE r.case_id = s.case_id AND r.state = 'open' AND r.kind = 'answer_reply' AND r.created_at > s.skipped_at)
  GROUP BY s.case_id) k ON k.case_id = c.id
WHERE c.id IN ({scope})
"""

# The columns of case_summaries in their order. The limit bounds nothing: it keeps SQLite from computing a fact again for
# each point that it gives.
SUMMARY = f"""
SELECT case_id, creditor_id, debtor_id, collector_id, status, debts, principal, interest, indemnity, penalty, costs, balance,
  placed, collected, overdue, oldest_due_on, undated, held_kind, held_until, debts_held, next_task_id, next_kind, next_on,
  last_on, last_channel, last_result, promise_on, limitation_on, {TOTAL} AS priority, as_of, law, replies, reach, weak_kind,
  paid_on, broken_on, deadline_on, plans, disputes, skipped_until, {ALERTS} AS alerts
FROM ({FACTS} LIMIT -1)
"""

# What the search box finds a case by.
SEARCH = """
SELECT c.id AS case_id,
  p.folded || COALESCE((SELECT ' ' || group_concat(o.folded, ' ') FROM case_parties cp JOIN parties o ON o.id = cp.party_id
    WHERE cp.case_id = c.id), '') AS names,
  c.ref || ' ' || c.creditor_case_ref || ' ' || p.creditor_ref || ' ' || p.siren || ' '
    || COALESCE((SELECT group_concat(d.ref, ' ') FROM debts d WHERE d.case_id = c.id), '') AS refs
FROM cases c JOIN parties p ON p.id = c.debtor_id WHERE c.id IN ({scope})
"""

TOUCHED = "SELECT case_id FROM temp.touched"
KNOWN = "SELECT case_id FROM temp.touched WHERE NOT fresh"  # the others were made in this unit, their debts with them
EVERY = "SELECT id FROM cases"


# Whoever changes whether a contact point holds has the cases of its debtor recomputed.
_REACHED = """
CREATE TEMP TRIGGER IF NOT EXISTS reached AFTER UPDATE OF validity ON main.contact_points WHEN OLD.validity <> NEW.validity
BEGIN INSERT OR IGNORE INTO touched SELECT id, 0 FROM cases WHERE debtor_id = NEW.party_id; END
"""


def prepare(conn: sqlite3.Connection) -> None:
    """Make the list of touched cases of this connection, empty."""
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS touched(case_id INTEGER PRIMARY KEY, fresh INTEGER NOT NULL)")
    conn.execute("DELETE FROM temp.touched")
    conn.execute(_REACHED)


def refresh(conn: sqlite3.Connection, today: str, law: str, scope: str = TOUCHED, *, search: bool = True) -> None:
    """Recompute debts, cases and search of `scope` (a SELECT of case ids) inside the caller's transaction."""
    conn.execute(
        f"UPDATE debts SET outstanding = x.outstanding FROM ({OUTSTANDING.format(scope=_known(scope))}) x "
        "WHERE x.debt_id = debts.id AND debts.outstanding <> x.outstanding"
    )
    refresh_cases(conn, today, law, scope)
    if search:
        refresh_search(conn, scope)


def refresh_cases(conn: sqlite3.Connection, today: str, law: str, scope: str = TOUCHED) -> None:
    """Recompute the case rows only: enough for the roll of the day."""
    text = SUMMARY.format(scope=scope)
    coming = conn.execute(f"SELECT COUNT(*) FROM ({scope})").fetchone()[0]
    with indexes_after(conn, "case_summaries", coming):
        conn.execute(f"INSERT OR REPLACE INTO case_summaries {text}", {**in_force(conn), "today": today, "law": law})


def refresh_search(conn: sqlite3.Connection, scope: str = TOUCHED) -> None:
    """Recompute what the search box knows of the cases in scope."""
    conn.execute(f"DELETE FROM case_search WHERE rowid IN ({_known(scope)})")
    conn.execute(f"INSERT INTO case_search(rowid, names, refs) {SEARCH.format(scope=scope)}")


def _known(scope: str) -> str:
    """Of the touched cases, those that were there before this unit."""
    return KNOWN if scope == TOUCHED else scope


def first_difference(conn: sqlite3.Connection) -> str | None:
    """None when the kept read models equal a rebuild; else the first thing that differs, for people to read."""
    debt = conn.execute(
        f"SELECT d.id FROM debts d JOIN ({OUTSTANDING.format(scope=EVERY)}) x ON x.debt_id = d.id "
        "WHERE x.outstanding <> d.outstanding ORDER BY d.id LIMIT 1"
    ).fetchone()
    if debt:
        return f"debts.outstanding of debt {debt[0]}"
    placed = conn.execute(
        "SELECT d.id FROM debts d WHERE d.principal <> (SELECT COALESCE(SUM(amount), 0) FROM entries e "
        "WHERE e.debt_id = d.id AND e.kind = 'placement') ORDER BY d.id LIMIT 1"
    ).fetchone()
    if placed:
        return f"debts.principal of debt {placed[0]}"
    missing = conn.execute(
        "SELECT id FROM cases WHERE id NOT IN (SELECT case_id FROM case_summaries) LIMIT 1"
    ).fetchone()
    if missing:
        return f"case_summaries has no row for case {missing[0]}"
    for as_of, law in conn.execute("SELECT DISTINCT as_of, law FROM case_summaries").fetchall():
        scope = "SELECT case_id FROM case_summaries WHERE as_of = :today AND law = :law"
        row = conn.execute(
            f"SELECT case_id FROM ({SUMMARY.format(scope=scope)} EXCEPT SELECT * FROM case_summaries) LIMIT 1",
            {**in_force(conn), "today": as_of, "law": law},
        ).fetchone()
        if row:
            return f"case_summaries of case {row[0]} as of {as_of}"
    row = conn.execute(
        f"SELECT case_id FROM ({SEARCH.format(scope=EVERY)} EXCEPT SELECT rowid, names, refs FROM case_search) LIMIT 1"
    ).fetchone()
    return f"case_search of case {row[0]}" if row else None
