"""The reminder scenarios that ship, a file each of data/scenarios, and the strict reading of a lead's own versions. Plans nothing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from core.domain.messages import msg
from core.domain.scenarios import ANCHORS, CHANNELS, EVENTS, FIRST, PROFILES, STOPS, TONES, Scenario, Step
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "scenarios"
MOST_DAYS, MOST_STEPS, BEFORE = (
    366,
    20,
    100,
)  # bounds of a delay and of a scenario; levels of the reminders before start above
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "letter": ("first_letter", "reminder_gentle", "reminder_firm"),
    "formal_notice": ("formal_notice",),
    "email": ("email_reminder",),
    "sms": ("sms_reminder",),
    "call": ("call",),
}


@functools.cache
def shipped_scenarios() -> Mapping[str, Scenario]:
    """The shipped scenarios by key; raises Refusal with file, line and remedy when one is not as foreseen."""
    return {one.key: one for one in (_scenario(read_file(path, ROOT)) for path in sorted(FOLDER.glob("*.yaml")))}


def scenario_of(text: str, file: str) -> Scenario:
    """A scenario of another text in the same format (JSON is such a text); `file` names it in a refusal."""
    return _scenario(read_text(text, file))


def _scenario(document: Entry) -> Scenario:
    parts = document.mapping(["key", "label", "profile", "tone", "standard", "gap", "stops", "steps", "before"])
    steps = tuple(_step(entry, n, ANCHORS) for n, entry in enumerate(parts["steps"].items(), 1))
    before = tuple(_step(entry, BEFORE + n, EVENTS) for n, entry in enumerate(parts["before"].items(), 1))
    _check(parts["steps"], steps)
    return Scenario(
        parts["key"].text(),
        parts["label"].label(),
        parts["profile"].choice(PROFILES),
        parts["tone"].choice(TONES),
        parts["standard"].flag(),
        parts["gap"].whole(1),
        tuple(entry.choice(STOPS) for entry in parts["stops"].items()),
        steps,
        before,
    )


def _step(entry: Entry, level: int, anchors: tuple[str, ...]) -> Step:
    parts = entry.mapping(["anchor", "days", "channel", "template", "automatic"])
    anchor, channel = parts["anchor"].choice(anchors), parts["channel"].choice(CHANNELS)
    days = _days(parts["days"])
    if (days < 0 and anchor in ("placement", "first_letter", "previous")) or (days > 0 and anchor in EVENTS):
        reason = msg("{given} days do not go with “{anchor}”.", given=days, anchor=anchor)
        remedy = msg("A delay is negative before a due date, an instalment or a promise, and only there.")
        raise parts["days"].refused("scenario-days", reason, remedy, str(days))
    return Step(level, anchor, days, channel, parts["template"].choice(TEMPLATES[channel]), parts["automatic"].flag())


def _days(entry: Entry) -> int:
    written = str(entry.node.value)
    if not written.lstrip("-").isdecimal() or abs(int(written)) > MOST_DAYS:
        reason = msg(
            "“{given}” is not a number of days between {least} and {most}.",
            given=written,
            least=-MOST_DAYS,
            most=MOST_DAYS,
        )
        raise entry.refused("scenario-days", reason, msg("Write a whole number, without quotes."), written)
    return int(written)


def _check(entry: Entry, steps: tuple[Step, ...]) -> None:
    """One step at least, twenty at most; the first letter comes first: nothing else may reach the debtor before it (CPCE R.124-4)."""
    late = [step for step in steps[1:] if step.template == FIRST]
    if not 1 <= len(steps) <= MOST_STEPS:
        reason = msg(
            "{n} steps are given; a scenario has between {least} and {most}.", n=len(steps), least=1, most=MOST_STEPS
        )
        raise entry.refused("scenario-steps", reason, msg("Add or remove steps."))
    if steps[0].anchor == "previous":
        reason = msg("the first step counts from a step before it.")
        raise entry.refused(
            "scenario-first", reason, msg("Count it from the placement, a due date or the first letter.")
        )
    if late:
        reason = msg("the first letter is step {n}.", n=late[0].level)
        raise entry.refused(
            "scenario-first", reason, msg("Put it first: no other step may leave before it (CPCE, art. R. 124-4).")
        )
