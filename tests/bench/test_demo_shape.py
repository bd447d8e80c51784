"""What a person waits for on a portfolio shaped like the demonstration: its plans, calls, payments and courts, multiplied. On demand (-m bench)."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from core.domain.reporting import ReportScope
from core.services import balances, cases, overview, proceedings, reports
from tests.bench.demo_shape import demo_store_of
from tests.bench.stores import leave
from tests.bench.timing import once, p95

pytestmark = pytest.mark.bench
SMALL, LARGE = 10_000, 100_000
WHOLE, ONE = 13, 3.5  # growth allowed for ten times the debts: a job over the portfolio, a job of one moment
JOBS = {
    "J2 aged balance": WHOLE,
    "J3 first page of the queue, p95": ONE,
    "J7 one case, p95": ONE,
    "J8 a year's report": WHOLE,
    "search, p95": ONE,
    "the portfolio's figures": WHOLE,
    "the table of proceedings": WHOLE,
}


def measured(size: int) -> dict[str, float]:
    """Seconds of each job at a size."""
    ctx = demo_store_of(size)
    with ctx.store.read() as reader:
        ids = [row[0] for row in reader.rows("SELECT id FROM cases")]
        names = [row[0] for row in reader.rows("SELECT name FROM parties ORDER BY id LIMIT 60")]
        assert reader.value("SELECT COUNT(*) FROM debts") >= size
        assert reader.rows("PRAGMA foreign_key_check") == []
    dice = random.Random(3)
    asked = [dice.choice(ids) for _ in range(300)]
    year = ReportScope(dt.date(2025, 12, 1), dt.date(2026, 11, 23))
    found = (
        min(once(lambda: balances.aged_balance(ctx)) for _ in range(15)),
        p95(lambda _: cases.queue(ctx), 60),
        p95(lambda n: cases.case_file(ctx, asked[n]), len(asked)),
        min(once(lambda: reports.report(ctx, year)) for _ in range(5)),
        p95(lambda n: cases.search(ctx, names[n]), len(names)),
        min(once(lambda: overview.portfolio(ctx)) for _ in range(5)),
        min(once(lambda: proceedings.tracker(ctx, proceedings.Filters())) for _ in range(5)),
    )
    leave(ctx)
    return dict(zip(JOBS, found, strict=True))


def test_ten_times_the_debts_cost_no_more_than_the_anchors_allow():
    small, large = measured(SMALL), measured(LARGE)
    growth = {name: large[name] / small[name] for name in JOBS}
    for name in JOBS:
        print(
            f"{name}: {SMALL} {small[name] * 1000:.2f} ms, {LARGE} {large[name] * 1000:.2f} ms, ratio {growth[name]:.2f}"
        )
    assert {name: ratio for name, ratio in growth.items() if ratio > JOBS[name]} == {}
