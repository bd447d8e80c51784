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
    with ctx.store.read() as reader:
        found: dict[int, dict[str, int]] = {}
        for row in balances.aged(reader, ctx.today, creditor_id):
            found.setdefault(row.creditor_id, dict.fromkeys(NAMES, 0))[row.band] = row.outstanding
        return found
