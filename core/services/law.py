"""The values of the law as this agency holds them: shipped, and laid over by a lead; each with how fresh it is. Adds none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.computation import Quantity
from core.domain.deadlines import DeadlineRules
from core.domain.law_freshness import State, state
from core.domain.law_values import Bands, BandSeries, Dated, Law, Series, UnknownValue
from core.domain.limitation_law import LimitationLaw
from core.domain.messages import Problem
from core.domain.rights import Right
from core.law import values
from core.law.calendar_rules import deadline_rules
from core.law.limitation_rules import limitation_law
from core.services.context import Ctx, service
from core.store import overlays
from core.store.overlays import Overlay
from core.store.unit import Reader

KIND = "law_value"
ORDER = (Quantity.RATE, Quantity.POINTS, Quantity.CENTS, Quantity.COUNT, Quantity.MONTHS, Quantity.DAYS, Quantity.TEXT)


@dataclass(frozen=True, slots=True)
class Laid:
    """One addition as it was recorded: `act` is "value", "checked" or "withdrawn"; `source` is the reason of a withdrawal."""

    key: str
    version: int
    act: str
    start: dt.date | None
    value: str
    source: str
    author: str
    recorded_at: dt.datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: what is in force today (None: not known), how fresh it is, what was added here; `version` for the next addition."""

    series: Series | BandSeries
    now: Dated | Bands | None
    state: State
    additions: tuple[Laid, ...]
    version: int

    @property
    def key(self) -> str:
        """Its key."""
        return self.series.key


@dataclass(frozen=True, slots=True)
class LawView:
    """Everything the law screen shows. `alerts`: values to look at, the most urgent first; `aside`: additions that no longer fit."""

    groups: tuple[tuple[str, tuple[ValueView, ...]], ...]
    alerts: tuple[ValueView, ...]
    aside: tuple[tuple[str, int, Problem], ...]
    calendar: DeadlineRules
    limitation: LimitationLaw
    fingerprint: str
    may_edit: bool

    def of(self, key: str) -> ValueView:
        """A value by its key. Raises KeyError for a key nobody knows."""
        return {view.key: view for _, views in self.groups for view in views}[key]


def law_of(reader: Reader) -> Law:
    """The law with the additions of this agency that fit; kept in memory as long as they stay the same."""
    return values.laid(overlays.all_of(reader, KIND))[0]


@service(Right.REFERENCE)
def law(ctx: Ctx) -> Law:
    """The law for a screen or a command."""
    with ctx.store.read() as reader:
        return law_of(reader)


@service(Right.REFERENCE)
def law_overview(ctx: Ctx) -> LawView:
    """Every value with its state today, by group."""
    with ctx.store.read() as reader:
        rows = overlays.all_of(reader, KIND)
    found, aside = values.laid(rows)
    everything: tuple[Series | BandSeries, ...] = (*found.series.values(), *found.bands.values())
    views = [_view(one, rows, ctx.today) for one in everything]
    order = list(State)
    urgent = sorted((v for v in views if v.state is not State.FRESH), key=lambda v: (-order.index(v.state), v.key))
    views.sort(key=lambda v: (isinstance(v.series, BandSeries), ORDER.index(v.series.quantity)))
    groups = tuple((group, tuple(v for v in views if v.series.group == group)) for group in values.GROUPS)
    return LawView(
        tuple((group, members) for group, members in groups if members),
        tuple(urgent),
        aside,
        deadline_rules(),
        limitation_law(),
        found.fingerprint,
        ctx.may(Right.LAW),
    )


def _view(series: Series | BandSeries, rows: Sequence[Overlay], today: dt.date) -> ValueView:
    try:
        now: Dated | Bands | None = series.at(today)
    except UnknownValue:
        now = None
    mine = [row for row in rows if row.key == series.key]
    return ValueView(series, now, state(series, today), _recorded(mine), mine[-1].version if mine else 0)


def _recorded(rows: Sequence[Overlay]) -> tuple[Laid, ...]:
    contents = [(row, json.loads(row.content)) for row in rows]
    gone = {content["withdrawn"] for _, content in contents if "withdrawn" in content}
    return tuple(
        Laid(
            row.key,
            row.version,
            next(act for act in ("value", "withdrawn", "checked") if act in content),
            dt.date.fromisoformat(content["value"]["from"]) if "value" in content else None,
            str(content.get("value", {}).get("value", "")),
            row.source,
            row.author,
            dt.datetime.fromisoformat(row.recorded_at),
            row.version in gone,
        )
        for row, content in contents
    )
