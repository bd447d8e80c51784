"""Which debts a payment goes to, in which order. Computes no interest; reads no store.

Civil code 1342-10: the debtor's own choice first; else debts already due, and among them those he had most interest in
paying, then the oldest; all equal, in proportion. Civil code 1343-1: inside one debt, interest before principal. The words
of each share are written by `allocation_why`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from core.domain.allocation_debts import (
    AGE,
    ALONE,
    BUCKETS,
    CHOICE,
    DUE,
    EQUAL,
    INTEREST,
    ONE,
    ORDERS,
    RATE,
    SEVERAL,
    Allocation,
    OpenDebt,
    Place,
    Share,
)
from core.domain.allocation_why import computation, explained

__all__ = [
    "BUCKETS", "ORDERS", "Allocation", "OpenDebt", "Place", "Share", "allocation", "computation", "moved", "opposite", "parts_of",
    "placed", "proportion",
]  # fmt: skip


def allocation(
    debts: Sequence[OpenDebt], amount: int, on: dt.date, chosen: int | None = None, order: Sequence[str] = BUCKETS
) -> Allocation:
    """Allocate `amount` cents (> 0) received `on`; exact to the cent, nothing is lost or made.

    `chosen` is the debt the debtor named, if any (C. civ. 1342-10 al. 1). `order` is the order of the buckets inside one debt: that
    of the law, unless another was agreed (C. civ. 1343-1 may be set aside by agreement). The state of the debts on the day of the
    payment decides. Raises ValueError for an order that is not each bucket once.
    """
    if sorted(order) != sorted(BUCKETS):
        raise ValueError(f"{order!r} is not an order of {BUCKETS!r}")
    places, left = placed(debts, on, chosen, tuple(order)), amount
    shares: list[Share] = []
    for group in places:
        wanted = min(left, sum(p.debt.total for p in group))
        parts = proportion([p.debt.total for p in group], wanted) if len(group) > 1 else [wanted]
        found = [explained(place, _fill(place, part)) for place, part in zip(group, parts, strict=True) if part > 0]
        shares.extend(found)
        left -= wanted
    articles = dict.fromkeys((SEVERAL, ONE, *(a for share in shares for a in share.articles)))
    return Allocation(tuple(shares), left, tuple(articles))


def placed(
    debts: Sequence[OpenDebt], on: dt.date, chosen: int | None = None, order: tuple[str, ...] = BUCKETS
) -> list[list[Place]]:
    """The open debts in the order a payment reaches them; those that nothing separates stand together."""
    named = [d for d in debts if d.total > 0 and d.debt_id == chosen]
    others = sorted((d for d in debts if d.total > 0 and d.debt_id != chosen), key=lambda d: _rank(d, on))
    groups = [list(group) for _, group in groupby(others, key=lambda d: _rank(d, on))]
    any_due = any(d.is_due(on) for d in others)
    found = [[Place(d, on, CHOICE, order=order)] for d in named]
    for at, group in enumerate(groups):
        if len(group) > 1:
            decided, before = EQUAL, True
        elif at + 1 < len(groups):
            decided, before = _separates(group[0], groups[at + 1][0], on), True
        elif at:
            decided, before = _separates(group[0], groups[at - 1][0], on), False
        else:
            decided, before = ALONE, True
        found.append([Place(d, on, decided, before, any_due, order) for d in group])
    return found


def _rank(debt: OpenDebt, on: dt.date) -> tuple[bool, bool, Decimal, dt.date]:
    """Due debts first; then title or guarantee, then the higher rate (most interest in paying); then the oldest."""
    return (not debt.is_due(on), not (debt.titled or debt.secured), -(debt.rate or Decimal(0)), debt.age)


def _separates(one: OpenDebt, other: OpenDebt, on: dt.date) -> str:
    """The first criterion of the article on which two debts of different rank differ."""
    mine, theirs = _rank(one, on), _rank(other, on)
    return next(name for name, a, b in zip((DUE, INTEREST, RATE, AGE), mine, theirs, strict=True) if a != b)


def _fill(place: Place, amount: int) -> dict[str, int]:
    """Inside one debt, bucket after bucket."""
    left, amounts = amount, {}
    for bucket in place.order:
        part = min(left, place.debt.owed.get(bucket, 0))
        if part > 0:
            amounts[bucket] = part
            left -= part
    return amounts


def proportion(weights: Sequence[int], amount: int) -> list[int]:
    """Split `amount` cents by weights; the cents left by rounding down go to the largest remainders, first come first served."""
    whole = sum(weights)
    parts = [amount * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def moved(debts: Sequence[OpenDebt], parts: Sequence[tuple[int, str, int]]) -> tuple[OpenDebt, ...]:
    """The debts once some cents (debt id, bucket, cents; below zero: given back) were taken off them."""
    taken: dict[tuple[int, str], int] = {}
    for debt_id, bucket, cents in parts:
        taken[debt_id, bucket] = taken.get((debt_id, bucket), 0) + cents
    found = []
    for debt in debts:
        buckets = {b: debt.owed.get(b, 0) - taken.get((debt.debt_id, b), 0) for b in BUCKETS}
        found.append(replace(debt, owed={b: cents for b, cents in buckets.items() if cents or b in debt.owed}))
    return tuple(found)


def parts_of(found: Allocation) -> list[tuple[int, str, int]]:
    """The shares as (debt id, bucket, cents), in the order they are written."""
    return [(share.debt_id, bucket, cents) for share in found.shares for bucket, cents in share.amounts.items()]


def opposite(parts: Sequence[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """What undoes an allocation: the same parts with the opposite sign, so that a payment returned leaves no trace in what is owed."""
    return [(debt_id, bucket, -cents) for debt_id, bucket, cents in parts]
