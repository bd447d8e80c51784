"""What keeps a plan or a promise from being made on a case: a stop, limitation, a contested sum. Opens no unit and lifts no stop."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import Euro, Problem, Refusal, msg, refuse
from core.law.stops import HoldKind, load_hold_kinds
from core.services import limitation_gate, plan_amounts
from core.services.plan_amounts import Owed
from core.store import cases, course
from core.store.unit import Reader


def check(reader: Reader, case_id: int, today: dt.date) -> None:
    """Raises Refusal "plan-barred" while a stop of the whole case forbids any plan or promise, with its article and what to do
    (data/holds/kinds.yaml: C. com. L.622-7, C. conso. L.722-5, C. civ. 475, 771, 2240), "time-barred" for a debt whose last day to sue has
    passed and about which no lead decided.
    """
    stops = {hold.kind for hold in course.holds(reader, case_id, today.isoformat()) if hold.debt_ref is None}
    for kind in load_hold_kinds():
        if kind.kind in stops and kind.no_plan and kind.instead:
            raise _barred(kind)
    limitation_gate.check(reader, case_id, today)


def problems(reader: Reader, case_id: int, today: dt.date) -> tuple[Problem, ...]:
    """What `check` refuses, told without raising; empty: a promise or a plan may stand."""
    try:
        check(reader, case_id, today)
    except Refusal as refusal:
        return refusal.problems
    return ()


def _barred(kind: HoldKind) -> Refusal:
    return refuse(
        "plan-barred",
        msg("No plan and no promise is possible on this case: {why}.", why=kind.no_plan),
        msg("To be done first: {instead}.", instead=kind.instead),
        field="case", value=kind.kind,
    )  # fmt: skip


def check_amount(reader: Reader, head: cases.CaseHead, amount: int, today: dt.date, field: str = "amount") -> Owed:
    """What is owed today; raises Refusal "more-than-owed", or "more-than-undisputed" when a part of the cents to spread is contested or
    stopped.
    """
    owed = plan_amounts.owed_on(reader, head, today)
    if amount > owed.total:
        raise refuse("more-than-owed", msg("The plan is for more than what is owed."), msg("Check the amount."),
                     field=field, value=str(amount))  # fmt: skip
    free = owed.spreadable
    if amount > free:
        raise refuse(
            "more-than-undisputed",
            msg("{amount} is more than what is neither contested nor stopped: {free}.", amount=Euro(amount), free=Euro(free)),
            msg("Propose {free} at most, or have the dispute answered or the stop lifted first.", free=Euro(free)),
            field=field, value=str(amount),
        )  # fmt: skip
    return owed
