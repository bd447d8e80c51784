"""Why a case comes first: the factors, their weights, the sentence of each. Computes no points: the one SQL text of the store does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.domain.messages import Euro, Label, Message, Problem, Refusal, msg

CODES = (
    "lost", "reply", "deadline", "limitation", "promise", "amount", "age", "payer", "contact", "solvency", "paused",
)  # fmt: skip
PHONE, EMAIL, ADDRESS = 1, 2, 4  # the bits of `Facts.reach`


@dataclass(frozen=True, slots=True)
class Scale:
    """Where points are spread: `at` in whole euros or days ("unit"), within its bounds, both counted."""

    unit: str
    at: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: `points` within bounds, both counted; `takes_off` lowers the case by them; `fixed` is not for a lead to change."""

    code: str
    points: int
    least: int
    most: int
    label: Label
    scale: Scale | None = None
    fixed: bool = False
    takes_off: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """All factors once, and the kinds of stops of a debtor who may not or cannot pay."""

    factors: tuple[Factor, ...]
    weak: tuple[str, ...]

    def of(self, code: str) -> Factor:
        """A factor by its code. Raises KeyError."""
        return {one.code: one for one in self.factors}[code]

    def values(self) -> dict[str, int]:
        """What a lead may change: points by code, and "code_scale" in its own unit."""
        found: dict[str, int] = {}
        for one in self.factors:
            if not one.fixed:
                found[one.code] = one.points
                if one.scale:
                    found[f"{one.code}_scale"] = one.scale.at
        return found

    def laid(self, values: Mapping[str, int]) -> Weights:
        """These weights with other values; raises Refusal "weight-outside" on each field outside its bounds, "weight-unknown"."""
        problems = [_outside(*bad) for bad in self._faults(values)]
        if problems:
            raise Refusal(*problems)
        return replace(self, factors=tuple(_with(one, values) for one in self.factors))

    def _faults(self, values: Mapping[str, int]) -> list[tuple[str, int, int, int]]:
        bounds = {one.code: (one.least, one.most) for one in self.factors if not one.fixed}
        bounds |= {f"{f.code}_scale": (f.scale.least, f.scale.most) for f in self.factors if f.scale and not f.fixed}
        return [
            (name, value, *bounds.get(name, (0, -1)))
            for name, value in values.items()
            if name not in bounds or not bounds[name][0] <= value <= bounds[name][1]
        ]

    def params(self) -> dict[str, int]:
        """The numbers the SQL text takes: points by code ("w_amount"), scales ("s_amount": cents or days)."""
        found = {f"w_{one.code}": one.points for one in self.factors}
        for one in self.factors:
            if one.scale:
                found[f"s_{one.code}"] = one.scale.at * 100 if one.scale.unit == "euros" else one.scale.at
        return found


def _with(one: Factor, values: Mapping[str, int]) -> Factor:
    scale = one.scale
    if scale:
        scale = replace(scale, at=values.get(f"{one.code}_scale", scale.at))
    return replace(one, points=values.get(one.code, one.points), scale=scale)


def _outside(name: str, value: int, least: int, most: int) -> Problem:
    if least > most:
        return Problem("weight-unknown", msg("No weight of the queue is called “{name}”.", name=name),
                       msg("Open the screen again."), field=name, value=str(value))  # fmt: skip
    return Problem(
        "weight-outside",
        msg("{value} lies outside {least} to {most}.", value=value, least=least, most=most),
        msg("Choose a number between the two."),
        field=name,
        value=str(value),
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the kept points of a case rest on, as of a day; cents, counts and bits (PHONE | EMAIL | ADDRESS)."""

    overdue: int
    oldest_due_on: dt.date | None
    held: Label | str
    weak: Label | str
    promise_broken_on: dt.date | None
    limitation_on: dt.date | None
    deadline_on: dt.date | None
    paid_on: dt.date | None
    replies: int
    reach: int
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor of a case that counts: its points, below zero when they lower it, and its sentence."""

    code: str
    points: int
    sentence: Message


def reasons(points: Mapping[str, int], facts: Facts) -> tuple[Reason, ...]:
    """The sentence of every factor that counts, heaviest first; their points sum to those given."""
    found = [Reason(code, points[code], SENTENCES[code](facts)) for code in CODES if points.get(code)]
    return tuple(sorted(found, key=lambda one: -abs(one.points)))


def _days(later: dt.date | None, earlier: dt.date | None) -> int:
    return (later - earlier).days if later and earlier else 0


def _dated(known: Message, passed: Message, left: int) -> Message:
    return known if left >= 0 else passed


def _deadline(facts: Facts) -> Message:
    left = _days(facts.deadline_on, facts.as_of)
    return _dated(
        msg("A time limit of the proceeding is to be acted upon by {day} ({days} days left).", day=facts.deadline_on, days=left),
        msg("A time limit of the proceeding was to be acted upon by {day}.", day=facts.deadline_on),
        left,
    )  # fmt: skip


def _contact(facts: Facts) -> Message:
    if facts.reach & PHONE:
        return msg("A telephone number that holds is known.")
    if facts.reach & EMAIL:
        return msg("An e-mail address that holds is known, no telephone.")
    return msg("Only a postal address is known.")


SENTENCES: Mapping[str, Callable[[Facts], Message]] = {
    "lost": lambda _: msg("Nothing is planned on this open case: that is an error."),
    "reply": lambda facts: msg("Replies that wait for an answer: {count}.", count=facts.replies),
    "deadline": _deadline,
    "limitation": lambda facts: msg(
        "The last day to sue is {day} ({days} days left).",
        day=facts.limitation_on,
        days=_days(facts.limitation_on, facts.as_of),
    ),
    "promise": lambda facts: msg("The payment promised for {day} did not come in full.", day=facts.promise_broken_on),
    "amount": lambda facts: msg("{amount} of principal is overdue.", amount=Euro(facts.overdue)),
    "age": lambda facts: msg(
        "The oldest unpaid sum has been due since {day} ({days} days).",
        day=facts.oldest_due_on,
        days=_days(facts.as_of, facts.oldest_due_on),
    ),
    "payer": lambda facts: msg("This debtor still pays: last payment on {day}.", day=facts.paid_on),
    "contact": _contact,
    "solvency": lambda facts: msg("Little is to be expected for now: {why}.", why=facts.weak),
    "paused": lambda facts: msg("Stopped, and nothing is to be done yet: {why}.", why=facts.held),
}


def meaning(code: str) -> Message:
    """What a factor does, for whoever sets its weight."""
    return {
        "lost": msg("An open case without next action comes first, before everything."),
        "reply": msg("A debtor wrote and nobody answered yet."),
        "deadline": msg("A time limit of a proceeding comes near: the points grow each day of the window, whole once it is there."),
        "limitation": msg("The last day to sue comes near: the points grow each day of the window."),
        "promise": msg("The last promise was not kept in full, and no other runs; forgotten after so many days."),
        "amount": msg("The more principal is overdue, the more points, whole from this amount on."),
        "age": msg("The older the oldest unpaid sum, the more points, whole from this age on."),
        "payer": msg("A payment came within so many days: asking again pays."),
        "contact": msg("A number or an e-mail that holds gives the points, an address alone half of them."),
        "solvency": msg("Insolvency, over-indebtedness or a death lowers the case by so many points."),
        "paused": msg("A stopped case where nothing is to be done yet goes to the end."),
    }[code]  # fmt: skip
