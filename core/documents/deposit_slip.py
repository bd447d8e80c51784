"""The deposit slip of registered letters (bordereau de dépôt): one line a letter, the number, the place for the stamp. Posts nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.cells import Column
from core.documents.parties import Agency
from core.documents.sheet import Sheet
from core.i18n import Texts

STAMP = 45.0  # millimetres left to the stamp of the post office


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One registered letter: to whom, where, its reference, its tracking number when it is known."""

    debtor: str
    address: str
    reference: str
    tracking: str = ""


def deposit_slip(
    number: str, day: dt.date, lines: Sequence[SlipLine], agency: Agency, created_at: dt.datetime, t: Texts
) -> bytes:
    """The slip as PDF bytes."""
    sheet = Sheet(t("Deposit slip of registered letters"), agency, t, created_at)
    sheet.reference = number
    sheet.gap(14)
    sheet.main_title(t("Slip {number} of {day}", number=number, day=t.date(day)))
    sheet.paragraph(
        t.n(
            "{n} registered letter with advice of receipt.",
            "{n} registered letters with advice of receipt.",
            len(lines),
        )
    )
    columns = [
        Column(t("No."), 10),
        Column(t("Addressee"), 42),
        Column(t("Address"), 44),
        Column(t("Letter"), 40),
        Column(t("Registered number"), 34),
    ]
    rows = [
        [str(n), one.debtor, ", ".join(one.address.splitlines()), one.reference, one.tracking]
        for n, one in enumerate(lines, 1)
    ]
    sheet.table(columns, rows)
    sheet.room_for(STAMP)
    sheet.columns(
        [t("For the agency"), t("Date and signature:")],
        [t("Post office: date stamp and signature")],
    )
    sheet.gap(STAMP - 15)
    return sheet.pdf()
