"""The blank XLSX that a creditor fills in: one sheet of instructions, one of debts, one a kind of takeover line. Reads nothing.

Columns of references, postcodes, telephones and company numbers are formatted as text before anyone types, because a
spreadsheet turns "01000" and "0612345678" into numbers and the zero is lost for good.
"""

from __future__ import annotations

import io
from typing import Any

from core.domain.messages import Message, msg
from core.domain.placement_fields import VERSION, Field
from core.domain.takeover_fields import RECORD_KINDS, RecordKind
from core.i18n import Texts, texts

GUIDE = {"fr": "mode d'emploi", "en": "instructions"}
_FORMATS = {"date": "DD/MM/YYYY", "amount": "#,##0.00", "rate": "0.00"}
_LIST_ROWS = 5000  # rows that offer the words of an enumeration


def blank_workbook(lang: str = "fr") -> bytes:
    """The workbook, its headings in French as the format wants, its explanations in the reader's language."""
    from openpyxl import Workbook

    t = texts(lang)
    book = Workbook()
    _guide(book.active, t, GUIDE.get(lang, GUIDE["fr"]))
    for kind in RECORD_KINDS:
        _sheet(book.create_sheet(kind.sheet), kind, t)
    book.properties.title = "Quittance placement v" + VERSION
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guide(sheet: Any, t: Texts, title: str) -> None:
    """Instructions, then every field with what it means."""
    from openpyxl.styles import Alignment, Font

    sheet.title = title
    sheet.append([t("Placement of debts, format version {version}", version=VERSION)])
    sheet["A1"].font = Font(bold=True, size=14)
    for message in _instructions():
        sheet.append([t.render(message)])
    sheet.append([])
    sheet.append([t("Sheet"), t("Column"), t("Meaning"), t("Required"), t("What to write"), t("Example")])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for kind in RECORD_KINDS:
        for of in kind.fields:
            yes = t("yes") if of.required else ""
            sheet.append([kind.sheet, of.heading, t.render(of.label), yes, t.render(of.help), of.example])
    for column, width in zip("ABCDEF", (16, 26, 34, 12, 80, 32), strict=True):
        sheet.column_dimensions[column].width = width
    for row in range(2, 2 + len(_instructions())):
        sheet.cell(row, 1).alignment = Alignment(wrap_text=False)


def _instructions() -> tuple[Message, ...]:
    return (
        msg("Fill in the sheet “creances”, one debt a line; leave the first line as it is."),
        msg("The other sheets are for cases already under way: leave them empty for new ones."),
        msg("Paste values only: a formula under an amount or a date refuses its line."),
        msg("Columns may be left empty or deleted, except those marked as required."),
    )


def _sheet(sheet: Any, kind: RecordKind, t: Texts) -> None:
    """Headings with their explanation, and columns that keep what is typed."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    for at, of in enumerate(kind.fields, 1):
        cell = sheet.cell(1, at, of.heading)
        cell.font = Font(bold=True)
        cell.number_format = "@"
        if of.required:
            cell.fill = PatternFill("solid", fgColor="FFE699")
        note = f"{t.render(of.label)}. {t.render(of.help)} {t('Example: {example}', example=of.example)}"
        cell.comment = Comment(note, "Quittance", height=120, width=280)
        column = sheet.column_dimensions[cell.column_letter]
        column.number_format = _FORMATS.get(of.kind, "@")
        column.width = max(14, len(of.heading) + 2, min(32, of.length // 3))
        if len(of.choices) > 1:
            _offer(sheet, cell.column_letter, of)
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, letter: str, of: Field) -> None:
    """A list of the words; another word is allowed, the import understands many."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ",".join(choice.word for choice in of.choices)
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    offered.add(f"{letter}2:{letter}{_LIST_ROWS}")
    sheet.add_data_validation(offered)
