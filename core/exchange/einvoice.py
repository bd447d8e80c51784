"""Reads an electronic invoice (EN 16931: Factur-X, ZUGFeRD, CII, UBL) and its debt. Validates no profile, stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.domain.messages import Euro, Problem, Refusal, msg, refuse
from core.domain.money import decimal_text
from core.exchange.einvoice_fields import Party, Reader
from core.exchange.einvoice_pdf import embedded_invoice
from core.exchange.einvoice_syntaxes import Document, cii, ubl
from core.exchange.intake import Intake
from core.exchange.safe_xml import xml_encoding, xml_root

__all__ = ["CREDIT_NOTES", "EInvoice", "Party", "is_credit_note", "placement_rows", "read_einvoice"]

# UNTDID 1001 codes that EN 16931 (and the French list of XP Z12-012) count as credit notes
CREDIT_NOTES = frozenset("81 83 261 262 296 308 381 396 420 458 502 503 532".split())
_SYNTAXES = {"CrossIndustryInvoice": cii, "CrossIndustryDocument": cii, "Invoice": ubl, "CreditNote": ubl}

Format = Literal["facturx", "cii", "ubl"]


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice as read: `document` holds its fields, `problems` what is missing or cannot be read.

    `format` is "facturx" for a CII attached to a PDF, else the syntax; `attachment` is the name inside the PDF.
    """

    format: Format
    syntax: str
    encoding: str
    attachment: str
    document: Document
    problems: tuple[Problem, ...] = ()


def read_einvoice(source: Intake) -> EInvoice:
    """The invoice in an XML file or attached to a PDF; a Refusal for a hostile, broken or foreign file."""
    attachment, data = embedded_invoice(source.data) if source.kind == "pdf" else ("", source.data)
    root = xml_root(data)
    syntax = root.tag.rpartition("}")[2]
    if syntax not in _SYNTAXES:
        raise refuse(
            "einvoice-unknown",
            msg("This XML starts with “{given}”: it is no invoice in CII or UBL.", given=syntax[:100]),
            msg("Give a Factur-X, CII or UBL invoice."),
            field="file",
            value=syntax[:100],
        )
    read = Reader()
    document = _SYNTAXES[syntax](root, read)
    _check(document, read)
    form: Format = "ubl" if _SYNTAXES[syntax] is ubl else ("facturx" if attachment else "cii")
    return EInvoice(form, syntax, xml_encoding(data), attachment, document, tuple(read.problems))


def is_credit_note(invoice: EInvoice) -> bool:
    """Whether the document gives money back: it is read, and it is never a debt."""
    return (invoice.document.type or "") in CREDIT_NOTES


def placement_rows(invoice: EInvoice) -> list[dict[str, str | int]]:
    """The debt as one row for the import; a Refusal when it is none: problems, credit note, other currency, nothing due.

    What is still due is `amount` less `paid_before`. When the invoice names no payment but asks less than its total (the
    MINIMUM profile has no prepaid amount), the difference is `paid_before`. An absent due date stays empty.
    """
    problems = (*invoice.problems, *_no_debt(invoice))
    if problems:
        raise Refusal(*problems)
    document, buyer = invoice.document, invoice.document.buyer
    payable = document.payable or 0
    paid = document.prepaid or max((document.total or payable) - payable, 0)
    return [
        {
            "debtor_ref": buyer.ref or buyer.siren or buyer.vat or "",
            "debtor_kind": "business" if buyer.siren or buyer.legal_id or buyer.vat else "",
            "debtor_name": buyer.name or "",
            "siren": buyer.siren,
            "vat": "".join((buyer.vat or "").split()),
            "address": buyer.address or "",
            "postcode": buyer.postcode or "",
            "city": buyer.city or "",
            "country": buyer.country or "",
            "email": buyer.email or "",
            "phone": buyer.phone or "",
            "debt_ref": document.number or "",
            "nature": "invoice",
            "issued_on": document.issue_date.isoformat() if document.issue_date else "",
            "due_on": document.due_date.isoformat() if document.due_date else "",
            "amount": decimal_text(payable + paid),
            "paid_before": decimal_text(paid),
            "label": "",
            "currency": document.currency or "",
            "source_line": 1,
        }
    ]


def _check(document: Document, read: Reader) -> None:
    """The fields without which there is no invoice, and the sum of the amounts (BR-CO-16 of EN 16931)."""
    wanted = {
        "number": document.number,
        "issue_date": document.issue_date,
        "currency": document.currency,
        "seller.name": document.seller.name,
        "buyer.name": document.buyer.name,
        "payable": document.payable,
    }
    faulty = {problem.field for problem in read.problems}
    for name, value in wanted.items():
        if value is None and name not in faulty:
            read.fault("einvoice-missing", msg("The invoice does not give its {field}.", field=name), name)
    total, payable = document.total, document.payable
    if total is None or payable is None or document.prepaid is None:
        return
    due = total - document.prepaid + (document.rounding or 0)
    if due != payable:
        read.fault(
            "einvoice-inconsistent",
            msg(
                "The total less what is paid is {due}, but the invoice asks {payable}.",
                due=Euro(due),
                payable=Euro(payable),
            ),
            "payable",
            decimal_text(payable),
        )


def _no_debt(invoice: EInvoice) -> list[Problem]:
    """Why a readable document cannot be placed for collection."""
    document = invoice.document
    found = []
    if is_credit_note(invoice):
        found.append(
            Problem(
                "einvoice-credit-note",
                msg("{number} is a credit note: it is not a debt.", number=document.number or ""),
                msg(
                    "Ask the creditor for the amount still owed on the invoice it reduces, and note it in the journal of that case: "
                    "credit notes cannot be booked here yet."
                ),
                field="type",
                value=document.type or "",
            )
        )
    if document.currency not in (None, "EUR"):
        found.append(
            Problem(
                "einvoice-currency",
                msg("The invoice is in {given}; only euros are kept here.", given=document.currency or ""),
                msg("Ask the client for the amount in euros, and type the debt in."),
                field="currency",
                value=document.currency or "",
            )
        )
    if document.payable is not None and document.payable <= 0:
        found.append(
            Problem(
                "einvoice-nothing-due",
                msg("The invoice asks {payable}: there is nothing to collect.", payable=Euro(document.payable)),
                msg("Leave it out."),
                field="payable",
                value=decimal_text(document.payable),
            )
        )
    return found
