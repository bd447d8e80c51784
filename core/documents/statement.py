"""The statement of amounts (décompte) as a PDF: totals, each debt with its account and interest, footnotes of law. Computes nothing.

It draws the same computations as the screen, as far as they are claimed: what the creditor does not ask for, and what the agency still has
to find out, stand on no paper for the debtor (docs/law.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.documents.cells import Column
from core.documents.parties import Agency, Person
from core.documents.proof import STAR, Footnotes, legend, marked, periods, rates_used
from core.documents.sheet import Sheet
from core.domain.computation import Computation
from core.domain.statement import NAMES, DebtStatement, Statement
from core.domain.statement_account import BUCKETS, entries
from core.i18n import Texts
from core.i18n.quantities import sure, written

ALWAYS = ("principal", "interest")  # parts that stand on every statement, even at zero


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """Everything the document says; `natures` names the kind of each debt by its id, in the reader's language."""

    number: str
    created_at: dt.datetime
    agency: Agency
    creditor: Person
    debtor: Person
    case_reference: str
    statement: Statement
    natures: dict[int, str]
    recalled: str = ""  # the line that recalls the first letter (CPCE R.124-4, last paragraph)


def statement_pdf(model: StatementPaper, t: Texts) -> bytes:
    """The statement in the language of `t`; `created_at` carries its time zone. The same model gives the same bytes."""
    return statement_sheet(model, t).pdf()


def statement_sheet(model: StatementPaper, t: Texts) -> Sheet:
    """The same, laid out."""
    found = model.statement
    sheet = Sheet(t("Statement of amounts"), model.agency, t, model.created_at)
    sheet.reference = model.number or model.case_reference
    sheet.window(model.debtor)
    sheet.beside_window(_references(model, t))
    sheet.main_title(t("Amounts on {day}", day=t.date(found.on, "long")))
    sheet.paragraph(
        t(
            "{agency}, acting for {creditor} (the creditor), states the sums claimed from {debtor} on {day}.",
            agency=model.agency.name,
            creditor=model.creditor.name,
            debtor=model.debtor.name,
            day=found.on,
        )
    )
    sheet.framed(marked(t, t.money(_cents(found.total)), found.total), _summary(found, t))
    notes = Footnotes()
    _debts(sheet, model, t)
    for debt in found.debts:
        _debt(sheet, model, debt, notes, t)
    _remarks(sheet, found, t)
    rates_used(
        sheet, [one for debt in found.debts if debt.interest.claimed for one in debt.interest.segments], notes, t
    )
    notes.draw(sheet, t("Texts applied"))
    return sheet


def _references(model: StatementPaper, t: Texts) -> list[str]:
    lines = [
        t("Case reference: {reference}", reference=model.case_reference),
        t("Creditor: {creditor}", creditor=model.creditor.name),
    ]
    first = t("Statement no. {number}", number=model.number) if model.number else t("Draft, not issued: not to be sent")
    return [first, *lines, *filter(None, [model.recalled])]


def _summary(found: Statement, t: Texts) -> str:
    parts = (
        t("{label}: {value}", label=t.render(NAMES[bucket]), value=t.money(_cents(found.sums[bucket])))
        for bucket in _shown(found)
    )
    return " · ".join(parts)


def _shown(found: Statement) -> list[str]:
    return [bucket for bucket in BUCKETS if bucket in ALWAYS or _cents(found.sums[bucket])]


def _debts(sheet: Sheet, model: StatementPaper, t: Texts) -> None:
    """One line a debt: what is left by part."""
    found = model.statement
    buckets = _shown(found)
    wide = min(24.0, 112.0 / (len(buckets) + 1))
    columns = [
        Column(t("Debt"), 170 - 24 - wide * (len(buckets) + 1)),
        Column(t("Due on"), 24),
        *(Column(t.render(NAMES[bucket]), wide, amount=True) for bucket in buckets),
        Column(t("Total"), wide, amount=True),
    ]
    rows = [
        [
            _name(model, debt),
            t.date(debt.account.due_on),
            *(_money(t, debt.left[b]) for b in buckets),
            _money(t, debt.total),
        ]
        for debt in found.debts
    ]
    total = [t("Total"), "", *(_money(t, found.sums[b]) for b in buckets), _money(t, found.total)]
    sheet.table(columns, rows, total, size=8.5)


def _name(model: StatementPaper, debt: DebtStatement) -> str:
    return f"{model.natures.get(debt.account.debt_id, '')} {debt.account.ref}".strip()


def _debt(sheet: Sheet, model: StatementPaper, debt: DebtStatement, notes: Footnotes, t: Texts) -> None:
    """The account of one debt, then its interest by periods when it is claimed."""
    sheet.room_for(40)
    sheet.heading(_name(model, debt), _dates(debt, t))
    lines = entries(debt.account, model.statement.on, debt.added)
    buckets = [b for b in BUCKETS if b in ALWAYS or b in debt.added or any(b in line.amounts for line in lines)]
    wide = min(30.0, 100.0 / len(buckets))
    columns = [
        Column(t("Date"), 24),
        Column(t("Entry"), 146 - wide * len(buckets)),
        *(Column(t.render(NAMES[bucket]), wide, amount=True) for bucket in buckets),
    ]
    rows = [[t.date(line.on), t.render(line.what), *(_part(t, line.amounts.get(b)) for b in buckets)] for line in lines]
    for bucket, figure in debt.added.items():
        label = t.render(figure.label) + notes.cite(figure.all_articles)
        rows.append([t.date(debt.on), label, *(_money(t, figure) if b == bucket else "" for b in buckets)])
    sheet.table(columns, rows, [t("Left"), "", *(_money(t, debt.left[b]) for b in buckets)], size=8.5)
    if debt.interest.claimed:
        periods(sheet, debt.interest.segments, notes, t)


def _dates(debt: DebtStatement, t: Texts) -> str:
    said = [
        t("dated {day}", day=debt.account.issued_on) if debt.account.issued_on else "",
        t("due on {day}", day=debt.account.due_on) if debt.account.due_on else t("due date unknown"),
    ]
    return " · ".join(filter(None, said))


def _part(t: Texts, cents: int | None) -> str:
    return "" if cents is None else t.money(cents)


def _remarks(sheet: Sheet, found: Statement, t: Texts) -> None:
    """What to know: of the whole, then of the debts, a remark shared by several said once."""
    shared: dict[str, list[str]] = {}
    for debt in found.debts:
        for remark in debt.remarks:
            shared.setdefault(t.render(remark), []).append(debt.account.ref)
    known = found.remarks if found.claimed else ()
    lines = [*(t.render(remark) for remark in known), *_grouped(shared, len(found.debts), t)]
    if not sure(found.total.weakest):
        lines.append(legend(t))
    if not lines:
        return
    sheet.heading(t("To know"))
    for line in lines:
        sheet.paragraph(line, size=9)


def _grouped(shared: dict[str, list[str]], debts: int, t: Texts) -> Iterable[str]:
    for said, refs in shared.items():
        one = len(refs) == debts
        yield said if one else t("{debts}: {remark}", debts=", ".join(refs), remark=said)


def _money(t: Texts, figure: Computation) -> str:
    return written(t, figure.value, figure.quantity) + ("" if sure(figure.weakest) else STAR)


def _cents(figure: Computation) -> int:
    return figure.value if isinstance(figure.value, int) else 0
