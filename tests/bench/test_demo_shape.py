"""What a person waits for on a portfolio shaped like the demonstration: its plans, calls, payments and courts, multiplied. On demand (-m bench)."""

from __future__ import annotations

import random

import pytest

from core.services import balances, cases
from tests.bench.demo_shape import demo_store_of
from tests.bench.stores import leave
from tests.bench.timing import once, p95

pytestmark = pytest.mark.bench
SMALL, LARGE = 10_000, 100_000


def measured(size: int) -> dict[str, float]:
    """Seconds of each job at a size."""
    ctx = demo_store_of(size)
    with ctx.store.read() as reader:
        ids = [row[0] for row in reader.rows("SELECT id FROM cases")]
        assert reader.value("SELECT COUNT(*) FROM debts") >= size
        assert reader.rows("PRAGMA foreign_key_check") == []
    dice = random.Random(3)
    asked = [dice.choice(ids) for _ in range(300)]
    found = {
        "J2 aged balance": min(once(lambda: balances.aged_balance(ctx)) for _ in range(15)),
        "J3 first page of the queue, p95": p95(lambda _: cases.queue(ctx), 60),
        "J7 one case, p95": p95(lambda n: cases.case_file(ctx, asked[n]), len(asked)),
        "search, p95": p95(lambda n: cases.search(ctx, ("martin", "lefevre", "garage")[n % 3]), 60),
    }
    leave(ctx)
    return found


def test_no_interactive_job_grows_faster_than_the_portfolio_s_own_peers():
    small, large = measured(SMALL), measured(LARGE)
    for name, seconds in large.items():
        print(
            f"{name}: {SMALL} {small[name] * 1000:.2f} ms, {LARGE} {seconds * 1000:.2f} ms, ratio {seconds / small[name]:.2f}"
        )
    assert (
        large["J2 aged balance"] <= 13 * small["J2 aged balance"]
    )  # performance anchors: growth of a portfolio-wide job
    assert large["J7 one case, p95"] <= 3 * small["J7 one case, p95"]
