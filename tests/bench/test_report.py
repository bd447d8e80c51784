"""The report of a year at size, against itself in a store ten times smaller: it may grow with the rows, not faster. On demand (-m bench)."""

from __future__ import annotations

import datetime as dt
import os
import shutil

import pytest

from core.services import access, reports
from core.services.reports import ReportScope
from tests.bench.stores import FOLDER, leave, store_of
from tests.bench.timing import in_turn

pytestmark = pytest.mark.bench
YEAR = ReportScope(dt.date(2026, 1, 1), dt.date(2026, 12, 31))

# Each case is spread over two years; one in three has paid, two contacts each, one promise in five.
SPREAD = "UPDATE cases SET placed_on = date('2026-11-23', '-' || (id * 7919 % 730) || ' days')"
PAID = """INSERT INTO payments(case_id, received_on, amount, means, paid_to, actor_id, recorded_at)
SELECT id, MIN(date(placed_on, '+' || (id * 31 % 200) || ' days'), '2026-11-23'), 1000 + id % 5000, 'transfer',
  CASE WHEN id % 4 THEN 'agency' ELSE 'creditor' END, 1, '2026-11-23T09:00:00Z' FROM cases WHERE id % 3 = 0"""
SAID = """INSERT INTO interactions(case_id, channel, direction, result_code, happened_on, actor_id, recorded_at)
SELECT id, 'call', 'out', CASE id % 3 WHEN 0 THEN 'PRO' WHEN 1 THEN 'NRP' ELSE 'RAP' END,
  MIN(date(placed_on, '+' || (id * 17 % 90 + n * 30) || ' days'), '2026-11-23'), 1, '2026-11-23T09:00:00Z'
FROM cases, (SELECT 0 AS n UNION ALL SELECT 1)"""
PROMISED = """INSERT INTO promises(case_id, made_on, due_on, amount, created_at)
SELECT id, placed_on, date(placed_on, '+' || (id % 60) || ' days'), 2000 + id % 3000, '2026-11-23T09:00:00Z' FROM cases WHERE id % 5 = 0"""


def worked_store(size: int):
    """A copy of a bench store in which money and contacts have come; made once."""
    leave(store_of(size))
    home = FOLDER / f"home-{size}-worked"
    if not (home / "worked").exists():
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(FOLDER / f"home-{size}", home)
    os.environ["QUITTANCE_HOME"] = str(home)
    ctx = access.resolve(access.open_local_session())
    if not (home / "worked").exists():
        with ctx.write() as unit:
            for statement in (SPREAD, PAID, SAID, PROMISED):
                unit.run(statement)
            unit.audit("bench.worked", "store", 0)
        (home / "worked").write_text("yes", encoding="utf-8")
    return ctx


def test_the_report_of_a_year_grows_no_faster_than_the_store():
    small, large = worked_store(10_000), worked_store(100_000)
    pair = in_turn(lambda: reports.report(large, YEAR), lambda: reports.report(small, YEAR), runs=15)
    print(pair.told("report of a year, 100k debts against 10k"))
    leave(small)
    leave(large)
    assert pair.ratio <= 12
