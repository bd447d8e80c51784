"""The next and the previous case, from where one stands in the queue: its tab, its filters, the place the case had when it was opened."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.rights import Right
from core.services import limitation
from core.services.cases import Asked
from core.services.context import Ctx, service
from core.store import neighbours as kept
from core.store.neighbours import Spot

__all__ = ["Around", "Asked", "Spot", "around"]


@dataclass(frozen=True, slots=True)
class Around:
    """The case before, the case after, and the spot they were found from."""

    before: int | None
    after: int | None
    spot: Spot | None


@service(Right.READ)
def around(ctx: Ctx, case_id: int, asked: Asked, spot: Spot | None = None) -> Around:
    """What comes before and after a case in the queue as it is now; `spot` is where it stood when it was opened.

    A call logged moves its case down or out of the tab: what comes next is still what came after it. An unknown case has no neighbours.
    """
    near = limitation.last_near(ctx.today).isoformat()
    with ctx.store.read() as reader:
        at = spot if spot and spot.case_id == case_id else kept.spot(reader, case_id)
        if at is None:
            return Around(None, None, None)
        return Around(*kept.neighbours(reader, asked, at, ctx.day, near), at)
