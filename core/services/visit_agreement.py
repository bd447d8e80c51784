"""Whether a visit may be planned at an address: the contact gate asked about that moment (CON-07 first of all). Keeps no agreement."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services import contact_gate
from core.services.contact_gate import Intent
from core.services.context import Ctx, service
from core.store import journal
from core.store.unit import Unit


@service(Right.WORK)
def check(ctx: Ctx, unit: Unit, case_id: int, contact_point_id: int | None, at: dt.datetime, user_id: int) -> int:
    """The address itself, when a visit there at a moment would pass the gate: agreed to in writing before, within hours and caps.

    Raises Refusal "visit-unagreed" without an address of the case, Barred with every rule that refuses, on "contact_point".
    """
    point = contact_point_id or 0
    if journal.contact_point_of_case(unit, case_id, point) != "address":
        raise refuse(
            "visit-unagreed",
            msg("A visit is made at an address of the case, whose holder agreed to it (CON-07)."),
            msg("Ask for it in writing and record it beside the address (visit, agreed, by letter, e-mail or SMS)."),
            field="contact_point",
        )
    contact_gate.check(ctx, unit, Intent(case_id, "visit", point, at, by=user_id), "contact_point")
    return point
