"""Whether an event fits among those already done: its course, its day, its waiting period, its limits. Replays nothing itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from core.domain.procedure import Link, Procedure, Step
from core.domain.proceeding_events import Event, Value, facts_of, holds
from core.domain.proceeding_limits import Count, Due, dues, waiting


def joined(links: Sequence[Link], court: str) -> list[Link]:
    """The links that count before a court."""
    return [one for one in links if court in (one.courts or (court,))]


def again(step: Step, facts: Mapping[str, Value]) -> bool:
    """Whether a step already done may be recorded once more."""
    return step.repeats and holds(step.again, facts)


def opened(step: Step, done: Sequence[Event], court: str, facts: Mapping[str, Value]) -> bool:
    """Whether the course of the procedure has come to this step, and it is not closed."""
    kinds = {event.kind for event in done}
    if court not in step.courts or kinds.intersection(step.unless) or (step.key in kinds and not again(step, facts)):
        return False
    comes = not step.after or any(one.step in kinds and holds(one.when, facts) for one in joined(step.after, court))
    return comes and all(one.step in kinds for one in joined(step.also, court))


def earliest_day(procedure: Procedure, step: Step, done: Sequence[Event], facts: Mapping[str, Value]) -> dt.date:
    """The first day the step can bear: that of the steps it follows; one that ends the proceeding comes after all the others.

    A step made several times for several people (co-debtors) is followed from its first time.
    """
    days: dict[str, list[dt.date]] = {}
    following = {link.step for link in (*step.after, *step.also)}
    if outcome_of(step, facts):
        following.update(event.kind for event in done if not procedure.steps[event.kind].aside)
    for event in done:
        if event.kind in following:
            days.setdefault(event.kind, []).append(event.on)
    each = [min(found) if procedure.steps[kind].again else max(found) for kind, found in days.items()]
    return max(each, default=dt.date.min)


def outcome_of(step: Step, facts: Mapping[str, Value]) -> str:
    """What the proceeding comes to with this step, by its facts alone."""
    return next((outcome for outcome, when, _over in step.ends if holds(when, facts)), "")


def kept(procedure: Procedure, step: Step, event: Event, known: Sequence[Event], court: str, count: Count) -> bool:
    """Whether, on its own day, the event respects its waiting period, the limits it needs, and those it presupposes missed."""
    if not (step.not_before or step.needs_met or step.if_missed):
        return True
    running = {
        due.limit.key: due for due in dues(procedure, known, facts_of(procedure, known), court, event.on, None, count)
    }
    if step.not_before and waiting(running.get(step.not_before), event.on):
        return False
    if any(key in running and running[key].broken for key in step.needs_met):
        return False
    return not step.if_missed or any(struck(running.get(key), event.on) for key in step.if_missed)


def struck(due: Due | None, day: dt.date) -> bool:
    """Whether the sanction of a limit applies on `day`: its last day is over and it was not kept."""
    return due is not None and due.broken and day > due.counted.legal
