"""The result codes as this agency has them: shipped, with what a lead edited laid over. The one door for every reader; edits nothing."""

from __future__ import annotations

from core.law import result_edits
from core.law.results import ResultCode
from core.store import overlays
from core.store.unit import Reader

KIND = "result"


def known(reader: Reader) -> tuple[ResultCode, ...]:
    """Every code, those no longer offered too: what was logged with them stays readable."""
    return result_edits.laid(overlays.all_of(reader, KIND)).codes
