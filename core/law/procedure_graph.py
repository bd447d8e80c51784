"""The checks of a procedure's graph: names that exist, one start, no dead end, all reachable, limits that start from known facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from core.domain.messages import Refusal, msg
from core.domain.procedure import Link, Procedure, Step, When
from core.domain.proceeding_events import INSTRUCTION
from core.law.strict_yaml import Entry

Parts = Mapping[str, Entry]
T = TypeVar("T")


def check_names(procedure: Procedure, parts: Parts) -> None:
    """Every step, fact, document and limit that is named is declared, and every fact and document declared is used."""
    given = {name for step in procedure.steps.values() for name in (step.gives, *step.asks) if name}
    for group, used in (("facts", given), ("documents", _documents(procedure))):
        for key, entry in parts[group].free_mapping().items():
            if key not in used:
                raise entry.refused(
                    "procedure-unused",
                    msg("“{name}” is declared under “{group}” and no step gives or wants it.", name=key, group=group),
                    msg("Name it in a step, or remove it."),
                    value=key,
                )
    for step, entry in _each(procedure.steps, parts["steps"]):
        _known(entry, "facts", procedure.facts, [*filter(None, [step.gives]), *step.asks, *_facts(step)])
        _known(entry, "documents", procedure.documents, [*step.documents, *([step.power[1]] if step.power else [])])
        _known(entry, "steps", procedure.steps, [*(one.step for one in (*step.after, *step.also)), *step.unless])
        overs = [over for _outcome, _when, over in step.ends if over]
        limits = [*filter(None, [step.not_before]), *step.needs_met, *step.if_missed, *overs]
        _known(entry, "deadlines", procedure.limits, limits)
        _values(
            entry,
            procedure,
            [*(one.when for one in (*step.after, *step.also)), *(when for _o, when, _over in step.ends), step.again],
        )
    for limit, entry in _each(procedure.limits, parts["deadlines"]):
        _known(entry, "facts", procedure.facts, [*limit.start, *filter(None, [limit.distance])])
        _known(
            entry,
            "steps",
            procedure.steps,
            [*(one.step for one in limit.met_by), *limit.closed_by, *([limit.late.step] if limit.late else [])],
        )
        _values(
            entry,
            procedure,
            [*limit.when, *(one.when for one in limit.met_by), *([limit.late.when] if limit.late else [])],
        )
    for hold, entry in _each(procedure.holds, parts["holds"]):
        _known(entry, "steps", procedure.steps, hold.bars)
    for caution, entry in zip(procedure.cautions, parts["cautions"].items(), strict=True):
        _values(entry, procedure, caution.seen)
    for key in ("version_by", "meanwhile_by"):
        _known(parts[key], "facts", procedure.facts, [getattr(procedure, key)])
    _known(parts["start"], "steps", procedure.steps, [procedure.start])


def check_graph(procedure: Procedure, parts: Parts) -> None:
    """Before each court: one start, every step reached from it, an end reached from every step, actors, limits on known facts."""
    steps = dict(_entries(procedure.steps, parts["steps"]))
    if procedure.start != INSTRUCTION:
        raise parts["start"].refused(
            "procedure-start",
            msg("the procedure starts with “{start}”.", start=procedure.start),
            msg("Start it with “{start}”: the creditor decides (CPCE, art. R. 124-3).", start=INSTRUCTION),
            value=procedure.start,
        )
    for step in procedure.steps.values():
        if (not step.after) != (step.key == procedure.start):
            raise steps[step.key].refused(
                "procedure-start",
                msg("“{step}” opens the procedure beside “{start}”.", step=step.key, start=procedure.start)
                if not step.after
                else msg("the start “{step}” comes after another step.", step=step.key),
                msg("Exactly one step has no “after”: the one named under “start”."),
                value=step.key,
            )
    for court in procedure.courts:
        _court(procedure, court, steps)
    for limit, entry in _each(procedure.limits, parts["deadlines"]):
        for court in limit.courts:
            _counted(procedure, limit.start, limit.met_by, court, entry)


def _court(procedure: Procedure, court: str, entries: Mapping[str, Entry]) -> None:
    here = [step for step in procedure.steps.values() if court in step.courts]
    onward = {step.key: [other.key for other in here if _follows(other, step.key, court)] for step in here}
    back = {step.key: [key for key, nexts in onward.items() if step.key in nexts] for step in here}
    reached = _walk([procedure.start], onward)
    ending = _walk([step.key for step in here if step.ends], back)
    for step in here:
        if step.key not in reached:
            raise _lost(entries[step.key], step, court)
        if step.key not in ending and not step.aside:
            raise entries[step.key].refused(
                "procedure-dead-end",
                msg("from “{step}” no step leads to an end before the court “{court}”.", step=step.key, court=court),
                msg("Give it an “ends”, or let another step come “after” it."),
                value=step.key,
            )
        if not step.who(court):
            raise entries[step.key].refused(
                "procedure-nobody",
                msg("nobody may do “{step}” before the court “{court}”.", step=step.key, court=court),
                msg("Name who may under “actors”."),
                value=step.key,
            )


def _lost(entry: Entry, step: Step, court: str) -> Refusal:
    return entry.refused(
        "procedure-unreachable",
        msg("“{step}” is never reached before the court “{court}”.", step=step.key, court=court),
        msg("Correct its “after”, or limit its “courts”."),
        value=step.key,
    )


def _follows(step: Step, before: str, court: str) -> bool:
    return any(one.step == before and court in (one.courts or (court,)) for one in (*step.after, *step.also))


def _walk(first: Iterable[str], edges: Mapping[str, Sequence[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(first)
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo.extend(edges.get(key, ()))
    return seen


def _counted(procedure: Procedure, facts: Sequence[str], met_by: Sequence[Link], court: str, entry: Entry) -> None:
    """A limit starts from facts that a step gives before the steps that answer it."""
    here = [step for step in procedure.steps.values() if court in step.courts]
    onward = {step.key: [other.key for other in here if _follows(other, step.key, court)] for step in here}
    for fact in facts:
        givers = [step.key for step in here if fact in (step.gives, *step.asks)]
        later = _walk([key for giver in givers for key in onward[giver]], onward)
        answered = [one.step for one in met_by if court in procedure.steps[one.step].courts]
        if not givers or (answered and not later.intersection(answered)):
            raise entry.refused(
                "procedure-limit-start",
                msg(
                    "the time limit counts from “{fact}”, which no earlier step gives before the court “{court}”.",
                    fact=fact,
                    court=court,
                ),
                msg("Count from a fact given before “met_by”, or limit its “courts”."),
                value=fact,
            )


def _documents(procedure: Procedure) -> set[str]:
    wanted = {name for step in procedure.steps.values() for name in step.documents}
    return wanted | {step.power[1] for step in procedure.steps.values() if step.power}


def _facts(step: Step) -> list[str]:
    return [*([step.title[1]] if step.title else []), *([step.amounts.of, step.amounts.by] if step.amounts else [])]


def _known(entry: Entry, group: str, known: Mapping[str, object], names: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise entry.refused(
                "procedure-unknown-name",
                msg("“{name}” is not declared under “{group}”.", name=name, group=group),
                msg("Declare it there, or correct the name."),
                value=name,
            )


def _values(entry: Entry, procedure: Procedure, conditions: Sequence[When]) -> None:
    """A condition names a choice and one of its values."""
    for when in conditions:
        _known(entry, "facts", procedure.facts, list(when))
        for fact, value in when.items():
            _known(entry, f"facts: {fact}", procedure.facts[fact].choices, [value])


def _each(found: Mapping[str, T], part: Entry) -> list[tuple[T, Entry]]:
    return [(found[key], entry) for key, entry in part.free_mapping().items()]


def _entries(found: Mapping[str, object], part: Entry) -> list[tuple[str, Entry]]:
    return [(key, entry) for key, entry in part.free_mapping().items() if key in found]
