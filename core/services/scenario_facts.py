"""Turns what the store knows of a case into the facts of its scenario, and the house's hours into open days. Decides no step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from core.domain.calendar import holiday_on
from core.domain.contact_policy import ContactPolicy
from core.domain.dates import day_of
from core.domain.plan_course import Received
from core.domain.promise_course import Promised, promise_states
from core.domain.scenario_choice import CHOSEN, FRAGILE, toned
from core.domain.scenarios import TONES, CaseFacts, OpenDay, Scenario
from core.law.calendar_rules import deadline_rules, territory_of_postcode
from core.services import contact_policy, plan_follow, promise_grace, scenario_choice
from core.store import plans, reminders, scenarios
from core.store.scenario_due import Asked, NextStep
from core.store.scenarios import FactsRow
from core.store.unit import Reader

Events = dict[int, dict[str, dt.date]]


def open_days(policy: ContactPolicy, territory: str = "") -> OpenDay:
    """Whether the house works on a day: within its contact policy's days, holidays of all France and of a territory left out."""
    holidays = deadline_rules().holidays

    def is_open(day: dt.date) -> bool:
        return bool(policy.on(day.weekday())) and (policy.holidays or holiday_on(day, holidays, territory) is None)

    return is_open


def house_days(reader: Reader) -> OpenDay:
    """The open days of the agency itself."""
    return open_days(contact_policy.of_agency(reader))


def asked(reader: Reader, found: Mapping[str, Scenario], today: dt.date) -> Asked:
    """What the statement of the due steps asks of every case on a day."""
    chosen = scenario_choice.chosen(reader, found, today.isoformat())
    tones = {code: tone for code, tone in scenario_choice.tones(reader).items() if tone != CHOSEN}
    others = {(key, tone): toned(found, key, tone).key for key in found for tone in TONES}
    return Asked(today.isoformat(), tuple(found), chosen, tones, FRAGILE, others, following(found, today))


def following(found: Mapping[str, Scenario], today: dt.date) -> tuple[NextStep, ...]:
    """The step that follows each level of each scenario, its delays turned into the days that the statement compares with."""
    return tuple(step for scenario in found.values() for step in _steps(scenario, today))


def _steps(scenario: Scenario, today: dt.date) -> Iterator[NextStep]:
    levels = [(step.level, 0, step.level) for step in scenario.steps] + [(0, 0, 0), (0, 1, scenario.first_level)]
    for done, lettered, level in levels:
        step = scenario.after(level)
        if step is None:
            continue
        wait = scenario.wait(step, level) if level else 0
        days = wait if step.anchor == "previous" else step.days
        anchor_on = (today - dt.timedelta(days=days)).isoformat()
        before_on = (today - dt.timedelta(days=wait)).isoformat() if level else ""
        yield NextStep(
            scenario.key, done, lettered, step.level, step.anchor, anchor_on, before_on, step.channel, scenario.stops
        )


def expected(reader: Reader, today: dt.date, days: int, case_id: int = 0) -> Events:
    """The payments still expected within some days, by case and kind: a promise not kept yet, the next instalment not paid yet."""
    until = (today + dt.timedelta(days=days)).isoformat()
    found: Events = {}
    for case, kind, _ in scenarios.expecting(reader, today.isoformat(), until, case_id):
        came = plan_follow.received(reader, case)
        on = _promise(reader, case, came, today) if kind == "promise" else _instalment(reader, case, came, today)
        if on:
            found.setdefault(case, {})[kind] = on
    return found


def _promise(reader: Reader, case_id: int, came: Sequence[Received], today: dt.date) -> dt.date | None:
    day, rows = dt.date.fromisoformat, plans.promises(reader, case_id)
    given = [row for row in rows if row.cancelled_on is None]
    promised = [Promised(row.amount, day(row.made_on), day(row.due_on), row.grace) for row in given]
    states = promise_states(promised, came, today=today, grace=promise_grace.of_house(reader))
    awaited = (one.due_on for one, (state, _) in zip(promised, states, strict=True) if state == "pending")
    return min((on for on in awaited if on >= today), default=None)


def _instalment(reader: Reader, case_id: int, came: tuple[Received, ...], today: dt.date) -> dt.date | None:
    row = plans.plan(reader, plans.running(reader, case_id) or 0)
    grace = plan_follow.rule(reader).days
    due = plan_follow.replayed(row, plans.instalments(reader, row.id), came, today, grace).next if row else None
    return due.on if due and due.on >= today else None


def facts_of(
    row: FactsRow, today: dt.date, events: Mapping[str, dt.date], reminded: frozenset[tuple[int, dt.date]]
) -> CaseFacts:
    """The facts of one case."""
    day = dt.date.fromisoformat
    stops: dict[str, dt.date | None] = {}
    if row.held_kind:
        stops["held"] = day(row.held_until) if row.held_until else None
    if row.promise_on:
        stops["promise"] = day(row.promise_on)
    if row.replied:
        stops["reply"] = None
    if row.proceeding:
        stops["proceeding"] = None
    if row.limitation_on and day(row.limitation_on) < today:
        stops["time_barred"] = None
    return CaseFacts(
        placed_on=day(row.placed_on),
        balance=row.balance,
        open=row.status == "open",
        due_on=day_of(row.oldest_due_on),
        first_letter_on=day_of(row.first_letter_on),
        level=row.level,
        done_on=day_of(row.done_on),
        stops=stops,
        held_kind=row.held_kind or "",
        events=events,
        reminded=reminded,
        paused_until=day_of(row.paused_until),
        acted_on=day_of(row.acted_on),
        pending=bool(row.pending),
        letter_ready=bool(row.letter_ready),
    )


def read(
    reader: Reader, case_ids: Sequence[int], today: dt.date, events: Events
) -> tuple[tuple[FactsRow, CaseFacts], ...]:
    """The rows and facts of some cases, in their order."""
    told = reminders.reminded(reader, case_ids)
    return tuple(
        (row, facts_of(row, today, events.get(row.case_id, {}), _reminded(told.get(row.case_id, set()))))
        for row in scenarios.facts(reader, case_ids)
    )


def local_days(policy: ContactPolicy, row: FactsRow) -> OpenDay:
    """The open days where the debtor of a case lives."""
    return open_days(policy, territory_of_postcode(row.postcode))


def _reminded(rows: set[tuple[int, str]]) -> frozenset[tuple[int, dt.date]]:
    return frozenset((level, dt.date.fromisoformat(on)) for level, on in rows)
