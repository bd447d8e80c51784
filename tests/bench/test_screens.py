"""What a person waits for, at size: the aged balance against DuckDB, one case, a page's rerun against constants. On demand (-m bench)."""

from __future__ import annotations

import os
import random
from pathlib import Path

import duckdb
import pytest

from core.domain.ageing import BANDS
from core.services import balances, cases, overview
from tests.bench.stores import leave, store_of
from tests.bench.timing import in_turn, once, p95

ROOT = Path(__file__).resolve().parents[2]
LARGE = 1_000_000 if os.environ.get("BENCH_1M") else 100_000
pytestmark = pytest.mark.bench

AGED = "SELECT creditor_id, {bands} FROM debts WHERE outstanding > 0 GROUP BY creditor_id ORDER BY creditor_id"
LATE = "(DATE '2026-11-23' - due_on)"


def duck_query() -> str:
    """The aged balance as an analyst writes it in DuckDB."""
    parts = []
    for name, low, high in BANDS:
        tests = [f"{LATE} >= {low}"] * (low is not None) + [f"{LATE} <= {high}"] * (high is not None)
        parts.append(f"SUM(CASE WHEN {' AND '.join(tests)} THEN outstanding ELSE 0 END) AS {name}")
    return AGED.format(bands=", ".join(parts))


def test_j2_the_live_aged_balance_keeps_up_with_duckdb_s_own_file_at_100k(tmp_path):
    ctx = store_of(100_000)
    with ctx.store.read() as reader:
        rows = reader.rows("SELECT creditor_id, CAST(due_on AS TEXT), outstanding FROM debts")
    duck = duckdb.connect(str(tmp_path / "peer.duckdb"))
    duck.execute("CREATE TABLE debts(creditor_id INTEGER, due_on DATE, outstanding BIGINT)")
    (tmp_path / "debts.csv").write_text("\n".join(f"{a},{b or ''},{c}" for a, b, c in rows), encoding="utf-8")
    duck.execute(
        f"INSERT INTO debts SELECT * FROM read_csv('{tmp_path / 'debts.csv'}', header=false, columns={{'a':'INTEGER','b':'DATE','c':'BIGINT'}})"
    )
    query = duck_query()
    theirs = {row[0]: [int(v) for v in row[1:]] for row in duck.execute(query).fetchall()}
    ours = {k: [v[name] for name, _, _ in BANDS] for k, v in balances.aged_balance(ctx).items()}
    assert {k: v for k, v in ours.items() if any(v)} == theirs
    pair = in_turn(lambda: balances.aged_balance(ctx), lambda: duck.execute(query).fetchall(), runs=15)
    print(pair.told("J2 aged balance, 100k"))
    duck.close()
    leave(ctx)
    assert pair.ratio <= 1.5


def case_p95(size: int) -> float:
    ctx = store_of(size)
    with ctx.store.read() as reader:
        last = reader.value("SELECT MAX(id) FROM cases")
    dice = random.Random(3)
    ids = [dice.randint(1, last) for _ in range(400)]
    found = p95(lambda n: cases.case_file(ctx, ids[n]), len(ids))
    leave(ctx)
    return found


def test_j7_one_case_costs_the_same_in_a_large_store():
    small, large = case_p95(10_000), case_p95(LARGE)
    print(f"J7 one case, p95: 10k {small * 1e6:.0f} µs, {LARGE} {large * 1e6:.0f} µs, ratio {large / small:.2f}")
    assert large <= 3 * small


def test_the_search_and_the_queue_stay_flat():
    figures = {}
    for size in (10_000, LARGE):
        ctx = store_of(size)
        words = ["martin", "lefevre", "dupont zoe", "2-00000", "durand"]
        figures[size] = (
            p95(lambda n, ctx=ctx, words=words: cases.search(ctx, words[n % len(words)]), 50),
            p95(lambda n, ctx=ctx: cases.queue(ctx), 30),
        )
        leave(ctx)
    for size, (search, queue) in figures.items():
        print(f"search / queue p95 at {size}: {search * 1000:.1f} / {queue * 1000:.1f} ms")
    assert figures[LARGE][0] < 0.2


@pytest.mark.parametrize(
    ("page", "room", "service"),
    [("queue", cases, "queue"), ("case", cases, "case_file"), ("overview", overview, "portfolio")],
)
def test_a_rerun_costs_at_most_twice_the_same_elements_fed_by_constants(page, room, service, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from core.services import access

    ctx = store_of(100_000)
    token = access.open_local_session()
    at = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    at.user = {"sid": token}
    at.context = {"locale": "fr-FR", "timezone": "Europe/Paris"}
    if page == "case":
        at.query_params["id"] = "77"
    at.run()
    assert not at.exception
    live = min(once(at.run) for _ in range(12))
    constant = getattr(room, service)(ctx, *([77] if page == "case" else []))
    monkeypatch.setattr(room, service, lambda *_args, **_more: constant)
    at.run()
    fixed = min(once(at.run) for _ in range(12))
    print(
        f"rerun of {page} at 100k: live {live * 1000:.0f} ms, constants {fixed * 1000:.0f} ms, ratio {live / fixed:.2f}"
    )
    leave(ctx)
    assert live <= 2 * fixed
