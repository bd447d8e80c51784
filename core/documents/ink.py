"""Placed words, rules, shades, a logo and a code to scan turned into PDF bytes by fpdf2. Lays nothing out: every place is given.

fpdf2 is imported inside `pdf_bytes`: the command line starts without it. The same items give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from core.documents import faces

if TYPE_CHECKING:
    from fpdf import FPDF

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of printable text, its baseline starting at x, y (millimetres from the top left corner)."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    grey: int = 120


@dataclass(frozen=True, slots=True)
class Shade:
    """A rectangle, filled in grey, with an outline if asked."""

    x: float
    y: float
    wide: float
    high: float
    grey: int = 240
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG image stretched over a rectangle."""

    x: float
    y: float
    wide: float
    high: float
    content: bytes


@dataclass(frozen=True, slots=True)
class Modules:
    """A square code: `rows` of bytes, 1 for a dark module, drawn as vectors over a square of `size` millimetres."""

    x: float
    y: float
    size: float
    rows: tuple[bytes, ...]


Item = Words | Rule | Shade | Picture | Modules


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself; `created_at` (with its time zone) is the only date in it, so nothing depends on the clock."""

    title: str
    author: str
    lang: str
    created_at: dt.datetime


def pdf_bytes(pages: Sequence[Sequence[Item]], told: Told) -> bytes:
    """The document as bytes."""
    from fpdf import FPDF, ViewerPreferences

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(told.title)
    pdf.set_author(told.author)
    pdf.set_creator("Quittance")
    pdf.set_lang(told.lang)
    pdf.set_creation_date(told.created_at)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    for name in _faces_used(pages):
        _add_face(pdf, name)
    for page in pages:
        pdf.add_page()
        for item in page:
            _draw(pdf, item)
    return bytes(pdf.output())


def logo_size(content: bytes) -> tuple[int, int]:
    """Pixels of a PNG or JPEG logo; a ValueError for another format or a damaged file."""
    from PIL import Image

    if not content.startswith((PNG, JPEG)):
        raise ValueError("the logo must be a PNG or JPEG image")
    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            return image.size
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise ValueError("the logo is a damaged image; save it again as PNG or JPEG") from broken


def _faces_used(pages: Sequence[Sequence[Item]]) -> list[str]:
    """The faces needed, in the order of FILES: a document in French loads one or two files of four."""
    used = {
        name
        for page in pages
        for item in page
        if isinstance(item, Words)
        for name, _ in faces.runs(item.text, item.bold)
    }
    return [name for name in faces.FILES if name in used]


def _add_face(pdf: FPDF, name: str) -> None:
    """Load a face for one document, without what its subset drops (layout rules) or keeps as it is (the boxes of the glyphs)."""
    from fpdf.fonts import TTFFont

    pdf.add_font(name, fname=faces.FOLDER / faces.FILES[name])
    loaded = pdf.fonts[name]
    if isinstance(loaded, TTFFont):
        loaded.ttfont.recalcBBoxes = False
        for table in {"GDEF", "GPOS", "GSUB", "MATH"}.intersection(loaded.ttfont.keys()):
            del loaded.ttfont[table]


def _draw(pdf: FPDF, item: Item) -> None:
    match item:
        case Words():
            _write(pdf, item)
        case Rule(x, y, to_x, to_y, grey):
            pdf.set_draw_color(grey)
            pdf.set_line_width(0.2)
            pdf.line(x, y, to_x, to_y)
        case Shade(x, y, wide, high, grey, outlined):
            pdf.set_fill_color(grey)
            pdf.set_draw_color(80)
            pdf.set_line_width(0.2)
            pdf.rect(x, y, wide, high, style="DF" if outlined else "F")
        case Picture(x, y, wide, high, content):
            pdf.image(BytesIO(content), x=x, y=y, w=wide, h=high)
        case Modules():
            _modules(pdf, item)


def _modules(pdf: FPDF, code: Modules) -> None:
    """Each run of dark modules of a row as one rectangle, a hair taller than its row so that no viewer shows a seam."""
    pdf.set_fill_color(0)
    side = code.size / len(code.rows)
    for number, row in enumerate(code.rows):
        start = 0
        for dark, run in itertools.groupby(row):
            count = len(list(run))
            if dark:
                pdf.rect(code.x + start * side, code.y + number * side, count * side, side * 1.02, style="F")
            start += count


def _write(pdf: FPDF, words: Words) -> None:
    pdf.set_text_color(words.grey)
    x, written = words.x, ""
    for name, piece in faces.runs(words.text, words.bold):
        x += faces.width(
            written, words.size, words.bold
        )  # nothing to measure before the first piece, most often the only one
        pdf.set_font(name, size=words.size)
        pdf.text(x, words.y, piece)
        written = piece
