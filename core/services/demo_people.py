"""What the demonstration does of tracing before it says that a debtor was not found. Writes no row itself."""

from __future__ import annotations

import datetime as dt

from core.domain.rights import Right
from core.services import tracing
from core.services.context import Ctx, service
from core.services.tracing import StepEntry
from core.services.tracing_gate import NOT_FOUND

__all__ = ["NOT_FOUND", "traced"]


@service(Right.WORK)
def traced(ctx: Ctx, case_id: int) -> None:
    """Every compulsory step of the case, today, without result, and its end."""
    until = ctx.today + dt.timedelta(days=tracing.tracing_data().days)
    number = tracing.open_tracing(ctx, case_id, 0, until, f"demo-tracing-{case_id}")
    for source in tracing.tracing_of(ctx, case_id).missing:
        entry = StepEntry(source.code, ctx.today, "nothing")
        tracing.record_step(ctx, number, entry, f"demo-tracing-{case_id}-{source.code}")
    row = tracing.tracing_of(ctx, case_id).running
    if row:
        tracing.end_tracing(ctx, number, row.row_version, "not_found")
