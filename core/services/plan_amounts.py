"""What a case owes on a day as a payment plan spreads it: by debt and by part, with interest claimed to the day. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.allocation import OpenDebt
from core.domain.plan_interest import Estimate, estimate
from core.domain.plans import Schedule
from core.services import claim_facts, held_parts, settlement
from core.services.law import law_of
from core.services.open_debts import agreed_order, open_debts
from core.store import disputes
from core.store.cases import CaseHead
from core.store.unit import Reader

ORDER = ("principal", "interest", "indemnity", "penalty", "costs")  # as a plan says the parts of its sum


@dataclass(frozen=True, slots=True)
class Owed:
    """A case on a day: its open debts with what is claimed, those a plan may spread, whether interest is claimed, what may be spread."""

    debts: tuple[OpenDebt, ...]
    free: tuple[OpenDebt, ...]
    interest: bool
    spreadable: int

    @property
    def total(self) -> int:
        """Cents owed, all debts together."""
        return sum(debt.total for debt in self.debts)

    @property
    def split(self) -> tuple[tuple[str, int], ...]:
        """Cents of the debts that may be spread, by part, empty parts left out."""
        return split_of(self.free)

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """Reference and cents of each debt that may be spread."""
        return tuple((debt.ref, debt.total) for debt in self.free)


def split_of(debts: Iterable[OpenDebt]) -> tuple[tuple[str, int], ...]:
    """Cents by part of some debts, empty parts left out."""
    known = tuple(debts)
    sums = ((bucket, sum(debt.owed.get(bucket, 0) for debt in known)) for bucket in ORDER)
    return tuple((bucket, cents) for bucket, cents in sums if cents)


def owed_on(reader: Reader, head: CaseHead, today: dt.date) -> Owed:
    """What a payment of today would find owed, interest, indemnity and penalty claimed to the day included.

    Free are the debts that no dispute and no stop of their own keeps out of a plan, and the principal that is left of those contested in
    part; what is contested of the whole case comes off what may be spread, all of it where the contested amount is not known.
    """
    found = settlement.with_claims(open_debts(reader, head.id, today), settlement.dues(reader, head.id, today))
    stops = held_parts.held(reader, head.id, today.isoformat())
    standing = [one for one in disputes.of_case(reader, head.id) if not one.closed_on]
    contested = {one.debt_id for one in standing} - set(stops.parts)
    debts = tuple(debt for debt in found if debt.total > 0)
    left_of = (stops.free(debt) for debt in debts if debt.debt_id not in contested)
    free = tuple(debt for debt in left_of if debt)
    whole = [one.amount for one in standing if one.debt_id is None]
    left = sum(debt.total for debt in free) - sum(cents or 0 for cents in whole)
    interest = "interest" in claim_facts.claimed(reader, head, today)
    return Owed(debts, free, interest, 0 if None in whole else max(left, 0))


def interest_ahead(reader: Reader, head: CaseHead, owed: Owed, plan: Schedule, today: dt.date) -> Estimate | None:
    """The interest that would run on the debts of a plan from today to its last instalment; None where none is claimed."""
    if not owed.interest:
        return None
    law = law_of(reader)
    down = [(today, plan.terms.down)] if plan.terms.down else []
    return estimate(
        claim_facts.claims_of(reader, head.id, today, law),
        owed.debts,
        [*down, *((row.date, row.amount) for row in plan.instalments)],
        today,
        law,
        refs={debt.ref for debt in owed.free},
        order=agreed_order(reader, head.id, head.creditor_id, today.isoformat()),
    )
