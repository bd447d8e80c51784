"""How the end of a case is checked, asked, decided and undone inside a unit; result codes and the closing panel share it. Opens no unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from core.domain import closure
from core.domain.closure import OBSTACLES, Facts, Obstacle
from core.domain.messages import Label, Problem, Refusal, msg, refuse
from core.law.closure_reasons import ClosureReason, closure_data
from core.services import fragile_record, house_rules
from core.services.refusals import unknown_choice
from core.store import closures as kept
from core.store import course, journal, team
from core.store.cases import CaseHead
from core.store.closures import RequestRow
from core.store.unit import Reader, Unit

DECISION = "lead_decision"  # the next action of a case whose end was asked


def named(reason: str) -> ClosureReason:
    """A reason of the data; raises Refusal "choice-unknown"."""
    found = closure_data().reason(reason)
    if found is None:
        raise unknown_choice("reason", reason)
    return found


def of_result(code: str) -> ClosureReason:
    """The reason that a closing result says; one that the data do not know is closed with nothing but its balance open."""
    known = closure_data().of_result(code)
    return known or ClosureReason(
        code, Label(code, code), code, False, None, (), (), ("balance", "client_money"), False, ""
    )  # fmt: skip


def said(reason: str) -> ClosureReason:
    """The reason of a kept request: of the data, or of the result code it came from."""
    return closure_data().reason(reason) or of_result(reason)


def review(reader: Reader, head: CaseHead, reason: ClosureReason, today: dt.date, words: str) -> tuple[Obstacle, ...]:
    """What stands in the way of closing a case for a reason, on a day."""
    found = kept.standing(reader, head.id, today.isoformat())
    facts = Facts(
        head.balance,
        found.unallocated,
        found.client_money,
        found.promises,
        bool(found.plans),
        found.disputes,
        found.proceedings,
        found.messages,
        found.complaints,
        bool(found.traced),
        bool(found.insolvent),
        bool(found.barred),
    )
    return closure.judge(house_rules.laid(reader, reason, today), facts, words)


def kept_until(reader: Reader, case_id: int, closed_on: dt.date) -> dt.date:
    """Until when a case closed on a day is kept in the restricted archive."""
    data = closure_data()
    titles = [dt.date.fromisoformat(day) for day in kept.titles(reader, case_id)]
    return closure.kept_until(closed_on, titles, data.closed.years, data.title.years)


def decides_alone(reader: Reader, user_id: int) -> bool:
    """Whether nobody else of the house could decide about what this person asked: a house of one lead."""
    return {one.id for one in team.colleagues(reader) if one.role == "lead"} <= {user_id}


def waiting(reader: Reader, case_id: int) -> RequestRow | None:
    """The request of a case that waits for its decision."""
    return next((row for row in kept.of_case(reader, case_id) if row.state == "asked"), None)


def refuse_blocked(found: Sequence[Obstacle], field: str) -> None:
    """Raise a Refusal with every obstacle that keeps the case open, if there is one."""
    blocking = closure.blocking(found)
    if blocking:
        raise Refusal(*(Problem(f"closure-{one.code}", one.sentence, one.remedy, field=field) for one in blocking))


def ask(
    unit: Unit, head: CaseHead, reason: ClosureReason, words: str, found: Sequence[Obstacle], entry: int | None = None
) -> int:
    """Ask the end of a case: a request, its line of the journal (the result's own entry when it has one), a decision to take today."""
    if waiting(unit, head.id):
        raise refuse(
            "closure-asked",
            msg("The end of this case was asked already and waits for its decision."),
            msg("Decide about it, or withdraw it first."),
            field="reason",
        )
    request_id = kept.add(
        unit, head.id, reason.reason, [{"code": one.code, "level": one.level} for one in found], words, entry
    )
    if entry is None:
        write(unit, head.id, "closure_asked", reason.reason, words)
    journal.add_task(unit, head.id, DECISION, unit.today, origin="closure")
    unit.touch(head.id)
    unit.audit("closure.asked", "case", head.id, request=request_id, reason=reason.reason, entry=entry or 0)
    return request_id


def accept(
    unit: Unit, head: CaseHead, row: RequestRow, found: Sequence[Obstacle], acknowledged: Collection[str], words: str
) -> None:
    """Close a case as asked; raises Refusal with what blocks, or "closure-unacknowledged" with what was not taken note of."""
    refuse_blocked(found, "reason")
    open_ones = [one for one in closure.to_acknowledge(found) if one.code not in acknowledged]
    if open_ones:
        how = msg("Tick it to take note of it, or settle it first.")
        raise Refusal(*(Problem("closure-unacknowledged", one.sentence, how, field=one.code) for one in open_ones))
    noted = sorted({one.code for one in found} & set(OBSTACLES))
    kept.decide(unit, row.id, row.row_version, "accepted", noted, words)
    journal.close_tasks(unit, head.id, "replaced")
    journal.close_case(unit, head.id, said(row.reason).code, unit.today)
    fragile_record.case_closed(unit, head.id, None)
    write(unit, head.id, "closure_accepted", row.reason, words)
    unit.touch(head.id)
    unit.audit("closure.accepted", "case", head.id, request=row.id, reason=row.reason, acknowledged=noted)


def stay_open(unit: Unit, head: CaseHead, row: RequestRow, state: str, words: str) -> None:
    """A request refused or withdrawn: the case goes on, with a call today when nothing else is planned."""
    kept.decide(unit, row.id, row.row_version, state, (), words)
    journal.close_tasks(unit, head.id, "done", kinds=(DECISION,))
    if head.status == "open" and not course.tasks(unit, head.id):
        journal.add_task(unit, head.id, "call_back", unit.today, origin="closure")
    write(unit, head.id, f"closure_{state}", row.reason, words)
    unit.touch(head.id)
    unit.audit(f"closure.{state}", "case", head.id, request=row.id)


def by_result(unit: Unit, today: dt.date, head: CaseHead, code: str, words: str, entry: int, *, decides: bool) -> bool:
    """Close a case by a result code through the same checks; True when it is closed, False when a lead has to decide.

    A lead who is the only one closes at once, unless something is to be taken note of first. Raises Refusal with what blocks.
    """
    if head.status == "closed":
        journal.close_case(unit, head.id, code, unit.today)
        return True
    reason = of_result(code)
    found = review(unit, head, reason, today, words or code)
    refuse_blocked(found, "result")
    ask(unit, head, reason, words, found, entry)
    row = waiting(unit, head.id)
    if row is None or not decides or not decides_alone(unit, unit.actor_id) or closure.to_acknowledge(found):
        return False
    accept(unit, head, row, found, (), "")
    return True


def withdraw_of(unit: Unit, interaction_id: int) -> None:
    """The entry that asked the end of a case is corrected: what it asked is withdrawn."""
    row = kept.of_interaction(unit, interaction_id)
    if row is not None:
        kept.decide(unit, row.id, row.row_version, "withdrawn", (), "")
        journal.close_tasks(unit, row.case_id, "replaced", kinds=(DECISION,))


def write(unit: Unit, case_id: int, step: str, kind: str, words: str) -> int:
    """The line of the journal."""
    new = journal.NewInteraction(case_id, "note", "none", "", unit.today, note=words)
    return journal.add_interaction(unit, new, {"step": step, "kind": kind} if kind else {"step": step})
