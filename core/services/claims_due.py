"""What is computed and claimed on each debt of a case on a day, and what was booked of it, for payments and letters. Writes nothing.

"Interest is computed, then settled" (docs/law.md): the difference between the two is what a settlement books.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.domain.computation import Computation, Missing
from core.domain.law_values import Law
from core.domain.statement import DebtStatement, debt_statement
from core.services import claim_facts, contact_record
from core.store.unit import Reader

ACCRUAL = "accrual"


@dataclass(frozen=True, slots=True)
class ClaimDue:
    """One debt on a day, in cents. `interest` is what is computed, paid or not, when it is claimed, else 0;
    `interest_booked` what the ledger booked of it with a day up to that one, `interest_booked_ever` on any day. `indemnity` is the flat
    indemnity claimed and owed by law, 0 when it is not or came with the placement; booked by the day and ever likewise.

    `told` is the interest whoever claims it: the figure, the facts that lack, or None. `known_until` is the day at which interest had
    to stop, the law's values being unknown after it (None: it went on to the day).
    """

    debt_id: int
    interest: int
    interest_booked: int
    interest_booked_ever: int
    indemnity: int
    indemnity_booked: int
    indemnity_booked_ever: int
    claimed: frozenset[str]
    told: Computation | Missing | None
    known_until: dt.date | None
    statement: DebtStatement

    def left(self, bucket: str) -> int:
        """Cents of a bucket owed on the day: placed, booked or computed, less what was paid by then; below zero when too much was."""
        value = self.statement.left[bucket].value
        return value if isinstance(value, int) else 0

    @property
    def rate(self) -> Decimal | None:
        """The yearly rate in percent that runs on the last day computed; None where none does."""
        segments = self.statement.interest.segments
        return segments[-1].rate if segments else None

    @property
    def interest_to_book(self) -> int:
        """Cents a settlement on that day books (below zero: takes back), so that the ledger agrees with what is computed."""
        return self.interest - self.interest_booked if "interest" in self.claimed else 0

    @property
    def indemnity_to_book(self) -> int:
        """Cents of indemnity that a settlement on that day books."""
        return self.indemnity - self.indemnity_booked if "indemnity" in self.claimed else 0


def claimed_to(reader: Reader, case_id: int, on: dt.date, law: Law) -> dict[int, ClaimDue]:
    """As `computed_to`; empty, without computing, where the mandate claims nothing beside the principal."""
    head = contact_record.head(reader, case_id)
    return computed_to(reader, case_id, on, law) if claim_facts.claimed(reader, head, on) else {}


def computed_to(reader: Reader, case_id: int, on: dt.date, law: Law) -> dict[int, ClaimDue]:
    """Every debt of a case placed by a day, by its id. Raises Refusal "case-unknown"."""
    found = {}
    for claim in claim_facts.claims_of(reader, case_id, on, law):
        if claim.account.placed_on > on:
            continue
        debt = debt_statement(claim, on, law)
        booked = [move for move in claim.account.moves if move.kind == ACCRUAL]
        found[claim.account.debt_id] = ClaimDue(
            claim.account.debt_id,
            debt.interest.cents if debt.interest.claimed else 0,
            debt.interest.booked,
            sum(move.amount for move in booked if move.bucket == "interest"),
            _indemnity(claim.indemnity, debt) if "indemnity" in claim.claims else 0,
            sum(move.amount for move in booked if move.bucket == "indemnity" and move.on <= on),
            sum(move.amount for move in booked if move.bucket == "indemnity"),
            claim.claims,
            debt.interest.computed,
            debt.interest.known_until,
            debt,
        )
    return found


def _indemnity(due: object, debt: DebtStatement) -> int:
    """The indemnity of the law, unless the creditor placed one."""
    placed = debt.parts["indemnity"].placed.value
    return due.value if isinstance(due, Computation) and isinstance(due.value, int) and not placed else 0
