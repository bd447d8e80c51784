"""Which step of a reminder scenario is due in a case on a day, and why; or why none is. Sends nothing, reads no store and no clock.

One step a case and a run: after days without a run the next step only leaves, and what follows counts from what was really done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.calendar import Bilingual
from core.domain.messages import Message, msg

PROFILES = ("consumer", "business", "landlord", "public_body")
TONES = ("gentle", "firm")
ANCHORS = ("placement", "due_date", "first_letter", "previous")
EVENTS = ("promise", "instalment")
CHANNELS = ("letter", "email", "sms", "call", "formal_notice")
WRITTEN = ("letter", "email", "sms", "formal_notice")
STOPS = ("held", "promise", "reply", "proceeding", "time_barred")
FIRST = "first_letter"
COURTEOUS = ("promise", "plan")  # stops under which a reminder before the expected payment still leaves
FARTHEST = 400  # days looked at for an open one before one says that there is none
OpenDay = Callable[[dt.date], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `days` after (negative: before) the anchor, by a channel, with a kind of text; `automatic` or after a person's word."""

    level: int
    anchor: str
    days: int
    channel: str
    template: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """The steps in their order (level 1 first), those `before` an expected payment (levels from 101), what keeps them back."""

    key: str
    label: Bilingual
    profile: str
    tone: str
    standard: bool
    gap: int
    stops: tuple[str, ...]
    steps: tuple[Step, ...]
    before: tuple[Step, ...]

    @property
    def first_level(self) -> int:
        """The level of the first letter of R.124-4, 0 when the scenario has none."""
        return next((step.level for step in self.steps if step.template == FIRST), 0)

    def step(self, level: int) -> Step | None:
        """A step by its level."""
        return next((step for step in (*self.steps, *self.before) if step.level == level), None)

    def after(self, level: int) -> Step | None:
        """The step that follows a level."""
        return next((step for step in self.steps if step.level > level), None)

    def wait(self, step: Step, level: int) -> int:
        """Days at least between what was done at a level and the step that follows: those of the scenario, never less than its gap."""
        before = self.step(level)
        if step.anchor == "previous":
            return max(step.days, self.gap)
        same = before is not None and before.anchor == step.anchor
        return max(step.days - before.days, self.gap) if before and same else self.gap


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case a scenario looks at; `balance` in cents, credit notes and payments counted.

    `level` and `done_on`: the last step really done. `stops`: those in force, with their last day when it is known; `held_kind` says which
    stop holds the whole case. `events`: the next expected payment by kind, `reminded`: those already reminded, by (level, day).
    `acted_on`: the last day something left. `paused_until`: 9999-12-31 when left out for good. `pending`: a step is being prepared or
    waits for a person's word; `letter_ready`: a letter waits to be posted.
    """

    placed_on: dt.date
    balance: int
    open: bool = True
    due_on: dt.date | None = None
    first_letter_on: dt.date | None = None
    level: int = 0
    done_on: dt.date | None = None
    stops: Mapping[str, dt.date | None] = field(default_factory=dict)
    held_kind: str = ""
    events: Mapping[str, dt.date] = field(default_factory=dict)
    reminded: frozenset[tuple[int, dt.date]] = frozenset()
    paused_until: dt.date | None = None
    acted_on: dt.date | None = None
    pending: bool = False
    letter_ready: bool = False

    def last(self, scenario: Scenario) -> tuple[int, dt.date | None]:
        """The last step done and its day: a first letter posted in another way counts as the scenario's own."""
        if not self.level and self.first_letter_on and scenario.first_level:
            return scenario.first_level, self.first_letter_on
        return self.level, self.done_on


@dataclass(frozen=True, slots=True)
class Next:
    """The answer: `code` is "due" (the step leaves today), "later" (on its day `on`), or what keeps it back; `on`: when it may leave.

    `event_on`: the expected payment a reminder comes before.
    """

    code: str
    step: Step | None
    on: dt.date | None
    why: Message
    event_on: dt.date | None = None

    @property
    def due(self) -> bool:
        """Whether the step leaves today."""
        return self.code == "due"


def next_step(scenario: Scenario, facts: CaseFacts, today: dt.date, is_open: OpenDay) -> Next:
    """The one step of a case today, or why none: a reminder before an expected payment first, then the next step of the scenario."""
    closed = _over(facts)
    if closed:
        return closed
    if facts.pending:
        return Next("pending", None, None, msg("A step already waits for a person's word, or is being prepared."))
    if facts.paused_until and facts.paused_until >= today:
        return _paused(facts.paused_until)
    if facts.acted_on and facts.acted_on >= today:
        tomorrow = opened(facts.acted_on + dt.timedelta(days=1), is_open)
        return Next("today", None, tomorrow, msg("A step of this case left today already."))
    return _before(scenario, facts, today, is_open) or _following(scenario, facts, today, is_open)


def _over(facts: CaseFacts) -> Next | None:
    if not facts.open:
        return Next("closed", None, None, msg("The case is closed: nothing leaves any more."))
    if facts.balance <= 0:
        return Next("paid", None, None, msg("Nothing is owed any more: nothing leaves any more."))
    return None


def _paused(until: dt.date) -> Next:
    if until.year == dt.MAXYEAR:
        return Next("excluded", None, None, msg("The case was left out of its scenario."))
    return Next("paused", None, until + dt.timedelta(days=1), msg("Its scenario is paused until {day}.", day=until))


def _before(scenario: Scenario, facts: CaseFacts, today: dt.date, is_open: OpenDay) -> Next | None:
    """The reminder before an expected payment that is due today: from its day on, until the payment's own day."""
    if not is_open(today) or (facts.held_kind and facts.held_kind not in COURTEOUS):
        return None
    for step in scenario.before:
        event = facts.events.get(step.anchor)
        if event and _start(step, event, is_open) <= today <= event and (step.level, event) not in facts.reminded:
            return Next("due", step, today, _why_before(step, event), event)
    return None


def _start(step: Step, event: dt.date, is_open: OpenDay) -> dt.date:
    return min(opened(event + dt.timedelta(days=step.days), is_open), event)


def _following(scenario: Scenario, facts: CaseFacts, today: dt.date, is_open: OpenDay) -> Next:
    level, done_on = facts.last(scenario)
    step = scenario.after(level)
    if step is None:
        return Next("ended", None, None, msg("All steps of the scenario are done: a person decides what comes next."))
    kept = _kept_back(scenario, facts, step)
    if kept:
        return kept
    anchor = _anchor(step, facts, done_on)
    if anchor is None:
        return Next("no_anchor", step, None, _awaited(step))
    wanted = anchor if step.anchor == "previous" and done_on else anchor + dt.timedelta(days=step.days)
    if done_on:
        wanted = max(wanted, done_on + dt.timedelta(days=scenario.wait(step, level)))
    on = opened(wanted, is_open)
    if on <= today and is_open(today):
        return Next("due", step, on, _why(step, anchor, done_on, wanted, on))
    return Next("later", step, max(on, opened(today, is_open)), _why(step, anchor, done_on, wanted, on))


def _kept_back(scenario: Scenario, facts: CaseFacts, step: Step) -> Next | None:
    for name in scenario.stops:
        if name in facts.stops:
            until = facts.stops[name]
            return Next(name, step, until + dt.timedelta(days=1) if until else None, STOPPED[name])
    if facts.letter_ready and step.channel in ("letter", "formal_notice"):
        return Next(
            "letter_ready", step, None, msg("A letter of this case waits to be posted: post it or cancel it first.")
        )
    return None


def _anchor(step: Step, facts: CaseFacts, done_on: dt.date | None) -> dt.date | None:
    known = {"placement": facts.placed_on, "due_date": facts.due_on, "first_letter": facts.first_letter_on}
    return (done_on or facts.placed_on) if step.anchor == "previous" else known[step.anchor]


def opened(day: dt.date, is_open: OpenDay) -> dt.date:
    """The first open day from a day on; the day itself when none is found within 400 days."""
    ahead = (day + dt.timedelta(days=n) for n in range(FARTHEST))
    return next((one for one in ahead if is_open(one)), day)


def _awaited(step: Step) -> Message:
    if step.anchor == "first_letter":
        return msg("The step counts from the posting of the first letter, which is not recorded yet.")
    return msg("The step counts from a due date, and no open debt has one.")


def _why(step: Step, anchor: dt.date, done_on: dt.date | None, wanted: dt.date, on: dt.date) -> Message:
    """The sentence of a planned day: from which day it counts, and what moved it."""
    if step.anchor == "previous" and done_on:
        reason = msg("{n} days after the step before, done on {day}", n=(wanted - done_on).days, day=done_on)
    elif done_on and wanted > anchor + dt.timedelta(days=step.days):
        reason = msg(
            "its own day is past; {n} days at least after the step before, done on {day}",
            n=(wanted - done_on).days,
            day=done_on,
        )
    elif not step.days:
        reason = msg("{what} {day}", what=COUNTED[step.anchor], day=anchor)
    else:
        reason = msg("{what} {day}, {n} days", what=COUNTED[step.anchor], day=anchor, n=f"{step.days:+d}")
    return msg("{reason}; moved to the next open day", reason=reason) if on != wanted else reason


def _why_before(step: Step, event: dt.date) -> Message:
    if step.anchor == "promise":
        return msg("a payment is promised for {day}", day=event)
    return msg("an instalment falls due on {day}", day=event)


COUNTED = {
    "placement": msg("placed on"),
    "due_date": msg("due on"),
    "first_letter": msg("first letter posted on"),
    "previous": msg("placed on"),
}
STOPPED = {
    "held": msg("The case is stopped."),
    "promise": msg("A promise is awaited."),
    "reply": msg("The debtor spoke last: a person answers first."),
    "proceeding": msg("A proceeding is open: what is sent goes with it."),
    "time_barred": msg("A debt may be time-barred: a lead decides first."),
}


def profile_of(kind: str) -> str:
    """The profile of a debtor by what they are, before a mandate says otherwise."""
    return {"individual": "consumer", "public": "public_body"}.get(kind, "business")


def standard_of(scenarios: Sequence[Scenario], profile: str) -> Scenario | None:
    """The scenario of a profile when nobody chose another."""
    return next((one for one in scenarios if one.profile == profile and one.standard), None)
