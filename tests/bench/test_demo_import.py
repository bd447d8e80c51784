"""J1 on a file shaped like the demonstration: validated and stored whole against DuckDB's load in memory, and ten times the lines. On demand (-m bench)."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from core.store import connection
from tests.bench.demo_file import make_demo_file
from tests.bench.duck_load import load, load_same_checks
from tests.bench.generator import CREDITOR
from tests.bench.test_j1 import bring_in, fresh, right
from tests.bench.timing import once

pytestmark = pytest.mark.bench
WHOLE = 13  # growth allowed for ten times the lines


def measured(size: int, folder: Path, turns: int) -> tuple[float, float, float]:
    """Seconds of ours, of DuckDB with the same checks, of DuckDB with the eleven kinds: medians of `turns` after a first one."""
    made = make_demo_file(size)
    path = folder / f"demo-{size}.csv"
    path.write_bytes(made.data)
    wanted = (made.lines - len(made.faults), len(made.faults))
    assert load(path, CREDITOR) == load_same_checks(path, CREDITOR) == wanted
    times: list[tuple[float, float, float]] = []
    for turn in range(turns + 1):
        ctx, creditor = fresh(folder / "home")
        done = []
        ours = once(lambda ctx=ctx, creditor=creditor, turn=turn, done=done: done.append(
            bring_in(ctx, creditor, path.name, made.data, str(turn))
        ))  # fmt: skip
        times.append((ours, once(lambda: load_same_checks(path, CREDITOR)), once(lambda: load(path, CREDITOR))))
        if turn == 0:
            right(ctx, made, done[0])
        connection.close_pool(ctx.store.path)
    ours, same, eleven = (statistics.median(side) for side in zip(*times[1:], strict=True))
    print(
        f"J1 demonstration {size} lines: ours {ours:.2f} s; DuckDB with the same checks {same:.2f} s, ratio {ours / same:.2f}; "
        f"with the eleven kinds of fault only {eleven:.2f} s, ratio {ours / eleven:.2f}"
    )
    return ours, same, eleven


def test_j1_on_lines_shaped_like_the_demonstration_grows_with_the_lines_and_holds_to_the_peer(tmp_path):
    small, _, _ = measured(10_000, tmp_path, 3)
    large, _, eleven = measured(100_000, tmp_path, 3)
    print(f"J1 demonstration, 100,000 lines against 10,000: {large / small:.2f}")
    assert large <= WHOLE * small
    assert large <= 5 * eleven, (
        "the bound is set against the peer that looks for the eleven kinds; see docs/measured.md"
    )
