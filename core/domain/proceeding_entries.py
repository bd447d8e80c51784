"""What must be true before a proceeding is opened or an event recorded. Returns problems; writes nothing and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.domain.messages import Message, Problem, choice_unknown, msg
from core.domain.procedure import Limit, Procedure, Step
from core.domain.proceeding_cautions import barred
from core.domain.proceeding_events import Value
from core.domain.proceeding_facts import (
    EARLIEST_YEAR,
    amount_problems,
    amount_wrong,
    announced_problems,
    fact_problems,
    future,
    mistyped,
)
from core.domain.proceeding_limits import waiting
from core.domain.proceeding_order import earliest_day
from core.domain.proceedings import State


@dataclass(frozen=True, slots=True)
class Instruction:
    """The creditor's decision: who gave it, when, for which route, court, amount and cost provision (cents), to which provider."""

    case_id: int
    route: str
    court: str
    given_by: str
    given_on: dt.date | None
    amount: int | None
    provision: int | None
    provider: str
    special_power_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event as a person types it; facts are ISO days, cents or choices; `evidence` the reference of what proves it."""

    kind: str
    happened_on: dt.date | None
    by: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    evidence: str = ""


_GIVE = msg("The creditor decides: without its dated instruction no proceeding opens (CPCE, art. R. 124-3).")


def instruction_problems(
    entry: Instruction, routes: Collection[str], procedure: Procedure | None, stopped: Iterable[str], today: dt.date
) -> list[Problem]:
    """Every reason why the instruction does not open a proceeding; `stopped` are the kinds of hold in force on the case."""
    found = [
        Problem("instruction-missing", _GIVE, remedy, field=name)
        for name, given, remedy in (
            ("given_by", entry.given_by.strip(), msg("Type the name of the person who gave it.")),
            ("given_on", entry.given_on, msg("Give the day of the instruction.")),
            ("amount", entry.amount, msg("Type the amount to claim, in euros.")),
            ("provision", entry.provision is not None, msg("Type the cost provision agreed, 0 if none.")),
            ("provider", entry.provider.strip(), msg("Name the lawyer, the bailiff, or the agency itself.")),
        )
        if not given
    ]
    for name, day in (("given_on", entry.given_on), ("special_power_on", entry.special_power_on)):
        if day and day > today:
            found.append(future(name, day, today))
        elif day and day.year < EARLIEST_YEAR:
            found.append(mistyped(name, day))
    if entry.amount is not None and entry.amount < 0:
        found.append(amount_wrong("amount", msg("The amount to claim is more than zero.")))
    if entry.provision is not None and entry.provision < 0:
        found.append(amount_wrong("provision", msg("The cost provision is zero or more.")))
    if entry.route not in routes or procedure is None or entry.court not in procedure.courts:
        wrong = "court" if procedure else "route"
        found.append(choice_unknown(wrong, entry.court if procedure else entry.route))
    elif procedure:
        found += barred(procedure, procedure.start, stopped, "case")
    return found


def event_problems(
    entry: EventEntry, state: State, today: dt.date, power_on: dt.date | None, stopped: Iterable[str] = ()
) -> list[Problem]:
    """Every reason why the event cannot be recorded now, `state` being that of its day.

    `power_on` is the day of the special power that the instruction mentions, None without one; `stopped` the kinds of hold
    in force on the case that day.
    """
    step = state.procedure.steps.get(entry.kind)
    if step is None or state.court not in step.courts:
        return [choice_unknown("kind", entry.kind)]
    found = [_blocked(sentence) for sentence in _reasons(step, entry, state)]
    if entry.by not in step.who(state.court):
        found.append(choice_unknown("by", entry.by))
    found += barred(state.procedure, entry.kind, stopped, "kind")
    found += _day(entry, state, today)
    for key in step.asks:
        found += fact_problems(state.procedure.facts[key], entry.facts.get(key), today)
        found += announced_problems(state.procedure.facts[key], entry.facts.get(key), entry.happened_on)
    found += amount_problems(step, entry.facts, state.facts.get("amount"))
    return found + _evidence(step, entry, power_on)


def _reasons(step: Step, entry: EventEntry, state: State) -> Iterable[Message]:
    """What prevents the step on the day typed: the course, a waiting period, a limit that was not kept."""
    option = next((one for one in state.options if one.step.key == step.key), None)
    if option is None:
        yield msg("This step is closed in the proceeding as it stands.")
        return
    wait = state.procedure.limits.get(step.not_before)
    for sentence in option.missing:
        if not (wait and sentence.msgid == _WAIT and entry.happened_on):
            yield sentence
    if wait and entry.happened_on and option.near:
        yield from _early(wait, entry.happened_on, state)


_WAIT = "The waiting period runs until {day} ({article})."


def _early(wait: Limit, day: dt.date, state: State) -> Iterable[Message]:
    due = state.due(wait.key)
    if due and waiting(due, day):
        yield msg("The waiting period runs until {day} ({article}).", day=due.counted.legal, article=wait.article)


def _blocked(reason: Message) -> Problem:
    return Problem(
        "step-not-possible", reason, msg("Record first what is missing, or choose another step."), field="kind"
    )


def _day(entry: EventEntry, state: State, today: dt.date) -> list[Problem]:
    day = entry.happened_on
    if day is None:
        return [
            Problem("field-empty", msg("The day is missing."), msg("Give the day it happened."), field="happened_on")
        ]
    if day > today:
        return [future("happened_on", day, today)]
    step = state.procedure.steps[entry.kind]
    since = state.known_from
    if since and step.gives == state.procedure.version_by and day < since:
        return [
            Problem(
                "regime-unknown",
                msg("The program does not know the earlier rules, those of before {day}.", day=since),
                msg("Follow this proceeding outside the program, with a lawyer."),
                field="happened_on",
                value=day.isoformat(),
            )
        ]
    facts = {**state.facts, **entry.facts}
    before = max(earliest_day(state.procedure, step, state.done, facts), dt.date(EARLIEST_YEAR, 1, 1))
    if day < before:
        return [
            Problem(
                "date-before-step",
                msg("{given} is before the step it follows ({day}).", given=day, day=before),
                msg("Check the year and the day, or correct the earlier step."),
                field="happened_on",
                value=day.isoformat(),
            )
        ]
    return []


def _evidence(step: Step, entry: EventEntry, power_on: dt.date | None) -> list[Problem]:
    """The documents of the step are held, the special power with them where one files for another, and their reference is given."""
    wanted = list(step.documents)
    if step.power and entry.by in step.power[0] and power_on is None:
        wanted.append(step.power[1])
    found = _power_late(step, entry, power_on)
    found += [
        Problem(
            "document-missing",
            msg("The step is proved by this document ({article}).", article=step.article),
            msg("Tick it once you hold it, and say where it is kept."),
            field=key,
        )
        for key in wanted
        if key not in entry.documents
    ]
    if wanted and not entry.evidence.strip():
        found.append(
            Problem(
                "evidence-missing",
                msg("An act is recorded with what proves it."),
                msg("Type the reference of the document: number, date, where it is kept."),
                field="evidence",
            )
        )
    return found


def _power_late(step: Step, entry: EventEntry, power_on: dt.date | None) -> list[Problem]:
    """A special power is given before the act done with it (CPC 1407)."""
    if not (
        step.power and power_on and entry.happened_on and entry.by in step.power[0] and power_on > entry.happened_on
    ):
        return []
    return [
        Problem(
            "power-later",
            msg("The special power of {day} is later than the act.", day=power_on),
            msg("Check the day, or have the creditor or the lawyer do it."),
            field="happened_on",
            value=entry.happened_on.isoformat(),
        )
    ]
