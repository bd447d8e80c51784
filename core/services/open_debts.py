"""What each debt of a case still owes and what makes it heavier than another, for the rule of allocation. Allocates nothing.

Interest that runs is added by `settlement.with_claims`, with the rate of each debt.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from core.domain.allocation import BUCKETS, ORDERS, OpenDebt
from core.domain.dates import day_of
from core.services.mandates import claims
from core.store import cases, creditors, onerous, statements
from core.store.unit import Reader


def open_debts(reader: Reader, case_id: int, on: dt.date | None = None) -> tuple[OpenDebt, ...]:
    """What each debt of a case owes by the ledger, its title, guarantee and time-bar on a day (without one: any day, no bar), its rate.

    Rates are compared only when each debt of the case has one agreed in writing: what runs by law on the others is not known here.
    """
    day = on.isoformat() if on else "9999-12-31"
    owed = cases.bucket_balances(reader, case_id)
    known = {one.debt_id: one for one in onerous.weights(reader, case_id, day)}
    rated = all(one.rate for one in known.values())
    return tuple(
        OpenDebt(
            d.id,
            d.ref,
            day_of(d.due_on),
            day_of(d.issued_on),
            {b: cents for (debt, b), cents in owed.items() if debt == d.id and cents > 0},
            rate=Decimal(known[d.id].rate) if rated else None,
            titled=_until(known[d.id].titled_on, day),
            secured=bool(known[d.id].secured),
            barred=on is not None and d.limitation_on is not None and d.limitation_on < day,
        )
        for d in cases.debts(reader, case_id)
    )


def agreed_order(reader: Reader, case_id: int, creditor_id: int, day: str) -> tuple[str, ...]:
    """The order of the buckets inside a debt that the mandate of a case keeps; that of the law when it keeps none."""
    mandate = statements.mandate_of(reader, case_id) or creditors.mandate_in_force(reader, creditor_id, day)
    return ORDERS.get(claims(reader, mandate).order, BUCKETS)


def _until(text: str | None, day: str) -> bool:
    """Whether something happened, on a day or before."""
    return text is not None and text <= day
