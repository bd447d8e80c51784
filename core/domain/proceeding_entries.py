"""What must be true before a proceeding is opened or an event recorded. Returns problems; writes nothing and reads no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.domain.messages import Message, Problem, msg
from core.domain.procedure import Fact, Limit, Procedure, Remark, Step
from core.domain.proceeding_events import Value
from core.domain.proceeding_limits import waiting
from core.domain.proceeding_order import earliest_day
from core.domain.proceedings import State

EARLIEST_YEAR, HORIZON_YEARS = 1970, 10  # beyond, the year was mistyped


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


_GIVE = msg("The creditor decides: without its dated instruction no proceeding opens (CPCE R124-3).")


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
            found.append(_future(name, day, today))
    if entry.route not in routes or procedure is None or entry.court not in procedure.courts:
        wrong = "court" if procedure else "route"
        found.append(_choice(wrong, entry.court if procedure else entry.route))
    elif procedure:
        found += [_stopped(procedure.label, procedure.holds[kind]) for kind in stopped if kind in procedure.holds]
    return found


def _stopped(label: object, stop: Remark) -> Problem:
    return Problem(
        "case-stopped",
        msg("{route}: {why} ({article}).", route=label, why=stop.text, article=stop.article),
        msg("Lift the hold of the case if it was recorded by mistake; otherwise this route stays closed."),
        field="case",
    )


def event_problems(entry: EventEntry, state: State, today: dt.date, *, power_held: bool) -> list[Problem]:
    """Every reason why the event cannot be recorded now; `power_held`: the instruction already mentions the special power."""
    step = state.procedure.steps.get(entry.kind)
    if step is None or state.court not in step.courts:
        return [_choice("kind", entry.kind)]
    found = [_blocked(sentence) for sentence in _reasons(step, entry, state)]
    if entry.by not in step.who(state.court):
        found.append(_choice("by", entry.by))
    found += _day(entry, state, today)
    for key in step.asks:
        found += _fact(state.procedure.facts[key], entry.facts.get(key), today)
    return found + _evidence(step, entry, power_held=power_held)


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
        return [_future("happened_on", day, today)]
    step = state.procedure.steps[entry.kind]
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


def _fact(fact: Fact, value: Value | None, today: dt.date) -> list[Problem]:
    if value is None or value == "":
        return [Problem("fact-missing", msg("This step is not complete without it."), msg("Give it."), field=fact.key)]
    if fact.kind == "choice" and value not in fact.choices:
        return [_choice(fact.key, str(value))]
    if fact.kind == "money" and not (isinstance(value, int) and value >= 0):
        return [_choice(fact.key, str(value))]
    if fact.kind == "date":
        day = dt.date.fromisoformat(str(value))
        if not fact.future and day > today:
            return [_future(fact.key, day, today)]
        if not EARLIEST_YEAR <= day.year <= today.year + HORIZON_YEARS:
            return [_choice(fact.key, str(value))]
    return []


def _evidence(step: Step, entry: EventEntry, *, power_held: bool) -> list[Problem]:
    """The documents of the step are held, the special power with them where one files for another, and their reference is given."""
    wanted = list(step.documents)
    if step.power and entry.by in step.power[0] and not power_held:
        wanted.append(step.power[1])
    found = [
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


def _future(name: str, day: dt.date, today: dt.date) -> Problem:
    return Problem(
        "date-in-future",
        msg("{given} is in the future.", given=day),
        msg("Type the day it really happened, {today} at the latest.", today=today),
        field=name,
        value=day.isoformat(),
    )


def _choice(name: str, given: str) -> Problem:
    return Problem(
        "choice-unknown",
        msg("“{given}” is not one of the choices.", given=given),
        msg("Choose one of the list."),
        field=name,
        value=given,
    )
