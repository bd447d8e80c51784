"""The read models: what each debt and case stands at, from ONE SQL text used to write, rebuild and verify. Increments nothing."""

from __future__ import annotations

import sqlite3

from core.store.indexes import indexes_after

# The ledger's balance of the principal of each debt in scope.
OUTSTANDING = """
SELECT d.id AS debt_id, COALESCE((SELECT SUM(CASE WHEN e.to_account = 'principal' THEN e.amount
         WHEN e.from_account = 'principal' THEN -e.amount ELSE 0 END) FROM entries e WHERE e.debt_id = d.id), 0) AS outstanding
FROM debts d WHERE d.case_id IN ({scope})
"""

# One row a case. :today is the day it is true for, :law the fingerprint of the law used. The first last day to sue leaves out the debts
# about whose limitation a lead has decided: neither the queue nor the alerts ask again.
SUMMARY = """
SELECT c.id AS case_id, c.creditor_id, c.debtor_id, c.collector_id, c.status,
  COALESCE(m.debts, 0) AS debts, COALESCE(m.principal, 0) AS principal,
  COALESCE(x.interest, 0) AS interest, COALESCE(x.indemnity, 0) AS indemnity, COALESCE(x.penalty, 0) AS penalty,
  COALESCE(x.costs, 0) AS costs,
  COALESCE(m.principal, 0) + COALESCE(x.interest + x.indemnity + x.penalty + x.costs, 0) AS balance,
  COALESCE(m.placed, 0) AS placed, COALESCE(x.collected, 0) AS collected,
  COALESCE(m.overdue, 0) AS overdue, m.oldest_due_on, COALESCE(m.undated, 0) AS undated,
  h.held_kind, NULLIF(h.held_until, '9999-12-31') AS held_until, COALESCE(h.debts_held, 0) AS debts_held,
  t.next_task_id, t.next_kind, t.next_on, i.last_on, i.last_channel, i.last_result, p.promise_on,
  m.limitation_on,
  CASE WHEN c.status <> 'open' THEN 0 ELSE
    CASE WHEN t.next_on IS NULL AND h.held_kind IS NULL THEN 100000 ELSE 0 END
    + CASE WHEN h.held_kind IS NOT NULL AND COALESCE(t.next_on > :today, 1) THEN -50000 ELSE 0 END
    + MIN(COALESCE(m.overdue, 0) / 1000, 2000)
    + MIN(MAX(COALESCE(CAST(julianday(:today) - julianday(m.oldest_due_on) AS INTEGER), 0), 0), 1000)
  END AS priority,
  :today AS as_of, :law AS law
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
    SUM((to_account = 'collected') * amount - (from_account = 'collected') * amount) AS collected
  FROM entries WHERE NOT (from_account = 'placement' AND to_account = 'principal') AND case_id IN ({scope})
  GROUP BY case_id) x ON x.case_id = c.id
LEFT JOIN (
  SELECT case_id, substr(MAX(CASE WHEN debt_id IS NULL THEN COALESCE(until_on, '9999-12-31') || kind END), 1, 10) AS held_until,
    substr(MAX(CASE WHEN debt_id IS NULL THEN COALESCE(until_on, '9999-12-31') || kind END), 11) AS held_kind,
    SUM(debt_id IS NOT NULL) AS debts_held
  FROM holds WHERE lifted_on IS NULL AND from_on <= :today AND (until_on IS NULL OR until_on >= :today)
    AND case_id IN ({scope}) GROUP BY case_id) h ON h.case_id = c.id
LEFT JOIN (
  SELECT case_id, id AS next_task_id, kind AS next_kind, substr(MIN(due_on || printf('%012d', id)), 1, 10) AS next_on
  FROM tasks WHERE state = 'open' AND case_id IN ({scope}) GROUP BY case_id) t ON t.case_id = c.id
LEFT JOIN (
  SELECT case_id, channel AS last_channel, result_code AS last_result,
    substr(MAX(happened_on || printf('%012d', id)), 1, 10) AS last_on
  FROM interactions AS k WHERE channel <> 'note' AND case_id IN ({scope})
    AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = k.id) GROUP BY case_id) i ON i.case_id = c.id
LEFT JOIN (
  SELECT case_id, MIN(due_on) AS promise_on FROM promises
  WHERE cancelled_on IS NULL AND due_on >= :today AND case_id IN ({scope}) GROUP BY case_id) p ON p.case_id = c.id
WHERE c.id IN ({scope})
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


def prepare(conn: sqlite3.Connection) -> None:
    """Make the list of touched cases of this connection, empty."""
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS touched(case_id INTEGER PRIMARY KEY, fresh INTEGER NOT NULL)")
    conn.execute("DELETE FROM temp.touched")


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
    coming = conn.execute("SELECT COUNT(*) FROM temp.touched").fetchone()[0] if scope == TOUCHED else 0
    with indexes_after(conn, "case_summaries", coming):
        conn.execute(f"INSERT OR REPLACE INTO case_summaries {text}", {"today": today, "law": law})


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
            {"today": as_of, "law": law},
        ).fetchone()
        if row:
            return f"case_summaries of case {row[0]} as of {as_of}"
    row = conn.execute(
        f"SELECT case_id FROM ({SEARCH.format(scope=EVERY)} EXCEPT SELECT rowid, names, refs FROM case_search) LIMIT 1"
    ).fetchone()
    return f"case_search of case {row[0]}" if row else None
