"""A payment plan as a proposal to sign: parties, debts, instalments, how to pay, what a signature means. Computes nothing.

Sources shown in the document: CPCE R.124-5 (the creditor is told), L.111-3 (no enforceable title), C. civ. 2240 (acknowledgment).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.documents import faces
from core.documents.cells import Column
from core.documents.parties import Agency, Person
from core.documents.plan_interest import NO_INTEREST, PlanInterest, of_which, terms
from core.documents.sheet import BODY, BOTTOM, LEFT, RIGHT, TOP, Sheet
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
    account: str = ""  # IBAN of the account kept for creditors' funds; empty where the mandate has the creditor paid
    recalled: str = ""  # the line that recalls the first letter (CPCE R.124-4, last paragraph)
    notes: tuple[str, ...] = ()
    consent_needed: bool = (
        False  # beyond the mandate and without the creditor's recorded consent: nobody signs for the creditor
    )
    rate: Decimal | None = None  # percent a year
    basis: str = ""  # what the rate rests on, as typed
    outside: int = 0  # cents owed on the case that the plan leaves outside
    by_hand: str = ""  # what the debtor writes beside the signature (C. civ. 1376)
    split: tuple[tuple[str, int], ...] = ()  # the parts of what the debts owe, in cents
    interest: PlanInterest = NO_INTEREST  # what becomes of claimed interest meanwhile

    def __post_init__(self) -> None:
        """The principal of the instalments makes the amount, and each instalment its parts."""
        if not self.rows or sum(row.principal for row in self.rows) != self.amount:
            raise ValueError("the principal of the instalments does not make the amount of the plan")
        if any(row.amount != row.principal + row.interest for row in self.rows):
            raise ValueError("an instalment is not its principal and interest")


def plan_pdf(model: PlanPaper, t: Texts) -> bytes:
    """The proposal, or the simulation, in the language of `t`; the same model gives the same bytes."""
    return plan_sheet(model, t).pdf()


def plan_sheet(model: PlanPaper, t: Texts) -> Sheet:
    """The same, laid out."""
    title = t("Payment plan proposal") if model.debtor else t("Payment plan simulation")
    sheet = Sheet(title, model.agency, t, model.created_at)
    sheet.reference = t("Plan {reference}", reference=model.reference) if model.reference else model.case_reference
    if model.debtor:
        sheet.window(model.debtor)
        sheet.beside_window(_references(model, t))
    sheet.main_title(t("Drawn up on {day}", day=model.drawn_on))
    _parties(sheet, model, t)
    sheet.framed(t.money(model.amount), _summary(model, t))
    _rate_and_rest(sheet, model, t)
    _instalments(sheet, model, t)
    _meaning(sheet, model, t)
    return sheet


def _references(model: PlanPaper, t: Texts) -> list[str]:
    creditor = model.creditor.name if model.creditor else ""
    lines = [
        t("Case reference: {reference}", reference=model.case_reference),
        t("Creditor: {creditor}", creditor=creditor),
        *filter(None, [model.recalled]),
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
    if model.consent_needed:
        sheet.paragraph(
            t(
                "Subject to the creditor's consent: the agency has no power to grant this plan alone, and it binds "
                "{creditor} only once they consent (CPCE, art. R. 124-5; C. civ., art. 1156, to be confirmed).",
                creditor=model.creditor.name,
            ),
            bold=True,
        )
    if model.debts:
        sheet.heading(t("Debts concerned"))
        columns = [Column(t("Debt"), 130), Column(t("Still owed"), 40, amount=True)]
        sheet.table(columns, [[ref, t.money(cents)] for ref, cents in model.debts])
    if model.split:
        sheet.paragraph(of_which(model.split, model.drawn_on, t))


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
    if model.interest.running:
        return f"{said}. {t('The instalments add no interest and no fee to this sum.')}"
    return f"{said}. {t('No interest and no fee is added.')}"


def _instalments(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    sheet.heading(t("Instalments"))
    plain = not model.interest.running  # else the sum itself holds interest: its parts are said once, beside the debts
    parts = [Column(t("Principal"), 30, amount=True), Column(t("Interest"), 30, amount=True)]
    columns = [Column(t("No."), 14), Column(t("Date"), 36), Column(t("Amount"), 30, amount=True), *(parts if plain else []),
               Column(t("Left"), 30, amount=True)]  # fmt: skip
    rows = [_line(r, t, (r.principal, r.interest) if plain else ()) for r in model.rows]
    sums = (model.amount, sum(r.interest for r in model.rows)) if plain else ()
    paid = sum(r.amount for r in model.rows)
    sheet.table(columns, rows, [t("Total"), "", *map(t.money, (paid, *sums)), ""])


def _line(row: PaperRow, t: Texts, parts: tuple[int, ...]) -> list[str]:
    return [str(row.number), t.date(row.date), *map(t.money, (row.amount, *parts, row.balance))]


def _rate_and_rest(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    """The yearly rate with what it rests on, and what the plan leaves outside."""
    if model.rate:
        sheet.paragraph(
            t("Yearly interest rate: {rate} %. It rests on: {basis}.", rate=model.rate, basis=model.basis)
            if model.basis
            else t("Yearly interest rate: {rate} %.", rate=model.rate)
        )
    for text in terms(model.interest, model.drawn_on, t):
        sheet.paragraph(text)
    if model.outside:
        sheet.paragraph(t("Outside this plan: {amount}, which stays owed.", amount=Euro(model.outside)), bold=True)


def _payments(model: PlanPaper, t: Texts) -> list[tuple[str, float]]:
    """The paragraphs on how to pay, with their size."""
    creditor = model.creditor.name if model.creditor else ""
    account = t(
        "To {agency}, on its account kept for creditors' funds: {account}.",
        agency=model.agency.name,
        account=model.account,
    )
    direct = t(
        "Or directly to {creditor}. Reference to quote: {reference}.",
        creditor=creditor,
        reference=model.case_reference,
    )
    said = [account] if model.account else []
    return [(text, BODY) for text in (*said, direct, t("A receipt is given for each payment (CPCE, art. R. 124-6)."))]


def _meaning(sheet: Sheet, model: PlanPaper, t: Texts) -> None:
    """How to pay, what a signature means, the sum signed, then both places to sign, on one page: nobody signs a page without a plan."""
    if not model.debtor:
        for note in model.notes:
            sheet.paragraph(note, size=NOTE)
        return
    pay, said, room = _payments(model, t), _meanings(model, t), (RIGHT - LEFT) / 2 - 5
    place, by_hand = t("Date and signature:"), _by_hand(model, t)
    debtor = [t("The debtor"), model.debtor.name, place]
    other = _other_side(model, t, place)
    block = max(sum(_high(line, room) for line in lines) for lines in (debtor, other))
    texts = sum(_high(text, RIGHT - LEFT, size) + 2 for text, size in (*pay, *said, *by_hand))
    sheet.room_for(min(2 * HEADING + texts + 4 + block + TO_SIGN, BOTTOM - TOP - HEADING))
    sheet.heading(t("How to pay"))
    _paragraphs(sheet, pay)
    sheet.heading(t("What this proposal means"))
    _paragraphs(sheet, (*said, *by_hand))
    sheet.gap(4)
    sheet.columns(debtor, other)
    sheet.gap(TO_SIGN)


def _paragraphs(sheet: Sheet, said: Iterable[tuple[str, float]]) -> None:
    for text, size in said:
        sheet.paragraph(text, size=size)


def _by_hand(model: PlanPaper, t: Texts) -> list[tuple[str, float]]:
    """The place where the debtor writes the sum, beside the signature."""
    if not model.by_hand:
        return []
    return [(f"{model.by_hand}:" if t.lang == "en" else f"{model.by_hand} :", NOTE), ("_" * 85, BODY)]


def _other_side(model: PlanPaper, t: Texts, place: str) -> list[str]:
    """Who signs opposite the debtor: the agency for the creditor, or the creditor alone where the agency has no power to (C. civ. 1156)."""
    if model.consent_needed and model.creditor:
        return [t("The creditor, whose consent is needed"), model.creditor.name, place]
    return [t("For the creditor, the agency"), model.agency.name, place]


def _meanings(model: PlanPaper, t: Texts) -> list[tuple[str, float]]:
    """The paragraphs on what a signature means, with their size."""
    said = (
        t(
            "What is signed: {amount}, {summary}",
            amount=t.money(sum(row.amount for row in model.rows)),
            summary=_summary(model, t),
        ),
        *(text for text in terms(model.interest, model.drawn_on, t)[:1]),
        t(
            "If an instalment is not paid, the creditor may consider the plan ended and ask for what is left, "
            "after telling the debtor in writing."
        ),
        t(
            "Unsigned, this proposal acknowledges nothing. Signed by the debtor, it may acknowledge the debt and "
            "interrupt limitation (C. civ., art. 2240, to be confirmed)."
        ),
    )
    return [*((text, BODY) for text in said), *((note, NOTE) for note in model.notes)]


def _high(text: str, room: float, size: float = BODY) -> float:
    """Millimetres that a text takes down the page, wrapped in `room` millimetres."""
    return len(faces.wrap(text, room, size)) * size * faces.LEADING
