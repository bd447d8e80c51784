"""Whether promises to pay were kept and why, replayed from payments. Records nothing and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.messages import Euro, Message, msg
from core.domain.plan_course import Received


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise: cents, the day it was made and the day it is due; `grace` days of its own, None for those of the house."""

    amount: int
    made_on: dt.date
    due_on: dt.date
    grace: int | None = None

    def last(self, grace: int) -> dt.date:
        """The last day on which money still keeps it."""
        return self.due_on + dt.timedelta(days=grace if self.grace is None else self.grace)


def promise_states(
    promises: Sequence[Promised], receipts: Iterable[Received], *, today: dt.date, grace: int
) -> tuple[tuple[str, int], ...]:
    """The state of each promise of a case and the cents that came for it: "kept", "pending", "partly_kept" or "broken".

    Counts payments made from the day of a promise to its day plus its own grace or `grace` (both counted), and takes off those reversed
    since, whenever: a cheque that came back kept nothing. The promise due first is served first, and a cent keeps one promise only.
    """
    money: dict[dt.date, int] = {}
    for one in receipts:
        if one.on <= today:
            money[one.paid_on] = money.get(one.paid_on, 0) + one.amount
    found: dict[int, tuple[str, int]] = {}
    for rank in sorted(range(len(promises)), key=lambda n: (promises[n].due_on, promises[n].made_on, n)):
        promise = promises[rank]
        last = promise.last(grace)
        paid = _taken(money, promise, last)
        found[rank] = (_state(promise.amount, paid, late=today > last), paid)
    return tuple(found[rank] for rank in range(len(promises)))


def _taken(money: dict[dt.date, int], promise: Promised, last: dt.date) -> int:
    """Cents that a promise takes from the money of its days, the oldest first; what it takes is there no more."""
    paid = 0
    for on in sorted(day for day in money if promise.made_on <= day <= last):
        part = min(max(money[on], 0), promise.amount - paid)
        money[on] -= part
        paid += part
    return paid


def _state(amount: int, paid: int, *, late: bool) -> str:
    if paid >= amount:
        return "kept"
    if not late:
        return "pending"
    return "partly_kept" if paid else "broken"


def promise_reason(state: str, amount: int, paid: int, due_on: dt.date, *, grace: int) -> Message:
    """Why a promise of `amount` cents, of which `paid` cents came, is in the `state` that `promise_states` gave it."""
    last = due_on + dt.timedelta(days=grace)
    if state == "kept":
        return msg("{paid} came by {last}.", paid=Euro(paid), last=last)
    if state == "pending":
        if paid:
            return msg("{paid} came; the rest is awaited until {last}.", paid=Euro(paid), last=last)
        return msg("Nothing came yet; it is awaited until {last}.", last=last)
    if paid:
        return msg("Of {amount}, {paid} came by {last}.", amount=Euro(amount), paid=Euro(paid), last=last)
    return msg("Nothing that held came by {last}.", last=last)
