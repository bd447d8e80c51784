"""What R.124-2 wants of the agency's file and R.124-3 of a mandate before anyone is reached (LET-15). Judges no case and sends nothing."""

from __future__ import annotations

from core.domain.messages import Message, Problem, msg
from core.domain.rights import Right
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.mandates import creditor_mandates


@service(Right.READ)
def agency_gate(ctx: Ctx) -> tuple[Problem, ...]:
    """What the agency file lacks (R.124-2); the same for every case."""
    remedy = msg("Complete the agency file in the settings.")
    return tuple(
        Problem("agency-missing", msg("The agency file lacks {what}.", what=what), remedy, field="agency")
        for what in agency_file(ctx).missing
    )


@service(Right.READ)
def mandate_gate(ctx: Ctx, creditor_id: int) -> tuple[Problem, ...]:
    """What the mandate in force of a creditor lacks (R.124-3), or that there is none; the same for all its cases."""
    found = next((view for view in creditor_mandates(ctx, creditor_id) if view.state == "in_force"), None)
    if found is None:
        reason = msg("No signed mandate of this creditor is in force today (R. 124-3).")
        return (_mandate(reason, msg("Record the signed mandate on the creditor's page.")),)
    remedy = msg("Complete mandate {ref} on the creditor's page.", ref=found.row.ref)
    return tuple(_mandate(item, remedy) for item in found.missing)


def _mandate(reason: Message, remedy: Message) -> Problem:
    return Problem("mandate-missing", reason, remedy, field="mandate")
