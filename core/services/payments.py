"""Payments: propose an allocation, record, reverse, give the receipt. Computes no allocation itself and moves no bank money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.allocation import Allocation, allocation, computation, opposite, parts_of
from core.domain.computation import Computation
from core.domain.dates import after, not_after
from core.domain.messages import Message, msg, refuse
from core.domain.money import LARGEST_CENTS, MEANS, PAID_TO
from core.domain.rights import Right
from core.i18n import texts
from core.services import balance_follow, payment_stops, plan_follow, settlement, title_follow
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.open_debts import agreed_order, open_debts
from core.services.refusals import no_case, unknown_choice
from core.store import cases, creditors, journal, money
from core.store.unit import Reader, Unit

EARLIEST_YEAR = 2000
CLAIMED = msg("Owed on the day of the payment, by the ledger and what the creditor claims to that day")


@dataclass(frozen=True, slots=True)
class PaymentEntry:
    """A payment as a person types it; `amount` in cents."""

    case_id: int
    received_on: dt.date
    amount: int
    means: str
    paid_to: str
    reference: str = ""
    chosen_debt: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a payment would be allocated and what would be owed after it, in cents."""

    allocation: Allocation
    balance_before: int
    balance_after: int

    @property
    def proof(self) -> Computation:
        """The allocation as a figure with its reasons."""
        return computation(self.allocation, CLAIMED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording gave: the payment, its receipt number, the balance after it in cents."""

    payment_id: int
    receipt: str
    balance: int


@service(Right.READ)
def propose_payment(ctx: Ctx, entry: PaymentEntry) -> Proposal:
    """Show where the money would go and why; writes nothing."""
    _check(ctx, entry)
    with ctx.store.read() as reader:
        return _propose(reader, entry, settlement.dues(reader, entry.case_id, entry.received_on))


@service(Right.READ)
def cautions(ctx: Ctx, case_id: int) -> tuple[Message, ...]:
    """What the law wants before the agency takes money for this case, what is missing of it, what its stops say; it stops nothing here."""
    file = agency_file(ctx).file
    found = []
    with ctx.store.read() as reader:
        mandate_id = creditors.mandate_in_force(reader, _head(reader, case_id).creditor_id, ctx.day)
        mandate = creditors.mandate(reader, mandate_id) if mandate_id else None
    if mandate is None or not mandate.power_to_receive:
        found.append(
            msg(
                "No mandate in force gives the agency power to receive payments for this creditor (CPCE, art. R. 124-3)."
            )
        )
    if not (file.name and file.address):
        found.append(
            msg("The agency file has no name or address: a receipt cannot say yet who gives it (CPCE, art. R. 124-6).")
        )
    if not file.client_account_iban:
        found.append(msg("No account kept for creditors' funds is recorded (CPCE, art. R. 124-2, 2°)."))
    return (*found, *stop_cautions(ctx, case_id))


@service(Right.READ)
def stop_cautions(ctx: Ctx, case_id: int) -> tuple[Message, ...]:
    """What the stops in force say of a payment, whoever took it (C. com. L.622-7, C. conso. L.722-5); it stops nothing here."""
    with ctx.store.read() as reader:
        return payment_stops.cautions(reader, case_id, ctx.day)


@service(Right.MONEY)
def record_payment(ctx: Ctx, entry: PaymentEntry, token: str) -> Recorded:
    """Record a payment, allocate it as proposed, number its receipt; the same form token twice records once."""
    _check(ctx, entry)
    with ctx.write() as unit:
        before = unit.done_before(token, "record_payment")
        if before:
            return Recorded(*before)
        found = _head(unit, entry.case_id)
        claimed = settlement.dues(unit, entry.case_id, entry.received_on)
        proposal = _propose(unit, entry, claimed)
        new = money.NewPayment(
            entry.case_id,
            entry.received_on.isoformat(),
            entry.amount,
            entry.means,
            entry.paid_to,
            entry.reference.strip(),
        )
        settlement.book(unit, entry.case_id, claimed, entry.received_on)
        payment_id = money.add_payment(unit, new)
        money.add_allocations(unit, new, payment_id, parts_of(proposal.allocation))
        settlement.settle_after(unit, entry.case_id, entry.received_on)
        title_follow.follow(unit, entry.case_id, ctx.today)
        number = money.add_receipt(unit, payment_id, ctx.day)
        _follow_up(ctx, unit, found, proposal, entry.amount)
        unit.touch(entry.case_id)
        unit.audit(
            "payment.recorded", "payment", payment_id, case=entry.case_id, amount=entry.amount, paid_to=entry.paid_to
        )
        result = (payment_id, number, proposal.balance_after)
        unit.remember(token, "record_payment", result)
        return Recorded(*result)


@service(Right.REVERSE)
def reverse_payment(ctx: Ctx, payment_id: int, on: dt.date, reason: str, token: str) -> Recorded:
    """Reverse a payment that did not hold (bounced cheque, returned debit, typing error): opposite rows, the case reopened if closed."""
    not_after(on, ctx.today, field="reversed_on")
    if not reason.strip():
        raise refuse(
            "reason-missing",
            msg("A reversal needs its reason: it stays in the journal beside the payment."),
            msg("Say why, for example “cheque returned unpaid”."),
            field="reason",
        )
    with ctx.write() as unit:
        before = unit.done_before(token, "reverse_payment")
        if before:
            return Recorded(*before)
        paid = _reversible(unit, payment_id, on)
        new = money.NewPayment(
            paid.case_id,
            on.isoformat(),
            -paid.amount,
            paid.means,
            paid.paid_to,
            paid.reference,
            payment_id,
            reason.strip(),
        )
        reversal = money.add_payment(unit, new)
        parts = opposite([(a.debt_id, a.bucket, a.amount) for a in money.allocations(unit, payment_id)])
        money.add_allocations(unit, new, reversal, parts)
        settlement.settle(unit, paid.case_id, on)
        title_follow.follow(unit, paid.case_id, ctx.today)
        number = money.add_receipt(unit, reversal, ctx.day)
        found = _head(unit, paid.case_id)
        balance_follow.owed_again(unit, ctx.today, found, "reversal")
        unit.touch(paid.case_id)
        unit.audit("payment.reversed", "payment", payment_id, case=paid.case_id, reversal=reversal)
        result = (reversal, number, balance_follow.owed(unit, paid.case_id))
        unit.remember(token, "reverse_payment", result)
        return Recorded(*result)


def _check(ctx: Ctx, entry: PaymentEntry) -> None:
    not_after(entry.received_on, ctx.today, field="received_on")
    if entry.received_on.year < EARLIEST_YEAR or entry.amount > LARGEST_CENTS:
        raise refuse(
            "payment-implausible",
            msg("This day or this amount is not plausible for a payment received now."),
            msg("Check both, then type them again."),
            field="received_on" if entry.received_on.year < EARLIEST_YEAR else "amount",
        )
    if entry.amount <= 0:
        raise refuse(
            "amount-not-positive",
            msg("A payment is more than zero."),
            msg("Type what was paid; to undo a payment, reverse it."),
            field="amount",
        )
    for name, value, known in (("means", entry.means, MEANS), ("paid_to", entry.paid_to, PAID_TO)):
        if value not in known:
            raise unknown_choice(name, value)


def _head(reader: Reader, case_id: int) -> cases.CaseHead:
    found = cases.head(reader, case_id)
    if found is None:
        raise no_case(case_id)
    return found


def _propose(reader: Reader, entry: PaymentEntry, claimed: settlement.Dues) -> Proposal:
    found = _head(reader, entry.case_id)
    debts = settlement.with_claims(open_debts(reader, entry.case_id, entry.received_on), claimed)
    if entry.chosen_debt is not None and not any(d.debt_id == entry.chosen_debt and d.total > 0 for d in debts):
        raise refuse(
            "debt-not-open",
            msg("The debt chosen by the debtor is not one of this case's open debts."),
            msg("Choose an open debt, or say that he named none."),
            field="chosen_debt",
            value=str(entry.chosen_debt),
        )
    order = agreed_order(reader, entry.case_id, found.creditor_id, entry.received_on.isoformat())
    shares = allocation(debts, entry.amount, entry.received_on, entry.chosen_debt, order)
    before = sum(debt.total for debt in debts)
    return Proposal(shares, before, before - sum(s.total for s in shares.shares))


def _follow_up(ctx: Ctx, unit: Unit, found: cases.CaseHead, proposal: Proposal, paid: int) -> None:
    """A case paid in full keeps no chasing action but a check before closing; a plan in force follows its next unpaid instalment;
    a case without a next action gets one. Money of a debtor who may not pay is for the lead to decide about, nothing else moves.
    """
    if found.status == "open" and payment_stops.ask_lead(unit, ctx.today, found.id, texts(ctx.lang), paid):
        return
    free = found.next_on is None and found.held_kind is None
    if proposal.balance_after == 0 and found.status == "open":
        balance_follow.settled(unit, ctx.today, found.id, "payment")
    elif found.status == "open" and not plan_follow.moved(unit, found.id, ctx.today, free=free) and free:
        journal.add_task(unit, found.id, "call_back", after(ctx.today, 7).isoformat(), origin="payment")


def _reversible(reader: Reader, payment_id: int, on: dt.date) -> money.PaymentRow:
    paid = money.payment(reader, payment_id)
    if paid is None or paid.amount < 0:
        raise refuse(
            "payment-unknown",
            msg("There is no such payment to reverse."),
            msg("Choose a payment of the case's list."),
            field="payment",
            value=str(payment_id),
        )
    if paid.reversed_by:
        raise refuse(
            "already-reversed",
            msg("This payment was reversed already."),
            msg("Nothing more is to be done; record a new payment if money came."),
            field="payment",
        )
    if on < dt.date.fromisoformat(paid.received_on):
        raise refuse(
            "reversed-before-paid",
            msg(
                "The reversal ({given}) would be before the payment ({paid}).",
                given=on,
                paid=dt.date.fromisoformat(paid.received_on),
            ),
            msg("Type the day the bank told you."),
            field="reversed_on",
            value=on.isoformat(),
        )
    return paid
