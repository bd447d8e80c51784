"""The whole portfolio on one screen: counters, money, aged balance, top of the queue. Computes no balance: the read models hold them."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.rights import Right
from core.services import balances, limitation
from core.services.balances import NAMES
from core.services.context import Ctx, service
from core.store import creditors, tracker
from core.store import overview as sums
from core.store import queue as queues
from core.store.limitation import Near, near
from core.store.overview import Money
from core.store.queue import Asked, QueueRow
from core.store.queue_counts import Counters, counters
from core.store.tracker import Counts

__all__ = ["NAMES", "AgedCreditor", "Counters", "Counts", "Money", "Near", "Overview", "QueueRow", "portfolio"]
TOP = 8  # cases shown of the queue
MOST = 50  # creditors in the table: a page


@dataclass(frozen=True, slots=True)
class AgedCreditor:
    """What one creditor's debts still owe by age band, in cents; id 0 stands for all the creditors that are not named."""

    creditor_id: int
    name: str
    bands: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows; `held` is how many cases each kind of stop holds; `aged` has the largest first."""

    counters: Counters
    deadlines: Counts
    limitation: Near
    held: tuple[tuple[str, int], ...]
    money: Money
    aged: tuple[AgedCreditor, ...]
    total: AgedCreditor
    top: tuple[QueueRow, ...]


@service(Right.READ)
def portfolio(ctx: Ctx) -> Overview:
    """The portfolio as it stands; aggregates of the read models only."""
    bands = balances.aged_balance(ctx)
    with ctx.store.read() as reader:
        names = {c.id: c.name for c in creditors.all_creditors(reader)}
        aged = _aged(bands, names)
        return Overview(
            counters=counters(reader, ctx.day, None, near=limitation.last_near(ctx.today).isoformat()),
            limitation=near(reader, ctx.day, limitation.alerts()),
            deadlines=tracker.counts(reader, ctx.day),
            held=sums.held_by_kind(reader),
            money=sums.money(reader),
            aged=fold_small(aged, MOST),
            total=_sum(0, "", aged),
            top=queues.queue(reader, Asked(), ctx.day, limit=TOP),
        )


def _aged(bands: dict[int, dict[str, int]], names: dict[int, str]) -> tuple[AgedCreditor, ...]:
    """One a creditor who is still owed something, the largest first."""
    rows = (AgedCreditor(key, names.get(key, ""), owed, sum(owed.values())) for key, owed in bands.items())
    return tuple(sorted((row for row in rows if row.total), key=lambda row: (-row.total, row.name)))


def fold_small(rows: tuple[AgedCreditor, ...], most: int) -> tuple[AgedCreditor, ...]:
    """At most `most` rows: the smallest creditors together in the last one."""
    return rows if len(rows) <= most else (*rows[: most - 1], _sum(0, "", rows[most - 1 :]))


def _sum(key: int, name: str, rows: tuple[AgedCreditor, ...]) -> AgedCreditor:
    owed = {band: sum(row.bands[band] for row in rows) for band in NAMES}
    return AgedCreditor(key, name, owed, sum(owed.values()))
