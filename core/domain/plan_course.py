"""What became of a payment plan, replayed from payments: each instalment, then the plan. Ends no plan and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came, in cents; negative for a reversal, whose `paid_on` is the day of the payment it undoes."""

    on: dt.date
    amount: int
    paid_on: dt.date


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as agreed, in cents; `paid_before` was paid before the case was taken over."""

    number: int
    on: dt.date
    amount: int
    paid_before: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """An instalment and what payments make of it: state is "paid", "late", "partly" or "to_come"."""

    number: int
    on: dt.date
    amount: int
    paid: int
    state: str


@dataclass(frozen=True, slots=True)
class Course:
    """A plan and its instalments: state is "on_time", "late", "broken" or "completed"; cents."""

    state: str
    instalments: tuple[Followed, ...]
    paid: int
    left: int
    late: int

    @property
    def next(self) -> Followed | None:
        """The first instalment that is not paid."""
        return next((one for one in self.instalments if one.state != "paid"), None)


def received_since(receipts: Iterable[Received], since: dt.date, until: dt.date) -> int:
    """Cents of the payments made from `since` to `until` (both counted), reversals of them deducted; never below zero."""
    return max(sum(r.amount for r in receipts if r.paid_on >= since and r.on <= until), 0)


def course(
    dues: Iterable[Due],
    receipts: Iterable[Received],
    *,
    since: dt.date,
    today: dt.date,
    grace: int,
    broken_on: dt.date | None = None,
    proposed: dt.date | None = None,
) -> Course:
    """The plan as it stands `today`: money that came since it was agreed pays the instalments in their order. What came from its
    proposal to the day before counts for the instalments dated on the day of the proposal, the down payment, and no further.

    An instalment is late when it is not whole `grace` days after its day (that last day still being in time). A plan is broken
    only when a person broke it: the loss of term is a decision, never a computation.
    """
    came, ordered = tuple(receipts), sorted(dues, key=lambda one: one.number)
    money = received_since(came, since, today) + _early(ordered, came, since, today, proposed)
    rows = []
    for due in ordered:
        given = min(money, max(due.amount - due.paid_before, 0))
        money -= given
        paid = min(due.paid_before + given, due.amount)
        rows.append(Followed(due.number, due.on, due.amount, paid, _state(due, paid, today, grace)))
    late = sum(row.amount - row.paid for row in rows if row.state == "late")
    left = sum(row.amount - row.paid for row in rows)
    state = "completed" if not left else "broken" if broken_on else "late" if late else "on_time"
    return Course(state, tuple(rows), sum(row.paid for row in rows), left, late)


def completed_on(receipts: Iterable[Received], replay: Callable[[dt.date], Course]) -> dt.date | None:
    """The day of the payment that completed a plan for good, `replay` giving its course on a day; None while something is left."""
    days = sorted({one.on for one in receipts})
    found = None
    for day in days:
        whole = replay(day).state == "completed"
        found = (found or day) if whole else None
    return found


def _early(
    dues: Iterable[Due], came: Iterable[Received], since: dt.date, today: dt.date, proposed: dt.date | None
) -> int:
    """Cents paid between the proposal and the agreement, at most what was due on the day of the proposal."""
    if proposed is None or proposed >= since:
        return 0
    down = sum(max(due.amount - due.paid_before, 0) for due in dues if due.on == proposed)
    return min(received_since((one for one in came if one.paid_on < since), proposed, today), down)


def _state(due: Due, paid: int, today: dt.date, grace: int) -> str:
    if paid >= due.amount:
        return "paid"
    if today > due.on + dt.timedelta(days=grace):
        return "late"
    return "partly" if paid else "to_come"
