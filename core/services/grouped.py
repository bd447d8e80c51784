"""Something done to many cases at once: a selection of the queue, a trial that writes nothing, the doing, a line a case. Judges no case.

The trial runs the very services of the deed in a unit that is given up at its end: what it says is what the doing meets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.services import limitation
from core.services.context import Ctx, service
from core.services.grouped_deeds import DEEDS, Case, Deed, check
from core.store import course, queue
from core.store.queue import Asked, QueueRow
from core.store.unit import Unit
from core.store.within import within

__all__ = ["CODES", "MOST", "Asked", "Deed", "Line", "Outcome", "apply", "preview", "selection"]
MOST = 500  # cases of one grouped action: one unit holds them all
CODES = tuple(DEEDS)


@dataclass(frozen=True, slots=True)
class Planned:
    """The next action of a case: its kind and its ISO day; empty when there is none."""

    kind: str
    on: str


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the selection: what is done to it, or why it is not, and its next action before and after."""

    case_id: int
    ref: str
    debtor: str
    before: Planned
    after: Planned
    done: Message | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed does, or did, to each case of a selection, in the order of the queue."""

    deed: Deed
    lines: tuple[Line, ...]

    @property
    def done(self) -> tuple[Line, ...]:
        """The cases that change."""
        return tuple(one for one in self.lines if one.done is not None)

    @property
    def refused(self) -> tuple[Line, ...]:
        """The cases left as they are, each with why."""
        return tuple(one for one in self.lines if one.problem is not None)


@service(Right.STEER)
def selection(ctx: Ctx, asked: Asked) -> tuple[QueueRow, ...]:
    """The cases of a tab and its filters, most pressing first, MOST at most."""
    near = limitation.last_near(ctx.today).isoformat()
    with ctx.store.read() as reader:
        return queue.queue(reader, replace(asked, after=None, before=None), ctx.day, near, MOST)


@service(Right.STEER)
def preview(ctx: Ctx, deed: Deed, case_ids: Collection[int]) -> Outcome:
    """What a deed would do to each case, and why not. Writes nothing; other writers wait while it looks.

    Raises Refusal "nothing-to-do" without a case, "too-many", and what is wrong with the deed itself on its field.
    """
    check(deed, ctx.today)
    _count(case_ids)
    with ctx.write() as unit:
        unit.given_up = True
        return Outcome(deed, _each(ctx, unit, deed, case_ids, "trial"))


@service(Right.STEER)
def apply(ctx: Ctx, shown: Outcome, token: str) -> Outcome:
    """Do to the cases what the preview showed of them; each keeps its line of the journal. A case that changed meanwhile so that it
    must be left as it is, is told with why; the others are done, in one unit. Twice with one token does once.

    Raises Refusal "nothing-to-do" when no case would change, and what is wrong with the deed itself on its field.
    """
    check(shown.deed, ctx.today)
    case_ids = [one.case_id for one in shown.done]
    _count(case_ids)
    with ctx.write() as unit:
        before = unit.done_before(token, "grouped")
        if before is not None:
            done = set(before)
            return Outcome(shown.deed, tuple(one for one in shown.lines if one.case_id in done))
        lines = _each(ctx, unit, shown.deed, case_ids, token)
        found = Outcome(shown.deed, lines)
        done_ids = [one.case_id for one in found.done]
        unit.audit(
            "grouped.done", "user", ctx.user.id, deed=shown.deed.code, cases=done_ids, refused=len(found.refused)
        )
        unit.remember(token, "grouped", done_ids)
    return found


def _count(case_ids: Collection[int]) -> None:
    if not case_ids:
        raise refuse("nothing-to-do", msg("No case would change."), msg("Choose other cases, or another action."))
    if len(case_ids) > MOST:
        raise refuse(
            "too-many",
            msg("{given} cases are too many for one grouped action.", given=len(case_ids)),
            msg("Take {most} at most, then the next ones.", most=MOST),
            field="cases",
        )


def _each(ctx: Ctx, unit: Unit, deed: Deed, case_ids: Collection[int], token: str) -> tuple[Line, ...]:
    """The deed on each case, inside a unit: what one case refuses leaves the others."""
    inside = replace(ctx, store=within(ctx.store, unit))
    return tuple(_one(inside, unit, deed, row, token) for row in queue.by_ids(unit, case_ids))


def _one(ctx: Ctx, unit: Unit, deed: Deed, row: QueueRow, token: str) -> Line:
    before = Planned(row.next_kind or "", row.next_on or "")
    try:
        with unit.step():
            done = DEEDS[deed.code](ctx, Case(row.case_id, unit, f"{token}:{row.case_id}"), deed)
    except Refusal as refusal:
        return Line(row.case_id, row.ref, row.debtor, before, before, None, refusal.problems[0])
    planned = course.tasks(unit, row.case_id)
    after = Planned(planned[0].kind, planned[0].due_on) if planned else Planned("", "")
    return Line(row.case_id, row.ref, row.debtor, before, after, done, None)
