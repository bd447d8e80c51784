"""J6: interest to today of a million debts in one pass over two kept integers, against numpy in memory and the explained path. On demand."""

import datetime as dt
import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest

from core.domain.interest import Basis, InterestTerms, Movement, interest
from core.domain.interest_sums import WHOLE, Kept, kept, running_sum
from core.domain.messages import msg
from core.law.values import load_law
from tests.bench.timing import in_turn, once

pytestmark = pytest.mark.bench
DEBTS, SAMPLE, EXPLAINED, PARTS = 1_000_000, 10_000, 2_000, 10
TODAY, ORIGIN = dt.date(2026, 11, 24), dt.date(2023, 11, 24)  # due dates over three years, as in the anchors
SPAN = (TODAY - ORIGIN).days
LAW = load_law()
KINDS = (
    InterestTerms(Basis.STATUTORY, ORIGIN),
    InterestTerms(Basis.LEGAL, ORIGIN, "business"),
    InterestTerms(Basis.LEGAL, ORIGIN, "individual"),
)
SUMS = tuple(running_sum(terms, ORIGIN, TODAY, LAW) for terms in KINDS)
BY_DAY = np.array([[f.at(ORIGIN + dt.timedelta(days=n)) for n in range(SPAN + 1)] for f in SUMS], np.int64)
PAYMENT = msg("Payment")


class Portfolio:
    """A million invented debts as arrays; one in five has paid a part of its principal."""

    def __init__(self) -> None:
        rng = np.random.default_rng(20261124)
        self.kind = rng.choice(3, DEBTS, p=(0.6, 0.3, 0.1)).astype(np.int64)
        self.due = rng.integers(0, SPAN, DEBTS)
        self.principal = rng.integers(1_000, 3_000_000, DEBTS)
        self.payer = np.flatnonzero(rng.random(DEBTS) < 0.2)
        self.paid_day = rng.integers(self.due[self.payer], SPAN)
        self.paid = (self.principal[self.payer] * rng.random(len(self.payer))).astype(np.int64)

    def by_numpy(self) -> int:
        """The peer: everything in memory, each payment taken off the principal; the total in cents, rounded half up once, at the end."""
        today = BY_DAY[:, SPAN][self.kind]
        number = self.principal * (today - BY_DAY[self.kind, self.due])
        late = today[self.payer] - BY_DAY[self.kind[self.payer], self.paid_day]
        number -= np.bincount(self.payer, weights=self.paid * late, minlength=DEBTS).astype(np.int64)
        parts = number.reshape(PARTS, -1).sum(axis=1)  # the whole sum would not fit in 64 bits
        return (2 * sum(parts.tolist()) + WHOLE) // (2 * WHOLE)

    def movements(self) -> dict[int, Movement]:
        return {
            int(debt): Movement(ORIGIN + dt.timedelta(days=int(day)), -int(cents), PAYMENT)
            for debt, day, cents in zip(self.payer, self.paid_day, self.paid, strict=True)
        }


def stored(path, book: Portfolio, moved: dict[int, Movement]) -> sqlite3.Connection:
    """A table of its own with what would be kept on each debt."""
    db = sqlite3.connect(path)
    db.execute(
        "CREATE TABLE kept(kind INTEGER, debt INTEGER, balance INTEGER NOT NULL, k INTEGER NOT NULL, PRIMARY KEY (kind, debt)) STRICT, WITHOUT ROWID"
    )

    def rows():
        for debt, (kind, due, principal) in enumerate(
            zip(book.kind.tolist(), book.due.tolist(), book.principal.tolist(), strict=True)
        ):
            one = kept(principal, ORIGIN + dt.timedelta(days=due), (moved[debt],) if debt in moved else (), SUMS[kind])
            yield kind, debt, one.balance, one.k

    db.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", sorted(rows()))
    db.commit()
    return db


PART = "SELECT SUM(balance), SUM(k) FROM kept WHERE kind = ? AND debt >= ? AND debt < ?"


class Readers:
    """Two connections that read one half each: as many as the machine of the anchors has cores."""

    def __init__(self, path, count: int) -> None:
        self.connections = [sqlite3.connect(path, check_same_thread=False) for _ in range(count)]
        for one in self.connections:
            one.execute("PRAGMA cache_size = -16384")  # what a reader of the program has
        self.cuts = [DEBTS * n // count for n in range(count + 1)]
        self.pool = ThreadPoolExecutor(count)

    def total(self) -> int:
        """Interest is linear in the balance: one product a kind, whatever the number of debts; cents, rounded half up once."""
        number = sum(self.pool.map(self._part, self.connections, self.cuts, self.cuts[1:]))
        return (2 * number + WHOLE) // (2 * WHOLE)

    def _part(self, db: sqlite3.Connection, first: int, beyond: int) -> int:
        step, number = DEBTS // PARTS, 0
        for kind, f in enumerate(SUMS):
            for start in range(first, beyond, step):
                balance, k = db.execute(PART, (kind, start, min(start + step, beyond))).fetchone()
                number += balance * f.at(TODAY) - k
        return number


def processor(function) -> float:
    """Processor seconds of all threads, the least of seven runs: told beside the ratio, never instead of it."""
    times = []
    for _ in range(7):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times)


def explained(book: Portfolio, moved: dict[int, Movement], debt: int):
    terms = InterestTerms(
        KINDS[book.kind[debt]].basis, ORIGIN + dt.timedelta(days=int(book.due[debt])), KINDS[book.kind[debt]].creditor
    )
    movements = (moved[debt],) if debt in moved else ()
    return interest(int(book.principal[debt]), terms, movements, TODAY, LAW)


def test_interest_of_a_million_debts_is_one_pass_and_equals_the_explained_path(tmp_path):
    book = Portfolio()
    moved = book.movements()
    db = stored(tmp_path / "kept.db", book, moved)
    two, one = Readers(tmp_path / "kept.db", 2), Readers(tmp_path / "kept.db", 1)
    assert two.total() == one.total() == book.by_numpy()

    alone = in_turn(one.total, book.by_numpy, runs=15)
    print(alone.told("interest to today, a million debts, one reader against numpy in memory"))
    pair = in_turn(two.total, book.by_numpy, runs=15)
    print(pair.told("interest to today, a million debts, two readers against numpy in memory"))
    print(f"processor time: one reader {processor(one.total) * 1e3:.0f} ms, two {processor(two.total) * 1e3:.0f} ms together, "
          f"numpy {processor(book.by_numpy) * 1e3:.0f} ms")  # fmt: skip

    some = random.Random(6).sample(range(DEBTS), SAMPLE)
    seconds = once(lambda: [explained(book, moved, debt).total for debt in some[:EXPLAINED]])
    times = seconds * DEBTS / EXPLAINED / sorted(pair.ours)[len(pair.ours) // 2]
    print(f"explained path: {seconds / EXPLAINED * 1e6:.0f} µs a debt, {times:.0f} times the pass")

    for debt in some:
        found = explained(book, moved, debt)
        unrounded = sum(Fraction(s.base * s.days) * Fraction(s.rate) / 36500 for s in found.segments)
        kind = int(book.kind[debt])
        fast = Kept(
            *db.execute("SELECT balance, k FROM kept WHERE kind = ? AND debt = ?", (kind, debt)).fetchone()
        ).owed(SUMS[kind].at(TODAY))
        assert fast == int(unrounded + Fraction(1, 2))
        assert abs(found.total - fast) * 2 <= len(found.segments) + 1
    assert pair.ratio <= 4
    assert times >= 50
