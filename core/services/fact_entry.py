"""A legal fact as a person types it, before anything is checked. Checks nothing, writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact as typed: `debt_id` None for the whole case, cents, percent a year; `proof` is the name and bytes of a file to keep.

    `evidence` names what proves the fact, in words; it may stay empty, and the register then asks for it. `since` and `basis` are those
    of LegalFact; `beyond` says why a title grants more than the debt, "" elsewhere.
    """

    case_id: int
    kind: str
    on: dt.date | None
    debt_id: int | None = None
    until: dt.date | None = None
    amount: int | None = None
    rate: Decimal | None = None
    evidence: str = ""
    proof: tuple[str, bytes] | None = None
    since: dt.date | None = None
    basis: str = ""
    beyond: str = ""
