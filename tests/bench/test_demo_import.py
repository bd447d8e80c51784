"""J1 on a file shaped like the demonstration: validated and stored whole against DuckDB's load in memory, and ten times the lines. On demand (-m bench)."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from core.store import connection
from tests.bench.demo_file import make_demo_file
from tests.bench.duck_load import load, load_same_checks
from tests.bench.generator import CREDITOR, Made
from tests.bench.test_j1 import bring_in, fresh, right
from tests.bench.timing import once

pytestmark = pytest.mark.bench
SMALL, LARGE = 10_000, 100_000
WHOLE = 13  # growth allowed for ten times the lines


def imported(made: Made, home: Path, *, checked: bool) -> float:
    """Seconds to bring a file into an empty agency; `checked`: everything is proved afterwards."""
    ctx, creditor = fresh(home)
    done = []
    seconds = once(lambda: done.append(bring_in(ctx, creditor, "demo.csv", made.data, "file")))
    if checked:
        right(ctx, made, done[0])
    connection.close_pool(ctx.store.path)
    return seconds


def test_j1_on_lines_shaped_like_the_demonstration_grows_with_the_lines_and_holds_to_the_peer(tmp_path):
    files = {size: make_demo_file(size) for size in (SMALL, LARGE)}
    path = tmp_path / "demo.csv"
    path.write_bytes(files[LARGE].data)
    wanted = (LARGE - len(files[LARGE].faults), len(files[LARGE].faults))
    assert load(path, CREDITOR) == load_same_checks(path, CREDITOR) == wanted
    times = []
    for turn in range(4):
        small, large = (imported(made, tmp_path / "home", checked=turn == 0) for made in files.values())
        times.append((small, large, once(lambda: load_same_checks(path, CREDITOR)), once(lambda: load(path, CREDITOR))))
    small, large, same, eleven = (statistics.median(side) for side in zip(*times[1:], strict=True))
    growth = statistics.median(each[1] / each[0] for each in times[1:])
    print(
        f"J1 demonstration, {files[LARGE].debtors} debtors: {LARGE} lines {large:.2f} s, {SMALL} lines {small:.2f} s, growth {growth:.1f}; "
        f"DuckDB with the same checks {same:.2f} s, ratio {large / same:.2f}; with the eleven kinds of fault only {eleven:.2f} s, "
        f"ratio {large / eleven:.2f}"
    )
    assert growth <= WHOLE
    assert large <= 5 * eleven, (
        "the bound is set against the peer that looks for the eleven kinds; see docs/measured.md"
    )
