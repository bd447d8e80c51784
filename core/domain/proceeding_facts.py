"""What the facts and amounts typed with an event or an instruction may be. Returns problems; knows no event and no course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from core.domain.messages import Euro, Message, Problem, choice_unknown, msg
from core.domain.procedure import Fact, Step
from core.domain.proceeding_events import Value

EARLIEST_YEAR, HORIZON_YEARS = 2000, 10  # beyond, the year was mistyped


def fact_problems(fact: Fact, value: Value | None, today: dt.date) -> list[Problem]:
    """A fact is given, of its choices, and a day neither to come (unless it may be) nor of another age."""
    if value is None or value == "":
        return [Problem("fact-missing", msg("This step is not complete without it."), msg("Give it."), field=fact.key)]
    if fact.kind == "choice" and value not in fact.choices:
        return [choice_unknown(fact.key, str(value))]
    if fact.kind == "money" and not (isinstance(value, int) and value >= 0):
        return [choice_unknown(fact.key, str(value))]
    if fact.kind == "date":
        day = dt.date.fromisoformat(str(value))
        if not fact.future and day > today:
            return [future(fact.key, day, today)]
        if not EARLIEST_YEAR <= day.year <= today.year + HORIZON_YEARS:
            return [choice_unknown(fact.key, str(value))]
    return []


def announced_problems(fact: Fact, value: Value | None, on: dt.date | None) -> list[Problem]:
    """A day announced by an act (a hearing by its summons) does not lie before it."""
    if not (fact.future and value and on and dt.date.fromisoformat(str(value)) < on):
        return []
    return [
        Problem(
            "date-before-step",
            msg(
                "{given} is before the act that announces it ({day}).",
                given=dt.date.fromisoformat(str(value)),
                day=on,
            ),
            msg("Check the year and the day."),
            field=fact.key,
            value=str(value),
        )
    ]


def amount_wrong(name: str, reason: Message) -> Problem:
    """An amount that does not agree."""
    return Problem("amount-wrong", reason, msg("Correct the amount, or the decision."), field=name)


def mistyped(name: str, day: dt.date) -> Problem:
    """A day too long ago to be meant."""
    return Problem(
        "date-too-old",
        msg("{given} is too long ago.", given=day),
        msg("Check the year."),
        field=name,
        value=day.isoformat(),
    )


def future(name: str, day: dt.date, today: dt.date) -> Problem:
    """A day that has not come yet."""
    return Problem(
        "date-in-future",
        msg("{given} is in the future.", given=day),
        msg("Type the day it really happened, {today} at the latest.", today=today),
        field=name,
        value=day.isoformat(),
    )


def amount_problems(step: Step, given: Mapping[str, Value], claim: Value | None) -> list[Problem]:
    """The amount agrees with the decision: the whole claim, less than it, more than zero, or zero."""
    rule = step.amounts
    value = given.get(rule.of) if rule else None
    if rule is None or not isinstance(value, int) or not isinstance(claim, int):
        return []
    amount = Euro(claim)
    checks = (
        (rule.whole, value == claim, msg("Granted in full, the amount is that of the claim, {amount}.", amount=amount)),
        (
            rule.less,
            0 < value < claim,
            msg("Granted in part, the amount lies between zero and the claim of {amount}.", amount=amount),
        ),
        (rule.some, value > 0, msg("The amount is more than zero.")),
        (rule.none, value == 0, msg("Nothing is granted: the amount is zero.")),
    )
    decision = given.get(rule.by)
    return [amount_wrong(rule.of, reason) for words, right, reason in checks if decision in words and not right]
