"""Kinds of appointments with a debtor, their script and their outcomes, read from data/appointments. Plans none."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.law.cited import Cited, cited, each_once
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "appointments" / "kinds.yaml"
KINDS = ("office", "video", "visit")


@dataclass(frozen=True, slots=True)
class AppointmentKind:
    """One kind; `agreement` is the text that wants a written agreement first, None where none is wanted."""

    kind: str
    label: Label
    minutes: int
    agreement: Cited | None
    bring: tuple[Label, ...]
    say: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an appointment went; `took_place`: whether the persons met."""

    code: str
    label: Label
    took_place: bool


@dataclass(frozen=True, slots=True)
class AppointmentData:
    """All of the file, in its order."""

    kinds: tuple[AppointmentKind, ...]
    outcomes: tuple[Outcome, ...]


@functools.cache
def load_appointments() -> AppointmentData:
    """The shipped data."""
    return appointments_from(read_file(FILE, ROOT))


def appointments_from(document: Entry) -> AppointmentData:
    """The data of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["kinds", "outcomes"])
    kinds = tuple(_kind(entry) for entry in parts["kinds"].items())
    each_once(parts["kinds"].items(), [kind.kind for kind in kinds])
    outcomes = tuple(_outcome(entry) for entry in parts["outcomes"].items())
    each_once(parts["outcomes"].items(), [one.code for one in outcomes])
    return AppointmentData(kinds, outcomes)


def _kind(entry: Entry) -> AppointmentKind:
    parts = entry.mapping(["kind", "label", "minutes", "bring", "say"], ["agreement"])
    wanted = parts.get("agreement")
    return AppointmentKind(
        parts["kind"].choice(KINDS),
        parts["label"].label(),
        parts["minutes"].whole(1),
        cited(wanted, wanted.mapping(["article", "trust"])) if wanted else None,
        *(tuple(one.label() for one in parts[key].items()) for key in ("bring", "say")),
    )


def _outcome(entry: Entry) -> Outcome:
    parts = entry.mapping(["code", "took_place", "label"])
    return Outcome(parts["code"].text(), parts["label"].label(), parts["took_place"].flag())
