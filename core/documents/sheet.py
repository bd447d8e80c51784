"""The shared page of every document: letterhead, address window, headings, paragraphs, tables, footer. Knows no business word.

It places items (core.documents.ink) from top to bottom, starts a page when one is full, and writes the footers once
the number of pages is known.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence

from core.documents import faces
from core.documents.cells import Column, cell
from core.documents.faces import LEADING
from core.documents.ink import Item, Picture, Rule, Shade, Told, Words, logo_size, pdf_bytes
from core.documents.parties import Agency, Person, grouped
from core.i18n import Texts

LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 20.0, 270.0  # millimetres: margins of A4, the footer lives below BOTTOM
WINDOW_X, WINDOW_Y, WINDOW_WIDE, WINDOW_HIGH = 110.0, 50.0, 80.0, 35.0  # right-hand window of a DL or C5/6 envelope
FOLDS = (99.0, 198.0)
BODY = 10.0  # points
LOGO_WIDE, LOGO_HIGH = 45.0, 18.0
FOOTER_HIGH = 15.0


class Sheet:
    """A document being laid out; `pdf()` gives its bytes, `pages()` its pages for a file of several documents."""

    def __init__(self, title: str, agency: Agency, t: Texts, created_at: dt.datetime, bottom: float = BOTTOM) -> None:
        if created_at.tzinfo is None:
            raise ValueError("created_at needs its time zone: the same document must give the same bytes everywhere")
        self.title, self.reference = title, ""  # the reference, if any, stands in the footer of each page
        self.agency, self.t = agency, t
        self._created_at, self._bottom = created_at, bottom  # the text ends there, the footer lives below
        self._pages: list[list[Item]] = []
        self._seen, self._said = list[str](), list[str]()  # all that is printed; the same without the cells of tables
        self._finished = False
        self.y = TOP
        self._start_page()
        self._letterhead()

    # -- text from top to bottom

    def lines(
        self,
        text: str,
        *,
        x: float = LEFT,
        room: float = RIGHT - LEFT,
        size: float = BODY,
        bold: bool = False,
        grey: int = 0,
    ) -> None:
        """`text` wrapped in `room` millimetres from `x`, line by line, over as many pages as it needs."""
        self._seen.append(text)
        self._said.append(text)
        for line in faces.wrap(text, room, size, bold):
            self.room_for(size * LEADING)
            self.y += size * LEADING
            self.place(Words(x, self.y - size * 0.09, line, size, bold, grey))

    def heading(self, text: str, note: str = "") -> None:
        """A section title, kept with what follows, and the article it comes from in grey under it."""
        self.gap(3)
        self.room_for(22)
        self.lines(text, size=11.5, bold=True)
        if note:
            self.lines(note, size=8.5, grey=90)
        self.gap(1.5)

    def paragraph(self, text: str, *, bold: bool = False, size: float = BODY) -> None:
        """A paragraph and the space after it."""
        self.lines(text, bold=bold, size=size)
        self.gap(2)

    def facts(self, pairs: Sequence[tuple[str, str]], label_wide: float = 50.0) -> None:
        """Label and value, one pair a line; a pair without value is left out."""
        for label, value in pairs:
            if not value:
                continue
            start = self._start_row(
                max(self._high(label, label_wide - 3), self._high(value, RIGHT - LEFT - label_wide))
            )
            self.lines(label, room=label_wide - 3, grey=90)
            after_label, self.y = self.y, start
            self.lines(value, x=LEFT + label_wide, room=RIGHT - LEFT - label_wide)
            self.y = max(self.y, after_label) + 0.8

    def framed(self, text: str, under: str = "") -> None:
        """A frame with one important line in bold and a smaller text under it."""
        inside = RIGHT - LEFT - 8
        high = 6 + self._high(text, inside, 14, bold=True) + (self._high(under, inside) if under else 0)
        self.room_for(high)
        self.place(Shade(LEFT, self.y, RIGHT - LEFT, high, 244, outlined=True))
        bottom = self.y + high
        self.y += 2.5
        self.lines(text, x=LEFT + 4, room=inside, size=14, bold=True)
        if under:
            self.lines(under, x=LEFT + 4, room=inside)
        self.y = bottom + 3

    def blank(self, text: str) -> None:
        """A place left for a missing fact, impossible to overlook: a dark frame with the words in bold."""
        high = 3 + self._high(text, RIGHT - LEFT - 6, BODY, bold=True)
        self.room_for(high)
        self.place(Shade(LEFT, self.y, RIGHT - LEFT, high, 222, outlined=True))
        bottom = self.y + high
        self.y += 1
        self.lines(text, x=LEFT + 3, room=RIGHT - LEFT - 6, bold=True)
        self.y = bottom + 2

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], total: Sequence[str] = (), size: float = 9.0
    ) -> None:
        """Rows under repeated titles; cells wrap, a row is never cut by a page, `total` ends it in bold, never alone on a page."""
        self.room_for(20)
        self._titles(columns, size)
        under = self._row_high(columns, total, size, bold=True) if total else 0.0
        for number, row in enumerate([*rows, total] if total else rows):
            last = number == len(rows)
            high = self._row_high(columns, row, size, bold=last)
            if self.y + high + (under if number == len(rows) - 1 else 0.0) > self._bottom:
                self.break_page()
                self._titles(columns, size)
            self._row(columns, row, size, bold=last)
        self.gap(3)

    def columns(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two blocks side by side, first line in bold: parties, signatures."""
        room = (RIGHT - LEFT) / 2 - 5
        start = self._start_row(max(sum(self._high(text, room) for text in block) for block in (left, right)))
        ends = []
        for block, x in ((left, LEFT), (right, LEFT + room + 10)):
            self.y = start
            for number, text in enumerate(block):
                self.lines(text, x=x, room=room, bold=number == 0)
            ends.append(self.y)
        self.y = max(ends)

    def place(self, item: Item) -> None:
        """An item already laid out (a code to scan), on the page being filled."""
        self._pages[-1].append(item)

    def gap(self, millimetres: float) -> None:
        """White space, dropped at the top of a page."""
        if self.y > TOP + 9:
            self.y += millimetres

    def room_for(self, millimetres: float) -> None:
        """Start a page if what comes does not fit."""
        if self.y + millimetres > self._bottom:
            self.break_page()

    def break_page(self) -> None:
        """Start a page, with the agency and the title repeated above a rule."""
        self._start_page()
        head = faces.wrap(f"{self.agency.name} · {self.title}", RIGHT - LEFT, 8.5)[0]
        self.place(Words(LEFT, TOP - 4, head, 8.5, grey=90))
        self.place(Rule(LEFT, TOP - 2, RIGHT, TOP - 2))
        self.y = TOP

    # -- the first page

    def window(self, person: Person) -> None:
        """The addressee in the window of the envelope, a long address set smaller so that it stays inside; fold marks."""
        texts = [person.name, *person.address]
        self._seen.extend(texts)
        self._said.append("\n".join(texts))
        size, placed = faces.fitted(texts, WINDOW_WIDE, WINDOW_HIGH, (10.5, 9.5, 8.5, 7.5, 6.5))
        for number, line in enumerate(placed, 1):
            self.place(Words(WINDOW_X, WINDOW_Y + number * size * LEADING, line, size))
        for fold in FOLDS:
            self.place(Rule(4, fold, 9, fold, 170))

    def beside_window(self, texts: Sequence[str]) -> None:
        """References at the left of the window; what follows starts under both."""
        self.y = max(self.y, WINDOW_Y)
        for text in texts:
            self.lines(text, room=WINDOW_X - LEFT - 8, size=9.5)
        self.y = max(self.y + 4, WINDOW_Y + WINDOW_HIGH + 2)

    def main_title(self, note: str = "") -> None:
        """The title of the document, and a line under it."""
        self.gap(2)
        self.lines(self.title, size=16, bold=True)
        if note:
            self.lines(note, size=9, grey=90)
        self.gap(3)

    def _letterhead(self) -> None:
        """The agency at the top left, clear of the window; the logo opposite."""
        agency = self.agency
        room = WINDOW_X - LEFT - 6
        self.y = 12.0
        self.lines(agency.name, room=room, size=13, bold=True)
        siren = self.t("SIREN {siren}", siren=grouped(agency.siren)) if agency.siren else ""
        for text in filter(None, (agency.legal_form, *agency.address, siren, agency.contact)):
            self.lines(text, room=room, size=8.5, grey=60)
        self.y += 4
        if agency.logo:
            self._logo(agency.logo)

    def _logo(self, content: bytes) -> None:
        """The logo in the top right corner, in proportion."""
        across, down = logo_size(content)
        scale = min(LOGO_WIDE / across, LOGO_HIGH / down)
        self.place(Picture(RIGHT - across * scale, 12.0, across * scale, down * scale, content))

    # -- the end

    @property
    def count(self) -> int:
        """How many pages are begun."""
        return len(self._pages)

    def pdf(self) -> bytes:
        """The bytes of the document."""
        return pdf_bytes(self.pages(), self.told())

    def told(self) -> Told:
        """What the file says of itself."""
        author, title = faces.printable(self.agency.name), faces.printable(self.title)
        return Told(title, author, self.t.locale.replace("_", "-"), self._created_at)

    def text(self) -> str:
        """What the document says in sentences, in its order, without the cells of its tables: what the legality check reads."""
        return "\n\n".join(self._said)

    def pages(self) -> list[list[Item]]:
        """The pages, finished once: a note on characters that could not be written as given, a footer on each page."""
        if not self._finished:
            self._finished = True
            self._note_replaced()
            for number, page in enumerate(self._pages, 1):
                self._footer(page, number)
        return self._pages

    def _note_replaced(self) -> None:
        replaced = faces.unprintable(self._seen)
        if not replaced:
            return
        codes = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in replaced)
        self.gap(3)
        said = self.t(
            "Characters that the fonts of this document lack, shown by the closest letter or a box: {codes}.",
            codes=codes,
        )
        self.lines(said, size=8, grey=60)

    def _footer(self, page: list[Item], number: int) -> None:
        page_of = self.t("Page {page} of {pages}", page=number, pages=len(self._pages))
        label = " · ".join(filter(None, (self.reference, page_of)))
        across = faces.width(faces.printable(label), 8)
        page.append(Rule(LEFT, self._bottom + 4, RIGHT, self._bottom + 4, 170))
        page.append(Words(RIGHT - across, self._bottom + 8.5, faces.printable(label), 8, grey=60))
        room = RIGHT - LEFT - across - 6
        size, mentions = faces.fitted([" · ".join(self.agency.mentions)], room, FOOTER_HIGH, (7.5, 6.5, 5.5))
        for row, line in enumerate(mentions):
            page.append(Words(LEFT, self._bottom + 8.5 + row * size * LEADING, line, size, grey=60))

    # -- small pieces

    def _start_page(self) -> None:
        self._pages.append([])

    def _start_row(self, high: float) -> float:
        """Where a row of `high` millimetres starts: on the next page if it does not fit here."""
        self.room_for(min(high, BOTTOM - TOP - 2))
        return self.y

    def _high(self, text: str, room: float, size: float = BODY, *, bold: bool = False) -> float:
        return len(faces.wrap(text, room, size, bold)) * size * LEADING

    def _row_high(self, columns: Sequence[Column], row: Sequence[str], size: float, *, bold: bool) -> float:
        cells = zip(columns, row, strict=True)
        high = max(len(cell(column, text, size, bold=bold)[1]) for column, text in cells) * size * LEADING + 1.6
        if high > BOTTOM - TOP - 20:
            raise ValueError("a cell of the table is longer than a page")
        return high

    def _titles(self, columns: Sequence[Column], size: float) -> None:
        titles = [column.title for column in columns]
        wide = sum(column.wide for column in columns)
        self.place(Shade(LEFT, self.y, wide, self._row_high(columns, titles, size, bold=True), 232))
        self._row(columns, titles, size, bold=True)

    def _row(self, columns: Sequence[Column], row: Sequence[str], size: float, *, bold: bool) -> None:
        self._seen.extend(row)
        high = self._row_high(columns, row, size, bold=bold)
        x = LEFT
        for column, text in zip(columns, row, strict=True):
            points, lines = cell(column, text, size, bold=bold)
            for number, line in enumerate(lines, 1):
                shift = column.wide - 1.5 - faces.width(line, points, bold) if column.amount else 1.5
                self.place(Words(x + shift, self.y + number * size * LEADING, line, points, bold))
            x += column.wide
        self.y += high
        self.place(Rule(LEFT, self.y, x, self.y, 190))
