"""What a scenario as typed would have due today on the portfolio as it is. Writes nothing and sends nothing."""

from __future__ import annotations

from core.domain.rights import Right
from core.services import scenario_facts, scenarios
from core.services.context import Ctx, service
from core.services.scenarios import StepEntry
from core.store import scenario_due
from core.store.scenario_due import DueCount

__all__ = ["DueCount", "try_out"]


@service(Right.READ)
def try_out(
    ctx: Ctx,
    key: str,
    gap: int,
    steps: tuple[StepEntry, ...],
    before: tuple[StepEntry, ...] | None = None,
    stops: tuple[str, ...] | None = None,
) -> tuple[DueCount, ...]:
    """The steps due today by level and by what keeps them back. Raises Refusal for what is not as foreseen."""
    scenario = scenarios.edited(ctx, key, gap, steps, before, stops)
    with ctx.store.read() as reader:
        found = scenarios.in_force(reader) | {key: scenario}
        asked = scenario_facts.asked(reader, found, ctx.today)
        return tuple(one for one in scenario_due.due_counts(reader, asked) if one.scenario == key)
