"""What is computed and claimed on each debt of a case on a day, and what was booked of it, for payments and letters. Writes nothing.

"Interest is computed, then settled" (docs/law.md): the difference between the two is what a settlement books.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.domain.computation import Computation, Missing
from core.domain.law_values import Law
from core.domain.statement import DebtClaim, DebtStatement, debt_statement
from core.domain.statement_account import ACCRUAL, CHARGE, standing
from core.services import claim_facts, contact_record
from core.store.unit import Reader

CLAIMED = ("interest", "indemnity", "penalty")


@dataclass(frozen=True, slots=True)
class ClaimDue:
    """One debt on a day, in cents by bucket. `due`: what is computed for each accessory that is claimed, paid or not, beyond what a
    person charged (0 for an indemnity or a penalty that is not owed or came with the placement). `booked`: what settlements booked
    of it with a day up to that one; `ever`: with any day.

    `told` is the interest whoever claims it: the figure, the facts that lack, or None. `known_until` is the day at which interest had
    to stop, the law's values being unknown after it (None: it went on to the day).
    """

    debt_id: int
    due: Mapping[str, int]
    booked: Mapping[str, int]
    ever: Mapping[str, int]
    told: Computation | Missing | None
    known_until: dt.date | None
    statement: DebtStatement

    def to_book(self, bucket: str) -> int:
        """Cents a settlement on that day books (below zero: takes back), so that the ledger agrees with what is computed."""
        return self.due[bucket] - self.booked[bucket] if bucket in self.due else 0

    def left(self, bucket: str) -> int:
        """Cents of a bucket owed on the day: placed, booked or computed, less what was paid by then; below zero when too much was."""
        value = self.statement.left[bucket].value
        return value if isinstance(value, int) else 0

    @property
    def rate(self) -> Decimal | None:
        """The yearly rate in percent that runs on the last day computed; None where none does."""
        segments = self.statement.interest.segments
        return segments[-1].rate if segments else None


def claimed_to(reader: Reader, case_id: int, on: dt.date, law: Law) -> dict[int, ClaimDue]:
    """As `computed_to`; empty, without computing, where the mandate claims nothing beside the principal."""
    head = contact_record.head(reader, case_id)
    return computed_to(reader, case_id, on, law) if claim_facts.claimed(reader, head, on) else {}


def computed_to(reader: Reader, case_id: int, on: dt.date, law: Law) -> dict[int, ClaimDue]:
    """Every debt of a case placed by a day, by its id. Raises Refusal "case-unknown"."""
    claims = claim_facts.claims_of(reader, case_id, on, law)
    return {claim.account.debt_id: _due(claim, on, law) for claim in claims if claim.account.placed_on <= on}


def _due(claim: DebtClaim, on: dt.date, law: Law) -> ClaimDue:
    debt = debt_statement(claim, on, law)
    asked = [bucket for bucket in CLAIMED if bucket in claim.claims]
    rows = [move for move in claim.account.moves if move.kind == ACCRUAL]
    ever = {bucket: sum(move.amount for move in rows if move.bucket == bucket) for bucket in asked}
    booked = {bucket: sum(move.amount for move in rows if move.bucket == bucket and move.on <= on) for bucket in asked}
    return ClaimDue(
        claim.account.debt_id,
        {bucket: max(_computed(claim, bucket, debt) - _charged(claim, bucket, on), 0) for bucket in asked},
        booked,
        ever,
        debt.interest.computed,
        debt.interest.known_until,
        debt,
    )


def _charged(claim: DebtClaim, bucket: str, on: dt.date) -> int:
    """What a person put on the debt by that day and did not withdraw: nothing more is booked for it, and nothing of it taken back."""
    found = standing(claim.account.moves, on)
    return sum(move.amount for move in found if move.kind == CHARGE and move.bucket == bucket)


def _computed(claim: DebtClaim, bucket: str, debt: DebtStatement) -> int:
    """The interest to the day; the indemnity of the law or the penalty of the clause when the creditor placed none."""
    if bucket == "interest":
        return debt.interest.cents
    due = claim.indemnity if bucket == "indemnity" else claim.penalty
    if not isinstance(due, Computation) or debt.parts[bucket].placed.value:
        return 0
    return due.value if isinstance(due.value, int) else 0
