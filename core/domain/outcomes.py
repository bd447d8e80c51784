"""What follows from a contact's result: next action, hold, promise, closing, contact point. Applies nothing and reads no store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.dates import after, working_day
from core.domain.messages import Euro, Message, Problem, Refusal, msg

WORDS = (
    "reason",
    "note",
    "name",
    "proof",
    "plan",
    "documents",
    "court",
    "procedure",
    "steps",
)  # needs answered in free words
SETTLED = ("PAR", "TRA")  # results that close a case while something remains due: the sum they name was received
HORIZON_YEARS, EARLIEST_YEAR = 10, 2000  # beyond, the year was mistyped
_HOUR = re.compile(r"([01]?\d|2[0-3])[:hH](([0-5]\d)?)")


class NextRule(Protocol):
    """The default next action of a result."""

    @property
    def kind(self) -> str:
        """What to do."""

    @property
    def days(self) -> int:
        """How many days after."""

    @property
    def counted_from(self) -> str:
        """After what: "result", "date" or "plan"."""


class Rule(Protocol):
    """A result code, as core.law reads it."""

    @property
    def code(self) -> str:
        """The code itself."""

    @property
    def right_party(self) -> bool:
        """Whether the right person was reached."""

    @property
    def stops(self) -> str | None:
        """Why contacts stop."""

    @property
    def stop_days(self) -> int | None:
        """For how long."""

    @property
    def next_action(self) -> NextRule:
        """What to do next."""

    @property
    def needs(self) -> Sequence[str]:
        """The facts it asks for."""

    @property
    def invalidates(self) -> str | None:
        """The kind of contact point it makes wrong."""

    @property
    def zero_balance(self) -> bool:
        """Whether nothing may remain due."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person typed beside the result; cents, days, "HH:MM"; `words` by need."""

    happened_on: dt.date
    amount: int | None = None
    date: dt.date | None = None
    means: str = ""
    hour: str = ""
    words: tuple[tuple[str, str], ...] = ()
    next_kind: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that will be written beside the interaction itself; an empty `next_kind` closes the case with `closing`."""

    next_kind: str
    next_on: dt.date | None
    next_at: str
    hold: str
    hold_until: dt.date | None
    promise: tuple[int, dt.date, str] | None
    validity: str
    closing: str


def outcome(rule: Rule, facts: Facts, today: dt.date, balance: int, collected: int | None = None) -> Outcome:
    """What follows from `rule` with `facts`; raises Refusal with every missing or impossible fact at once.

    The next action the person chose replaces the default one. `balance` (cents) is what the case owes before, `collected`
    (cents) what was received: a settlement names no more than that, and is none once nothing is owed.
    """
    problems = [
        *_missing(rule, facts),
        *_impossible(rule, facts, today, balance),
        *_unsettled(rule, facts, balance, collected),
    ]
    if problems:
        raise Refusal(*problems)
    closes = rule.next_action.kind == "close" and not facts.next_kind
    hold_until = after(facts.happened_on, rule.stop_days) if rule.stops and rule.stop_days else None
    promised = (facts.amount, facts.date, facts.means) if rule.code == "PRO" and facts.amount and facts.date else None
    return Outcome(
        next_kind="" if closes else facts.next_kind or rule.next_action.kind,
        next_on=None if closes else facts.next_on or next_day(rule, facts, today),
        next_at=hour(facts.hour) if facts.hour else "",
        hold=rule.stops or "",
        hold_until=hold_until,
        promise=promised,
        validity="invalid" if rule.invalidates else "confirmed" if rule.right_party else "",
        closing=rule.code if closes else "",
    )


def next_day(rule: Rule, facts: Facts, today: dt.date) -> dt.date:
    """The day of the default next action, never before today, on a working day."""
    start = facts.date if rule.next_action.counted_from in ("date", "plan") and facts.date else facts.happened_on
    if rule.next_action.days == 0 and rule.next_action.counted_from == "date":
        return max(start, today)
    return working_day(max(start + dt.timedelta(days=rule.next_action.days), today))


def hour(text: str) -> str:
    """The hour typed as 14h30, 14:30 or 9h, as "HH:MM"; raises Refusal otherwise."""
    found = _HOUR.fullmatch(text.strip().replace(" ", ""))
    if not found:
        raise Refusal(
            Problem(
                "hour-unreadable",
                msg("“{given}” is not an hour.", given=text),
                msg("Type it as 14:30 or 14h30."),
                field="hour",
                value=text,
            )
        )
    return f"{int(found[1]):02d}:{found[2] or '00'}"


def wanted(rule: Rule) -> tuple[str, ...]:
    """The facts to ask for, in order; a plan also asks for the day of its first instalment."""
    needs = tuple(str(need) for need in rule.needs)
    return (*needs, "date") if rule.next_action.counted_from == "plan" and "date" not in needs else needs


def _missing(rule: Rule, facts: Facts) -> list[Problem]:
    words = dict(facts.words)
    given = {"amount": facts.amount, "date": facts.date, "means": facts.means, "hour": facts.hour}
    return [
        Problem(
            "fact-missing",
            msg("This result is not complete without it."),
            _HOW.get(need, msg("Type it in a few objective words.")),
            field=need,
        )
        for need in wanted(rule)
        if not (given[need] if need in given else words.get(need, "").strip())
    ]


_HOW: dict[str, Message] = {
    "amount": msg("Type the amount in euros, for example 150,00."),
    "date": msg("Give the day."),
    "means": msg("Choose the means of payment."),
    "hour": msg("Type the hour as 14:30 or 14h30."),
}


def _unsettled(rule: Rule, facts: Facts, balance: int, collected: int | None) -> list[Problem]:
    """A settlement that the money does not bear out."""
    if rule.code not in SETTLED:
        return []
    found = []
    if balance == 0:
        found.append(Problem("nothing-left", msg("Nothing remains due: this is no settlement."),
                             msg("Close the case as paid in full."), field="result"))  # fmt: skip
    if collected is not None and (facts.amount or 0) > collected:
        reason = msg(
            "{given} was not received: the case has {collected}.",
            given=Euro(facts.amount or 0),
            collected=Euro(collected),
        )
        found.append(
            Problem("not-received", reason, msg("Record the payment first, or correct the amount."), field="amount")
        )
    return found


def _impossible(rule: Rule, facts: Facts, today: dt.date, balance: int) -> list[Problem]:
    """Facts that contradict the calendar, the debt or each other."""
    forward = rule.next_action.counted_from in ("date", "plan")
    future = msg("{given} is in the future.", given=facts.date)
    past = msg("{given} is before the contact itself.", given=facts.date)
    late = msg("The next action would be in the past ({given}).", given=facts.next_on)
    ahead = msg("{given} is in the future.", given=facts.happened_on)
    horizon = today.replace(year=today.year + HORIZON_YEARS, day=1)
    far = msg("This day is more than {years} years away.", years=HORIZON_YEARS)
    old = msg("{given} is too long ago.", given=facts.happened_on)
    unread = bool(facts.hour) and not _HOUR.fullmatch(facts.hour.strip().replace(" ", ""))
    checks: tuple[tuple[bool, str, str, Message, Message], ...] = (
        (facts.happened_on > today, "date-in-future", "happened_on", ahead,
         msg("Log what has happened; plan the rest as next action.")),
        (bool(facts.date and forward and facts.date < facts.happened_on), "date-in-past", "date", past,
         msg("Give the day agreed, from now on.")),
        (bool(facts.date and not forward and facts.date > today), "date-in-future", "date", future,
         msg("Give the day it happened.")),
        (bool(facts.date and facts.date > horizon), "date-too-far", "date", far, msg("Check the year.")),
        (bool(facts.next_on and facts.next_on > horizon), "date-too-far", "next_on", far, msg("Check the year.")),
        (facts.happened_on.year < EARLIEST_YEAR, "date-implausible", "happened_on", old, msg("Check the year.")),
        (rule.code == "PRO" and (facts.amount or 0) > balance, "more-than-owed", "amount",
         msg("The promise is more than what is owed."), msg("Check the amount with the debtor.")),
        (rule.zero_balance and balance != 0, "balance-not-zero", "result",
         msg("The case still owes money: it cannot be closed as paid in full."),
         msg("Record the payment first, or choose another result.")),
        (bool(facts.next_on and facts.next_on < today), "date-in-past", "next_on", late, msg("Choose today or later.")),
        (unread, "hour-unreadable", "hour", msg("“{given}” is not an hour.", given=facts.hour),
         msg("Type it as 14:30 or 14h30.")),
    )  # fmt: skip
    return [Problem(code, reason, remedy, field=field) for wrong, code, field, reason, remedy in checks if wrong]
