"""Which debts a payment goes to, and why. Computes no interest; reads no store.

Civil code 1342-10: the debtor's own choice first; else debts already due, and among them those he had most interest in
paying, then the oldest; all equal, in proportion. Civil code 1343-1: inside one debt, interest before principal.
Until the law room knows rates, no debt is more onerous than another and that criterion separates nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from core.domain.messages import Message, msg

BUCKETS = ("costs", "interest", "indemnity", "penalty", "principal")


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """What a debt still owes, in cents by bucket; `due_on` None when the file does not say."""

    debt_id: int
    ref: str
    due_on: dt.date | None
    issued_on: dt.date | None
    owed: dict[str, int]

    @property
    def total(self) -> int:
        """All buckets together, in cents."""
        return sum(self.owed.values())


@dataclass(frozen=True, slots=True)
class Share:
    """What one debt gets: cents by bucket, and the rule that gave it."""

    debt_id: int
    ref: str
    amounts: dict[str, int]
    why: Message

    @property
    def total(self) -> int:
        """All buckets together, in cents."""
        return sum(self.amounts.values())


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares of one payment and what is left of it, in cents: shares + left over = payment."""

    shares: tuple[Share, ...]
    left_over: int
    articles: tuple[str, ...] = ("C. civ. 1342-10", "C. civ. 1343-1")


def allocation(debts: Sequence[OpenDebt], amount: int, on: dt.date, chosen: int | None = None) -> Allocation:
    """Allocate `amount` cents (> 0) received `on`; `chosen` is the debt the debtor named, if any (C. civ. 1342-10)."""
    left, shares = amount, []
    open_debts = [d for d in debts if d.total > 0]
    named = [d for d in open_debts if d.debt_id == chosen]
    for debt in named:
        share = _fill(debt, left, msg("The debtor said which debt he pays."))
        shares.append(share)
        left -= share.total
    others = sorted((d for d in open_debts if d.debt_id != chosen), key=lambda d: _rank(d, on))
    for _, group in groupby(others, key=lambda d: _rank(d, on)):
        if left <= 0:
            break
        found = _level(list(group), left, on)
        shares.extend(found)
        left -= sum(s.total for s in found)
    return Allocation(tuple(s for s in shares if s.total), left)


def _rank(debt: OpenDebt, on: dt.date) -> tuple[bool, dt.date]:
    """Due debts first, then the oldest: by due date, by invoice date where the due date is unknown."""
    due = debt.due_on is not None and debt.due_on <= on
    return (not due, debt.due_on or debt.issued_on or dt.date.max)


def _level(group: list[OpenDebt], left: int, on: dt.date) -> list[Share]:
    """Debts that nothing separates share in proportion; one debt alone takes what it can."""
    first = group[0]
    if len(group) == 1:
        return [_fill(first, left, _why(first, on))]
    wanted = min(left, sum(d.total for d in group))
    parts = proportion([d.total for d in group], wanted)
    known = first.due_on is not None
    reason = (
        msg("Same due date: in proportion to what each still owes.")
        if known
        else msg("Due date unknown, same invoice date: in proportion to what each still owes.")
    )
    return [_fill(d, part, reason) for d, part in zip(group, parts, strict=True)]


def _why(debt: OpenDebt, on: dt.date) -> Message:
    if debt.due_on is None:
        return msg("Due date unknown: after the debts known to be due.")
    if debt.due_on > on:
        return msg("Not due yet: after the debts already due.")
    return msg("Oldest of the debts already due ({due}).", due=debt.due_on)


def _fill(debt: OpenDebt, amount: int, why: Message) -> Share:
    """Inside one debt: costs, interest, accessories, then principal (C. civ. 1343-1)."""
    left, amounts = amount, {}
    for bucket in BUCKETS:
        part = min(left, debt.owed.get(bucket, 0))
        if part > 0:
            amounts[bucket] = part
            left -= part
    return Share(debt.debt_id, debt.ref, amounts, why)


def proportion(weights: Sequence[int], amount: int) -> list[int]:
    """Split `amount` cents by weights; the cents left by rounding down go to the largest remainders, first come first served."""
    whole = sum(weights)
    parts = [amount * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return parts
