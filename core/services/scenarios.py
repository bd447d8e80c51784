"""The scenarios in force (shipped, or a lead's version), which debtors follow which, where a case stands. Sends nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.domain.scenarios import CHANNELS, Next, Scenario, Step, next_step, profile_of, standard_of
from core.law.scenarios import TEMPLATES, scenario_of, shipped_scenarios
from core.services import contact_policy, contact_record, scenario_facts
from core.services.context import Ctx, service
from core.services.refusals import empty_field, unknown_choice
from core.store import overlays, reminders
from core.store import scenarios as rows
from core.store.overlays import Overlay
from core.store.reminders import ReminderRow
from core.store.scenarios import Chosen, DueCount, FactsRow
from core.store.unit import Reader

__all__ = [
    "CHANNELS", "TEMPLATES", "CaseLine", "DueCount", "ScenarioView", "StepEntry", "back_to_shipped", "case_line", "catalogue", "choices",
    "choose", "chosen", "creditors", "in_force", "laid_of", "lead", "pause", "resume", "save_scenario", "scenario_of_case", "try_out",
]  # fmt: skip
KIND, CHOICE = "scenario", "scenario_choice"
DEBTORS = ("individual", "business", "association", "public")
SHIPPED = "{}"  # the content of a version that goes back to the file
FOR_GOOD = dt.date.max


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


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Where a case stands: its scenario, what was done, what comes next and why, whether it is paused and why."""

    scenario: Scenario
    next: Next
    done: tuple[ReminderRow, ...]
    paused_until: dt.date | None
    reason: str
    row_version: int


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
def save_scenario(ctx: Ctx, key: str, gap: int, steps: tuple[StepEntry, ...], seen: int) -> int:
    """Change the steps of a scenario: one more version, from the next run on. Returns the version.

    Raises Refusal with what is not as foreseen; "changed-meanwhile" when another version came since `seen`.
    """
    scenario = _edited(ctx, key, gap, steps)
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


@service(Right.READ)
def try_out(ctx: Ctx, key: str, gap: int, steps: tuple[StepEntry, ...]) -> tuple[DueCount, ...]:
    """What a scenario as typed would have due today on the portfolio as it is, by level and by what keeps it back. Writes nothing."""
    scenario = _edited(ctx, key, gap, steps)
    with ctx.store.read() as reader:
        found = in_force(reader) | {key: scenario}
        following = scenario_facts.following(found, ctx.today)
        counts = rows.due_counts(reader, ctx.day, chosen(reader, found), following)
    return tuple(one for one in counts if one.scenario == key)


def content_of(scenario: Scenario) -> str:
    """A scenario as it is kept: JSON that the strict reader of the files reads."""
    kept: dict[str, Any] = asdict(scenario)
    kept["label"] = {lang: scenario.label.of(lang) for lang in ("fr", "en")}
    for part in ("steps", "before"):
        kept[part] = [{name: value for name, value in one.items() if name != "level"} for one in kept[part]]
    return json.dumps(kept, ensure_ascii=False)


def _edited(ctx: Ctx, key: str, gap: int, steps: tuple[StepEntry, ...]) -> Scenario:
    """What was typed, read as strictly as a file."""
    with ctx.store.read() as reader:
        found = in_force(reader).get(key)
    if found is None:
        raise unknown_choice("scenario", key)
    typed = tuple(
        Step(n, *(getattr(one, name) for name in StepEntry.__dataclass_fields__)) for n, one in enumerate(steps, 1)
    )
    return scenario_of(content_of(replace(found, gap=gap, steps=typed)), str(msg("what was typed")))


@service(Right.READ)
def creditors(ctx: Ctx) -> tuple[tuple[int, str], ...]:
    """Every creditor, by name."""
    with ctx.store.read() as reader:
        return rows.creditor_ids(reader)


@service(Right.READ)
def choices(ctx: Ctx, creditor_id: int) -> tuple[Mapping[str, str], int]:
    """Which scenario each kind of debtor follows at a creditor (0: at all others), and the version of that choice."""
    with ctx.store.read() as reader:
        found = in_force(reader)
        last = _last_choice(reader)
    kept = last.get(_choice_key(creditor_id))
    return _laid(found, last, creditor_id), kept.version if kept else 0


@service(Right.SETTINGS)
def choose(ctx: Ctx, creditor_id: int, by_kind: Mapping[str, str], seen: int) -> int:
    """Say which scenario each kind of debtor follows at a creditor (0: by default).

    Raises Refusal "choice-unknown", "changed-meanwhile".
    """
    with ctx.write() as unit:
        known = in_force(unit)
        for kind, key in by_kind.items():
            if kind not in DEBTORS or key not in known:
                raise unknown_choice(f"scenario_{kind}", key)
        overlays.add(unit, CHOICE, _choice_key(creditor_id), json.dumps(dict(by_kind)), "", None, seen)
        unit.audit("scenario.chosen", "creditor", creditor_id, choice=dict(by_kind))
    return seen + 1


def chosen(reader: Reader, found: Mapping[str, Scenario]) -> tuple[Chosen, ...]:
    """The scenario of each kind of debtor: of all (creditor 0), then at the creditors where another was chosen."""
    last = _last_choice(reader)
    usual = _laid(found, last, 0)
    apart = [
        Chosen(creditor, kind, key)
        for creditor, _ in rows.creditor_ids(reader)
        if _choice_key(creditor) in last
        for kind, key in _laid(found, last, creditor).items()
        if key != usual[kind]
    ]
    return (*(Chosen(0, kind, key) for kind, key in usual.items()), *apart)


def laid_of(chosen_rows: Iterable[Chosen]) -> dict[tuple[int, str], str]:
    """The same by creditor and kind of debtor."""
    return {(one.creditor_id, one.kind): one.scenario for one in chosen_rows}


def _choice_key(creditor_id: int) -> str:
    return f"creditor:{creditor_id}" if creditor_id else "agency"


def _last_choice(reader: Reader) -> dict[str, Overlay]:
    return {one.key: one for one in overlays.all_of(reader, CHOICE)}


def _laid(found: Mapping[str, Scenario], last: Mapping[str, Overlay], creditor_id: int) -> dict[str, str]:
    """The standard scenario of each kind, what the house chose laid over it, then what was chosen for the creditor."""
    every = tuple(found.values())
    standard = {kind: standard_of(every, profile_of(kind)) for kind in DEBTORS}
    laid = {kind: one.key for kind, one in standard.items() if one}
    for key in dict.fromkeys(("agency", _choice_key(creditor_id))):
        if key in last:
            laid |= json.loads(last[key].content)
    return laid


def scenario_of_case(row: FactsRow, found: Mapping[str, Scenario], laid: Mapping[tuple[int, str], str]) -> Scenario:
    """The scenario of a case: chosen for it, or that of its creditor and kind of debtor."""
    return found[row.scenario if row.scenario in found else laid.get((row.creditor_id, row.kind), laid[0, row.kind])]


def lead(found: Mapping[str, Scenario]) -> int:
    """The longest delay before an expected payment, in days."""
    return max((-step.days for one in found.values() for step in one.before), default=0)


@service(Right.READ)
def case_line(ctx: Ctx, case_id: int) -> CaseLine:
    """Where a case stands in its scenario today. Raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        contact_record.head(reader, case_id)
        found = in_force(reader)
        laid = laid_of(chosen(reader, found))
        events = scenario_facts.expected(reader, ctx.today, lead(found), case_id)
        row, facts = scenario_facts.read(reader, (case_id,), ctx.today, events)[0]
        scenario = scenario_of_case(row, found, laid)
        days = scenario_facts.local_days(contact_policy.of_agency(reader), row)
        return CaseLine(
            scenario,
            next_step(scenario, facts, ctx.today, days),
            tuple(reversed(reminders.of_case(reader, case_id))),
            facts.paused_until if facts.paused_until and facts.paused_until >= ctx.today else None,
            row.reason or "",
            row.row_version,
        )


@service(Right.WORK)
def pause(ctx: Ctx, case_id: int, until: dt.date | None, reason: str, seen: int) -> None:
    """Leave a case out of its scenario until a day (None: for good), with a reason; what waited for a word is dropped.

    Raises Refusal "field-empty" on reason, "date-past" on until, "case-unknown", "changed-meanwhile".
    """
    if not reason.strip():
        raise refuse("field-empty", empty_field("reason").reason, msg("Say why, in objective words."), field="reason")
    if until is not None and until < ctx.today:
        raise refuse(
            "date-past",
            msg("{day} is past.", day=until),
            msg("Choose today or a day to come."),
            field="until",
            value=until.isoformat(),
        )
    with ctx.write() as unit:
        contact_record.head(unit, case_id)
        end = (until or FOR_GOOD).isoformat()
        reminders.stand(
            unit, case_id, seen, paused_until=end, paused_by=unit.actor_id, reason_text_id=unit.text(reason)
        )
        for row in reminders.of_case(unit, case_id):
            if row.state == "waiting":
                reminders.settle(unit, row, "dropped")
        unit.audit("scenario.paused", "case", case_id, until=end)


@service(Right.WORK)
def resume(ctx: Ctx, case_id: int, seen: int) -> None:
    """Take a case back into its scenario: the next step counts from what was really done. Raises Refusal "changed-meanwhile"."""
    with ctx.write() as unit:
        contact_record.head(unit, case_id)
        reminders.stand(unit, case_id, seen, paused_until=None, paused_by=None, reason_text_id=None)
        unit.audit("scenario.resumed", "case", case_id)
