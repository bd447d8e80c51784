"""The sentences to show with a proceeding: what its events, its amount and the stops of the case call for. Bars nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.domain.messages import Problem, msg
from core.domain.procedure import Procedure, Remark
from core.domain.proceeding_events import Event, Value, holds


def cautions(
    procedure: Procedure, done: Sequence[Event], facts: Mapping[str, Value], court: str, stopped: Iterable[str]
) -> tuple[Remark, ...]:
    """The cautions in the order of the file, then what each stop in force says; an empty `court` stands for all of them."""
    found = []
    for one in procedure.cautions:
        seen = not one.seen or any(holds(when, event.facts) for when in one.seen for event in done)
        value = facts.get(one.above[0]) if one.above else None
        beyond = one.above is None or (isinstance(value, int) and value > one.above[1])
        if seen and beyond and (not court or court in one.courts):
            found.append(one.remark)
    return (*found, *(procedure.holds[kind].remark for kind in dict.fromkeys(stopped) if kind in procedure.holds))


def barred(procedure: Procedure, step: str, stopped: Iterable[str], field: str) -> list[Problem]:
    """Why the stops in force on the case bar a step, each with its article."""
    return [
        Problem(
            "case-stopped",
            msg(
                "{route}: {why} ({article}).", route=procedure.label, why=hold.remark.text, article=hold.remark.article
            ),
            msg("Lift the hold of the case if it was recorded by mistake; otherwise this route stays closed."),
            field=field,
        )
        for kind in dict.fromkeys(stopped)
        if (hold := procedure.holds.get(kind)) and step in hold.bars
    ]
