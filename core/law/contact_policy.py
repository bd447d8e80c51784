"""The shipped contact policy, its bounds and what each rule rests on, read from data/contact/policy.yaml. Judges no contact."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.contact_intent import Anchor
from core.domain.contact_policy import CAPS, HOURS, Bounds, ContactPolicy, check, hours
from core.domain.messages import Refusal, msg
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "contact" / "policy.yaml"
TRUST = ("V", "V2", "S", "U")
RULES = (*(f"CON-0{number}" for number in range(1, 10)), "FRA-01", "LET-14", "LET-15", "MSG-05")
SOLE = ("lawyer", "guardian", "curator", "representative")
CHANNELS = ("call", "sms", "email", "letter", "visit")


@dataclass(frozen=True, slots=True)
class PolicyData:
    """What ships: the default policy, its bounds, the channel an objection leaves, the channels of a written agreement, the roles that are
    contacted alone, the anchors.
    """

    default: ContactPolicy
    bounds: Bounds
    kept_channel: str
    written: tuple[str, ...]
    sole: tuple[str, ...]
    anchors: Mapping[str, Anchor]


@functools.cache
def contact_policy() -> PolicyData:
    """The shipped data; raises Refusal with file, line and remedy when they are not as foreseen."""
    return policy_from(read_file(FILE, ROOT))


def policy_data_of(text: str, file: str) -> PolicyData:
    """The data of another text in the same format; `file` names it in a refusal."""
    return policy_from(read_text(text, file))


def policy_from(document: Entry) -> PolicyData:
    """The data of a document."""
    parts = document.mapping(["default", "bounds", "kept_channel", "written_agreement", "sole_contact", "rules"])
    default, bounds = _default(parts["default"]), _bounds(parts["bounds"])
    try:
        check(default, bounds)
    except Refusal as refusal:
        first = refusal.problems[0]
        raise parts["default"].refused("policy-bounds", first.reason, first.remedy, first.value) from refusal
    return PolicyData(
        default,
        bounds,
        parts["kept_channel"].choice(CHANNELS),
        tuple(entry.choice(CHANNELS) for entry in parts["written_agreement"].items()),
        tuple(entry.choice(SOLE) for entry in parts["sole_contact"].items()),
        {rule: _anchor(entry) for rule, entry in parts["rules"].mapping(RULES).items()},
    )


def _default(entry: Entry) -> ContactPolicy:
    flags, numbers = ("holidays", "emails_too", "records_calls"), (*CAPS, "recording_days")
    parts = entry.mapping([*HOURS, *flags, *numbers, "recording_purpose"])
    values: dict[str, Any] = {name: hours(str(parts[name].node.value), field=name) for name in HOURS}
    values |= {name: parts[name].flag() for name in flags} | {name: parts[name].whole() for name in numbers}
    return ContactPolicy(**values, recording_purpose=str(parts["recording_purpose"].node.value))


def _bounds(entry: Entry) -> Bounds:
    parts = entry.mapping(["hours", "article", "trust", *CAPS, "recording_days"])
    found = hours(parts["hours"].text(), field="hours")
    if len(found) != 1:
        raise entry.refused(
            "policy-hours", msg("the bounds are one span of hours."), msg("Write it like “06:00-21:00”.")
        )
    largest = {name: parts[name].whole(1) for name in CAPS}
    days = parts["recording_days"].whole(1)
    return Bounds(found[0][0], found[0][1], largest, days, parts["article"].text(), parts["trust"].choice(TRUST))


def _anchor(entry: Entry) -> Anchor:
    parts = entry.mapping(["article", "trust", "own"])
    return Anchor(str(parts["article"].node.value), parts["trust"].choice(TRUST), parts["own"].flag())
