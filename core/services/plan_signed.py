"""The copy of a plan signed by the debtor: kept, it proves that its debts were acknowledged (C. civ. 2240). Agrees no plan."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import not_after
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services import fact_proof, plan_record
from core.services.context import Ctx, service
from core.store import plans
from core.store.plans import PlanRow


@service(Right.WORK)
def keep_signed(
    ctx: Ctx, plan_id: int, row_version: int, signed_on: dt.date | None, proof: tuple[str, bytes] | None
) -> int:
    """Keep the signed copy (name, bytes) of a plan with the day of the signature; returns its document.

    The limitation of the plan's debts then starts anew on that day, as proved. A better copy may replace it, the first stays among the
    documents. Raises Refusal "plan-unknown", "field-empty" without day or copy, "proof-unreadable", "date-in-future", "signed-too-early",
    "changed-meanwhile".
    """
    with ctx.write() as unit:
        row = plan_record.named(unit, plan_id)
        day = _day(row, signed_on, ctx.today)
        kept = fact_proof.keep(ctx, unit, row.case_id, proof)
        if kept is None:
            raise refuse(
                "field-empty",
                msg("Only the signed copy proves that the debtor acknowledged the debt (C. civ., art. 2240)."),
                msg("Choose the scan of the signed plan: PDF, PNG or JPEG."),
                field="proof",
            )
        plans.sign(unit, plan_id, row_version, day, kept.id)
        unit.touch(row.case_id)
        unit.audit(
            "plan.signed", "plan", plan_id, case=row.case_id, document=kept.id, digests={str(kept.id): kept.digest}
        )
        return kept.id


def _day(row: PlanRow, signed_on: dt.date | None, today: dt.date) -> str:
    """The day of the signature, from the proposal to today."""
    if signed_on is None:
        raise refuse(
            "field-empty",
            msg("The day of the signature is empty: limitation starts anew on it."),
            msg("Type the day written beside the signature, as dd/mm/yyyy."),
            field="signed_on",
        )
    day = not_after(signed_on, today, field="signed_on").isoformat()
    if row.proposed_on and day < row.proposed_on:
        raise refuse(
            "signed-too-early",
            msg("The plan cannot be signed before it was proposed."),
            msg("Check the day."),
            field="signed_on",
            value=day,
        )
    return day
