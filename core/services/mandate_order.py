"""The order of allocation inside a debt that a mandate keeps: that of the law, or another one agreed. Allocates nothing."""

from __future__ import annotations

from core.domain.allocation import BUCKETS, ORDERS
from core.domain.rights import Right
from core.services import contact_record
from core.services.context import Ctx, service
from core.store import onerous

CHOICES = tuple(ORDERS)


@service(Right.READ)
def order_of(ctx: Ctx, mandate_id: int) -> str:
    """The name of the order a mandate keeps, one of CHOICES; "law" when it keeps none."""
    with ctx.store.read() as reader:
        kept = onerous.order(reader, mandate_id) or BUCKETS
    return next((name for name, order in ORDERS.items() if order == kept), "law")


@service(Right.CREDITORS)
def set_order(ctx: Ctx, mandate_id: int, row_version: int, name: str) -> None:
    """Keep the order agreed with the creditor (C. civ. 1343-1 may be set aside by agreement); payments booked before stay as they are.

    Raises Refusal "choice-unknown", "changed-meanwhile".
    """
    if name not in CHOICES:
        raise contact_record.unknown_choice("allocation", name)
    with ctx.write() as unit:
        onerous.keep_order(unit, mandate_id, row_version, () if name == "law" else ORDERS[name])
        unit.audit("mandate.order", "mandate", mandate_id, order=name)
