"""The open placement format, to hand to creditors, and the encodings a person may name. Reads no file that comes in."""

from __future__ import annotations

from pathlib import Path

from core.domain.rights import Right
from core.exchange import blank_workbook
from core.exchange.encoding import CHOICES as ENCODINGS
from core.services.context import Ctx, service

__all__ = ["ENCODINGS", "format_page", "placement_workbook"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "placement-format.md"


@service(Right.READ)
def placement_workbook(ctx: Ctx) -> bytes:
    """The blank XLSX that a creditor fills in, explained in the person's language."""
    return blank_workbook.blank_workbook(ctx.lang)


@service(Right.READ)
def format_page(ctx: Ctx) -> bytes:
    """The page that describes the format, for the creditor's own programmer."""
    del ctx  # one page for every reader
    return PAGE.read_bytes()
