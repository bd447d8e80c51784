"""A proceeding replayed from its events: steps done, time limits, what is possible next and what is missing. Reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.messages import Message, msg
from core.domain.procedure import Limit, Link, Procedure, Step
from core.domain.proceeding_events import Event, Value, denied, facts_of, holds, in_force
from core.domain.proceeding_limits import Count, Due, dues, missed_limit, waiting
from core.domain.proceeding_order import again, earliest_day, joined, kept, opened, struck

TITLE = "title"


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
    """Where a proceeding stands; an empty `outcome` means that it goes on.

    `contested` is a title against which an opposition was made afterwards; `conflicts` are events that no longer follow.
    """

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
    contested: TitleFound | None
    conflicts: tuple[Event, ...]
    known_from: dt.date | None

    @property
    def current(self) -> Step | None:
        """The last step done."""
        return self.procedure.steps[self.done[-1].kind] if self.done else None

    def due(self, key: str) -> Due | None:
        """A running time limit by its key."""
        return next((due for due in self.dues if due.limit.key == key), None)


def version_of(versions: Sequence[Procedure], events: Sequence[Event], opened_on: dt.date) -> tuple[Procedure, bool]:
    """The version chosen by the date of its `version_by`; until that is known, by the day of filing (or opening), and provisional.

    A day before the oldest version takes the oldest: entries refuse it, a kept one stays readable.
    """
    standing = in_force(events)
    known = facts_of(versions[0], standing)
    chosen = known.get(versions[0].version_by)
    meanwhile = known.get(versions[0].meanwhile_by, opened_on.isoformat())
    day = dt.date.fromisoformat(str(chosen or meanwhile))
    return next((one for one in versions if one.valid_on(day)), versions[0]), not chosen


def replay(
    versions: Sequence[Procedure], events: Sequence[Event], court: str, opened_on: dt.date, today: dt.date, count: Count
) -> State:
    """The state that the events give, before one court, on a day. Missing facts are told in the options, never raised."""
    procedure, provisional = version_of(versions, events, opened_on)
    course = _Course(procedure, court, count)
    standing, out = in_force(events), set[int]()
    course.run(standing, out)
    while unfit := course.unfit():
        out |= unfit
        course = _Course(procedure, court, count)
        course.run(standing, out)
    done, facts = course.done, course.facts()
    running = tuple(dues(procedure, done, facts, court, today, course.ended_on, count))
    options = tuple(_options(procedure, done, facts, court, running, today))
    if course.outcome:
        options = tuple(one for one in options if course.outcome in one.step.reopens)
    title, contested = _title(procedure, done, facts, running)
    return State(
        procedure, provisional, court, facts, tuple(done), running, options, course.outcome, course.ended_on, title, contested,
        tuple(course.conflicts), versions[0].valid_from,
    )  # fmt: skip


class _Course:
    """The events taken one after the other, each judged on its own day with what came before it."""

    def __init__(self, procedure: Procedure, court: str, count: Count) -> None:
        self.procedure, self.court, self.count = procedure, court, count
        self.done: list[Event] = []
        self.conflicts: list[Event] = []
        self.outcome: str = ""
        self.ended_on: dt.date | None = None

    def facts(self) -> dict[str, Value]:
        return facts_of(self.procedure, self.done)

    def run(self, events: Sequence[Event], out: set[int]) -> None:
        for event in events:
            if event.id in out or not self._fits(event):
                self.conflicts.append(event)
                continue
            self.done.append(event)
            self.outcome = self._outcome(event)
            self.ended_on = event.on if self.outcome else None

    def unfit(self) -> set[int]:
        """The events that their waiting periods and limits forbid once earlier days typed later are known too."""
        found: set[int] = set()
        for place, event in enumerate(self.done):
            late = [one for one in self.done[place + 1 :] if one.on <= event.on]
            if not self._kept(event, [*self.done[:place], *late]):
                found.add(event.id)
        return found

    def _kept(self, event: Event, known: Sequence[Event]) -> bool:
        return kept(self.procedure, self.procedure.steps[event.kind], event, known, self.court, self.count)

    def _fits(self, event: Event) -> bool:
        step = self.procedure.steps.get(event.kind)
        if step is None or (self.outcome and self.outcome not in step.reopens):
            return False
        if not opened(step, self.done, self.court, self.facts()):
            return False
        facts = facts_of(self.procedure, [*self.done, event])
        return event.on >= earliest_day(self.procedure, step, self.done, facts) and self._kept(event, self.done)

    def _outcome(self, event: Event) -> str:
        """What the proceeding comes to with its last event: no title without one, none while a limit it waits for runs."""
        facts = self.facts()
        running = {due.limit.key: due for due in self._dues(event.on, facts)}
        for outcome, when, over in self.procedure.steps[event.kind].ends:
            ended = holds(when, facts) and not (over in running and waiting(running[over], event.on))
            if ended and (outcome != TITLE or _title(self.procedure, self.done, facts, tuple(running.values()))[0]):
                return outcome
        return ""

    def _dues(self, day: dt.date, facts: Mapping[str, Value]) -> Iterable[Due]:
        return dues(self.procedure, self.done, facts, self.court, day, None, self.count)


def _title(
    procedure: Procedure, done: Sequence[Event], facts: Mapping[str, Value], running: Sequence[Due]
) -> tuple[TitleFound | None, TitleFound | None]:
    """The last title given, and the same when an opposition contests it: one made in time took it, a late one leaves it to the judge."""
    late = {due.limit.late.step for due in running if due.state == "late" and due.limit.late}
    for place in range(len(done) - 1, -1, -1):
        step = procedure.steps[done[place].kind]
        if step.title:
            kind, fact = step.title
            against = {event.kind for event in done[place + 1 :]}.intersection(step.unless)
            amount = facts.get(fact)
            found = TitleFound(kind, done[place].on, amount if isinstance(amount, int) else None)
            return None if against - late else found, found if against else None
    return None, None


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
        links = joined(step.after, court)
        closed = kinds.intersection(step.unless) or (step.key in kinds and not again(step, facts))
        contrary = links and all(denied(one.when, facts) for one in links)
        unasked = step.if_missed and not any(struck(running.get(key), today) for key in step.if_missed)
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
    for link in joined(step.also, court):
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
