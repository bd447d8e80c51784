"""What happens in the demonstration: a case and its course become things done on their days. Does nothing to a store.

A step whose day has not come is not done: its day is the next action of the step before, so that today's queue is alive.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from core.domain.outcomes import WORDS
from core.domain.plans import Terms, schedule
from core.services.demo_cast import FIRST_REF, Case, Debt, debt, next_first
from core.services.demo_data import Script, Step
from core.services.demo_days import Days, number

CONTACTS = ("call", "email", "letter", "sms", "visit")
SETS_ITS_DAY = ("PRO", "PAI", "RAP", "ECH", "DCD")  # results whose own next action is the right one
OPENING, CLOSING = 9 * 60, 18 * 60 + 40  # minutes of the day between which colleagues write


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do through a service; cents, days; `minute` of the day."""

    on: dt.date
    minute: int
    case: str
    do: str
    who: str
    result: str = ""
    inward: bool = False
    amount: int = 0
    date: dt.date | None = None
    means: str = ""
    to: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    next_kind: str = ""
    next_on: dt.date | None = None
    debt: Debt | None = None
    terms: Terms | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)
    whole: bool = (
        False  # a payment of all that is owed on its day, interest and indemnity included where they are claimed
    )


class Course:
    """The course of one case, replayed: what is owed, promised and agreed so far decides amounts and days."""

    def __init__(self, script: Script, days: Days, case: Case, pools: Counter[str]) -> None:
        self.script, self.days, self.case, self.pools = script, days, case, pools
        self.owed, self.last_paid, self.paid = case.owed, 0, 0
        self.promised = self.before = case.placed
        self.minute = 0
        self.last_debt = case.debts[-1]
        self.more = 0
        self.plan: tuple[tuple[dt.date, int], ...] = ()

    def acts(self) -> list[Act]:
        """What was done before today, in its order; the first step not done is the next action of the last one done."""
        found: list[Act] = []
        cut = self.days.today - dt.timedelta(days=self.case.late)
        for at, step in enumerate(self._steps()):
            day = self._day(step, f"{self.case.key}/{at}")
            if found:
                found[-1] = self._followed(found[-1], day)
            if day >= cut:
                break
            found.append(self._act(step, day, f"{self.case.key}/{at}"))
            self.before = day
        else:
            if found and not self.case.late:
                found[-1] = self._followed(found[-1], self.days.ago(-number(self.case.key + "soon", 5)))
        return found

    def _day(self, step: Step, key: str) -> dt.date:
        """The day of a step; that of an instalment is in the plan."""
        if step.day == "plan":
            return max(self.days.open_from(self.plan[int(step.told["number"]) - 1][0]), self.before)
        return self.days.step(step.day, self.case.placed, self.before, self.promised, key)

    def _steps(self) -> Iterator[Step]:
        """The first letter, unless it is still to be sent, then the course."""
        if self.case.course.letter:
            yield Step("+1", "letter", {"first": "true"})
            yield Step("+1", "post", {})
        yield from self.case.course.steps

    def _followed(self, act: Act, day: dt.date) -> Act:
        """The act with the day of the next step as its next action, where its result leaves the choice."""
        chosen = act.next_kind or act.next_on or act.result in SETS_ITS_DAY or "first" in act.told
        leaves = act.do in (*CONTACTS, "post") and not chosen
        return replace(act, next_on=day) if leaves and day > act.on else act

    def _act(self, step: Step, day: dt.date, key: str) -> Act:
        told = step.told
        date = self.days.fact(told["date"], day, key) if "date" in told else None
        act = Act(
            day, self._minute(day, key), self.case.key, step.do, told.get("by") or self.case.house.colleague, told.get("result", ""),
            "in" in told, self._cents(told.get("amount", "")), date, told.get("means", ""), told.get("to", ""), self._words(told), told,
        )  # fmt: skip
        if "then" in told:
            act = self._then(act, told["then"], key)
        special = getattr(self, f"_{step.do}", None)
        if step.told.get("result") == "PRO":
            self.promised = date or day
        return special(act) if special else act

    def _then(self, act: Act, told: str, key: str) -> Act:
        """The act with the next action written beside it: "call_again+7", "call_again today+2"."""
        kind, _, on = told.partition(" ")
        kind, _, after = kind.partition("+")
        return replace(act, next_kind=kind, next_on=self.days.fact(on or f"+{after}", act.on, key))

    def _minute(self, day: dt.date, key: str) -> int:
        """A minute of the working day, after what was done before on that day."""
        start = self.minute + 4 if day == self.before and self.minute else OPENING
        self.minute = min(start + number(key + "minute", max(1, CLOSING - start)), CLOSING + 15)
        return self.minute

    def _words(self, told: Mapping[str, str]) -> dict[str, str]:
        return {need: self._word(told[need]) for need in WORDS if need in told}

    def _word(self, told: str) -> str:
        """The words themselves, or the next line of their pool."""
        if not told.startswith("@"):
            return told
        pool = told[1:]
        lines = self.script.words[pool]
        self.pools[pool] += 1
        return lines[(self.pools[pool] - 1) % len(lines)]

    def _cents(self, told: str) -> int:
        """A share of what is owed, in whole euros unless it is all of it, or euros."""
        if not told.endswith("%"):
            return round_euros(told)
        share = int(told[:-1])
        return self.owed if share == 100 else max(self.owed * share // 10_000 * 100, 100)

    def _pay(self, act: Act) -> Act:
        amount = min(act.amount, self.owed)
        self.owed, self.last_paid, self.paid = self.owed - amount, amount, self.paid + amount
        return replace(act, amount=amount, whole=self.owed == 0)

    def _reverse(self, act: Act) -> Act:
        self.owed, self.paid = self.owed + self.last_paid, self.paid - self.last_paid
        return act

    def _event(self, act: Act) -> Act:
        return replace(act, amount=self.paid) if act.result in {"SOL", "PAR", "TRA"} else act

    def _more(self, act: Act) -> Act:
        """One more debt of the same sum, due at its own time, at the latest the day it is added."""
        self.more += 1
        house, last = self.case.house, self.last_debt
        due = min(next_first(house, last.due), act.on)
        ref = f"{house.refs}-{FIRST_REF + self.case.number * 10 + 4 + self.more}"
        self.last_debt = debt(house, ref, last.nature, house.labels[0], due, last.amount)
        self.owed += last.amount
        return replace(act, debt=self.last_debt)

    def _plan(self, act: Act) -> Act:
        """A plan of all that is owed, one instalment a month."""
        terms = Terms(self.owed, act.date or act.on, count=int(act.told["count"]))
        self.plan = tuple((one.date, one.amount) for one in schedule(terms).instalments)
        return replace(act, terms=terms)

    def _court(self, act: Act) -> Act:
        """A step before the court: what it asks, "granted=whole order_amount=owed hearing_on=today+18"."""
        facts: dict[str, str | int] = {}
        for pair in act.told.get("facts", "").split():
            name, _, value = pair.partition("=")
            facts[name] = value
            if value == "owed":
                facts[name] = self.owed
            elif value.startswith("today"):
                facts[name] = self.days.fact(value, act.on, act.case + name).isoformat()
        return replace(act, facts=facts, amount=self.owed)

    def _due(self, act: Act) -> Act:
        """An instalment paid; the next one is followed."""
        at = int(act.told["number"])
        act = self._pay(replace(act, amount=self.plan[at - 1][1], means="transfer", to="agency"))
        if at == len(self.plan):
            return act
        return replace(
            act, next_kind="follow_instalment", next_on=self.days.open_from(self.plan[at][0] + dt.timedelta(days=1))
        )


def round_euros(told: str) -> int:
    """Euros as the data write them, "395,25", in cents; 0 for nothing."""
    euros, _, rest = told.partition(",")
    return int(euros or 0) * 100 + int(rest.ljust(2, "0") or 0)


def everything(script: Script, days: Days, cases: tuple[Case, ...]) -> list[Act]:
    """What was done in all the cases, in the order of time."""
    pools: Counter[str] = Counter()
    found = [act for case in cases for act in Course(script, days, case, pools).acts()]
    return sorted(found, key=lambda act: (act.on, act.minute))
