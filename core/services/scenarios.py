"""The scenarios in force: shipped, or a lead's version laid over. Says not who follows which (services/scenario_choice), sends nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.domain.messages import msg
from core.domain.rights import Right
from core.domain.scenarios import CHANNELS, EVENTS, STOPS, Scenario, Step
from core.law.scenarios import BEFORE, TEMPLATES, scenario_of, shipped_scenarios
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import overlays
from core.store.overlays import Overlay
from core.store.unit import Reader

__all__ = [
    "CHANNELS", "EVENTS", "STOPS", "TEMPLATES", "ScenarioView", "StepEntry", "back_to_shipped", "catalogue", "edited", "in_force", "lead",
    "save_scenario",
]  # fmt: skip
KIND = "scenario"
SHIPPED = "{}"  # the content of a version that goes back to the file


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step as a lead types it."""

    anchor: str
    days: int
    channel: str
    template: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A scenario in force with its last version (0: as shipped) and the versions, the newest first."""

    scenario: Scenario
    version: int
    shipped: bool
    versions: tuple[Overlay, ...]


@service(Right.READ)
def catalogue(ctx: Ctx) -> tuple[ScenarioView, ...]:
    """Every scenario in force, in the order of the files."""
    with ctx.store.read() as reader:
        kept = overlays.all_of(reader, KIND)
        found = in_force(reader)
    views = []
    for key, scenario in found.items():
        versions = tuple(reversed([one for one in kept if one.key == key]))
        shipped = not versions or versions[0].content == SHIPPED
        views.append(ScenarioView(scenario, versions[0].version if versions else 0, shipped, versions))
    return tuple(views)


def in_force(reader: Reader) -> dict[str, Scenario]:
    """The scenarios by key, a lead's last version laid over the shipped one."""
    last = {one.key: one for one in overlays.all_of(reader, KIND)}
    found = dict(shipped_scenarios())
    for key, one in last.items():
        if key in found and one.content != SHIPPED:
            found[key] = scenario_of(one.content, f"scenario {key}, version {one.version}")
    return found


@service(Right.SETTINGS)
def save_scenario(
    ctx: Ctx,
    key: str,
    gap: int,
    steps: tuple[StepEntry, ...],
    seen: int,
    *,
    before: tuple[StepEntry, ...] | None = None,
    stops: tuple[str, ...] | None = None,
) -> int:
    """Change a scenario: one more version, from the next run on. Returns the version. None leaves `before` or `stops` as they are.

    Raises Refusal with what is not as foreseen; "changed-meanwhile" when another version came since `seen`.
    """
    scenario = edited(ctx, key, gap, steps, before, stops)
    with ctx.write() as unit:
        overlays.add(unit, KIND, key, content_of(scenario), "", None, seen)
        unit.audit("scenario.saved", "setting", seen + 1, scenario=key, steps=len(scenario.steps))
    return seen + 1


@service(Right.SETTINGS)
def back_to_shipped(ctx: Ctx, key: str, seen: int) -> int:
    """Go back to the scenario that ships, as one more version. Raises Refusal "changed-meanwhile", "choice-unknown"."""
    if key not in shipped_scenarios():
        raise unknown_choice("scenario", key)
    with ctx.write() as unit:
        overlays.add(unit, KIND, key, SHIPPED, "", None, seen)
        unit.audit("scenario.shipped_again", "setting", seen + 1, scenario=key)
    return seen + 1


def content_of(scenario: Scenario) -> str:
    """A scenario as it is kept: JSON that the strict reader of the files reads."""
    kept: dict[str, Any] = asdict(scenario)
    kept["label"] = {lang: scenario.label.of(lang) for lang in ("fr", "en")}
    for part in ("steps", "before"):
        kept[part] = [{name: value for name, value in one.items() if name != "level"} for one in kept[part]]
    return json.dumps(kept, ensure_ascii=False)


@service(Right.READ)
def edited(
    ctx: Ctx,
    key: str,
    gap: int,
    steps: tuple[StepEntry, ...],
    before: tuple[StepEntry, ...] | None = None,
    stops: tuple[str, ...] | None = None,
) -> Scenario:
    """What was typed, read as strictly as a file; None leaves `before` or `stops` as they are. Raises Refusal."""
    with ctx.store.read() as reader:
        found = in_force(reader).get(key)
    if found is None:
        raise unknown_choice("scenario", key)
    typed = replace(
        found,
        gap=gap,
        steps=_levels(steps, 1),
        before=found.before if before is None else _levels(before, BEFORE + 1),
        stops=found.stops if stops is None else tuple(name for name in STOPS if name in stops),
    )
    return scenario_of(content_of(typed), str(msg("what was typed")))


def _levels(steps: tuple[StepEntry, ...], first: int) -> tuple[Step, ...]:
    """Steps as typed, numbered in their order."""
    return tuple(Step(n, **asdict(one)) for n, one in enumerate(steps, first))


def lead(found: Mapping[str, Scenario]) -> int:
    """The longest delay before an expected payment, in days."""
    return max((-step.days for one in found.values() for step in one.before), default=0)
