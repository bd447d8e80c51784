"""Credit notes of a creditor: less principal on a debt from their day on, and their reversal. Gives back no money."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import Euro, Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS
from core.domain.rights import Right
from core.services import balance_follow, contact_record, dispute_record, settlement, title_follow
from core.services.context import Ctx, service
from core.services.refusals import no_debt
from core.store import charges, disputes
from core.store.charges import Known, Movement
from core.store.unit import Unit

ACCOUNTS = ("principal", "credited")
KIND = "credit_note"


@dataclass(frozen=True, slots=True)
class Noted:
    """What recording gave: the ledger row, and what the case owes after it in cents."""

    entry_id: int
    balance: int


@service(Right.MONEY)
def record_credit_note(
    ctx: Ctx,
    debt_id: int,
    ref: str,
    dated: dt.date,
    amount: int,
    reason: str,
    token: str,
    dispute_id: int | None = None,
) -> Noted:
    """Take `amount` cents off the principal of a debt from the day `dated` of the creditor's credit note on, which is the day that
    counts for interest. `dispute_id`: the answered dispute it ends. Twice with one token records one.

    Raises Refusal "debt-unknown", "case-closed", "field-empty", "date-in-future", "credit-before-invoice", "credit-note-known",
    "amount-not-positive", "credit-too-much" (the creditor owes a refund of the rest), "dispute-elsewhere".
    """
    not_after(dated, ctx.today, field="dated")
    with ctx.write() as unit:
        before = unit.done_before(token, "record_credit_note")
        if before:
            return Noted(*before)
        of = known(unit, debt_id)
        _check(unit, of, ref.strip(), dated, amount)
        facts = {"step": "credit_note", "reference": ref.strip()}
        entry_id = charges.append(unit, of, KIND, ACCOUNTS, amount, dated.isoformat(), reason, facts)
        settlement.settle(unit, of.case_id, dated)
        title_follow.follow(unit, of.case_id, ctx.today)
        if dispute_id is not None:
            _end(unit, of, dispute_id, entry_id)
        balance = balance_follow.owed(unit, of.case_id)
        if balance == 0:
            balance_follow.settled(unit, ctx.today, of.case_id, KIND)
        unit.touch(of.case_id)
        unit.audit("credit_note.recorded", "entry", entry_id, case=of.case_id, debt=debt_id, amount=amount)
        unit.remember(token, "record_credit_note", (entry_id, balance))
        return Noted(entry_id, balance)


@service(Right.REVERSE)
def reverse_credit_note(ctx: Ctx, entry_id: int, on: dt.date, reason: str, token: str) -> Noted:
    """Undo a credit note that does not hold (typed wrong, cancelled by the creditor): the principal is owed again from `on` on.

    Raises Refusal "field-empty", "movement-unknown", "already-reversed", "date-in-future", "date-in-past".
    """
    not_after(on, ctx.today, field="reversed_on")
    with ctx.write() as unit:
        before = unit.done_before(token, "reverse_credit_note")
        if before:
            return Noted(*before)
        one = reversible(unit, entry_id, KIND, on, reason)
        undone = charges.undo(unit, one, on.isoformat(), reason, {"step": "credit_note_reversed"})
        settlement.settle(unit, one.case_id, on)
        title_follow.follow(unit, one.case_id, ctx.today)
        head = contact_record.head(unit, one.case_id)
        if head.status == "closed" or head.balance == 0:
            balance_follow.owed_again(unit, ctx.today, head, "reversal")
        unit.touch(one.case_id)
        unit.audit("credit_note.reversed", "entry", entry_id, case=one.case_id, reversal=undone)
        result = (undone, balance_follow.owed(unit, one.case_id))
        unit.remember(token, "reverse_credit_note", result)
        return Noted(*result)


def known(unit: Unit, debt_id: int) -> Known:
    """What the case says of a debt; raises Refusal "debt-unknown", "case-closed"."""
    found = charges.known(unit, debt_id)
    if found is None:
        raise no_debt(debt_id)
    if found.status == "closed":
        raise contact_record.case_closed("debt")
    return found


def _check(unit: Unit, of: Known, ref: str, dated: dt.date, amount: int) -> None:
    if not ref:
        raise refuse(
            "field-empty",
            msg("A credit note is known by its number."),
            msg("Type the number the creditor gave it."),
            field="ref",
        )
    if of.issued_on and dated.isoformat() < of.issued_on:
        raise refuse(
            "credit-before-invoice",
            msg(
                "{given} is before the invoice itself ({issued}).",
                given=dated,
                issued=dt.date.fromisoformat(of.issued_on),
            ),
            msg("Type the day written on the credit note."),
            field="dated",
            value=dated.isoformat(),
        )
    if any(json.loads(facts).get("reference") == ref for facts in charges.standing(unit, of.debt_id, KIND)):
        raise refuse(
            "credit-note-known",
            msg("The credit note {ref} is already recorded on this debt.", ref=ref),
            msg("Look at the movements of the case; reverse the first one if its amount is wrong."),
            field="ref",
            value=ref,
        )
    _check_amount(of, amount)


def _check_amount(of: Known, amount: int) -> None:
    if not 0 < amount <= LARGEST_CENTS:
        raise refuse(
            "amount-not-positive",
            msg("A credit note is more than zero."),
            msg("Type its amount, taxes included."),
            field="amount",
            value=str(amount),
        )
    if amount > of.outstanding:
        raise refuse(
            "credit-too-much",
            msg(
                "The debt {ref} still owes {owed} of principal: the creditor owes the debtor {over} back.",
                ref=of.ref,
                owed=Euro(of.outstanding),
                over=Euro(amount - of.outstanding),
            ),
            msg(
                "Record {owed} at most here, and have the creditor refund the rest to the debtor.",
                owed=Euro(of.outstanding),
            ),
            field="amount",
            value=str(amount),
        )


def _end(unit: Unit, of: Known, dispute_id: int, entry_id: int) -> None:
    """The credit note is what the creditor's answer promised: the dispute ends, its stop with it."""
    dispute = disputes.one(unit, dispute_id)
    about = dispute is not None and dispute.case_id == of.case_id and dispute.debt_id in (None, of.debt_id)
    if dispute is None or not about or dispute.closed_on or not dispute.answered_on:
        raise refuse(
            "dispute-elsewhere",
            msg("This dispute does not wait for a credit note on this debt."),
            msg("Open the case again: its disputes say what they wait for."),
            field="dispute",
            value=str(dispute_id),
        )
    dispute_record.end(unit, dispute, dispute.outcome)
    disputes.credited(unit, dispute_id, entry_id)


def reversible(unit: Unit, entry_id: int, kind: str, on: dt.date, reason: str) -> Movement:
    """The movement to undo; raises Refusal when it is not one of this kind, was undone before, or lies after `on`."""
    if not reason.strip():
        raise refuse(
            "field-empty",
            msg("A reversal needs its reason: it stays in the journal beside what it undoes."),
            msg("Say why, in objective words."),
            field="reason",
        )
    one = charges.movement(unit, entry_id)
    if one is None or one.kind != kind:
        raise refuse(
            "movement-unknown",
            msg("There is no such movement to undo."),
            msg("Choose one of the case's list."),
            field="entry",
            value=str(entry_id),
        )
    if one.reversed_by:
        raise already(one)
    if on.isoformat() < one.booked_on:
        raise refuse(
            "date-in-past",
            msg(
                "{given} is before the movement itself ({opened}).",
                given=on,
                opened=dt.date.fromisoformat(one.booked_on),
            ),
            msg("Give the day it really happened."),
            field="reversed_on",
            value=on.isoformat(),
        )
    return one


def already(one: Movement) -> Refusal:
    """The Refusal for a movement that was undone before."""
    return refuse(
        "already-reversed",
        msg("This movement was undone already."),
        msg("Nothing more is to be done."),
        field="entry",
        value=str(one.id),
    )
