"""J3: the first hundred cases to do, each with its reasons, against the same scored in DuckDB, and its growth. On demand (-m bench)."""

from __future__ import annotations

import os
import statistics

import duckdb
import pytest

from core.services import cases
from core.store.priority import in_force
from tests.bench.stores import leave, store_of
from tests.bench.timing import once

LARGE = 1_000_000 if os.environ.get("BENCH_1M") else 100_000
MOST = 100
pytestmark = pytest.mark.bench
TABLES = {
    "cases": "id, debtor_id, creditor_id, ref, status",
    "parties": "id, name, first_name",
    "debts": "case_id, due_on, outstanding, limitation_on",
    "tasks": "case_id, kind, due_on, state",
    "holds": "case_id, kind, from_on, until_on, lifted_on",
    "contact_points": "party_id, kind, validity",
    "promises": "case_id, amount, made_on, due_on, cancelled_on",
    "payments": "case_id, received_on, amount",
    "deadlines": "case_id, safe_on, met_on, direction",
}
# What a data analyst would write: the tables in columns, the points of each case, the first hundred. No index serves an order that is computed.
SCORED = """
WITH d AS (SELECT case_id, SUM(CASE WHEN due_on < '{day}' AND outstanding > 0 THEN outstanding ELSE 0 END) AS overdue,
    MIN(CASE WHEN outstanding > 0 THEN due_on END) AS oldest, MIN(CASE WHEN outstanding > 0 THEN limitation_on END) AS lim, SUM(outstanding) AS bal
  FROM debts GROUP BY case_id),
t AS (SELECT case_id, MIN(due_on) AS next_on, SUM(CASE WHEN kind = 'answer_reply' THEN 1 ELSE 0 END) AS replies FROM tasks
  WHERE state = 'open' GROUP BY case_id),
h AS (SELECT case_id, MAX(kind) AS held, MAX(CASE WHEN kind IN ('insolvency', 'over_indebtedness', 'deceased') THEN 1 ELSE 0 END) AS weak FROM holds
  WHERE lifted_on IS NULL AND from_on <= '{day}' AND (until_on IS NULL OR until_on >= '{day}') GROUP BY case_id),
p AS (SELECT party_id, MAX(CASE WHEN kind = 'address' THEN 0 ELSE 1 END) AS quick FROM contact_points WHERE validity <> 'invalid' GROUP BY party_id),
b AS (SELECT o.case_id, MAX(o.due_on) AS broken FROM promises o WHERE cancelled_on IS NULL AND due_on < '{grace}' AND amount > COALESCE(
    (SELECT SUM(y.amount) FROM payments y WHERE y.case_id = o.case_id AND y.received_on BETWEEN o.made_on AND o.due_on), 0) GROUP BY o.case_id),
f AS (SELECT case_id, MIN(safe_on) AS safe FROM deadlines WHERE met_on IS NULL AND direction = 'before' GROUP BY case_id),
y AS (SELECT case_id, MAX(received_on) AS paid FROM payments GROUP BY case_id),
s AS (SELECT c.id, c.debtor_id, c.ref,
    CASE WHEN t.next_on IS NULL AND h.held IS NULL THEN {w_lost} ELSE 0 END AS lost, CASE WHEN t.replies > 0 THEN {w_reply} ELSE 0 END AS reply,
    CASE WHEN f.safe IS NULL THEN 0 ELSE GREATEST({s_deadline} - GREATEST(f.safe::DATE - DATE '{day}', 0), 0) * {w_deadline} // {s_deadline} END AS deadline,
    CASE WHEN d.lim >= '{day}' THEN GREATEST({s_limitation} - (d.lim::DATE - DATE '{day}'), 0) * {w_limitation} // {s_limitation} ELSE 0 END AS limit_,
    CASE WHEN b.broken IS NOT NULL THEN {w_promise} ELSE 0 END AS promise, LEAST(d.overdue, {s_amount}) * {w_amount} // {s_amount} AS amount,
    COALESCE(LEAST(GREATEST(DATE '{day}' - d.oldest::DATE, 0), {s_age}) * {w_age} // {s_age}, 0) AS age,
    CASE WHEN y.paid IS NOT NULL THEN {w_payer} ELSE 0 END AS payer,
    CASE WHEN p.quick = 1 THEN {w_contact} WHEN p.quick = 0 THEN {w_contact} // 2 ELSE 0 END AS contact,
    CASE WHEN h.weak = 1 THEN -{w_solvency} ELSE 0 END AS solvency
  FROM cases c LEFT JOIN d ON d.case_id = c.id LEFT JOIN t ON t.case_id = c.id LEFT JOIN h ON h.case_id = c.id LEFT JOIN p ON p.party_id = c.debtor_id
    LEFT JOIN b ON b.case_id = c.id LEFT JOIN f ON f.case_id = c.id LEFT JOIN y ON y.case_id = c.id
  WHERE c.status = 'open' AND (t.next_on <= '{day}' OR (t.next_on IS NULL AND h.held IS NULL)))
SELECT s.id, lost + reply + deadline + limit_ + promise + amount + age + payer + contact + solvency AS points, q.name, s.*
FROM s JOIN parties q ON q.id = s.debtor_id ORDER BY points DESC, s.id LIMIT {most}
"""


def duck_of(ctx, folder) -> tuple[duckdb.DuckDBPyConnection, str]:
    """The same rows in DuckDB's own file, and the query with the weights in force."""
    duck = duckdb.connect(str(folder / "peer.duckdb"))
    with ctx.store.read() as reader:
        for name, columns in TABLES.items():
            kinds = {row[1]: row[2] for row in reader.rows(f"PRAGMA table_info({name})")}
            typed = ", ".join(
                f"{c.strip()} {'BIGINT' if kinds[c.strip()] == 'INTEGER' else 'VARCHAR'}" for c in columns.split(",")
            )
            duck.execute(f"CREATE TABLE {name}({typed})")
            rows = reader.rows(f"SELECT {columns} FROM {name}")
            path = folder / f"{name}.tsv"
            path.write_text(
                "\n".join("\t".join("" if v is None else str(v) for v in row) for row in rows) + "\n", encoding="utf-8"
            )
            if rows:
                duck.execute(f"COPY {name} FROM '{path}' (DELIMITER '\t', HEADER false, NULLSTR '', QUOTE '')")
        weights = in_force(reader.conn)
    return duck, SCORED.format(**{**weights, "day": ctx.day, "grace": "2026-11-21", "most": MOST})


def test_j3_the_first_hundred_cases_with_their_reasons_cost_the_same_in_a_large_store_and_far_less_than_scoring_them_in_duckdb(
    tmp_path,
):
    figures, ratio = {}, 0.0
    for size in (10_000, LARGE):
        ctx = store_of(size)
        found = cases.work_list(ctx, "todo", MOST)
        assert len(found.rows) == MOST
        assert all(sum(one.points for one in found.why[row.case_id]) == row.priority for row in found.rows)
        times = [once(lambda ctx=ctx: cases.work_list(ctx, "todo", MOST)) for _ in range(41)]
        figures[size] = statistics.median(times)
        if size == LARGE:
            duck, query = duck_of(ctx, tmp_path)
            theirs = duck.execute(query).fetchall()
            assert [(row[0], row[1]) for row in theirs] == [(row.case_id, row.priority) for row in found.rows]
            peer = statistics.median(
                once(lambda duck=duck, query=query: duck.execute(query).fetchall()) for _ in range(9)
            )
            ratio = peer / figures[size]
            duck.close()
        leave(ctx)
    print(
        f"J3 first {MOST} with reasons: 10k {figures[10_000] * 1000:.2f} ms, {LARGE} {figures[LARGE] * 1000:.2f} ms, "
        f"growth {figures[LARGE] / figures[10_000]:.2f}; DuckDB takes {ratio:.0f} times as long"
    )
    assert figures[LARGE] <= 2 * figures[10_000]
    if LARGE == 1_000_000:
        assert ratio >= 50
