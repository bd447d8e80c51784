"""A proceeding replayed from its events: steps done, time limits, what is possible next and what is missing. Reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.messages import Message, msg
from core.domain.procedure import Limit, Link, Procedure, Step
from core.domain.proceeding_events import Event, Value, denied, facts_of, holds, in_force
from core.domain.proceeding_limits import Count, Due, dues, missed_limit, waiting


@dataclass(frozen=True, slots=True)
class Option:
    """A step not done yet; `missing` says what prevents it today; `near` when only waiting or another act stands between."""

    step: Step
    missing: tuple[Message, ...]
    near: bool

    @property
    def ready(self) -> bool:
        """Whether it can be recorded today."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class TitleFound:
    """An enforceable title that the events gave."""

    kind: str
    on: dt.date
    amount: int | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a proceeding stands; an empty `outcome` means that it goes on; `conflicts` are events that no longer follow."""

    procedure: Procedure
    provisional: bool
    court: str
    facts: Mapping[str, Value]
    done: tuple[Event, ...]
    dues: tuple[Due, ...]
    options: tuple[Option, ...]
    outcome: str
    ended_on: dt.date | None
    title: TitleFound | None
    conflicts: tuple[Event, ...]

    @property
    def current(self) -> Step | None:
        """The last step done."""
        return self.procedure.steps[self.done[-1].kind] if self.done else None

    def due(self, key: str) -> Due | None:
        """A running time limit by its key."""
        return next((due for due in self.dues if due.limit.key == key), None)


def version_of(versions: Sequence[Procedure], events: Sequence[Event], opened_on: dt.date) -> tuple[Procedure, bool]:
    """The version chosen by the date of its `version_by`; until that is known, by the day of filing (or opening), and provisional."""
    standing = in_force(events)
    known = facts_of(versions[0], standing)
    chosen = known.get(versions[0].version_by)
    meanwhile = known.get(versions[0].meanwhile_by, opened_on.isoformat())
    day = dt.date.fromisoformat(str(chosen or meanwhile))
    return next(one for one in versions if one.valid_on(day)), not chosen


def replay(
    versions: Sequence[Procedure], events: Sequence[Event], court: str, opened_on: dt.date, today: dt.date, count: Count
) -> State:
    """The state that the events give, before one court, on a day. Missing facts are told in the options, never raised."""
    procedure, provisional = version_of(versions, events, opened_on)
    done: list[Event] = []
    conflicts: list[Event] = []
    outcome, ended_on = "", None
    for event in in_force(events):
        step = procedure.steps.get(event.kind)
        if step is None or outcome or not _opened(step, done, court, facts_of(procedure, done)):
            conflicts.append(event)
            continue
        done.append(event)
        outcome = _outcome(step, facts_of(procedure, done))
        ended_on = event.on if outcome else None
    facts = facts_of(procedure, done)
    running = tuple(dues(procedure, done, facts, court, today, ended_on, count))
    options = () if outcome else tuple(_options(procedure, done, facts, court, running, today))
    title = _title(procedure, done, facts)
    return State(
        procedure, provisional, court, facts, tuple(done), running, options, outcome, ended_on, title, tuple(conflicts)
    )


def _joined(links: Sequence[Link], court: str) -> list[Link]:
    return [one for one in links if court in (one.courts or (court,))]


def _opened(step: Step, done: Sequence[Event], court: str, facts: Mapping[str, Value]) -> bool:
    """Whether the course of the procedure has come to this step, and it is not closed."""
    kinds = {event.kind for event in done}
    if court not in step.courts or kinds.intersection(step.unless) or (step.key in kinds and not _again(step, facts)):
        return False
    comes = not step.after or any(one.step in kinds and holds(one.when, facts) for one in _joined(step.after, court))
    return comes and all(one.step in kinds for one in _joined(step.also, court))


def _again(step: Step, facts: Mapping[str, Value]) -> bool:
    return step.repeats and holds(step.again, facts)


def _outcome(step: Step, facts: Mapping[str, Value]) -> str:
    return next((outcome for outcome, when in step.ends if holds(when, facts)), "")


def _title(procedure: Procedure, done: Sequence[Event], facts: Mapping[str, Value]) -> TitleFound | None:
    """The last title given, unless a step that closes it came afterwards (an opposition)."""
    for place in range(len(done) - 1, -1, -1):
        step = procedure.steps[done[place].kind]
        if step.title:
            kind, fact = step.title
            lost = any(event.kind in step.unless for event in done[place + 1 :])
            amount = facts.get(fact)
            return None if lost else TitleFound(kind, done[place].on, amount if isinstance(amount, int) else None)
    return None


def _options(
    procedure: Procedure,
    done: Sequence[Event],
    facts: Mapping[str, Value],
    court: str,
    dues: Sequence[Due],
    today: dt.date,
) -> Iterable[Option]:
    kinds = {event.kind for event in done}
    running = {due.limit.key: due for due in dues}
    for step in procedure.steps.values():
        links = _joined(step.after, court)
        closed = kinds.intersection(step.unless) or (step.key in kinds and not _again(step, facts))
        contrary = links and all(denied(one.when, facts) for one in links)
        unasked = step.if_missed and not any(key in running and running[key].broken for key in step.if_missed)
        if court not in step.courts or closed or contrary or unasked:
            continue
        arrived = not links or any(one.step in kinds and holds(one.when, facts) for one in links)
        missing = tuple(_lacking(procedure, step, kinds, court, running, today))
        yield Option(step, missing if arrived else (_first(procedure, links), *missing), arrived)


def _first(procedure: Procedure, links: Sequence[Link]) -> Message:
    steps = dict.fromkeys(one.step for one in links)
    if len(steps) == 1:
        return msg("First: {step}.", step=procedure.steps[next(iter(steps))].label)
    one, other, *_more = steps
    return msg("First: {one}, or {other}.", one=procedure.steps[one].label, other=procedure.steps[other].label)


def _lacking(
    procedure: Procedure, step: Step, kinds: set[str], court: str, running: Mapping[str, Due], today: dt.date
) -> Iterable[Message]:
    for link in _joined(step.also, court):
        if link.step not in kinds:
            yield msg("First: {step}.", step=procedure.steps[link.step].label)
    for key in step.needs_met:
        if key in running and running[key].broken:
            yield missed_limit(running[key])
    if step.not_before:
        yield from _wait(procedure.limits[step.not_before], running.get(step.not_before), today)


def _wait(limit: Limit, due: Due | None, today: dt.date) -> Iterable[Message]:
    if due is None:
        yield msg("{limit}: it does not run yet ({article}).", limit=limit.label, article=limit.article)
    elif waiting(due, today):
        yield msg("The waiting period runs until {day} ({article}).", day=due.counted.legal, article=limit.article)
