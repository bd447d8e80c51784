"""Calls begun and not yet recorded: begin one, say why it is not recorded, or leave it so. Logging the contact is the journal's."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.services import contact_record
from core.services.context import Ctx, service
from core.store import calls, journal
from core.store.calls import Begun
from core.store.unit import Reader, Unit

__all__ = ["Begun", "begin", "explain", "leave", "open_calls", "unrecorded"]


@service(Right.WORK)
def begin(ctx: Ctx, case_id: int, contact_point_id: int | None = None) -> int:
    """A call of this person to the debtor begins; the one already open on this case, if there is one. Returns its id.

    Raises Refusal "case-unknown", "case-closed".
    """
    with ctx.write() as unit:
        if contact_record.head(unit, case_id).status == "closed":
            raise contact_record.case_closed("call")
        known = journal.contact_point_of_case(unit, case_id, contact_point_id) if contact_point_id else None
        return calls.begin(unit, case_id, contact_point_id if known else None)


@service(Right.READ)
def open_calls(ctx: Ctx) -> tuple[Begun, ...]:
    """The calls this person began and has neither recorded, explained nor left, the oldest first."""
    with ctx.store.read() as reader:
        return calls.open_of(reader, ctx.user.id)


@service(Right.WORK)
def explain(ctx: Ctx, call_id: int, why: str, token: str) -> int:
    """Say why a call begun is not recorded: a note of the journal; the next action stays. One token writes once.

    Raises Refusal "field-empty" on `why`, "call-unknown".
    """
    if not why.strip():
        raise refuse(
            "field-empty",
            msg("The reason is empty."),
            msg("A few words are enough: wrong button, cut off before it rang…"),
            field="why",
        )
    with ctx.write() as unit:
        before = unit.done_before(token, "explain_call")
        if before:
            return int(before)
        call = _mine(ctx, unit, call_id)
        t = texts(ctx.lang)
        text = t("Call begun, not recorded: {why}", why=why.strip())
        new = journal.NewInteraction(call.case_id, "note", "none", "", ctx.day, note=text)
        interaction_id = journal.add_interaction(unit, new, {})
        calls.end(unit, call_id, "explained", interaction_id)
        unit.audit("call.explained", "interaction", interaction_id, case=call.case_id)
        unit.remember(token, "explain_call", interaction_id)
        return interaction_id


@service(Right.WORK)
def leave(ctx: Ctx, call_id: int) -> None:
    """Leave a call as begun and not recorded: the silence report lists it. Raises Refusal "call-unknown"."""
    with ctx.write() as unit:
        call = _mine(ctx, unit, call_id)
        calls.end(unit, call_id, "left")
        unit.audit("call.left", "case", call.case_id)


@service(Right.READ)
def unrecorded(ctx: Ctx, first: dt.date, last: dt.date) -> tuple[Begun, ...]:
    """For the silence report: the calls begun between two days, by anybody, that were neither recorded nor explained."""
    with ctx.store.read() as reader:
        return calls.unrecorded(reader, first.isoformat(), last.isoformat())


def _mine(ctx: Ctx, reader: Reader | Unit, call_id: int) -> Begun:
    call = calls.named(reader, call_id)
    if call is None or call.user_id != ctx.user.id:
        raise refuse(
            "call-unknown",
            msg("There is no such call of yours."),
            msg("Open the case again."),
            field="call",
            value=str(call_id),
        )
    return call
