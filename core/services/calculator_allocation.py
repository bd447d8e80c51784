"""The pocket calculator's allocation: a sum over a few debts typed by hand, by the rule of payments. Needs no case and writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.allocation import Allocation, OpenDebt, allocation, computation, moved, parts_of
from core.domain.computation import Computation
from core.domain.messages import Euro, Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS

MOST = 5  # debts: more are worked on a case
TYPED = msg("Typed by hand")


@dataclass(frozen=True, slots=True)
class HandDebt:
    """A debt as typed: cents, the due date if known, the rate in percent a year that runs on it, if any, a guarantee, a title."""

    ref: str
    principal: int
    interest: int = 0
    due_on: dt.date | None = None
    rate: Decimal | None = None
    secured: bool = False
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A debt before and after the sum, in cents: what it received of each, what is left of each."""

    ref: str
    interest: int
    principal: int
    interest_left: int
    principal_left: int

    @property
    def received(self) -> int:
        """Cents it received."""
        return self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the sum goes: each debt that was typed, in the order typed; the shares in the order of payment; the figure with its reasons."""

    rows: tuple[Row, ...]
    allocation: Allocation
    proof: Computation


def allocation_of(debts: Sequence[HandDebt], amount: int, on: dt.date, chosen: str | None = None) -> Answer:
    """Allocate `amount` cents received `on` (C. civ. 1342-10, 1343-1); `chosen` is the debt the debtor named.

    Raises Refusal "debts-missing", "ref-twice", "debt-unknown", "amount-implausible", "rate-implausible".
    """
    _check(debts, amount, chosen)
    held = tuple(_debt(rank, one) for rank, one in enumerate(debts, 1))
    named = next((one.debt_id for one in held if one.ref == chosen), None)
    found = allocation(held, amount, on, named)
    parts = parts_of(found)
    left = {one.debt_id: one.owed for one in moved(held, parts)}
    rows = tuple(_row(one, parts, left[one.debt_id]) for one in held)
    return Answer(rows, found, computation(found, TYPED))


def _debt(rank: int, one: HandDebt) -> OpenDebt:
    owed = {"interest": one.interest, "principal": one.principal}
    return OpenDebt(rank, one.ref, one.due_on, None, owed, rate=one.rate, titled=one.titled, secured=one.secured)


def _row(one: OpenDebt, parts: Sequence[tuple[int, str, int]], left: Mapping[str, int]) -> Row:
    given = {bucket: cents for debt_id, bucket, cents in parts if debt_id == one.debt_id}
    return Row(
        one.ref, given.get("interest", 0), given.get("principal", 0), left.get("interest", 0), left.get("principal", 0)
    )


def _check(debts: Sequence[HandDebt], amount: int, chosen: str | None) -> None:
    if not 1 <= len(debts) <= MOST:
        raise refuse("debts-missing", msg("From one to {most} debts are needed.", most=MOST), msg("Type the principal of each."),
                     field="principal")  # fmt: skip
    refs = [one.ref for one in debts]
    twice = next((ref for ref in refs if refs.count(ref) > 1), None)
    if twice is not None:
        raise refuse("ref-twice", msg("The reference “{ref}” is given twice.", ref=twice), msg("Give each debt its own reference."),
                     field="ref", value=twice)  # fmt: skip
    if chosen is not None and chosen not in refs:
        raise refuse("debt-unknown", msg("No debt here has the reference “{given}”.", given=chosen), msg("Choose one of the list."),
                     field="for", value=chosen)  # fmt: skip
    if not 0 < amount <= LARGEST_CENTS:
        raise _amount("amount", amount)
    for one in debts:
        _debt_checked(one)


def _debt_checked(one: HandDebt) -> None:
    for field, cents in (("principal", one.principal), ("interest", one.interest)):
        if not 0 <= cents <= LARGEST_CENTS:
            raise _amount(field, cents)
    if not one.principal and not one.interest:
        raise _amount("principal", 0)
    if one.rate is not None and not (one.rate.is_finite() and 0 <= one.rate <= Decimal(100)):
        raise refuse("rate-implausible", msg("“{given}” is not a yearly rate in percent.", given=str(one.rate)),
                     msg("Type a rate from 0 to 100, for example 4,5."), field="rate", value=str(one.rate))  # fmt: skip


def _amount(field: str, cents: int) -> Refusal:
    return refuse("amount-implausible", msg("{given} is not possible here.", given=Euro(cents)),
                  msg("Type an amount of money that is more than zero."), field=field, value=str(cents))  # fmt: skip
