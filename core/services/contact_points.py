"""Whose a contact point is, whether it is a workplace, whether the person gave it: facts of CON-05 and CON-06. Adds and erases none."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import contact_gate as rows
from core.store import journal

HOLDERS = ("person", "relative", "neighbour", "employer", "other")


@dataclass(frozen=True, slots=True)
class Whose:
    """Who answers there: the person named in the case or somebody else; `given`: by the person themself."""

    holder: str
    workplace: bool = False
    given: bool = False


@service(Right.WORK)
def say_whose(ctx: Ctx, case_id: int, contact_point_id: int, entry: Whose, row_version: int) -> None:
    """Keep whose a contact point of the case is. Raises Refusal "choice-unknown", "contact-unknown", "changed-meanwhile"."""
    if entry.holder not in HOLDERS:
        raise unknown_choice("holder", entry.holder)
    with ctx.write() as unit:
        if journal.contact_point_of_case(unit, case_id, contact_point_id) is None:
            reason = msg("This contact point is not in the case.")
            raise refuse("contact-unknown", reason, msg("Open the case again."), field="contact_point")
        rows.set_whose(unit, contact_point_id, row_version, entry.holder, workplace=entry.workplace, given=entry.given)
        unit.audit(
            "contact_point.whose",
            "contact_point",
            contact_point_id,
            case=case_id,
            holder=entry.holder,
            workplace=entry.workplace,
            given=entry.given,
        )
