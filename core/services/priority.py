"""The order of the queue: the weights in force, what others would change, why a case stands where it does. Computes no points."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.domain.dates import day_of
from core.domain.messages import Label, msg, refuse
from core.domain.priority import Facts, Reason, Weights, reasons
from core.domain.rights import Right
from core.law.priority import load_habits, load_weights
from core.law.stops import load_hold_kinds
from core.services.contact_record import result_named
from core.services.context import Ctx, service
from core.store import overlays
from core.store import priority as kept
from core.store.overlays import Overlay
from core.store.priority import Pointed, Tried
from core.store.summaries import EVERY, refresh_cases
from core.store.unit import Reader, Unit

KIND = KEY = "priority"
PROMISED = "PRO"
SHOWN, WATCHED = 20, 50  # of a preview: cases listed, and the top whose comings and goings are counted


@dataclass(frozen=True, slots=True)
class WeightsView:
    """The weights in force and those shipped; `versions` of a lead, last first; `version` for the next."""

    now: Weights
    shipped: Weights
    versions: tuple[Overlay, ...]
    version: int
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A case in the top of a preview: its rank and points after, its rank before (None: further down)."""

    after: Tried
    before: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What other weights would do to the portfolio: the top before and after, how many cases enter and leave the first WATCHED."""

    before: tuple[Tried, ...]
    after: tuple[Moved, ...]
    entering: int
    leaving: int


def weights_of(reader: Reader) -> Weights:
    """The weights with the last version of a lead, if any; what no longer fits its bounds counts no more."""
    return _laid(overlays.all_of(reader, KIND))


def _laid(rows: Collection[Overlay]) -> Weights:
    shipped = load_weights()
    if not rows:
        return shipped
    values = {name: value for name, value in json.loads([*rows][-1].content).items() if name in shipped.values()}
    return shipped.laid(values)


def label(code: str) -> Label:
    """The name of a factor."""
    return load_weights().of(code).label


def params_of(reader: Reader, weights: Weights) -> dict[str, Any]:
    """Every number the SQL text takes."""
    grace = result_named(reader, PROMISED).next_action.days
    return {
        **weights.params(), "weak": json.dumps(weights.weak), "grace": f"+{grace} days", "alert": f"+{load_habits().alert_days} days",
    }  # fmt: skip


def outdated(reader: Reader) -> bool:
    """Whether the points kept were computed with other numbers than those that count now."""
    return kept.in_force(reader.conn) != params_of(reader, weights_of(reader))


def install(unit: Unit) -> bool:
    """Keep the numbers that count now; True when they changed, so that every case must be recomputed by the caller."""
    if not outdated(unit):
        return False
    kept.keep(unit, params_of(unit, weights_of(unit)))
    return True


@service(Right.READ)
def weights(ctx: Ctx) -> WeightsView:
    """The weights for the screen."""
    with ctx.store.read() as reader:
        rows = overlays.all_of(reader, KIND)
    return WeightsView(_laid(rows), load_weights(), rows[::-1], rows[-1].version if rows else 0, ctx.may(Right.STEER))


@service(Right.STEER)
def preview(ctx: Ctx, values: Mapping[str, int]) -> Preview:
    """The top of the real portfolio before and after; writes nothing. Raises Refusal "weight-outside", "weight-unknown"."""
    with ctx.store.read() as reader:
        asked = params_of(reader, weights_of(reader).laid(values))
        before, after = kept.tried(reader, {}, WATCHED), kept.tried(reader, asked, WATCHED)
    ranks = {one.case_id: one.rank for one in before}
    entering = sum(one.case_id not in ranks for one in after)
    return Preview(
        before[:SHOWN],
        tuple(Moved(one, ranks.get(one.case_id)) for one in after[:SHOWN]),
        entering,
        len({*ranks} - {one.case_id for one in after}),
    )


@service(Right.STEER)
def save(ctx: Ctx, values: Mapping[str, int], reason: str, seen: int) -> int:
    """One more version of the weights, and every case ordered anew in the same unit; returns its number.

    `seen` is the last version its writer knew of. Raises Refusal "weight-outside", "weight-unknown", "weights-same", "changed-meanwhile".
    """
    with ctx.write() as unit:
        now = weights_of(unit)
        after = now.laid(values)
        if after == now:
            raise refuse("weights-same", msg("These are the weights in force: nothing would change."),
                         msg("Change at least one number."), field="weights")  # fmt: skip
        _keep(unit, after, reason, seen)
        unit.audit("priority.weights", "overlay", seen + 1, values=after.values())
        return seen + 1


@service(Right.STEER)
def ship(ctx: Ctx, seen: int) -> int:
    """Back to the shipped weights, as one more version; returns its number. Raises as `save`."""
    return save(ctx, load_weights().values(), "", seen)


def _keep(unit: Unit, after: Weights, reason: str, seen: int) -> None:
    overlays.add(unit, KIND, KEY, json.dumps(after.values(), sort_keys=True), reason.strip(), None, seen)
    kept.keep(unit, params_of(unit, after))
    refresh_cases(unit.conn, unit.today, unit.law, EVERY)


@service(Right.READ)
def why(ctx: Ctx, case_id: int) -> tuple[Reason, ...]:
    """Why one case stands where it does, heaviest first; empty for a case nobody knows."""
    with ctx.store.read() as reader:
        return explained(reader, (case_id,)).get(case_id, ())


def explained(reader: Reader, case_ids: Collection[int]) -> dict[int, tuple[Reason, ...]]:
    """The reasons of some cases: their points sum to the kept priority of each."""
    return {key: reasons(one.points, _facts(one)) for key, one in kept.pointed(reader, case_ids).items()}


def _facts(one: Pointed) -> Facts:
    return Facts(
        overdue=one.overdue,
        oldest_due_on=day_of(one.oldest_due_on),
        held=_stop(one.held_kind),
        weak=_stop(one.weak_kind),
        promise_broken_on=day_of(one.broken_on),
        limitation_on=day_of(one.limitation_on),
        deadline_on=day_of(one.deadline_on),
        paid_on=day_of(one.paid_on),
        replies=one.replies,
        reach=one.reach,
        as_of=dt.date.fromisoformat(one.as_of),
    )


def _stop(kind: str | None) -> Label | str:
    return _labels().get(kind, kind) if kind else ""


@functools.cache
def _labels() -> dict[str, Label]:
    return {one.kind: one.label for one in load_hold_kinds()}
