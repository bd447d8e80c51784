"""In which order the numbers and addresses of a person are used: changed by hand with one click. Marks none good or wrong."""

from __future__ import annotations

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import journal


@service(Right.WORK)
def use_first(ctx: Ctx, case_id: int, contact_point_id: int) -> None:
    """Have a contact point of the case come before the others of its kind and person. Raises Refusal "contact-unknown"."""
    with ctx.write() as unit:
        if journal.contact_point_of_case(unit, case_id, contact_point_id) is None:
            reason = msg("This contact point is not in the case.")
            raise refuse("contact-unknown", reason, msg("Open the case again."), field="contact_point")
        journal.raise_point(unit, contact_point_id)
        unit.touch(*journal.cases_of_point(unit, contact_point_id))
        unit.audit("contact_point.first", "contact_point", contact_point_id, case=case_id)
