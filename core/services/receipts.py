"""The numbered receipt of each payment as a PDF, rendered once and kept. Books no money."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from core.documents.receipt import AllocationLine, PaidTo, Receipt, receipt_sheet
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.rights import Right
from core.i18n import Texts, texts
from core.services import letterhead, paper_check, settlement
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.store import cases, creditors, files, money
from core.store.unit import Reader

KIND = "receipt"  # of the legality check
MEANS = {
    "transfer": msg("Bank transfer"),
    "card": msg("Card"),
    "cheque": msg("Cheque"),
    "cash": msg("Cash"),
    "direct_debit": msg("Direct debit"),
    "other": msg("Other means"),
}


@service(Right.MONEY)
def receipt_file(ctx: Ctx, payment_id: int) -> tuple[str, bytes]:
    """File name and bytes of a payment's receipt (CPCE R.124-6), in the debtor's language; the same bytes each time."""
    with ctx.store.read() as reader:
        paid = money.payment(reader, payment_id)
        if paid is None or paid.receipt is None:
            raise refuse(
                "receipt-unknown",
                msg("This payment has no receipt."),
                msg("Open the case and choose one of its payments."),
                field="payment",
                value=str(payment_id),
            )
        kept = creditors.document_numbered(reader, paid.receipt)
        if kept:
            return f"{paid.receipt}.pdf", files.fetch(reader, ctx.store, kept)
        model, t = _model(ctx, reader, paid)
        data = _lawful(ctx, reader, paid, model, t)
    if not model.agency.address:
        return f"{paid.receipt}.pdf", data  # who gives it is not known yet: shown, not kept
    with ctx.write() as unit:
        file_id = files.keep(unit, ctx.store, data, "application/pdf")
        document = creditors.add_document(unit, file_id, "receipt", "", paid.receipt, case_id=paid.case_id)
        digest = files.digest(unit, file_id)
        unit.audit("receipt.rendered", "document", document, payment=payment_id, digests={str(document): digest})
    return f"{paid.receipt}.pdf", data


def _lawful(ctx: Ctx, reader: Reader, paid: money.PaymentRow, model: Receipt, t: Texts) -> bytes:
    """The receipt in words that the legality check accepts: what a person typed is left out where it refuses it.

    A receipt is owed for every payment (CPCE R.124-6): it is never withheld for its words. Raises Refusal for what is left.
    """
    sheet = receipt_sheet(model, t)
    if not model.agency.address or not paper_check.refused(ctx, reader, paid.case_id, KIND, sheet):
        return sheet.pdf()
    neutral = t("kept in the case") if model.reverses else ""
    sheet = receipt_sheet(replace(model, reversal_reason=neutral, payment_reference="", payer=""), t)
    words = paper_check.refused(ctx, reader, paid.case_id, KIND, sheet)
    if words:
        raise Refusal(*words)
    return sheet.pdf()


def _model(ctx: Ctx, reader: Reader, paid: money.PaymentRow) -> tuple[Receipt, Texts]:
    head = cases.head(reader, paid.case_id)
    if head is None:
        raise LookupError("a payment without a case")
    owner = creditors.creditor(reader, head.creditor_id)
    if owner is None:
        raise LookupError("a case without a creditor")
    lines = _lines(money.allocations(reader, paid.id))
    original = money.payment(reader, paid.reverses) if paid.reverses else None
    issued_on = dt.date.fromisoformat(paid.receipt_on or paid.received_on)
    agency = agency_file(ctx).file
    balance = money.balance_after(reader, paid.case_id, paid.id)
    t = texts(head.lang or "fr")
    model = Receipt(
        number=paid.receipt or "",
        issued_on=issued_on,
        created_at=_moment(paid.recorded_at),
        agency=letterhead.agency(agency),
        creditor=letterhead.creditor(owner),
        debtor=letterhead.debtor(head, cases.contact_points(reader, (head.debtor_id,))),
        case_reference=head.ref,
        paid_on=dt.date.fromisoformat(original.received_on if original else paid.received_on),
        reversed_on=dt.date.fromisoformat(paid.received_on) if original else None,
        means=_means(paid.means),
        amount=abs(paid.amount),
        lines=lines,
        balance=balance,
        balance_on=issued_on,
        interest_known=bool(settlement.dues(reader, paid.case_id, dt.date.fromisoformat(paid.received_on))),
        paid_to=PaidTo(paid.paid_to),
        unallocated=abs(paid.amount) - sum(line.total for line in lines),
        payment_reference=paid.reference,
        subject_to_clearing=paid.means in ("cheque", "direct_debit") and paid.amount > 0,
        reverses=(original.receipt or "") if original else "",
        reversal_reason=paid.reason,
        signed_by=agency.signatory,
        recalled=paper_check.recalled(head, t),
    )
    return model, t


def _means(code: str) -> Message:
    return MEANS.get(code, MEANS["other"])


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)


def _lines(rows: tuple[money.AllocationRow, ...]) -> tuple[AllocationLine, ...]:
    """One line a debt: principal, interest, the rest."""
    by_debt: dict[str, dict[str, int]] = {}
    for row in rows:
        kind = row.bucket if row.bucket in ("principal", "interest") else "other"
        parts = by_debt.setdefault(row.debt_ref, {"principal": 0, "interest": 0, "other": 0})
        parts[kind] += abs(row.amount)
    return tuple(
        AllocationLine(ref, p["principal"], p["interest"], p["other"], sum(p.values())) for ref, p in by_debt.items()
    )
