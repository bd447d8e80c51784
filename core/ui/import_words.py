"""The words of the import screen for formats, separators, date orders and fields. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.domain.messages import Problem
from core.i18n import Texts
from core.ui.text import plain


def format_name(t: Texts, code: str) -> str:
    """A file format."""
    return {
        "csv": "CSV",
        "xlsx": "Excel (XLSX)",
        "ods": "OpenDocument (ODS)",
        "fec": t("Accounting ledger (FEC)"),
        "facturx": "Factur-X",
        "cii": t("Electronic invoice (CII)"),
        "ubl": t("Electronic invoice (UBL)"),
    }.get(code, plain(code))


def separator(t: Texts, mark: str) -> str:
    """The sign between two columns."""
    names = {";": t("semicolon"), ",": t("comma"), "\t": t("tab"), "|": t("vertical bar")}
    return names.get(mark, plain(mark))


def date_orders(t: Texts) -> dict[str, str]:
    """How three numbers make a day."""
    return {
        "dmy": t("Day, month, year (31/12/2026)"),
        "mdy": t("Month, day, year (12/31/2026)"),
        "ymd": t("Year, month, day (26-12-31)"),
    }


def choices(t: Texts, keys: Sequence[str], label: Callable[[Texts, str], str]) -> dict[str, str]:
    """A list to choose from that starts with "as in the file"."""
    return {"": t("As in the file"), **{key: label(t, key) for key in keys}}


def place(t: Texts, problem: Problem) -> str:
    """The line of the file, "" for what is no line."""
    digits = "".join(c for c in problem.where if c.isdigit())
    line = problem.line or int(digits or 0)
    return t.number(line) if line else ""
