"""The points of a case, one SQL expression a factor over its kept facts: the same text orders, explains and previews. Decides no weight."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

KEY = "priority"  # the setting of the house that holds the weights in force
_LATE = "CAST(julianday(as_of) - julianday(oldest_due_on) AS INTEGER)"
_LIMIT = "CAST(julianday(limitation_on) - julianday(as_of) AS INTEGER)"
_TERM = "CAST(julianday(deadline_on) - julianday(as_of) AS INTEGER)"

# Whole numbers, rounded towards zero. :w_ the points at most, :s_ the scale (cents or days). Each is zero where its fact is not there.
FACTORS = {
    "lost": "(next_on IS NULL AND held_kind IS NULL) * :w_lost",
    "reply": "(replies > 0) * :w_reply",
    "deadline": f"IFNULL(MAX(:s_deadline - MAX({_TERM}, 0), 0) * :w_deadline / :s_deadline, 0)",
    "limitation": f"IFNULL((limitation_on >= as_of) * MAX(:s_limitation - {_LIMIT}, 0) * :w_limitation / :s_limitation, 0)",
    "promise": (
        "(broken_on IS NOT NULL AND promise_on IS NULL AND balance > 0 AND broken_on >= date(as_of, -:s_promise || ' days')) * :w_promise"
    ),
    "amount": "MIN(MAX(overdue, 0), :s_amount) * :w_amount / :s_amount",
    "age": f"IFNULL(MIN(MAX({_LATE}, 0), :s_age) * :w_age / :s_age, 0)",
    "payer": "(collected > 0 AND weak_kind IS NULL AND paid_on IS NOT NULL AND paid_on >= date(as_of, -:s_payer || ' days')) * :w_payer",
    "contact": "CASE WHEN reach & 3 THEN :w_contact WHEN reach & 4 THEN :w_contact / 2 ELSE 0 END",
    "solvency": "-(weak_kind IS NOT NULL) * :w_solvency",
    "paused": "-(held_kind IS NOT NULL AND IFNULL(next_on > as_of, 1)) * :w_paused",
}
TOTAL = f"CASE WHEN status = 'open' THEN {' + '.join(f'({text})' for text in FACTORS.values())} ELSE 0 END"
EACH = ", ".join(f"CASE WHEN status = 'open' THEN {text} ELSE 0 END AS {code}" for code, text in FACTORS.items())
# What should not wait: 1 no next action, 2 a promise broken, 4 the last day to sue near or past, 8 a time limit near or past,
# 16 no way to the debtor.
ALERTS = """CASE WHEN status <> 'open' THEN 0 ELSE (next_on IS NULL AND held_kind IS NULL)
    + 2 * (broken_on IS NOT NULL AND promise_on IS NULL AND balance > 0) + 4 * IFNULL(limitation_on <= date(as_of, :alert), 0)
    + 8 * IFNULL(deadline_on <= date(as_of, :alert), 0) + 16 * (reach = 0 AND weak_kind IS NULL) END"""
_SCALED = ("deadline", "limitation", "promise", "amount", "age", "payer")
NOTHING = {f"w_{code}": 0 for code in FACTORS} | {f"s_{code}": 1 for code in _SCALED} | {
    "weak": "[]", "grace": "+0 days", "alert": "+0 days",
}  # fmt: skip


def in_force(conn: sqlite3.Connection) -> dict[str, Any]:
    """The numbers kept as in force; all weights zero in a store that has none yet."""
    row = conn.execute("SELECT value FROM settings WHERE user_id = 0 AND key = ?", (KEY,)).fetchone()
    return {**NOTHING, **json.loads(row[0])} if row else dict(NOTHING)
