"""The numbered receipt (quittance) that the debtor is given for each payment, and the document that reverses one.

It prints what it is given: amounts arrive in cents, summed and allocated; a model whose lines do not add up is refused.
Source: article R.124-6 of the code des procédures civiles d'exécution (a receipt for each payment).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from core.documents.cells import Column
from core.documents.parties import Agency, Person
from core.documents.sheet import Sheet
from core.domain.messages import Euro, Message
from core.domain.words import amount_in_words
from core.i18n import Texts


class PaidTo(StrEnum):
    """Who cashed the payment: the agency on its clients' funds account, or the creditor directly."""

    AGENCY = "agency"
    CREDITOR = "creditor"


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """What one debt received of the payment, in cents; `total` is the sum of the three others."""

    debt: str  # "Facture F-2026-014"
    principal: int
    interest: int
    other: int
    total: int

    def __post_init__(self) -> None:
        """A line whose parts do not make its total, or with a negative part, is refused."""
        if min(self.principal, self.interest, self.other) < 0:
            raise ValueError(f"{self.debt}: an allocated part is negative")
        if self.principal + self.interest + self.other != self.total:
            raise ValueError(f"{self.debt}: principal, interest and other do not make the total of the line")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything a receipt says. For a reversal, `reverses` is the number of the receipt cancelled; amounts stay positive."""

    number: str
    issued_on: dt.date
    created_at: dt.datetime  # with its time zone: the date written in the file, part of its bytes
    agency: Agency
    creditor: Person
    debtor: Person
    case_reference: str
    paid_on: dt.date
    means: Message  # msg("Bank transfer"), in the reader's language
    amount: int
    lines: tuple[AllocationLine, ...]
    balance: int  # left on the case after this payment (or this reversal); negative when too much was paid
    balance_on: dt.date
    interest_known: bool  # False: the creditor claims no interest beyond what was placed, the balance is without it
    paid_to: PaidTo = PaidTo.AGENCY
    unallocated: int = 0  # part of the payment allocated to no debt yet
    payer: str = ""  # when another person paid (C. civ. 1342-1)
    payment_reference: str = ""  # cheque number, label of the transfer
    subject_to_clearing: bool = False  # cheque or direct debit that may still come back
    reverses: str = ""
    reversal_reason: str = ""
    reversed_on: dt.date | None = None  # the day the payment stopped counting; `paid_on` stays the day it was made
    signed_by: str = ""
    recalled: str = ""  # the line that recalls the first letter (CPCE R.124-4, last paragraph)

    def __post_init__(self) -> None:
        """The lines and the unallocated part make the amount, which is positive; a reversal says why."""
        if self.amount <= 0 or self.unallocated < 0:
            raise ValueError(f"receipt {self.number}: the amount must be positive, and no part of it negative")
        if sum(line.total for line in self.lines) + self.unallocated != self.amount:
            raise ValueError(f"receipt {self.number}: the allocation does not add up to the amount of the payment")
        if self.reverses and not self.reversal_reason.strip():
            raise ValueError(f"receipt {self.number}: a reversal needs its reason")


def receipt_sheet(model: Receipt, t: Texts) -> Sheet:
    """The receipt, or the reversal of a receipt, in the language of `t`; the same model gives the same bytes."""
    sheet = Sheet(_title(model, t), model.agency, t, model.created_at)
    sheet.window(model.debtor)
    sheet.beside_window(
        [
            t("No. {number}", number=model.number),
            t("Issued on {day}", day=model.issued_on),
            t("Case reference: {reference}", reference=model.case_reference),
            t("Creditor: {creditor}", creditor=model.creditor.name),
            *filter(None, [model.recalled]),
        ]
    )
    sheet.main_title(t("Article R. 124-6 of the Code of civil enforcement procedures"))
    sheet.paragraph(_opening(model, t))
    sheet.framed(t.money(model.amount), _in_words(model.amount, t))
    sheet.facts(_facts(model, t))
    _allocation(sheet, model, t)
    _balance(sheet, model, t)
    _closing(sheet, model, t)
    return sheet


def _title(model: Receipt, t: Texts) -> str:
    if model.reverses:
        return t("Reversal of receipt no. {number}", number=model.reverses)
    return t("Receipt no. {number}", number=model.number)


def _in_words(cents: int, t: Texts) -> str:
    words = amount_in_words(cents, t.lang)
    return words[0].upper() + words[1:]


def _opening(model: Receipt, t: Texts) -> str:
    """Who received what for whom; each case is one whole sentence, so that it translates."""
    names = {"agency": model.agency.name, "creditor": model.creditor.name, "payer": model.payer or model.debtor.name}
    if model.reverses:
        return t(
            "{agency}, acting for {creditor}, cancels receipt no. {reversed}: the payment of {amount} dated {day} by {payer} "
            "no longer counts. Reason: {reason}",
            **names,
            reversed=model.reverses,
            amount=Euro(model.amount),
            day=model.paid_on,
            reason=model.reversal_reason,
        )
    if model.paid_to is PaidTo.CREDITOR:
        return t(
            "{agency} records that {payer} paid the sum below directly to {creditor}, for whom it collects.", **names
        )
    return t("{agency} acknowledges having received from {payer}, on behalf of {creditor}, the sum of:", **names)


def _facts(model: Receipt, t: Texts) -> list[tuple[str, str]]:
    to_agency = t("{agency}, for the creditor's account", agency=model.agency.name)
    to_creditor = t("{creditor} (the creditor), directly", creditor=model.creditor.name)
    return [
        (t("Date of payment"), t.date(model.paid_on)),
        (t("No longer counts since"), t.date(model.reversed_on)),
        (t("Means of payment"), t.render(model.means)),
        (t("Reference of the payment"), model.payment_reference),
        (t("Paid to"), to_agency if model.paid_to is PaidTo.AGENCY else to_creditor),
        (t("Paid by"), model.payer),
        (t("Debtor"), model.debtor.name),
        (t("On behalf of (creditor)"), ", ".join((model.creditor.name, *model.creditor.address))),
    ]


def _allocation(sheet: Sheet, model: Receipt, t: Texts) -> None:
    """Table of what each debt received (or gives back, for a reversal), down to the amount of the payment."""
    sheet.heading(t("Allocation cancelled") if model.reverses else t("How the payment was allocated"))
    columns = [
        Column(t("Debt"), 62),
        Column(t("Principal"), 27, amount=True),
        Column(t("Interest"), 27, amount=True),
        Column(t("Other"), 27, amount=True),
        Column(t("Total"), 27, amount=True),
    ]
    rows = [[line.debt, *map(t.money, (line.principal, line.interest, line.other, line.total))] for line in model.lines]
    if model.unallocated:
        rows.append([t("Not yet allocated to a debt"), "", "", "", t.money(model.unallocated)])
    sheet.table(columns, rows, [t("Amount of the payment"), "", "", "", t.money(model.amount)])


def _balance(sheet: Sheet, model: Receipt, t: Texts) -> None:
    """What remains due, and what that figure does not hold."""
    day = model.balance_on
    if model.balance > 0:
        sheet.paragraph(t("Balance left on {day}: {amount}.", day=day, amount=Euro(model.balance)), bold=True)
    elif model.balance < 0:
        sheet.paragraph(
            t("Paid in excess on {day}: {amount}, in favour of the debtor.", day=day, amount=Euro(-model.balance)),
            bold=True,
        )
    elif model.interest_known:
        sheet.paragraph(t("Nothing remains due on this case on {day}.", day=day), bold=True)
    else:
        sheet.paragraph(t("Balance left on {day}: {amount}.", day=day, amount=Euro(0)), bold=True)
    if not model.interest_known:
        sheet.paragraph(
            t("The creditor claims no interest computed after the placement: the balance above holds none.")
        )


def _closing(sheet: Sheet, model: Receipt, t: Texts) -> None:
    if model.subject_to_clearing and not model.reverses:
        sheet.paragraph(t("This receipt is given subject to the payment being actually credited."))
    if not model.reverses:
        sheet.paragraph(t("This receipt covers the payment stated above and nothing else. Please keep it."), size=9)
    sheet.gap(4)
    sheet.columns([], [t("For the agency"), model.agency.name, model.signed_by])
