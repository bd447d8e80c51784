"""What moved the debts of a case, page by page, for people to read. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import charges
from core.store.charges import Movement

__all__ = ["PAGE", "Movement", "MovementPage", "movements"]
PAGE = 15  # movements on a page of the screen


@dataclass(frozen=True, slots=True)
class MovementPage:
    """A page of the movements of a case, its number from 1, and how many pages there are."""

    rows: tuple[Movement, ...]
    page: int
    pages: int


@service(Right.READ)
def movements(ctx: Ctx, case_id: int, page: int = 1) -> MovementPage:
    """A page (from 1) of what moved the debts of a case, the newest first."""
    with ctx.store.read() as reader:
        pages = max(1, -(-charges.count(reader, case_id) // PAGE))
        at = min(max(page, 1), pages)
        return MovementPage(charges.movements(reader, case_id, (at - 1) * PAGE, PAGE), at, pages)
