"""The guided tour of the demonstration: its stops, where a person stands in it, whether they left it. Draws nothing.

The stops are data (data/tour/tour.yaml). Where one stands is kept per person in the demonstration's own store, so that
a reload or another tab goes on from there; the agency has no tour.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.rights import Right
from core.law.strict_yaml import Entry, Label, read_file
from core.services.context import Ctx, service
from core.store import cases, people

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "tour" / "tour.yaml"
KEY = "tour"
LEFT = -1  # the stop of someone who left the tour or finished it


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop as data: the screen, the debt whose case it opens (or empty), the words."""

    page: str
    debt: str
    title: Label
    text: Label
    attempt: Label | None


@dataclass(frozen=True, slots=True)
class Tour:
    """Where a person stands: `at` None before the start, LEFT after the end, else the number of the stop from 0.

    `case_id` is the case of that stop when it has one that still exists.
    """

    at: int | None
    stops: tuple[Stop, ...]
    case_id: int | None

    @property
    def stop(self) -> Stop | None:
        """The stop of the moment."""
        return self.stops[self.at] if self.at is not None and 0 <= self.at < len(self.stops) else None


@functools.cache
def stops(path: Path = FILE) -> tuple[Stop, ...]:
    """The stops in their order; raises Refusal naming file and line when the data are not as foreseen."""
    file = read_file(path, path.parents[2]).mapping(["stops"])
    return tuple(_stop(entry) for entry in file["stops"].items())


def _stop(entry: Entry) -> Stop:
    parts = entry.mapping(["page", "title", "text"], ["debt", "try"])
    return Stop(
        parts["page"].text(),
        parts["debt"].text() if "debt" in parts else "",
        parts["title"].label(),
        parts["text"].label(),
        parts["try"].label() if "try" in parts else None,
    )


@service(Right.PREFERENCES)
def tour(ctx: Ctx) -> Tour:
    """Where the person stands; a tour already left outside the demonstration."""
    if ctx.space != "demo":
        return Tour(LEFT, stops(), None)
    with ctx.store.read() as reader:
        at = people.setting(reader, KEY, ctx.user.id)[0]
        found = Tour(at, stops(), None)
        debt = found.stop.debt if found.stop else ""
        return Tour(at, found.stops, cases.case_with_debt(reader, debt) if debt else None)


@service(Right.PREFERENCES)
def go_to(ctx: Ctx, at: int) -> Tour:
    """Stand at a stop; past either end the tour is left."""
    here = at if 0 <= at < len(stops()) else LEFT
    with ctx.write() as unit:
        people.set_setting(unit, KEY, here, ctx.user.id)
        unit.audit("tour.moved", "user", ctx.user.id, at=here)
    return tour(ctx)
