"""A payment plan as a proposal to sign: parties, debts, instalments, how to pay, what a signature means. Computes nothing.

Sources shown in the document: CPCE R.124-5 (the creditor is told), L.111-3 (no enforceable title), C. civ. 2240 (acknowledgment).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.documents import faces
from core.documents.parties import Agency, Person
from core.documents.sheet import BODY, BOTTOM, LEFT, RIGHT, TOP, Column, Sheet
from core.domain.messages import Euro
from core.i18n import Texts

NOTE = 9.0  # points
TO_SIGN, HEADING = 20.0, 12.0  # millimetres left to sign in, and of a heading


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One instalment in cents."""

    number: int
    date: dt.date
    amount: int
    principal: int
    interest: int
    balance: int


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """Everything the document says; without `debtor` it is a simulation that binds nobody and has no place to sign."""

    drawn_on: dt.date
    created_at: dt.datetime
    agency: Agency
    amount: int
    rows: tuple[PaperRow, ...]
    creditor: Person | None = None
    debtor: Person | None = None
    case_reference: str = ""
    reference: str = ""
    debts: tuple[tuple[str, int], ...] = ()  # reference and cents owed
    account: str = ""  # IBAN of the account kept for creditors' funds
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """The principal of the instalments makes the amount, and each instalment its parts."""
        if not self.rows or sum(row.principal for row in self.rows) != self.amount:
            raise ValueError("the principal of the instalments does not make the amount of the plan")
        if any(row.amount != row.principal + row.interest for row in self.rows):
            raise ValueError("an instalment is not its principal and interest")


def plan_pdf(model: PlanPaper, t: Texts) -> bytes:
    """The proposal, or the simulation, in the language of `t`; the same model gives the same bytes."""
    title = t("Payment plan proposal") if model.debtor else t("Payment plan simulation")
    sheet = Sheet(title, model.agency, t, model.created_at)
    if model.debtor:
        sheet.window(model.debtor)
        sheet.beside_window(_references(model, t))
    sheet.main_title(t("Drawn up on {day}", day=model.drawn_on))
    _parties(sheet, model, t)
    sheet.framed(t.money(model.amount), _summary(model, t))
    _instalments(sheet, model, t)
    _payment(sheet, model, t)
    _meaning(sheet, model, t)
    return sheet.pdf()


def _references(model: PlanPaper, t: Texts) -> list[str]:
    creditor = model.creditor.name if model.creditor else ""
    lines = [
        t("Case reference: {reference}", reference=model.case_reference),
        t("Creditor: {creditor}", creditor=creditor),
    ]
    return ([t("Plan {reference}", reference=model.reference)] if model.reference else []) + lines


def _parties(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    if not (model.debtor and model.creditor):
        sheet.paragraph(t("This is a computation. It binds nobody and concerns no case."))
        return
    sheet.paragraph(
        t(
            "{agency}, acting for {creditor} (the creditor), proposes to {debtor} to pay the debts below by instalments.",
            agency=model.agency.name,
            creditor=model.creditor.name,
            debtor=model.debtor.name,
        )
    )
    if model.debts:
        sheet.heading(t("Debts concerned"))
        columns = [Column(t("Debt"), 130), Column(t("Still owed"), 40, amount=True)]
        sheet.table(columns, [[ref, t.money(cents)] for ref, cents in model.debts])


def _summary(model: PlanPaper, t: Texts) -> str:
    interest = sum(row.interest for row in model.rows)
    first, last, number = model.rows[0].date, model.rows[-1].date, len(model.rows)
    said = t.n(
        "{n} payment, on {first}",
        "{n} payments, from {first} to {last}",
        number,
        first=t.date(first),
        last=t.date(last),
    )
    if interest:
        return f"{said}. {t('Interest included in the instalments: {amount}.', amount=Euro(interest))}"
    return f"{said}. {t('No interest and no fee is added.')}"


def _instalments(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    sheet.heading(t("Instalments"))
    columns = [
        Column(t("No."), 14),
        Column(t("Date"), 36),
        Column(t("Amount"), 30, amount=True),
        Column(t("Principal"), 30, amount=True),
        Column(t("Interest"), 30, amount=True),
        Column(t("Left"), 30, amount=True),
    ]
    rows = [
        [str(r.number), t.date(r.date), *map(t.money, (r.amount, r.principal, r.interest, r.balance))]
        for r in model.rows
    ]
    sums = (sum(r.amount for r in model.rows), model.amount, sum(r.interest for r in model.rows))
    sheet.table(columns, rows, [t("Total"), "", *map(t.money, sums), ""])


def _payment(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    if not model.debtor:
        return
    sheet.heading(t("How to pay"))
    creditor = model.creditor.name if model.creditor else ""
    if model.account:
        sheet.paragraph(
            t(
                "To {agency}, on its account kept for creditors' funds: {account}.",
                agency=model.agency.name,
                account=model.account,
            )
        )
    sheet.paragraph(
        t(
            "Or directly to {creditor}. Reference to quote: {reference}.",
            creditor=creditor,
            reference=model.case_reference,
        )
    )
    sheet.paragraph(t("A receipt is given for each payment (CPCE R.124-6)."))


def _meaning(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    """What a signature means, then both places to sign, on one page: what one signs stands beside the signature."""
    if not model.debtor:
        for note in model.notes:
            sheet.paragraph(note, size=NOTE)
        return
    said, room, place = _meanings(model, t), (RIGHT - LEFT) / 2 - 5, t("Date and signature:")
    debtor = [t("The debtor"), model.debtor.name, place]
    agency = [t("For the creditor, the agency"), model.agency.name, place]
    block = max(sum(_high(line, room) for line in lines) for lines in (debtor, agency))
    high = HEADING + sum(_high(text, RIGHT - LEFT, size) + 2 for text, size in said) + 4 + block + TO_SIGN
    sheet.room_for(min(high, BOTTOM - TOP - HEADING))
    sheet.heading(t("What this proposal means"))
    for text, size in said:
        sheet.paragraph(text, size=size)
    sheet.gap(4)
    sheet.columns(debtor, agency)
    sheet.gap(TO_SIGN)


def _meanings(model: PlanPaper, t: Texts) -> list[tuple[str, float]]:
    """The paragraphs on what a signature means, with their size."""
    said = (
        t(
            "If an instalment is not paid, the creditor may consider the plan ended and ask for what is left, "
            "after telling the debtor in writing."
        ),
        t(
            "Unsigned, this proposal acknowledges nothing. Signed by the debtor, it may acknowledge the debt and "
            "interrupt limitation (C. civ. 2240)."
        ),
    )
    return [*((text, BODY) for text in said), *((note, NOTE) for note in model.notes)]


def _high(text: str, room: float, size: float = BODY) -> float:
    """Millimetres that a text takes down the page, wrapped in `room` millimetres."""
    return len(faces.wrap(text, room, size)) * size * faces.LEADING
