"""What keeps a plan or a promise from being made on a case: a stop that forbids it. Opens no unit and lifts no stop."""

from __future__ import annotations

from core.domain.messages import Refusal, msg, refuse
from core.law.stops import HoldKind, load_hold_kinds
from core.services.context import Ctx
from core.store import course
from core.store.unit import Reader


def check(ctx: Ctx, reader: Reader, case_id: int) -> None:
    """Raises Refusal "plan-barred" while a stop of the whole case forbids any plan or promise, with its article and what to do
    (data/holds/kinds.yaml: C. com. L.622-7, C. conso. L.722-5, C. civ. 475, 771, 2240)."""
    stops = {hold.kind for hold in course.holds(reader, case_id, ctx.day) if hold.debt_ref is None}
    for kind in load_hold_kinds():
        if kind.kind in stops and kind.no_plan and kind.instead:
            raise _barred(ctx, kind)


def _barred(ctx: Ctx, kind: HoldKind) -> Refusal:
    why, instead = (label.of(ctx.lang) if label else "" for label in (kind.no_plan, kind.instead))
    return refuse(
        "plan-barred",
        msg("No plan and no promise is possible on this case: {why}.", why=why),
        msg("Do this first: {instead}", instead=instead),
        field="case", value=kind.kind,
    )  # fmt: skip
