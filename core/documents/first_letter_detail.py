"""The annex of a first letter: how the interest and the indemnity it claims were computed, period by period. Claims nothing itself.

Source: CPCE R.124-4 3° (each element of the claim apart), the same computations as the screen and the statement of amounts.
"""

from __future__ import annotations

from core.documents.cells import Column
from core.documents.proof import STAR, Footnotes, legend, periods, rates_used
from core.documents.sheet import Sheet
from core.domain.computation import Computation
from core.domain.first_letter import FirstLetter
from core.domain.letter import Letter
from core.i18n import Texts
from core.i18n.quantities import sure


def accessories(sheet: Sheet, letter: FirstLetter | Letter, t: Texts) -> None:
    """Draw the annex after the letter; nothing when it claims no accessory."""
    if not letter.accessories:
        return
    sheet.room_for(60)
    sheet.heading(t("How interest and indemnity were computed"), t("On {day}", day=letter.dated))
    notes = Footnotes()
    for one in letter.accessories:
        sheet.room_for(30)
        sheet.lines(t("Debt {ref}", ref=one.ref), bold=True)
        periods(sheet, one.segments, notes, t)
        rows = [_row(t, figure, notes) for figure in one.figures]
        sheet.table([Column(t("Item"), 132), Column(t("Amount"), 38, amount=True)], rows, size=8.5)
    rates_used(sheet, [segment for one in letter.accessories for segment in one.segments], notes, t)
    if any(not sure(figure.weakest) for one in letter.accessories for figure in one.figures):
        sheet.paragraph(legend(t), size=9)
    notes.draw(sheet, t("Texts applied"))


def _row(t: Texts, figure: Computation, notes: Footnotes) -> list[str]:
    amount = t.money(figure.value if isinstance(figure.value, int) else 0)
    return [t.render(figure.label) + notes.cite(figure.all_articles), amount + ("" if sure(figure.weakest) else STAR)]
