"""Lays out why debtors do not pay, by creditor, as a table of the report. Reads no store and judges no reason."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.folding import fold
from core.domain.indicators import Unit
from core.domain.messages import msg
from core.domain.reporting import Cell, Column, Table
from core.law.reasons import load_reasons

UNKNOWN = "unknown"  # the kind that says nothing: told in the table, not drawn


def reasons(
    names: Mapping[int, str], said: Mapping[int, Mapping[str, int]], standing: Mapping[int, tuple[int, int]]
) -> Table:
    """One line a creditor with open cases: how many give each reason today, and how many gave none yet."""
    kinds = load_reasons().kinds
    codes = [kind.code for kind in kinds]
    shown = sorted(standing.keys() & names.keys(), key=lambda key: fold(names[key]))
    rows = tuple((names[key], *_counts(codes, said.get(key, {}), standing[key][0])) for key in shown)
    total = tuple(sum(value for row in rows if isinstance(value := row[at], int)) for at in range(1, len(codes) + 3))
    return Table(
        "reasons",
        msg("Reasons for non-payment by creditor"),
        msg(
            "Cases open today by the reason that stands, as it was said last; a case where nobody said one is under “Not asked yet”. "
            "The unknown ones are in the table only."
        ),
        (
            Column(msg("Creditor"), Unit.TEXT),
            *(Column(msg("{reason}", reason=kind.short)) for kind in kinds),
            Column(msg("Not asked yet")),
            Column(msg("Open cases")),
        ),
        rows,
        (msg("Total"), *total),
        bars=tuple(at for at, code in enumerate(codes, 1) if code != UNKNOWN),
        ids=tuple(shown),
    )


def _counts(codes: list[str], said: Mapping[str, int], cases: int) -> tuple[Cell, ...]:
    known = [said.get(code, 0) for code in codes]
    return (*known, cases - sum(said.values()), cases)
