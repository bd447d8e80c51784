"""Brings the ledger of a case to what is computed and claimed on a day: the difference is booked. Computes nothing, moves no money.

"Interest is computed, then settled" (docs/law.md): a row of kind `accrual` from `placement` to the bucket, or the opposite row when what
was booked is too much, after a payment typed late, a reversal or a credit note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.domain.allocation import OpenDebt
from core.domain.statement_account import ACCRUAL
from core.services import claims_due
from core.services.claims_due import ClaimDue
from core.services.law import law_of
from core.store import cases, money
from core.store.unit import Reader, Unit

Dues = Mapping[int, ClaimDue]


def dues(reader: Reader, case_id: int, on: dt.date) -> Dues:
    """What is computed and claimed on each debt on a day; empty where the creditor claims nothing beside the principal."""
    return claims_due.claimed_to(reader, case_id, on, law_of(reader))


def with_claims(debts: Iterable[OpenDebt], found: Dues) -> tuple[OpenDebt, ...]:
    """The debts with what is claimed and not booked yet, in cents; their running rates where each of them has one."""
    known = tuple(debts)
    rates = {debt.debt_id: found[debt.debt_id].rate for debt in known if debt.debt_id in found}
    rated = len(rates) == len(known) and None not in rates.values()
    return tuple(
        replace(
            debt,
            owed=_owed(debt.owed, found.get(debt.debt_id)),
            rate=rates[debt.debt_id] if rated else debt.rate,
        )
        for debt in known
    )


def added(owed: Mapping[tuple[int, str], int], found: Dues) -> dict[tuple[int, str], int]:
    """The ledger's balances by debt and bucket, in cents, with what is claimed and not booked yet."""
    whole = dict(owed)
    for due in found.values():
        for bucket, cents in _left(due, {b: owed.get((due.debt_id, b), 0) for b in due.due}):
            whole[due.debt_id, bucket] = cents
    return whole


def book(unit: Unit, case_id: int, found: Dues, on: dt.date) -> None:
    """Append the differences of a day, in cents; no more is taken back than the ledger still holds of a bucket."""
    held = cases.bucket_balances(unit, case_id)
    for due in found.values():
        for bucket in due.due:
            amount = max(due.to_book(bucket), -held.get((due.debt_id, bucket), 0))
            if amount:
                accounts = ("placement", bucket) if amount > 0 else (bucket, "placement")
                money.add_entry(unit, case_id, due.debt_id, None, ACCRUAL, accounts, abs(amount), on.isoformat())


def settle(unit: Unit, case_id: int, on: dt.date) -> None:
    """Settle a case to a day, then put right what was settled on later days with facts that have changed since."""
    book(unit, case_id, dues(unit, case_id, on), on)
    settle_after(unit, case_id, on)


def settle_after(unit: Unit, case_id: int, on: dt.date) -> None:
    """Put right what was settled on days later than one on which something was just booked."""
    for day in money.days_of(unit, case_id, ACCRUAL, on):
        book(unit, case_id, dues(unit, case_id, day), day)


def _owed(owed: Mapping[str, int], due: ClaimDue | None) -> dict[str, int]:
    """By bucket, in cents; a bucket that holds more than is due owes nothing."""
    whole = dict(owed) | (dict(_left(due, owed)) if due else {})
    return {bucket: cents for bucket, cents in whole.items() if cents > 0}


def _left(due: ClaimDue, held: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """What is owed of each claimed bucket on the day: no more than was due by it and not paid, nor than nobody has paid since."""
    for bucket, cents in due.due.items():
        yield bucket, min(due.left(bucket), held.get(bucket, 0) + max(cents - due.ever[bucket], 0))
