"""Who alone is to be contacted in a case, and since when a person of the case acts no more: facts of CON-08. Contacts nobody."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services import contact_facts
from core.services.context import Ctx, service
from core.store import addressee as rows
from core.store import contact_reads as reads
from core.store.addressee import Standing
from core.store.unit import Reader

__all__ = ["Standing", "acts_no_more", "reached", "set_sole", "standings"]
NEVER = ("co_debtor", "guarantor", "other")  # they owe, or are strangers to the debt: they stand for nobody


@service(Right.READ)
def standings(ctx: Ctx, case_id: int) -> dict[int, Standing]:
    """By person of the case other than the debtor: whether they alone are contacted, and until when they act."""
    with ctx.store.read() as reader:
        return {one.party_id: one for one in rows.of_case(reader, case_id)}


@service(Right.READ)
def reached(ctx: Ctx, case_id: int) -> tuple[int, str]:
    """The person to be contacted today instead of the debtor, with their name; (0, "") where it is the debtor."""
    with ctx.store.read() as reader:
        found = contact_facts.sole(reads.people(reader, (case_id,), ctx.day))
    return (found[0].party, found[0].name) if found else (0, "")


@service(Right.WORK)
def set_sole(ctx: Ctx, case_id: int, party_id: int, row_version: int, *, sole: bool) -> None:
    """Say that a person alone is to be contacted in the case, as the debtor asked in writing, or no more.

    Raises Refusal "party-unknown", "choice-unknown" for one who stands for nobody, "changed-meanwhile".
    """
    with ctx.write() as unit:
        found = _found(unit, case_id, party_id)
        if sole and found.role in NEVER:
            raise refuse(
                "choice-unknown",
                msg("A co-debtor, a guarantor or a third person does not stand for the debtor."),
                msg("Enter them as the debtor's representative, lawyer or guardian, with the writing that names them."),
                field="sole",
                value=found.role,
            )
        unit.change("case_parties", found.id, row_version, sole=int(sole))
        unit.touch(case_id)
        unit.audit("party.sole", "party", party_id, case=case_id, sole=sole)


@service(Right.WORK)
def acts_no_more(ctx: Ctx, case_id: int, party_id: int, row_version: int) -> None:
    """The person acts in the case no more, yesterday being their last day: from now on the debtor is reached again.

    Raises Refusal "party-unknown", "changed-meanwhile".
    """
    with ctx.write() as unit:
        found = _found(unit, case_id, party_id)
        unit.change("case_parties", found.id, row_version, until_on=(ctx.today - dt.timedelta(days=1)).isoformat())
        unit.touch(case_id)
        unit.audit("party.ended", "party", party_id, case=case_id, role=found.role)


def _found(reader: Reader, case_id: int, party_id: int) -> Standing:
    found = next((one for one in rows.of_case(reader, case_id) if one.party_id == party_id), None)
    if found is None:
        raise refuse(
            "party-unknown",
            msg("This person is not in the case."),
            msg("Open the case again."),
            field="party",
            value=str(party_id),
        )
    return found
