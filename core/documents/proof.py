"""Computations on paper: articles as numbered footnotes, and the whole proof of a figure as an annex. Computes nothing.

Source of the wording: the same object that the screen draws (core.domain.computation), so both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.documents.cells import Column
from core.documents.sheet import LEFT, RIGHT, Sheet
from core.domain.computation import Computation
from core.domain.interest import Segment
from core.i18n import Texts
from core.i18n.notes import Notes
from core.i18n.proof import Line, lines
from core.i18n.quantities import first_day, rate, sure

STEP, DEEPEST = 5.0, 8  # millimetres of one level, and the levels that are still set further to the right
SIZE, SMALL = 8.5, 7.5  # points
STAR = "\u00a0*"  # beside a figure that is to be confirmed; a legend says what it means


class Footnotes(Notes):
    """The notes of a document, drawn at its end."""

    def draw(self, sheet: Sheet, heading: str) -> None:
        """The articles with their numbers, at the end of the document."""
        if not self.numbers:
            return
        sheet.heading(heading)
        for article, number in self.numbers.items():
            sheet.lines(f"({number}) {article}", size=SIZE)


def marked(t: Texts, text: str, figure: Computation) -> str:
    """A figure's text with its mark when something that it stands on is to be confirmed."""
    return text if sure(figure.weakest) else t("{figure} (to be confirmed)", figure=text)


def periods(sheet: Sheet, segments: Sequence[Segment], notes: Footnotes, t: Texts) -> None:
    """Interest by periods: first and last day counted, days, base, rate, amount, texts; nothing for no period."""
    if not segments:
        return
    columns = [
        Column(t("From (included)"), 30),
        Column(t("To (included)"), 26),
        Column(t("Days"), 16, amount=True),
        Column(t("On"), 32, amount=True),
        Column(t("Yearly rate"), 26, amount=True),
        Column(t("Interest"), 26, amount=True),
        Column(t("Texts"), 14),
    ]
    rows = [
        [
            t.date(first_day(one.start)),
            t.date(one.end),
            t.number(one.days),
            t.money(one.base),
            rate(t, one.rate) + ("" if sure(one.certainty) else STAR),
            t.money(one.amount),
            notes.cite(one.articles).strip("\u00a0"),
        ]
        for one in segments
    ]
    sheet.table(columns, rows, size=8.0)


def rates_used(sheet: Sheet, segments: Iterable[Segment], notes: Footnotes, t: Texts) -> None:
    """Each rate that some periods used, once, with all it stands on."""
    proofs: dict[str, Computation] = {}
    for one in segments:
        if one.proof is not None:
            proofs.setdefault(f"{t.render(one.proof.label)} {one.proof.value} {one.proof.formula}", one.proof)
    if not proofs:
        return
    sheet.heading(t("Rates used"), t("Interest = sum × rate × days ÷ 365, each period rounded half up to the cent."))
    for proof in proofs.values():
        notes.cite(proof.all_articles)
        annex(sheet, t, proof)


def legend(t: Texts) -> str:
    """What the star beside a figure means."""
    return t("* to be confirmed: rests on a text that was not read in its official version.")


def annex(sheet: Sheet, t: Texts, figure: Computation, deepest: int = 99) -> None:
    """The figure and all it stands on, each level set further in."""
    for line in lines(t, figure, deepest):
        _line(sheet, t, line)
    sheet.gap(3)


def _line(sheet: Sheet, t: Texts, line: Line) -> None:
    x = LEFT + STEP * min(line.depth, DEEPEST)
    room = RIGHT - x
    more = ((f"= {line.formula}" if line.formula else ""), line.source, line.articles, line.doubt, *line.remarks)
    text = t("{label}: {value}", label=line.label, value=line.value) + (STAR if line.unsure else "")
    sheet.room_for(9)
    sheet.lines(text, x=x, room=room, size=SIZE, bold=not line.depth)
    for said in filter(None, more):
        sheet.lines(said, x=x + 2, room=room - 2, size=SMALL, grey=70)
