"""Appends payments, allocations, receipts and ledger rows, and reads them back. Decides no allocation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.references import receipt_number
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment as recorded; a reversal has a negative amount and names what it reverses."""

    id: int
    case_id: int
    received_on: str
    amount: int
    means: str
    paid_to: str
    reference: str
    reverses: int | None
    reason: str
    recorded_at: str
    receipt: str | None
    receipt_on: str | None
    reversed_by: int | None


_PAYMENT = """SELECT p.id, p.case_id, p.received_on, p.amount, p.means, p.paid_to, p.reference, p.reverses, COALESCE(x.body, ''),
  p.recorded_at, r.number, r.issued_on, n.id
FROM payments p LEFT JOIN receipts r ON r.payment_id = p.id LEFT JOIN payments n ON n.reverses = p.id
LEFT JOIN texts x ON x.id = p.text_id"""


def payment(reader: Reader, payment_id: int) -> PaymentRow | None:
    """One payment."""
    return reader.first(PaymentRow, f"{_PAYMENT} WHERE p.id = ?", (payment_id,))


def payments(reader: Reader, case_id: int) -> tuple[PaymentRow, ...]:
    """The payments of a case, newest first."""
    return reader.all(PaymentRow, f"{_PAYMENT} WHERE p.case_id = ? ORDER BY p.received_on DESC, p.id DESC", (case_id,))


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """What one payment gave one bucket of one debt, in cents."""

    id: int
    debt_id: int
    debt_ref: str
    bucket: str
    amount: int


def allocations(reader: Reader, payment_id: int) -> tuple[AllocationRow, ...]:
    """The allocations of a payment."""
    return reader.all(
        AllocationRow,
        "SELECT a.id, a.debt_id, d.ref, a.bucket, a.amount FROM allocations a JOIN debts d ON d.id = a.debt_id "
        "WHERE a.payment_id = ? ORDER BY a.id",
        (payment_id,),
    )


@dataclass(frozen=True, slots=True)
class NewPayment:
    """What is appended for a payment; `amount` cents, negative for a reversal."""

    case_id: int
    received_on: str
    amount: int
    means: str
    paid_to: str
    reference: str = ""
    reverses: int | None = None
    reason: str = ""
    source: str = "typed"


def add_payment(unit: Unit, new: NewPayment) -> int:
    """Append a payment and the movement of the money itself; returns its id."""
    payment_id = unit.add(
        "payments",
        case_id=new.case_id,
        received_on=new.received_on,
        amount=new.amount,
        means=new.means,
        paid_to=new.paid_to,
        reference=new.reference,
        reverses=new.reverses,
        text_id=unit.text(new.reason),
        source=new.source,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )
    holder = _holder(unit, new)
    accounts = ("debtor", holder) if new.amount > 0 else (holder, "debtor")
    add_entry(
        unit,
        new.case_id,
        None,
        payment_id,
        "payment" if new.amount > 0 else "reversal",
        accounts,
        abs(new.amount),
        new.received_on,
    )
    return payment_id


def _holder(unit: Unit, new: NewPayment) -> str:
    """The account the money went to; a reversal takes it out again where its payment put it.

    What a former agency cashed before a case was taken over is no client money of this house: it stays in "opening", from
    which the amount really handed over is moved (see the takeover of client money).
    """
    if new.reverses:
        found = unit.value(
            "SELECT to_account FROM entries WHERE payment_id = ? AND from_account = 'debtor'", (new.reverses,)
        )
        return str(found)
    if new.paid_to == "creditor":
        return "creditor"
    return "opening" if new.source == "imported" else "client_money"


def add_allocations(unit: Unit, new: NewPayment, payment_id: int, parts: Iterable[tuple[int, str, int]]) -> None:
    """Append allocations (debt id, bucket, cents; negative for a reversal) and what they take off or put back on each debt."""
    for debt_id, bucket, amount in parts:
        unit.add("allocations", payment_id=payment_id, debt_id=debt_id, bucket=bucket, amount=amount)
        accounts = (bucket, "collected") if amount > 0 else ("collected", bucket)
        add_entry(
            unit,
            new.case_id,
            debt_id,
            payment_id,
            "allocation" if amount > 0 else "reversal",
            accounts,
            abs(amount),
            new.received_on,
        )


def add_entry(
    unit: Unit,
    case_id: int,
    debt_id: int | None,
    payment_id: int | None,
    kind: str,
    accounts: tuple[str, str],
    amount: int,
    booked_on: str,
) -> int:
    """Append one movement of the ledger, from the first account to the second; `amount` in cents, more than zero."""
    return unit.add(
        "entries",
        case_id=case_id,
        debt_id=debt_id,
        payment_id=payment_id,
        kind=kind,
        from_account=accounts[0],
        to_account=accounts[1],
        amount=amount,
        booked_on=booked_on,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


def days_of(reader: Reader, case_id: int, kind: str, after: dt.date) -> tuple[dt.date, ...]:
    """The days later than one on which a case has rows of a kind in the ledger, in order."""
    rows = reader.rows(
        "SELECT DISTINCT booked_on FROM entries WHERE case_id = ? AND kind = ? AND booked_on > ? ORDER BY booked_on",
        (case_id, kind, after.isoformat()),
    )
    return tuple(dt.date.fromisoformat(row[0]) for row in rows)


def add_receipt(unit: Unit, payment_id: int, issued_on: str) -> str:
    """Give a payment the next receipt number of the year, without a gap; returns the number."""
    year = int(issued_on[:4])
    rank = 1 + int(unit.value("SELECT COUNT(*) FROM receipts WHERE number LIKE ?", (f"Q{year}-%",)))
    number = receipt_number(year, rank)
    unit.add("receipts", number=number, payment_id=payment_id, issued_on=issued_on, issued_at=unit.now)
    return number


_OWED = "('principal', 'interest', 'indemnity', 'penalty', 'costs')"


def balance_after(reader: Reader, case_id: int, payment_id: int) -> int:
    """Cents a case owed once a payment was booked: the ledger up to the last row of that payment."""
    return int(
        reader.value(
            f"SELECT COALESCE(SUM((to_account IN {_OWED}) * amount - (from_account IN {_OWED}) * amount), 0) FROM entries "
            "WHERE case_id = ?1 AND id <= (SELECT MAX(id) FROM entries WHERE payment_id = ?2)",
            (case_id, payment_id),
        )
    )
