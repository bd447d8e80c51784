"""Aged balances for screens and reports. Sums nothing itself."""

from __future__ import annotations

from core.domain.ageing import BANDS, UNDATED
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import balances

NAMES = (*(name for name, _, _ in BANDS), UNDATED)


@service(Right.READ)
def aged_balance(ctx: Ctx, creditor_id: int | None = None) -> dict[int, dict[str, int]]:
    """Principal still owed by creditor and age band, in cents; every band is there, zero included."""
    found: dict[int, dict[str, int]] = {}
    for row in _rows(ctx, creditor_id):
        found.setdefault(row.creditor_id, dict.fromkeys(NAMES, 0))[row.band] = row.outstanding
    return found


def _rows(ctx: Ctx, creditor_id: int | None) -> tuple[balances.AgedRow, ...]:
    if creditor_id is None:
        return balances.aged_of_all(ctx.store, ctx.today)
    with ctx.store.read() as reader:
        return balances.aged(reader, ctx.today, creditor_id)
