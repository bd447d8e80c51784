"""The days on which the creditor claims no interest because a payment plan that waives it is kept. Computes no interest, writes nothing."""

from __future__ import annotations

import datetime as dt

from core.domain.interest_terms import InterestStop
from core.domain.plan_course import completed_on
from core.domain.plan_interest import WAIVED, waiver
from core.services import plan_follow, plan_said
from core.store import plans
from core.store.plans import PlanRow
from core.store.unit import Reader


def waivers(reader: Reader, case_id: int, on: dt.date) -> dict[str, tuple[InterestStop, ...]]:
    """By reference of debt, the stops that the plans of a case agreed by a day put on interest.

    Each begins the day after the one to which the plan counted interest and lasts while the plan stands: to the day it was ended or broken,
    or to the day its last instalment was paid. The days before the end stay without interest.
    """
    found: dict[str, tuple[InterestStop, ...]] = {}
    for row in reversed(plans.plans(reader, case_id)):
        said = plan_said.said_of(row)
        if said.running != WAIVED or not (row.agreed_on and row.proposed_on and row.agreed_on <= on.isoformat()):
            continue
        stop = waiver(dt.date.fromisoformat(row.proposed_on), _until(reader, row))
        for ref, _ in said.debts:
            found[ref] = (*found.get(ref, ()), stop)
    return found


def _until(reader: Reader, row: PlanRow) -> dt.date | None:
    """The last day on which the plan stood; None while it stands."""
    if row.ended_on:
        return dt.date.fromisoformat(row.ended_on)
    rows, came = plans.instalments(reader, row.id), plan_follow.received(reader, row.case_id)
    grace = plan_follow.rule(reader).days
    return completed_on(came, lambda day: plan_follow.replayed(row, rows, came, day, grace))
