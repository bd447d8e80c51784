"""How far a new agency is before its first case: its file, a creditor, that creditor's mandate. Writes nothing and blocks nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.rights import Right
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.store import cases, creditors


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What is done; `creditor_id` is the first active creditor whose mandate is still wanted, 0 where there is none."""

    agency: bool
    creditor: bool
    mandate: bool
    creditor_id: int


@service(Right.READ)
def first_steps(ctx: Ctx) -> FirstSteps:
    """The file is done when nothing of CPCE R.124-2 is missing in it, the mandate when every active creditor has a signed one in force."""
    with ctx.store.read() as reader:
        known = [one.id for one in creditors.all_creditors(reader) if one.active]
        wanting = creditors.without_mandate(reader, ctx.day)
    waiting = [one for one in known if one in wanting]
    return FirstSteps(
        not agency_file(ctx).missing, bool(known), bool(known) and not waiting, waiting[0] if waiting else 0
    )


@service(Right.READ)
def without_case(ctx: Ctx) -> bool:
    """Whether this agency has no case yet, not even a closed one."""
    with ctx.store.read() as reader:
        return not cases.any_case(reader)
