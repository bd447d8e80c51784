"""The code to scan for a SEPA transfer, as dark modules to draw. Chooses no amount and no account.

segno is imported where it is used: a document without a code does not load it.
"""

from __future__ import annotations

import functools

from core.documents.ink import Modules

LEVEL = "m"  # error correction asked for by EPC069-12
LARGEST_VERSION = 13  # the largest the guidelines allow


def modules(text: str, x: float, y: float, size: float) -> Modules | None:
    """The code of `text` in a square of `size` millimetres without its quiet zone; None for a text too long for the guidelines."""
    rows = _rows(text)
    return Modules(x, y, size, rows) if rows else None


@functools.lru_cache(maxsize=8)  # a letter set closer on a second try has the same code
def _rows(text: str) -> tuple[bytes, ...]:
    import segno

    try:
        code = segno.make_qr(text, error=LEVEL, encoding="utf-8", boost_error=False)
    except segno.DataOverflowError:
        return ()
    if int(code.version) > LARGEST_VERSION:
        return ()
    return tuple(bytes(1 if module else 0 for module in row) for row in code.matrix)
