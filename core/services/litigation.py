"""Proceedings as screens read them: one file, those of a case, the table of all cases. Writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.procedure import Limit, Procedure, Remark, Step
from core.domain.proceeding_cautions import cautions
from core.domain.proceeding_events import Event
from core.domain.proceedings import State
from core.domain.rights import Right
from core.law.procedures import load_procedures
from core.services import proceeding_record
from core.services.context import Ctx, service
from core.store import proceedings as kept
from core.store import tracker as trackers
from core.store.proceedings import EventRow, Head
from core.store.tracker import Counts, TrackerRow


@dataclass(frozen=True, slots=True)
class File:
    """One proceeding, whole, from one snapshot; `instruction` are the facts of the creditor's decision, `cautions` what to know today."""

    head: Head
    state: State
    events: tuple[EventRow, ...]
    said: dict[int, Event]
    instruction: Event
    instruction_words: str
    cautions: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the tracker keeps: a creditor, a route, limits within so many days; None or empty keeps all."""

    creditor: int | None = None
    route: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class TrackerPage:
    """One page of the tracker."""

    rows: tuple[TrackerRow, ...]
    total: int
    pages: int


@service(Right.READ)
def routes(ctx: Ctx) -> dict[str, Procedure]:  # noqa: ARG001 - the right is checked on it
    """Every route that the data describe, in its newest version."""
    return {key: versions[-1] for key, versions in load_procedures().items()}


def limit_of(route: str, key: str) -> Limit | None:
    """The words of a time limit in the newest version of a route that has it."""
    return next((one.limits[key] for one in reversed(load_procedures().get(route, ())) if key in one.limits), None)


def step_of(route: str, key: str) -> Step | None:
    """The words of a step in the newest version of a route that has it."""
    return next((one.steps[key] for one in reversed(load_procedures().get(route, ())) if key in one.steps), None)


@service(Right.READ)
def proceeding_file(ctx: Ctx, proceeding_id: int) -> File:
    """One proceeding, replayed as of today."""
    with ctx.store.read() as reader:
        head = proceeding_record.head(reader, proceeding_id)
        rows = kept.events(reader, proceeding_id)
        stopped = proceeding_record.stopped(reader, head.case_id, ctx.today)
    said = {row.id: proceeding_record.event_of(row) for row in rows}
    found = proceeding_record.state_of(head, rows, ctx.today)
    shown = cautions(found.procedure, found.done, found.facts, head.court, stopped)
    return File(head, found, rows, said, said[rows[0].id], rows[0].text or "", shown)


@service(Right.READ)
def case_proceedings(ctx: Ctx, case_id: int) -> tuple[File, ...]:
    """The proceedings of a case, the newest first."""
    with ctx.store.read() as reader:
        found = kept.of_case(reader, case_id)
    return tuple(proceeding_file(ctx, head.id) for head in found)


@service(Right.READ)
def tracker(ctx: Ctx, filters: Filters, page: int = 1) -> TrackerPage:
    """A page (from 1) of the proceedings that go on, the nearest limit first."""
    until = (ctx.today + dt.timedelta(days=filters.days)).isoformat() if filters.days is not None else ""
    with ctx.store.read() as reader:
        total = trackers.count(reader, filters.creditor, filters.route, until)
        pages = max(1, -(-total // trackers.PAGE))
        at = min(max(page, 1), pages)
        return TrackerPage(trackers.rows(reader, filters.creditor, filters.route, until, at), total, pages)


@service(Right.READ)
def any_going(ctx: Ctx) -> bool:
    """Whether a proceeding goes on, whoever the creditor is."""
    with ctx.store.read() as reader:
        return trackers.count(reader, None, "", "") > 0


@service(Right.READ)
def deadline_counts(ctx: Ctx) -> Counts:
    """How many limits are past their day to act upon, or reach it within 7 or 30 days."""
    with ctx.store.read() as reader:
        return trackers.counts(reader, ctx.day)
