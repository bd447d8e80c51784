"""Whether a promise to pay was kept and why, replayed from payments. Records nothing and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from core.domain.messages import Euro, Message, msg
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


def promise_reason(state: str, amount: int, paid: int, due_on: dt.date, *, grace: int) -> Message:
    """Why a promise of `amount` cents, of which `paid` cents came, is in the `state` that `promise_state` gave it."""
    last = due_on + dt.timedelta(days=grace)
    if state == "kept":
        return msg("{paid} came by {last}.", paid=Euro(paid), last=last)
    if state == "pending":
        if paid:
            return msg("{paid} came; the rest is awaited until {last}.", paid=Euro(paid), last=last)
        return msg("Nothing came yet; it is awaited until {last}.", last=last)
    if paid:
        return msg("Of {amount}, {paid} came by {last}.", amount=Euro(amount), paid=Euro(paid), last=last)
    return msg("Nothing that held came by {last}.", last=last)
