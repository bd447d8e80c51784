"""What a payment is allocated among: open debts, the place of each, the shares. Decides nothing.

The rule is in `allocation`, its words in `allocation_why`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.domain.messages import Message

BUCKETS = ("costs", "interest", "indemnity", "penalty", "principal")
ORDERS: dict[str, tuple[str, ...]] = {
    "law": BUCKETS,
    "accessories_last": ("costs", "interest", "principal", "indemnity", "penalty"),
    "principal_first": ("principal", "costs", "interest", "indemnity", "penalty"),
}
SEVERAL, ONE, COSTS, CHOICE = (
    "C. civ., art. 1342-10",
    "C. civ., art. 1343-1",
    "Cass. 1re civ. 7 févr. 1995, n° 92-14.216",
    "chosen",
)
DUE, INTEREST, RATE, AGE, EQUAL, ALONE = (
    "due",
    "interest",
    "rate",
    "age",
    "equal",
    "alone",
)  # what decides between two debts


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """What a debt still owes, in cents by bucket of BUCKETS; `due_on` None when the file does not say.

    `rate`: percent a year that runs on it, None when none is known; `titled`: an enforceable title was given for it; `secured`: a
    guarantee stands behind it; `barred`: its limitation has passed. Raises ValueError for a bucket that does not exist (the costs
    of the agency have none) or an amount below zero.
    """

    debt_id: int
    ref: str
    due_on: dt.date | None
    issued_on: dt.date | None
    owed: Mapping[str, int]
    rate: Decimal | None = None
    titled: bool = False
    secured: bool = False
    barred: bool = False

    def __post_init__(self) -> None:
        """What a debtor owes stands in a known bucket and is never negative."""
        for bucket, cents in self.owed.items():
            if bucket not in BUCKETS:
                raise ValueError(f"{self.ref}: nothing is owed under {bucket!r}")
            if cents < 0:
                raise ValueError(f"{self.ref}: {bucket} is below zero")

    @property
    def total(self) -> int:
        """All buckets together, in cents."""
        return sum(self.owed.values())

    def is_due(self, on: dt.date) -> bool:
        """Whether it is known to be due on a day, that day included."""
        return self.due_on is not None and self.due_on <= on

    @property
    def age(self) -> dt.date:
        """The day it is as old as: due date, invoice date where the due date is unknown."""
        return self.due_on or self.issued_on or dt.date.max


@dataclass(frozen=True, slots=True)
class Share:
    """What one debt gets: cents by bucket, the fact that decided, its articles; `remarks` tell what is to be confirmed."""

    debt_id: int
    ref: str
    amounts: dict[str, int]
    why: Message
    articles: tuple[str, ...] = ()
    certainty: str = "V"
    remarks: tuple[Message, ...] = ()

    @property
    def total(self) -> int:
        """All buckets together, in cents."""
        return sum(self.amounts.values())


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares of one payment and what is left of it, in cents: shares + left over = payment."""

    shares: tuple[Share, ...]
    left_over: int
    articles: tuple[str, ...] = (SEVERAL, ONE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one debt stands among the others: what decided, against whom, and how its day stands to the payment."""

    debt: OpenDebt
    on: dt.date
    decided: str
    before: bool = True
    others_due: bool = False
    order: tuple[str, ...] = BUCKETS
