"""What is computed and claimed on each debt of a case on a day, and what was booked of it, for payments and letters. Writes nothing.

"Interest is computed, then settled" (docs/law.md): the difference between the two is what a settlement books.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.computation import Computation, Missing
from core.domain.law_values import Law
from core.domain.statement import DebtClaim, DebtStatement, debt_statement
from core.domain.statement_account import BOOKED
from core.services import claim_facts
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class ClaimDue:
    """One debt on a day, in cents. `interest` is what is computed, paid or not, when it is claimed, else 0;
    `interest_booked` what the ledger booked of it with a day up to that one, `interest_booked_ever` on any day. `indemnity` is the flat
    indemnity claimed and owed by law, 0 when it is not or came with the placement; `indemnity_booked` what was booked of it by the day;
    `penalty` and `penalty_booked` the same for a penalty clause.

    `told` is the interest whoever claims it: the figure, the facts that lack, or None. `known_until` is the day at which interest had
    to stop, the law's values being unknown after it (None: it went on to the day).
    """

    debt_id: int
    interest: int
    interest_booked: int
    interest_booked_ever: int
    indemnity: int
    indemnity_booked: int
    penalty: int
    penalty_booked: int
    claimed: frozenset[str]
    told: Computation | Missing | None
    known_until: dt.date | None
    statement: DebtStatement

    @property
    def interest_to_book(self) -> int:
        """Cents a settlement on that day books (below zero: takes back), so that the ledger agrees with what is computed."""
        return self.interest - self.interest_booked if "interest" in self.claimed else 0

    @property
    def indemnity_to_book(self) -> int:
        """Cents of indemnity that a settlement on that day books."""
        return self.indemnity - self.indemnity_booked if "indemnity" in self.claimed else 0

    @property
    def penalty_to_book(self) -> int:
        """Cents of penalty that a settlement on that day books."""
        return self.penalty - self.penalty_booked if "penalty" in self.claimed else 0


def computed_to(reader: Reader, case_id: int, on: dt.date, law: Law) -> dict[int, ClaimDue]:
    """Every debt of a case placed by a day, by its id. Raises Refusal "case-unknown"."""
    found = {}
    for claim in claim_facts.claims_of(reader, case_id, on, law):
        if claim.account.placed_on > on:
            continue
        debt = debt_statement(claim, on, law)
        booked = [move for move in claim.account.moves if move.kind in BOOKED]
        found[claim.account.debt_id] = ClaimDue(
            claim.account.debt_id,
            debt.interest.cents if debt.interest.claimed else 0,
            debt.interest.booked,
            sum(move.amount for move in booked if move.bucket == "interest"),
            _due(claim, "indemnity", debt),
            sum(move.amount for move in booked if move.bucket == "indemnity" and move.on <= on),
            _due(claim, "penalty", debt),
            sum(move.amount for move in booked if move.bucket == "penalty" and move.on <= on),
            claim.claims,
            debt.interest.computed,
            debt.interest.known_until,
            debt,
        )
    return found


def _due(claim: DebtClaim, bucket: str, debt: DebtStatement) -> int:
    """The indemnity of the law or the penalty of the clause, when it is claimed and the creditor placed none."""
    due = claim.indemnity if bucket == "indemnity" else claim.penalty
    if bucket not in claim.claims or not isinstance(due, Computation) or debt.parts[bucket].placed.value:
        return 0
    return due.value if isinstance(due.value, int) else 0
