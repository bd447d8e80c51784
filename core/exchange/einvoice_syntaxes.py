"""Knows where EN 16931 puts each field in the CII and UBL syntaxes. Judges no invoice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from core.exchange.einvoice_fields import Party, Reader


@dataclass(frozen=True, slots=True)
class Document:
    """The fields of one invoice; amounts in cents, None for what it does not say."""

    profile: str | None
    number: str | None
    type: str | None
    issue_date: dt.date | None
    due_date: dt.date | None
    delivery_date: dt.date | None
    currency: str | None
    seller: Party
    buyer: Party
    iban: tuple[str, ...]
    line_total: int | None
    tax_basis: int | None
    tax: int | None
    total: int | None
    prepaid: int | None
    rounding: int | None
    payable: int | None
    lines: int


def cii(root: ET.Element, read: Reader) -> Document:
    """UN/CEFACT Cross Industry Invoice D16B (Factur-X, ZUGFeRD 2) and its ZUGFeRD 1 ancestor, whose names differ."""
    head = read.one(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = read.one(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = read.one(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    delivery = read.one(trade, "ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
    settlement = read.one(trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    sums = read.one(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    currency = read.text(settlement, "InvoiceCurrencyCode")
    due = [
        read.date(read.own(node), "due_date")
        for node in read.all(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")
    ]
    context = read.one(root, "ExchangedDocumentContext", "SpecifiedExchangedDocumentContext")
    return Document(
        profile=read.text(context, "GuidelineSpecifiedDocumentContextParameter/ID"),
        number=read.text(head, "ID"),
        type=read.text(head, "TypeCode"),
        issue_date=read.date(read.text(head, "IssueDateTime/DateTimeString"), "issue_date"),
        due_date=max((day for day in due if day), default=None),  # earlier ones are the limits of a discount
        delivery_date=read.date(
            read.text(delivery, "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString"), "delivery_date"
        ),
        currency=currency,
        seller=_cii_party(read.one(agreement, "SellerTradeParty"), read),
        buyer=_cii_party(read.one(agreement, "BuyerTradeParty"), read),
        iban=_texts(read, settlement, "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID"),
        line_total=read.cents(read.text(sums, "LineTotalAmount"), "line_total"),
        tax_basis=read.cents(read.text(sums, "TaxBasisTotalAmount"), "tax_basis"),
        tax=read.cents(_in_currency(read, sums, "TaxTotalAmount", currency), "tax"),
        total=read.cents(read.text(sums, "GrandTotalAmount"), "total"),
        prepaid=read.cents(read.text(sums, "TotalPrepaidAmount"), "prepaid"),
        rounding=read.cents(read.text(sums, "RoundingAmount"), "rounding"),
        payable=read.cents(read.text(sums, "DuePayableAmount"), "payable"),
        lines=len(read.all(trade, "IncludedSupplyChainTradeLineItem")),
    )


def ubl(root: ET.Element, read: Reader) -> Document:
    """OASIS UBL 2.1 Invoice and CreditNote."""
    sums = read.one(root, "LegalMonetaryTotal")
    currency = read.text(root, "DocumentCurrencyCode")
    credit = root.tag.endswith("CreditNote")
    return Document(
        profile=read.text(root, "CustomizationID"),
        number=read.text(root, "ID"),
        type=read.text(root, "InvoiceTypeCode", "CreditNoteTypeCode") or ("381" if credit else None),
        issue_date=read.date(read.text(root, "IssueDate"), "issue_date"),
        due_date=read.date(read.text(root, "DueDate", "PaymentMeans/PaymentDueDate"), "due_date"),
        delivery_date=read.date(read.text(root, "Delivery/ActualDeliveryDate"), "delivery_date"),
        currency=currency,
        seller=_ubl_party(read.one(root, "AccountingSupplierParty/Party"), read),
        buyer=_ubl_party(read.one(root, "AccountingCustomerParty/Party"), read),
        iban=_texts(read, root, "PaymentMeans/PayeeFinancialAccount/ID"),
        line_total=read.cents(read.text(sums, "LineExtensionAmount"), "line_total"),
        tax_basis=read.cents(read.text(sums, "TaxExclusiveAmount"), "tax_basis"),
        tax=read.cents(_in_currency(read, root, "TaxTotal/TaxAmount", currency), "tax"),
        total=read.cents(read.text(sums, "TaxInclusiveAmount"), "total"),
        prepaid=read.cents(read.text(sums, "PrepaidAmount"), "prepaid"),
        rounding=read.cents(read.text(sums, "PayableRoundingAmount"), "rounding"),
        payable=read.cents(read.text(sums, "PayableAmount"), "payable"),
        lines=len(read.all(root, "InvoiceLine", "CreditNoteLine")),
    )


def _cii_party(node: ET.Element | None, read: Reader) -> Party:
    taxes = read.all(node, "SpecifiedTaxRegistration/ID")
    place = read.one(node, "PostalTradeAddress")
    contact = read.one(node, "DefinedTradeContact")
    addresses = read.all(node, "URIUniversalCommunication/URIID")
    return Party(
        name=read.text(node, "Name"),
        ref=read.text(node, "ID"),
        legal_id=read.text(node, "SpecifiedLegalOrganization/ID"),
        vat=read.with_scheme(taxes, "VA"),
        tax_number=read.with_scheme(taxes, "FC"),
        address=_joined(read, place, "LineOne", "LineTwo", "LineThree"),
        postcode=read.text(place, "PostcodeCode"),
        city=read.text(place, "CityName"),
        country=read.text(place, "CountryID"),
        contact=read.text(contact, "PersonName"),
        email=read.text(contact, "EmailURIUniversalCommunication/URIID") or read.with_scheme(addresses, "EM"),
        phone=read.text(contact, "TelephoneUniversalCommunication/CompleteNumber"),
    )


def _ubl_party(node: ET.Element | None, read: Reader) -> Party:
    """The party; its VAT number is the one of the scheme VAT (BT-31, BT-48), another scheme gives the tax number."""
    taxes = {
        read.text(scheme, "TaxScheme/ID") or "": read.text(scheme, "CompanyID")
        for scheme in reversed(read.all(node, "PartyTaxScheme"))
    }
    place = read.one(node, "PostalAddress")
    contact = read.one(node, "Contact")
    ids = [one for one in read.all(node, "PartyIdentification/ID") if not one.get("schemeID")]
    return Party(
        name=read.text(node, "PartyLegalEntity/RegistrationName", "PartyName/Name"),
        ref=read.own(ids[0]) if ids else None,
        legal_id=read.text(node, "PartyLegalEntity/CompanyID"),
        vat=taxes.get("VAT"),
        tax_number=next((number for scheme, number in taxes.items() if scheme != "VAT"), None),
        address=_joined(read, place, "StreetName", "AdditionalStreetName", "AddressLine/Line"),
        postcode=read.text(place, "PostalZone"),
        city=read.text(place, "CityName"),
        country=read.text(place, "Country/IdentificationCode"),
        contact=read.text(contact, "Name"),
        email=read.text(contact, "ElectronicMail"),
        phone=read.text(contact, "Telephone"),
    )


def _joined(read: Reader, node: ET.Element | None, *names: str) -> str | None:
    return ", ".join(line for line in (read.text(node, name) for name in names) if line) or None


def _texts(read: Reader, node: ET.Element | None, path: str) -> tuple[str, ...]:
    return tuple(text for text in map(read.own, read.all(node, path)) if text)


def _in_currency(read: Reader, node: ET.Element | None, path: str, currency: str | None) -> str | None:
    """The amount in the currency of the invoice: the tax may be given a second time in the seller's accounting currency."""
    found = read.all(node, path)
    same = [one for one in found if one.get("currencyID") in (None, currency)]
    return read.own(same[0]) if same else None
