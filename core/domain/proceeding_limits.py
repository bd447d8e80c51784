"""The time limits that run in a proceeding: met, missed, passed or moot. The engine that counts days is given; no day is counted here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.messages import Message, msg
from core.domain.procedure import BEFORE, Limit, Procedure
from core.domain.proceeding_events import Event, Value, holds


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a time limit: without and with the roll to a working day (CPC 641, 642), and the day to act upon."""

    raw: dt.date
    legal: dt.date
    safe: dt.date
    reasons: tuple[Message, ...] = ()
    articles: tuple[str, ...] = ()
    certainty: str = "V"


Count = Callable[
    [dt.date, Limit, str], Counted
]  # start, the limit, where the person lives ("" or a value of its `distance`)


@dataclass(frozen=True, slots=True)
class Due:
    """A time limit that runs: `state` is open, met, late (met after its end), missed, passed (nobody's sanction) or moot.

    `met_on` is the day it was answered, or became of no use; None while it runs or is missed in a proceeding that goes on.
    """

    limit: Limit
    start: dt.date
    counted: Counted
    state: str
    met_on: dt.date | None

    @property
    def broken(self) -> bool:
        """Whether the sanction of the article applies."""
        return self.limit.direction == BEFORE and self.state in ("missed", "late")


def waiting(due: Due | None, day: dt.date) -> bool:
    """Whether a waiting period is not over on `day`: its last day runs until midnight (CPC 642)."""
    return due is None or day <= due.counted.legal


def missed_limit(due: Due) -> Message:
    """The sentence of a limit that was not kept."""
    return msg(
        "{limit}: the last day was {day} ({article}). {consequence}.",
        limit=due.limit.label,
        day=due.counted.legal,
        article=due.limit.article,
        consequence=due.limit.missed,
    )


def dues(
    procedure: Procedure,
    done: Sequence[Event],
    facts: Mapping[str, Value],
    court: str,
    today: dt.date,
    ended_on: dt.date | None,
    count: Count,
) -> Iterable[Due]:
    """The limits that these events set running, in the order of the file."""
    for limit in procedure.limits.values():
        fact = min((name for name in limit.start if name in facts), key=lambda name: str(facts[name]), default=None)
        runs = not limit.when or any(holds(when, facts) for when in limit.when)
        if fact is None or court not in limit.courts or not runs:
            continue
        start = dt.date.fromisoformat(str(facts[fact]))
        counted = count(start, limit, str(facts.get(limit.distance, "")) if limit.distance else "")
        met = _met(procedure, limit, done, fact, facts)
        closed = next((event.on for event in done if event.kind in limit.closed_by), None)
        over = None if limit.outlives else ended_on
        state = _state(limit, counted, met, closed, over, today)
        late = state == "met" and _late(limit, counted, done, facts)
        yield Due(limit, start, counted, "late" if late else state, met or closed or over)


def _late(limit: Limit, counted: Counted, done: Sequence[Event], facts: Mapping[str, Value]) -> bool:
    """Whether a step that a judge must then admit answered the limit after its end."""
    late = limit.late
    if late is None or not holds(late.when, facts):
        return False
    days = [event.on for event in done if event.kind == late.step]
    return bool(days) and min(days) > counted.legal


def _met(
    procedure: Procedure, limit: Limit, done: Sequence[Event], fact: str, facts: Mapping[str, Value]
) -> dt.date | None:
    """The day of the first step that answers a limit; a step that repeats counts only after the fact was given again.

    A step made for each of several people answers on the last of their days.
    """
    given = max(
        (place for place, event in enumerate(done) if fact in (procedure.steps[event.kind].gives, *event.facts)),
        default=-1,
    )
    for place, event in enumerate(done):
        fresh = place >= given or not procedure.steps[event.kind].repeats
        answers = any(one.step == event.kind and holds(one.when, {**facts, **event.facts}) for one in limit.met_by)
        if fresh and answers:
            several = bool(procedure.steps[event.kind].again)
            return max(one.on for one in done[: place + 1] if one.kind == event.kind) if several else event.on
    return None


def _state(
    limit: Limit,
    counted: Counted,
    met: dt.date | None,
    closed: dt.date | None,
    ended_on: dt.date | None,
    today: dt.date,
) -> str:
    """How it stands. A sanction that struck before the proceeding ended stays."""
    before = limit.direction == BEFORE
    if met:
        return "late" if before and met > counted.legal else "met"
    if any(over and not (before and counted.legal < over) for over in (closed, ended_on)):
        return "moot"
    if today <= counted.legal:
        return "open"
    return "missed" if before else "passed"
