"""Where a case stands in its scenario: what was done, what comes next and why, a pause with its reason and end. Sends nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.domain.scenario_choice import Choice
from core.domain.scenarios import Next, next_step
from core.services import contact_policy, contact_record, scenario_choice, scenario_facts
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.services.scenarios import in_force, lead
from core.store import journal, reminders
from core.store.reminders import ReminderRow
from core.store.unit import Unit

FOR_GOOD = dt.date.max


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Where a case stands: its scenario and why this one, what was done, what comes next and why, whether it is paused and why."""

    choice: Choice
    next: Next
    done: tuple[ReminderRow, ...]
    paused_until: dt.date | None
    reason: str
    row_version: int


@service(Right.READ)
def case_line(ctx: Ctx, case_id: int) -> CaseLine:
    """Where a case stands in its scenario today. Raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        contact_record.head(reader, case_id)
        found = in_force(reader)
        chosen = scenario_choice.laid(scenario_choice.chosen(reader, found, ctx.day))
        events = scenario_facts.expected(reader, ctx.today, lead(found), case_id)
        row, facts = scenario_facts.read(reader, (case_id,), ctx.today, events)[0]
        choice = scenario_choice.of_case(row, found, chosen, scenario_choice.called_of(reader, case_id))
        days = scenario_facts.local_days(contact_policy.of_agency(reader), row)
        answer = next_step(choice.scenario, facts, ctx.today, days)
        return CaseLine(
            choice,
            choice.answer(answer),
            tuple(reversed(reminders.of_case(reader, case_id))),
            facts.paused_until if facts.paused_until and facts.paused_until >= ctx.today else None,
            row.reason or "",
            row.row_version,
        )


def tell(unit: Unit, case_id: int, step: str, note: str = "", **facts: str) -> None:
    """A line of the journal of a case about its scenario."""
    new = journal.NewInteraction(case_id, "note", "none", "", unit.today, note=note, source="program")
    journal.add_interaction(unit, new, {"step": step, **facts})
    unit.touch(case_id)


@service(Right.WORK)
def pause(ctx: Ctx, case_id: int, until: dt.date | None, reason: str, seen: int) -> None:
    """Leave a case out of its scenario until a day (None: for good), with a reason; what waited for a word is dropped.

    Raises Refusal "field-empty" on reason, "date-past" on until, "case-unknown", "changed-meanwhile".
    """
    _check(ctx, until, reason)
    with ctx.write() as unit:
        contact_record.head(unit, case_id)
        _pause(unit, case_id, until, reason, seen)


@service(Right.WORK)
def leave_out(ctx: Ctx, case_ids: Sequence[int], until: dt.date | None, reason: str) -> int:
    """Leave several cases out at once, as `pause` does one, a line of the journal each. Returns how many.

    Raises Refusal "nothing-chosen" on cases, "field-empty" on reason, "date-past" on until, "case-unknown".
    """
    if not case_ids:
        raise refuse("nothing-chosen", msg("No case is chosen."), msg("Choose one case or several."), field="cases")
    _check(ctx, until, reason)
    with ctx.write() as unit:
        for case_id in case_ids:
            contact_record.head(unit, case_id)
            _pause(unit, case_id, until, reason, reminders.version(unit, case_id))
    return len(case_ids)


def _check(ctx: Ctx, until: dt.date | None, reason: str) -> None:
    """A reason, and an end that is not past."""
    if not reason.strip():
        raise refuse("field-empty", empty_field("reason").reason, msg("Say why, in objective words."), field="reason")
    if until is not None and until < ctx.today:
        raise refuse(
            "date-past",
            msg("{day} is past.", day=until),
            msg("Choose today or a day to come."),
            field="until",
            value=until.isoformat(),
        )


def _pause(unit: Unit, case_id: int, until: dt.date | None, reason: str, seen: int) -> None:
    end = (until or FOR_GOOD).isoformat()
    reminders.stand(unit, case_id, seen, paused_until=end, paused_by=unit.actor_id, reason_text_id=unit.text(reason))
    for row in reminders.of_case(unit, case_id):
        if row.state == "waiting":
            reminders.settle(unit, row, "dropped")
    tell(unit, case_id, "scenario_paused", reason, **({"date": end} if until else {}))
    unit.audit("scenario.paused", "case", case_id, until=end)


@service(Right.WORK)
def resume(ctx: Ctx, case_id: int, seen: int, words: str = "") -> None:
    """Take a case back into its scenario, with a word of the journal: the next step counts from what was really done.

    Raises Refusal "changed-meanwhile".
    """
    with ctx.write() as unit:
        contact_record.head(unit, case_id)
        reminders.stand(unit, case_id, seen, paused_until=None, paused_by=None, reason_text_id=None)
        tell(unit, case_id, "scenario_resumed", words)
        unit.audit("scenario.resumed", "case", case_id)
