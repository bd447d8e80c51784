"""What a spreadsheet would take for a formula in a cell of text, and how it is made harmless. Writes no file."""

from __future__ import annotations

import re
from typing import Any

_FORMULA = ("=", "+", "-", "@")
_CONTROL = ("\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula, even after spaces: a leading apostrophe, except before a plain number."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip(" ")):
        return value
    return f"'{value}" if value.startswith(_CONTROL) or value.lstrip().startswith(_FORMULA) else value
