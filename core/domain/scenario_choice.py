"""Which scenario a case follows and why: the one chosen for its debtor, in the tone that a reason or a fragile path calls for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.calendar import Bilingual
from core.domain.messages import Message, msg
from core.domain.scenarios import TONES, Next, Scenario, Step

CHOSEN = "chosen"
CALLED = (CHOSEN, *TONES)  # what a reason may call for
FRAGILE = "gentle"  # the tone of an open fragile path, whatever the reason
FIRM = ("reminder_firm", "formal_notice")  # texts that are never proposed while a fragile path is open
NO_FIRM = msg("A fragile path is open: no firm letter is proposed, a person decides what comes next.")
LEVELS = ("case", "mandate", "creditor", "agency", "standard")  # who chose, the nearest first


@dataclass(frozen=True, slots=True)
class Picked:
    """The scenario chosen for a debtor before any tone, and at which of LEVELS."""

    scenario: str
    by: str


@dataclass(frozen=True, slots=True)
class Called:
    """What calls for a tone: the reason that stands, with its words and day, or the day a fragile path was opened."""

    reason: Bilingual | None = None
    tone: str = CHOSEN
    said_on: dt.date | None = None
    fragile_on: dt.date | None = None

    @property
    def asked(self) -> str:
        """The tone asked for, empty when the chosen scenario stays."""
        return FRAGILE if self.fragile_on else self.tone if self.tone != CHOSEN else ""


NOTHING = Called()


@dataclass(frozen=True, slots=True)
class Choice:
    """The scenario of a case, why it is this one, and whether each of its steps waits for a person's word (`by_hand`)."""

    scenario: Scenario
    why: Message
    by: str
    by_hand: bool = False

    def step(self, step: Step) -> Step:
        """A step as this case has it."""
        return replace(step, automatic=False) if self.by_hand else step

    def keeps(self, template: str) -> bool:
        """Whether a text is kept back because a fragile path is open."""
        return self.by_hand and template in FIRM

    def answer(self, found: Next) -> Next:
        """What the domain answered, as this case has it: a step by hand, or none when its text is kept back."""
        if found.step is None:
            return found
        if found.due and self.keeps(found.step.template):
            return Next("fragile", self.step(found.step), None, NO_FIRM)
        return replace(found, step=self.step(found.step))


def toned(scenarios: Mapping[str, Scenario], asked: str, tone: str) -> Scenario:
    """The scenario of a tone for the same kind of debtor; the one asked for when it has that tone, or there is no other."""
    own = scenarios[asked]
    if not tone or own.tone == tone:
        return own
    return next((one for one in scenarios.values() if one.profile == own.profile and one.tone == tone), own)


def choose(scenarios: Mapping[str, Scenario], picked: Picked, called: Called) -> Choice:
    """The scenario of a case: what was chosen for its debtor, then the tone called for; a fragile path counts before a reason."""
    found = toned(scenarios, picked.scenario, called.asked)
    if called.fragile_on:
        why = msg(
            "{tone}, because: a fragile path is open since {day}; each step waits for a person's word",
            tone=TONE[found.tone],
            day=called.fragile_on,
        )
        return Choice(found, why, "fragile", by_hand=True)
    if called.asked and found.tone == called.asked:
        why = msg(
            "{tone}, because: {reason}, said on {day}", tone=TONE[found.tone], reason=called.reason, day=called.said_on
        )
        return Choice(found, why, "reason")
    return Choice(found, BY[picked.by], picked.by)


TONE: Mapping[str, Message] = {"gentle": msg("gentle"), "firm": msg("firm")}
BY: Mapping[str, Message] = {
    "case": msg("chosen for this case"),
    "mandate": msg("chosen for this mandate"),
    "creditor": msg("chosen for this creditor"),
    "agency": msg("the agency's choice for this kind of debtor"),
    "standard": msg("the usual one for this kind of debtor"),
}
