"""What may be done to many cases: each deed does one case through the service that a person would use. Chooses no case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.messages import Label, Message, Problem, Refusal, msg, refuse
from core.law.stops import load_hold_kinds
from core.services import assignment, closure_record, closures, contact_record, holds, scenario_case, skips
from core.services.context import Ctx
from core.services.refusals import empty_field, unknown_choice
from core.services.result_words import action_kinds
from core.store import course, reminders
from core.store import journal as kept
from core.store.unit import Unit

FOLLOWED = "verify_promise"  # a promise is followed to its day
UNSENT = ("first_letter", "post_letter")
REPLACED = tuple(kind for kind in contact_record.CALLS if kind != FOLLOWED)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is asked for each case: `code` one of DEEDS; `kind` of the stop, of the next action, reason coded; `on` until when or for when;
    `words` the reason or a few words, kept in the journal of each case; `to` the colleague (0: nobody).
    """

    code: str
    kind: str = ""
    on: dt.date | None = None
    words: str = ""
    to: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a grouped action: its number, the unit it is written in, the token of its command."""

    id: int
    unit: Unit
    token: str


def check(deed: Deed, today: dt.date) -> None:
    """What of a deed does not depend on a case. Raises Refusal "choice-unknown", "field-empty", "date-in-past", "skip-day", "skip-note"."""
    if deed.code not in DEEDS:
        raise unknown_choice("code", deed.code)
    if deed.code == "skip":
        skips.check_entry(skips.SkipEntry(0, deed.kind, deed.on or today, deed.words), today)
        return
    offered = KINDS.get(deed.code)
    if offered is not None and deed.kind not in offered():
        raise unknown_choice("kind", deed.kind)
    if deed.code in NEEDS_WORDS and not deed.words.strip():
        raise Refusal(empty_field("words"))
    if deed.code == "next" and deed.on is None:
        raise Refusal(empty_field("on"))
    if deed.on is not None and deed.on < today:
        raise refuse(
            "date-in-past",
            msg("{day} is past.", day=deed.on),
            msg("Choose today or a day to come."),
            field="on",
            value=deed.on.isoformat(),
        )


def _hold(ctx: Ctx, case: Case, deed: Deed) -> Message:
    if any(one.kind == deed.kind and one.debt_ref is None for one in course.holds(case.unit, case.id, ctx.day)):
        raise refuse("hold-stands", msg("This stop stands already."), msg("Leave it, or lift it first."), field="kind")
    holds.open_hold(ctx, holds.HoldEntry(case.id, None, deed.kind, deed.words, deed.on), case.token)
    if deed.on:
        return msg("Stopped until {day}: {why}.", day=deed.on, why=stop(deed.kind))
    return msg("Stopped: {why}.", why=stop(deed.kind))


def _lift(ctx: Ctx, case: Case, deed: Deed) -> Message:
    standing = [one for one in course.holds(case.unit, case.id, ctx.day) if one.kind == deed.kind]
    if not standing:
        raise refuse(
            "hold-unknown", msg("No such stop stands in this case."), msg("Nothing is to be lifted."), field="kind"
        )
    for one in standing:
        holds.lift_hold(ctx, one.id, one.row_version, deed.words)
    return msg("Stop lifted: {why}.", why=stop(deed.kind))


def _next(ctx: Ctx, case: Case, deed: Deed) -> Message:
    if contact_record.head(case.unit, case.id).status == "closed":
        raise contact_record.case_closed("kind")
    _free(ctx, case, deed)
    on = (deed.on or ctx.today).isoformat()
    kept.close_tasks(case.unit, case.id, "replaced", kinds=(*REPLACED, deed.kind))
    kept.add_task(case.unit, case.id, deed.kind, on, note=deed.words, origin="grouped")
    _tell(case, {"step": "next_action", "kind": deed.kind, "date": on}, deed.words)
    case.unit.audit("action.set", "case", case.id, kind=deed.kind)
    return msg("Next action set.")


def _free(ctx: Ctx, case: Case, deed: Deed) -> None:
    """Whether a grouped next action may replace what is planned: what the law, a promise or a stop orders stays."""
    planned = {task.kind for task in course.tasks(case.unit, case.id)}
    if planned & set(UNSENT) and deed.kind not in UNSENT:
        raise refuse(
            "first-letter-first",
            msg("A letter has to leave first."),
            msg("Issue and post it: its next action follows."),
            field="kind",
        )
    if FOLLOWED in planned:
        raise refuse(
            "promise-followed",
            msg("A promise is being followed."),
            msg("Wait for its day, or decide in the case."),
            field="kind",
        )
    if any(one.debt_ref is None and one.amount is None for one in course.holds(case.unit, case.id, ctx.day)):
        raise refuse("case-held", msg("The case is stopped."), msg("Lift the stop first."), field="kind")


def _assign(ctx: Ctx, case: Case, deed: Deed) -> Message:
    found = assignment.preview(ctx, (case.id,), deed.to)
    if not found.moves:
        why = found.stay[0][1] if found.stay else contact_record.case_closed("to").problems[0].reason
        raise Refusal(Problem("nothing-to-do", why, msg("Nothing is to be done."), field="to"))
    assignment.apply(ctx, found.moves, deed.words, case.token)
    name = found.moves[0].name
    return msg("Given to {name}.", name=name) if name else msg("Given to nobody.")


def _skip(ctx: Ctx, case: Case, deed: Deed) -> Message:
    on = deed.on or ctx.today
    skips.skip(ctx, skips.SkipEntry(case.id, deed.kind, on, deed.words), case.token)
    return msg("Set aside until {day}.", day=on)


def _back(ctx: Ctx, case: Case, deed: Deed) -> Message:
    if not skips.take_back(ctx, case.id):
        raise refuse("not-aside", msg("The case is not set aside."), msg("Nothing is to be done."), field="code")
    _tell(case, {"step": "taken_back"}, deed.words)
    return msg("Back in the queue.")


def _close(ctx: Ctx, case: Case, deed: Deed) -> Message:
    request = closures.ask(ctx, case.id, deed.kind, deed.words, case.token)
    row = closure_record.waiting(case.unit, case.id)
    found = closures.review(ctx, case.id, deed.kind, deed.words)
    if row is None or not found.own or any(one.level == "acknowledge" for one in found.obstacles):
        return msg("End asked: it is decided case by case.")
    closures.decide(ctx, request, row.row_version, granted=True)
    return msg("Closed.")


def _pause(ctx: Ctx, case: Case, deed: Deed) -> Message:
    if contact_record.head(case.unit, case.id).status == "closed":
        raise contact_record.case_closed("code")
    seen, paused = reminders.standing(case.unit, case.id, ctx.day)
    if paused:
        raise refuse(
            "paused", msg("The case is out of its scenario already."), msg("Nothing is to be done."), field="code"
        )
    scenario_case.pause(ctx, case.id, deed.on, deed.words, seen)
    return msg("Out of its scenario until {day}.", day=deed.on) if deed.on else msg("Out of its scenario for good.")


def _resume(ctx: Ctx, case: Case, deed: Deed) -> Message:
    seen, paused = reminders.standing(case.unit, case.id, ctx.day)
    if not paused:
        raise refuse("not-paused", msg("The case follows its scenario."), msg("Nothing is to be done."), field="code")
    scenario_case.resume(ctx, case.id, seen, deed.words)
    return msg("Back in its scenario.")


def _tell(case: Case, facts: dict[str, str], words: str) -> None:
    """The line of the journal."""
    new = kept.NewInteraction(case.id, "note", "none", "", case.unit.today, note=words)
    kept.add_interaction(case.unit, new, facts)
    case.unit.touch(case.id)


def stop(kind: str) -> Label | str:
    """The words for a kind of stop."""
    return next((one.label for one in load_hold_kinds() if one.kind == kind), kind)


DEEDS: Mapping[str, Callable[[Ctx, Case, Deed], Message]] = {
    "hold": _hold, "lift": _lift, "next": _next, "assign": _assign, "skip": _skip, "back": _back, "pause": _pause, "resume": _resume,
    "close": _close,
}  # fmt: skip
KINDS: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "hold": holds.hold_kinds,
    "lift": holds.hold_kinds,
    "next": action_kinds,
    "close": lambda: tuple(one.reason for one in closures.reasons()),
}
NEEDS_WORDS = frozenset({"hold", "lift", "pause"})
