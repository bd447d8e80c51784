"""The open placement format, version 1, as files: schema, CSV samples, blank workbook, rows written back. Checks no line.

A creditor may build such a file from any system; `docs/placement-format.md` says how. The fields are defined once, in
`core.domain.placement_fields` and `takeover_fields`; everything here is drawn from them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.domain.placement_fields import DEBT_FIELDS, VERSION, Field
from core.domain.takeover_fields import BY_KEY, RECORD_KINDS, RecordKind
from core.exchange.blank_workbook import blank_workbook
from core.exchange.placement_samples import SAMPLES

__all__ = ["FIELDS", "RECORD_KINDS", "VERSION", "blank_workbook", "csv_bytes", "published_files", "row_texts", "schema"]

FIELDS = DEBT_FIELDS
"""The columns of the sheet of debts, in order."""
_LIKE_A_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d+$)")  # OWASP, CSV injection; +33612345678 stays a number
_TYPES = {"text": "string", "digits": "string", "enum": "string", "date": "date", "amount": "number", "rate": "number"}


def csv_bytes(kind: str, rows: Iterable[Mapping[str, Any]], names: Sequence[str] = ()) -> bytes:
    """A CSV of the format: French headings, semicolons, UTF-8 with its mark so that a spreadsheet reads the accents.

    `rows` hold values by field name: days, cents and keys as the checks give them, or texts; `names` restricts the columns.
    A text that starts like a formula gets an apostrophe in front, so that no spreadsheet computes it.
    """
    described = BY_KEY[kind]
    fields = [f for f in described.fields if not names or f.name in names]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([f.heading for f in fields])
    writer.writerows(row_texts(fields, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def row_texts(fields: Sequence[Field], row: Mapping[str, Any]) -> list[str]:
    """The cells of one line: days as dd/mm/yyyy, cents as 1234,56, keys as the French words of the format."""
    return [VERSION if f.name == "format_version" else _cell(f, row.get(f.name)) for f in fields]


def _cell(of: Field, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if of.kind == "amount" and isinstance(value, int):
        return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02d}"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if of.kind == "enum":
        return next((c.word for c in of.choices if c.key == value), str(value))
    text = str(value)
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def schema() -> dict[str, Any]:
    """The format as a Table Schema data package (Frictionless standard, the one schema.data.gouv.fr publishes)."""
    return {
        "profile": "tabular-data-package",
        "name": "quittance-placement",
        "title": "Remise de créances à un cabinet de recouvrement",
        "version": VERSION,
        "licenses": [{"name": "CC0-1.0", "title": "Creative Commons Zero"}],
        "resources": [_resource(kind) for kind in RECORD_KINDS],
    }


def _resource(kind: RecordKind) -> dict[str, Any]:
    return {
        "name": kind.sheet,
        "title": str(kind.label),
        "path": f"{kind.key}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";", "header": True, "doubleQuote": True},
        "schema": {"fields": [_field(f) for f in kind.fields], "missingValues": [""]},
    }


def _field(of: Field) -> dict[str, Any]:
    """One field under its published heading."""
    constraints: dict[str, Any] = {"required": of.required}
    described: dict[str, Any] = {
        "name": of.heading,
        "title": str(of.label),
        "description": str(of.help),
        "type": _TYPES[of.kind],
        "example": of.example,
    }
    if of.kind == "date":
        described["format"] = "%d/%m/%Y"
    elif of.kind in {"amount", "rate"}:
        described |= {"decimalChar": ",", "bareNumber": True}
    elif of.kind == "enum":
        constraints["enum"] = [c.word for c in of.choices]
    else:
        constraints["maxLength"] = of.length
    return described | {"constraints": constraints}


def published_files() -> dict[str, bytes]:
    """What `data/formats/placement-v1` holds: the schema, and one sample CSV a kind of line."""
    files = {"schema.json": (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode()}
    for kind in RECORD_KINDS:
        files[f"{kind.key}.csv"] = csv_bytes(kind.key, SAMPLES[kind.key])
    return files
