"""What a scan that people hand over is: PDF, PNG or JPEG by its first bytes. Reads nothing in it and keeps nothing."""

from __future__ import annotations

LARGEST = 20_000_000  # bytes: the sentences on the screens say 20 MB
_HEADS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def media_of(data: bytes) -> str | None:
    """The media type of a scan; None when it is none of the three or larger than `LARGEST`."""
    if len(data) > LARGEST:
        return None
    return next((kind for head, kind in _HEADS.items() if data.startswith(head)), None)
