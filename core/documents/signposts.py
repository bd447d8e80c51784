"""The sheet that tells a debtor where free help is found: what each place does and how to reach it. It asks for no payment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.documents.parties import Agency, Person
from core.documents.sheet import Sheet
from core.i18n import Texts


@dataclass(frozen=True, slots=True)
class Help:
    """One place, in the reader's language."""

    name: str
    does: str
    reach: str


@dataclass(frozen=True, slots=True)
class Signposts:
    """Everything the sheet says."""

    on: dt.date
    created_at: dt.datetime  # with its time zone: part of the bytes of the file
    agency: Agency
    debtor: Person
    case_reference: str
    helps: tuple[Help, ...]


def signposts_pdf(model: Signposts, t: Texts) -> bytes:
    """The sheet on one page, in the language of `t`; the same model gives the same bytes."""
    sheet = Sheet(t("Where to find help"), model.agency, t, model.created_at)
    sheet.window(model.debtor)
    sheet.beside_window([t("On {day}", day=model.on), t("Case reference: {reference}", reference=model.case_reference)])
    sheet.main_title()
    sheet.paragraph(
        t("These services are free and independent of us and of the creditor. You may turn to them at any time.")
    )
    for one in model.helps:
        sheet.heading(one.name)
        sheet.paragraph(one.does)
        sheet.paragraph(t("How to reach them: {where}", where=one.reach), bold=True)
    sheet.gap(2)
    sheet.paragraph(
        t("This sheet asks for no payment and sets no time limit. If you wish, tell us how you prefer to be contacted.")
    )
    return sheet.pdf()
