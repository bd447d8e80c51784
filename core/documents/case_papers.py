"""The history of a case and the certificate of irrecoverability as PDF. They print what they are given; they judge and keep nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.cells import Column
from core.documents.parties import Agency, Person, grouped
from core.documents.sheet import Sheet
from core.i18n import Texts

LONGEST = 1500  # characters of a text in a table: a cell is never longer than a page, the rest is in the program


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Who and which case; `created_at` with its time zone."""

    on: dt.date
    created_at: dt.datetime
    agency: Agency
    creditor: Person
    debtor: Person
    reference: str
    creditor_reference: str
    placed_on: dt.date


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: a day, what, words, by whom."""

    on: dt.date
    what: str
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class PaperDebt:
    """A debt: cents, the last day to sue None when unknown."""

    reference: str
    due_on: dt.date | None
    principal: int
    outstanding: int
    limitation_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """A document of the case; `digest` is the beginning of its sha256."""

    on: dt.date
    title: str
    number: str
    digest: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A row of the ledger; `amount` cents, negative when it lowers what is owed."""

    on: dt.date
    debt: str
    what: str
    amount: int


@dataclass(frozen=True, slots=True)
class History:
    """The whole course of a case, oldest first; `state` one line on how it stands."""

    head: PaperHead
    state: str
    balance: int
    debts: tuple[PaperDebt, ...]
    log: tuple[PaperLine, ...]
    movements: tuple[Movement, ...]
    documents: tuple[PaperDocument, ...]
    deadlines: tuple[PaperLine, ...]
    left_out: int = 0  # lines of the log that are too old to be shown


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the agency states about a case it could not recover; `outside` the rule on VAT with its article and its mark."""

    head: PaperHead
    number: str
    reason: str
    evidence: str
    closed_on: dt.date
    decided_by: str
    owed: tuple[tuple[str, int], ...]
    total: int
    collected: int
    steps: tuple[PaperLine, ...]
    documents: tuple[PaperDocument, ...]
    proves: str
    proves_not: str
    vat: str
    signatory: str
    debts: tuple[PaperDebt, ...] = ()


def history_pdf(model: History, t: Texts) -> bytes:
    """The history of a case, oldest first; the same model gives the same bytes."""
    sheet = Sheet(
        t("History of case {reference}", reference=model.head.reference), model.head.agency, t, model.head.created_at
    )
    sheet.reference = model.head.reference
    sheet.main_title(
        t("Drawn up on {day} from the journal, the ledger and the register of the case", day=model.head.on)
    )
    _parties(sheet, model.head, t)
    sheet.facts([(t("State"), model.state), (t("Owed on the ledger"), t.money(model.balance))])
    _debts(sheet, model.debts, t)
    sheet.heading(t("What happened"))
    if model.left_out:
        sheet.paragraph(t.n("{n} older line is not shown.", "{n} older lines are not shown.", model.left_out))
    _lines(sheet, model.log, t)
    sheet.heading(t("Ledger"))
    _movements(sheet, model.movements, t)
    _documents(sheet, model.documents, t)
    sheet.heading(t("Deadlines and next actions"))
    _lines(sheet, model.deadlines, t)
    return sheet.pdf()


def certificate_sheet(model: Certificate, t: Texts) -> Sheet:
    """The certificate; it says itself what it proves and what it does not."""
    head = model.head
    sheet = Sheet(
        t("Certificate of irrecoverability no. {number}", number=model.number), head.agency, t, head.created_at
    )
    sheet.reference = model.number
    sheet.window(head.creditor)
    sheet.beside_window(
        [t("Issued on {day}", day=head.on), t("Case reference: {reference}", reference=head.reference),
         t("Your reference: {reference}", reference=head.creditor_reference or "—")]
    )  # fmt: skip
    sheet.main_title(t("Statement of the agency on an attempted recovery"))
    _parties(sheet, head, t)
    sheet.framed(
        t("Remains owed: {amount}", amount=t.money(model.total)),
        t("On the ledger on {day}, collected before: {amount}", day=model.closed_on, amount=t.money(model.collected)),
    )
    sheet.table(
        [Column(t("Part"), 120), Column(t("Amount"), 50, amount=True)],
        [[name, t.money(cents)] for name, cents in model.owed],
        [t("Total"), t.money(model.total)],
    )
    _debts(sheet, model.debts, t)
    sheet.heading(t("Reason"))
    sheet.facts(
        [
            (t("Reason"), model.reason),
            (t("Evidence"), model.evidence),
            (t("Case closed on"), t.date(model.closed_on)),
            (t("Decided by"), model.decided_by),
        ]
    )
    sheet.heading(t("Steps taken"))
    _lines(sheet, model.steps, t)
    _documents(sheet, model.documents, t)
    sheet.heading(t("What this document is worth"))
    sheet.paragraph(t("It states that {what}.", what=model.proves))
    sheet.paragraph(t("It does not state {what}.", what=model.proves_not))
    sheet.paragraph(model.vat, size=9)
    sheet.gap(4)
    sheet.room_for(25)
    sheet.paragraph(
        t("Made at {place}, on {day}", place=head.agency.address[-1] if head.agency.address else "…", day=head.on)
    )
    sheet.paragraph(model.signatory or "…", bold=True)
    return sheet


def _parties(sheet: Sheet, head: PaperHead, t: Texts) -> None:
    def block(title: str, person: Person) -> list[str]:
        siren = t("SIREN {siren}", siren=grouped(person.siren)) if person.siren else ""
        return [title, *(line for line in (person.name, *person.address, siren) if line)]

    sheet.columns(block(t("Creditor"), head.creditor), block(t("Debtor"), head.debtor))
    sheet.gap(2)
    sheet.facts([(t("Placed on"), t.date(head.placed_on)), (t("Reference at the creditor"), head.creditor_reference)])


def _debts(sheet: Sheet, debts: Sequence[PaperDebt], t: Texts) -> None:
    if not debts:
        return
    sheet.heading(t("Debts"))
    columns = [
        Column(t("Reference"), 50), Column(t("Due on"), 25), Column(t("Placed"), 32, amount=True), Column(t("Still owed"), 33, amount=True),
        Column(t("Last day to sue"), 30),
    ]  # fmt: skip
    sheet.table(
        columns,
        [
            [
                one.reference,
                _day(one.due_on, t),
                t.money(one.principal),
                t.money(one.outstanding),
                _day(one.limitation_on, t),
            ]
            for one in debts
        ],
    )


def _lines(sheet: Sheet, lines: Sequence[PaperLine], t: Texts) -> None:
    if not lines:
        sheet.paragraph(t("Nothing is recorded."))
        return
    columns = [Column(t("Day"), 23), Column(t("What"), 62), Column(t("Words"), 58), Column(t("By"), 27)]
    sheet.table(columns, [[t.date(one.on), one.what, _cut(one.words), one.by] for one in lines], size=8.5)


def _movements(sheet: Sheet, rows: Sequence[Movement], t: Texts) -> None:
    if not rows:
        sheet.paragraph(t("Nothing is recorded."))
        return
    columns = [Column(t("Day"), 23), Column(t("Debt"), 42), Column(t("What"), 70), Column(t("Amount"), 35, amount=True)]
    sheet.table(columns, [[t.date(one.on), one.debt, one.what, t.money(one.amount)] for one in rows])


def _documents(sheet: Sheet, documents: Sequence[PaperDocument], t: Texts) -> None:
    sheet.heading(
        t("Documents"), t("The beginning of the sha256 digest lets anyone check that a file is the one kept.")
    )
    if not documents:
        sheet.paragraph(t("Nothing is recorded."))
        return
    columns = [Column(t("Day"), 23), Column(t("Title"), 75), Column(t("Number"), 40), Column(t("sha256"), 32)]
    sheet.table(columns, [[t.date(one.on), one.title, one.number, one.digest] for one in documents])


def _day(day: dt.date | None, t: Texts) -> str:
    return t.date(day) if day else "—"


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
