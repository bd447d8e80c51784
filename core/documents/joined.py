"""Finished PDF files put one after the other in one file to print. Draws nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable


def joined(parts: Iterable[bytes]) -> bytes:
    """The pages of the files, in the order given; `parts` holds one at least."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
