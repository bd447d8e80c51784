"""Whether a promise to pay was kept, replayed from payments. Records nothing and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from core.domain.plan_course import Received, received_since


def promise_state(
    amount: int, made_on: dt.date, due_on: dt.date, receipts: Iterable[Received], *, today: dt.date, grace: int
) -> tuple[str, int]:
    """The state of a promise and the cents that came for it: "kept", "pending", "partly_kept" or "broken".

    Counts payments made from the day of the promise to its day plus `grace` (both counted), and takes off those reversed since,
    whenever: a cheque that came back kept nothing.
    """
    last = due_on + dt.timedelta(days=grace)
    came = [r for r in receipts if made_on <= r.paid_on <= last]
    paid = received_since(came, made_on, today)
    if paid >= amount:
        return "kept", paid
    if today <= last:
        return "pending", paid
    return ("partly_kept" if paid else "broken"), paid
