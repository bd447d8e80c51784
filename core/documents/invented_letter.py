"""A letter as a debtor might have sent it, scanned: made for the demonstration only. Knows no case and keeps nothing."""

from __future__ import annotations

import datetime as dt

from core.documents import faces
from core.documents.faces import LEADING
from core.documents.ink import Item, Told, Words, pdf_bytes

LEFT, WIDE, TOP, SIZE = 30.0, 150.0, 40.0, 11.0  # millimetres, points


def invented_letter(title: str, paragraphs: tuple[str, ...], created_at: dt.datetime, lang: str = "fr") -> bytes:
    """One page of PDF, a paragraph after the other; nothing but the words tells who wrote."""
    items: list[Item] = []
    y = TOP
    for paragraph in paragraphs:
        for line in faces.wrap(paragraph, WIDE, SIZE, bold=False):
            items.append(Words(LEFT, y, line, SIZE))
            y += SIZE * LEADING
        y += SIZE * LEADING
    return pdf_bytes([items], Told(title, "", lang, created_at))
