"""The sentences to show with a proceeding: what its events, its amount and the stops of the case call for. Bars nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from core.domain.messages import Message, Problem, msg
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


def time_barred(
    ref: str, last_day: dt.date, article: str, decision: tuple[bool, str, dt.date] | None, *, sure: bool
) -> Message:
    """What to know before suing for a debt whose last day to sue has passed: article of its period, who may raise it, the lead's decision.

    `decision`: whether to go on asking, who decided, when; None while no lead has. The debtor may raise it at any stage (C. civ. 2248).
    """
    return msg(
        "Debt {ref} is time-barred: the last day to sue was {day} ({article}). The debtor may raise it at any stage of the proceedings "
        "(C. civ., art. 2248, to be confirmed). {decision}",
        ref=ref,
        day=last_day,
        article=article if sure else msg("{article}, to be confirmed", article=article),
        decision=_decision(decision),
    )


def _decision(decision: tuple[bool, str, dt.date] | None) -> Message:
    if decision is None:
        return msg("No lead has decided about it yet.")
    granted, by, day = decision
    if granted:
        return msg("{by} decided on {day} to go on asking for it, without claiming it as enforceable.", by=by, day=day)
    return msg("{by} decided on {day} to ask no more for it.", by=by, day=day)
