"""Fair timing of two things in one run: in turn, several times, the median of each. Judges nothing."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of each side, run in turn."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of ours over median of the peer."""
        return statistics.median(self.ours) / statistics.median(self.peer)

    def told(self, name: str) -> str:
        """One line for docs/measured.md."""
        return f"{name}: ours {statistics.median(self.ours) * 1000:.2f} ms, peer {statistics.median(self.peer) * 1000:.2f} ms, ratio {self.ratio:.2f}"


def once(function: Callable[[], object]) -> float:
    """Seconds of one run, the collector's debts paid before."""
    gc.collect()
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def in_turn(ours: Callable[[], object], peer: Callable[[], object], runs: int = 7) -> Pair:
    """One warm-up of each, then `runs` of each in turn."""
    ours(), peer()
    times = [(once(ours), once(peer)) for _ in range(runs)]
    return Pair(tuple(a for a, _ in times), tuple(b for _, b in times))


def p95(function: Callable[[int], object], turns: int) -> float:
    """The 95th percentile of `turns` single runs, in seconds."""
    times = sorted(once(lambda n=n: function(n)) for n in range(turns))
    return times[int(len(times) * 0.95)]
