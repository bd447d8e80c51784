"""The weights of the queue and the habits around it, read from data/priority. Orders no case."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.domain.priority import CODES, Factor, Scale, Weights
from core.law.stops import load_hold_kinds
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "data" / "priority" / "weights.yaml"
HABITS = ROOT / "data" / "priority" / "habits.yaml"
UNITS = ("euros", "days")


@dataclass(frozen=True, slots=True)
class SkipReason:
    """Why a case is set aside; `note` when words are asked for."""

    code: str
    label: Label
    note: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """Days of the house, and the reasons for setting a case aside."""

    skip_days: int
    untouched_days: int
    unposted_days: int
    alert_days: int
    skip_reasons: tuple[SkipReason, ...]


@functools.cache
def load_weights() -> Weights:
    """The shipped weights; Refusal with file, line and remedy for a fault."""
    return weights_from(read_file(WEIGHTS, ROOT))


@functools.cache
def load_habits() -> Habits:
    """The shipped habits."""
    return habits_from(read_file(HABITS, ROOT))


def weights_from(document: Entry) -> Weights:
    """The weights of a document: every factor known to the program once, bounds that hold their points, kinds of stops that exist."""
    parts = document.mapping(["factors", "kinds"])
    factors = tuple(_factor(entry) for entry in parts["factors"].items())
    if sorted(one.code for one in factors) != sorted(CODES):
        raise parts["factors"].refused(
            "priority-factors",
            msg("each factor stands there once: {known}.", known=", ".join(CODES)),
            msg("Add the missing one, or remove the repeated one."),
        )
    known = [kind.kind for kind in load_hold_kinds()]
    return Weights(factors, tuple(entry.choice(known) for entry in parts["kinds"].items()))


def _factor(entry: Entry) -> Factor:
    parts = entry.mapping(["code", "points", "least", "most", "label"], ["scale", "fixed", "takes_off"])
    least = parts["least"].whole()
    most = parts["most"].whole(least)
    points = parts["points"].whole(least)
    if points > most:
        raise _outside(parts["points"], least, most)
    return Factor(
        code=parts["code"].choice(CODES),
        points=points,
        least=least,
        most=most,
        label=parts["label"].label(),
        scale=_scale(parts["scale"]) if "scale" in parts else None,
        fixed=parts["fixed"].flag() if "fixed" in parts else False,
        takes_off=parts["takes_off"].flag() if "takes_off" in parts else False,
    )


def _scale(entry: Entry) -> Scale:
    parts = entry.mapping(["unit", "at", "least", "most"])
    least = parts["least"].whole(1)
    most = parts["most"].whole(least)
    at = parts["at"].whole(least)
    if at > most:
        raise _outside(parts["at"], least, most)
    return Scale(parts["unit"].choice(UNITS), at, least, most)


def _outside(entry: Entry, least: int, most: int) -> Exception:
    return entry.refused(
        "priority-bounds",
        msg("it lies outside its own bounds, {least} to {most}.", least=least, most=most),
        msg("Change the number or its bounds."),
    )


def habits_from(document: Entry) -> Habits:
    """The habits of a document."""
    days = ["skip_days", "untouched_days", "unposted_days", "alert_days"]
    parts = document.mapping([*days, "skip_reasons"])
    reasons = []
    for entry in parts["skip_reasons"].items():
        words = entry.mapping(["code", "label"], ["note"])
        note = words["note"].flag() if "note" in words else False
        reasons.append(SkipReason(words["code"].text(), words["label"].label(), note))
    found = {name: parts[name].whole(1) for name in days}
    return Habits(skip_reasons=tuple(reasons), **found)
