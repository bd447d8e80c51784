"""The open placement format, to hand to creditors. Reads no file that comes in."""

from __future__ import annotations

from core.domain.rights import Right
from core.exchange import blank_workbook
from core.services.context import Ctx, service


@service(Right.READ)
def placement_workbook(ctx: Ctx) -> bytes:
    """The blank XLSX that a creditor fills in, explained in the person's language."""
    return blank_workbook.blank_workbook(ctx.lang)
