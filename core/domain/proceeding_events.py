"""What happened in a proceeding and the facts it gives. Judges nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.procedure import Procedure, When

INSTRUCTION, TAKEN_BACK = (
    "instruction",
    "taken_back",
)  # events of every route: the creditor's instruction, an entry made by mistake
LATEST = "latest"
Value = str | int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, done by an actor; facts: ISO days, cents, choices; `documents` held as evidence."""

    id: int
    kind: str
    on: dt.date
    by: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    corrects: int | None = None


def in_force(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that stand, each in the place of the one it corrects, without those taken back."""
    slot: dict[int, int] = {}
    last: dict[int, Event] = {}
    for event in sorted(events, key=lambda one: one.id):
        slot[event.id] = slot.get(event.corrects or 0, event.id)
        last[slot[event.id]] = event
    return tuple(last[key] for key in sorted(last) if last[key].kind != TAKEN_BACK)


def facts_of(procedure: Procedure, done: Iterable[Event]) -> dict[str, Value]:
    """The facts that these events give; a later one replaces an earlier one, unless the fact says which to keep."""
    facts: dict[str, Value] = {}
    for event in done:
        for name, value in given_by(procedure, event).items():
            facts[name] = _kept(procedure, name, facts.get(name), value)
    return facts


def given_by(procedure: Procedure, event: Event) -> dict[str, Value]:
    """The facts of one event, its day included."""
    step = procedure.steps.get(event.kind)
    return {**event.facts, **({step.gives: event.on.isoformat()} if step and step.gives else {})}


def _kept(procedure: Procedure, name: str, before: Value | None, value: Value) -> Value:
    fact = procedure.facts.get(name)
    if before is None or fact is None or not fact.keep:
        return value
    if fact.keep == (LATEST,):
        return max(str(before), str(value))
    return next((one for one in fact.keep if one in (before, value)), value)


def holds(when: When, facts: Mapping[str, Value]) -> bool:
    """Whether every fact of a condition has its value."""
    return all(facts.get(fact) == value for fact, value in when.items())


def denied(when: When, facts: Mapping[str, Value]) -> bool:
    """Whether facts already known say the contrary."""
    return any(fact in facts and facts[fact] != value for fact, value in when.items())
