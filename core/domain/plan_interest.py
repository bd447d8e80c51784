"""What becomes of claimed interest while a payment plan runs: waived by the creditor, or running and estimated. Reads no store.

Two choices. `WAIVED`: the creditor claims no interest from the day after the sum of the plan was drawn up, for as long as the plan
stands; it is the creditor's to give. `AT_END`: interest runs on what is left, each payment settles it first (C. civ. 1343-1), and what
is left of the debts after the last instalment is asked then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.domain.allocation import BUCKETS, OpenDebt, allocation, parts_of
from core.domain.computation import Computation, Quantity
from core.domain.interest_terms import DAY, InterestStop
from core.domain.law_values import Law
from core.domain.messages import msg
from core.domain.statement import DebtClaim, DebtStatement, debt_statement
from core.domain.statement_account import Move

WAIVED, AT_END = "waived", "at_end"
CHOICES = (AT_END, WAIVED)  # the first waives nothing: it is the one to start with


@dataclass(frozen=True, slots=True)
class Estimate:
    """Interest that runs on the debts of a plan while it is kept: `figure` in cents with its proof; `known_until` the last day whose
    rate is known, where that is before the last instalment (None: every day is counted).
    """

    figure: Computation
    known_until: dt.date | None

    @property
    def cents(self) -> int:
        """The figure in cents."""
        return self.figure.value if isinstance(self.figure.value, int) else 0


def waiver(counted_to: dt.date, until: dt.date | None) -> InterestStop:
    """No interest from the day after a plan's sum was drawn up, to `until` (included; None: it stands), by consent of the creditor."""
    said = msg(
        "The creditor consented to claim no interest after {day} while the payment plan is kept.", day=counted_to
    )
    return InterestStop(counted_to + DAY, "plan", said, until=until)


def estimate(
    claims: Sequence[DebtClaim],
    debts: Sequence[OpenDebt],
    instalments: Sequence[tuple[dt.date, int]],
    today: dt.date,
    law: Law,
    *,
    refs: Collection[str],
    order: Sequence[str] = BUCKETS,
) -> Estimate | None:
    """Interest from `today` to the last instalment on the debts named by `refs`, each instalment (day, cents) paid on its day and
    allocated by the rule of payments; `debts` say what ranks them. Interest stops at the last day whose rate is known. None where no
    interest is claimed on them or could be computed.
    """
    last = max(day for day, _ in instalments)
    before = _statements(claims, today, law)
    held = {claim.account.debt_id: claim for claim in claims}
    for rank, (day, cents) in enumerate(sorted(instalments), 1):
        found = _statements(held.values(), day, law)
        if all(one.interest.known_until for one in found.values() if one.interest.claimed and one.interest.segments):
            break  # no rate is known any more: nothing later changes the interest counted
        parts = parts_of(allocation([_owed(debt, found) for debt in debts], cents, day, order=order))
        for debt_id, bucket, part in parts:
            held[debt_id] = _paid(
                held[debt_id], Move(day, bucket, -part, "collected", "allocation", -rank, id=_next(held[debt_id]))
            )
    after = _statements(held.values(), last, law)
    rows = [_row(before[key], after[key]) for key in before if after[key].account.ref in refs]
    kept = tuple(row for row in rows if row is not None)
    if not kept:
        return None
    known = min(
        (one.interest.known_until for one in after.values() if one.interest.claimed and one.interest.known_until),
        default=None,
    )
    return Estimate(_total(kept, today, last, known), known)


def _statements(claims: Collection[DebtClaim] | Sequence[DebtClaim], on: dt.date, law: Law) -> dict[int, DebtStatement]:
    return {claim.account.debt_id: debt_statement(claim, on, law) for claim in claims}


def _owed(debt: OpenDebt, found: dict[int, DebtStatement]) -> OpenDebt:
    """The debt with what it owes on the day of an instalment, in cents by bucket."""
    one = found.get(debt.debt_id)
    if one is None:
        return debt
    return replace(debt, owed={b: v for b in BUCKETS if isinstance(v := one.left[b].value, int) and v > 0})


def _paid(claim: DebtClaim, move: Move) -> DebtClaim:
    return replace(claim, account=replace(claim.account, moves=(*claim.account.moves, move)))


def _next(claim: DebtClaim) -> int:
    return 1 + max((move.id for move in claim.account.moves), default=0)


def _row(before: DebtStatement, after: DebtStatement) -> Computation | None:
    """What runs on one debt; None where its interest is not claimed or not computed."""
    then, now = after.interest.computed, before.interest.computed
    if not (after.interest.claimed and isinstance(then, Computation) and isinstance(now, Computation)):
        return None
    return Computation(
        msg("Debt {ref}", ref=after.account.ref),
        after.interest.cents - before.interest.cents,
        Quantity.CENTS,
        formula=msg("Interest to the last instalment, less interest to {day}", day=before.on),
        terms=(
            replace(then, label=msg("Interest to {day}", day=after.on)),
            replace(now, label=msg("Interest to {day}", day=before.on)),
        ),
    )


def _total(rows: tuple[Computation, ...], today: dt.date, last: dt.date, known: dt.date | None) -> Computation:
    remarks = (
        msg(
            "It is an estimate: each instalment is taken as paid on its day, to interest first (C. civ., art. 1343-1)."
        ),
        *(
            (msg("Rates are not known after {day}: interest of later days is not in this figure.", day=known),)
            if known
            else ()
        ),
    )
    return Computation(
        msg("Interest from {start} to {end}, estimated", start=today, end=last),
        sum(row.value for row in rows if isinstance(row.value, int)),
        Quantity.CENTS,
        formula=msg("The sum of these amounts."),
        terms=rows,
        articles=("C. civ., art. 1343-1",),
        remarks=remarks,
    )
