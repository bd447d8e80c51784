"""Which debts of a case a stop keeps from being claimed, whole or in part, and what may still be claimed of them. Writes nothing.

A part is stopped: the rest of the principal stays claimed; the accessories of that debt wait for the answer, since what they are
computed on is contested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.allocation import OpenDebt
from core.services.claims_due import ClaimDue
from core.store import disputes
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Held:
    """Debts stopped whole, by reference; cents stopped of the others, by debt."""

    whole: frozenset[str]
    parts: Mapping[int, int]

    def owed(self, owed: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
        """Cents by debt and bucket, less what is stopped in part."""
        left = {key: cents for key, cents in owed.items() if key[0] not in self.parts or key[1] == "principal"}
        return {
            key: max(cents - self.parts.get(key[0], 0), 0) if key[1] == "principal" else cents
            for key, cents in left.items()
        }

    def dues(self, found: Mapping[int, ClaimDue]) -> dict[int, ClaimDue]:
        """What is claimed beside, without the debts stopped in part."""
        return {debt: due for debt, due in found.items() if debt not in self.parts}

    def free(self, debt: OpenDebt) -> OpenDebt | None:
        """What may be claimed of a debt; None when it is stopped whole or nothing is left."""
        if debt.ref in self.whole:
            return None
        if debt.debt_id not in self.parts:
            return debt
        left = max(debt.owed.get("principal", 0) - self.parts[debt.debt_id], 0)
        return replace(debt, owed={"principal": left}) if left else None


def held(reader: Reader, case_id: int, today: str) -> Held:
    """The stops of single debts in force on a day; a stop of the whole case is another matter."""
    found = disputes.held_debts(reader, case_id, today)
    whole = frozenset(one.ref for one in found if one.amount is None)
    parts: dict[int, int] = {}
    for one in found:
        if one.amount is not None and one.ref not in whole:
            parts[one.debt_id] = parts.get(one.debt_id, 0) + one.amount
    return Held(whole, parts)
