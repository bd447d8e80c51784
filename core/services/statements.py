"""The statement of amounts of a case on a day: shown, issued as a frozen document, handed out as PDF or workbook. Changes no amount."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from core.documents.statement import StatementPaper, statement_pdf
from core.documents.statement import statement_sheet as drawn
from core.domain.computation import Computation
from core.domain.frozen import message_data, to_data
from core.domain.law_values import Law
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.domain.statement import Statement
from core.domain.statement import statement as state_amounts
from core.exchange.statement_files import statement_workbook
from core.i18n import Texts, texts
from core.services import claim_facts, contact_record, letterhead, limitation_gate, nature_words, paper_check
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.law import law_of
from core.store import cases, creditors, files
from core.store import statements as kept
from core.store.cases import CaseHead
from core.store.statements import IssuedRow
from core.store.unit import Reader, changed_meanwhile

__all__ = [
    "Issued", "IssuedRow", "Statement", "View", "issue_statement", "statement", "statement_bytes", "statement_pdf_file",
    "statement_sheet", "statement_view",
]  # fmt: skip
KIND = "statement"  # of the legality check
FARTHEST_YEARS = 5  # a day to come beyond that says nothing useful: a product choice


@dataclass(frozen=True, slots=True)
class Issued:
    """A statement that was issued and kept."""

    document_id: int
    number: str


@service(Right.READ)
def statement(ctx: Ctx, case_id: int, on: dt.date) -> Statement:
    """The amounts of a case on a day, past or future, from one snapshot. Raises Refusal "case-unknown", "day-too-far"."""
    _plausible(ctx, on)
    with ctx.store.read() as reader:
        return _computed(reader, case_id, on, law_of(reader))


@dataclass(frozen=True, slots=True)
class View:
    """What the statement screen shows: the case, its amounts on the day, what was issued (the newest first).

    `barred` says why none may be issued today: time-barred debts about which no lead has decided, what the legality check refuses.
    """

    head: CaseHead
    found: Statement
    issued: tuple[IssuedRow, ...]
    barred: tuple[Problem, ...] = ()


@service(Right.READ)
def statement_view(ctx: Ctx, case_id: int, on: dt.date) -> View:
    """The statement with its case and those issued before, from one snapshot. Raises what `statement` raises."""
    _plausible(ctx, on)
    with ctx.store.read() as reader:
        found = _computed(reader, case_id, on, law_of(reader))
        number = f"{contact_record.head(reader, case_id).ref}-D{kept.next_rank(reader, case_id)}"
        paper, t = _paper(ctx, reader, case_id, found, number)
        words = paper_check.refused(ctx, reader, case_id, KIND, drawn(paper, t)) if _named(ctx) else ()
        barred = (*limitation_gate.problems(reader, case_id, ctx.today), *words)
        return View(contact_record.head(reader, case_id), found, kept.issued(reader, case_id), barred)


@service(Right.READ)
def statement_bytes(ctx: Ctx, document_id: int) -> bytes:
    """The kept PDF of an issued statement; the same bytes each time. Raises Refusal "document-unknown"."""
    with ctx.store.read() as reader:
        found = creditors.document_file(reader, document_id)
        if found is None:
            raise refuse(
                "document-unknown",
                msg("There is no such document."),
                msg("Choose one of the case's list."),
                field="document",
                value=str(document_id),
            )
        return files.fetch(reader, ctx.store, found[0])


@service(Right.READ)
def statement_pdf_file(ctx: Ctx, case_id: int, on: dt.date) -> tuple[str, bytes]:
    """File name and PDF of a statement that is not issued: without number, in the debtor's language. Raises what `statement` raises."""
    _plausible(ctx, on)
    with ctx.store.read() as reader:
        found = _computed(reader, case_id, on, law_of(reader))
        paper, t = _paper(ctx, reader, case_id, found, "")
    return f"{paper.case_reference}-{on.isoformat()}.pdf", statement_pdf(paper, t)


@service(Right.READ)
def statement_sheet(ctx: Ctx, case_id: int, on: dt.date) -> tuple[str, bytes]:
    """File name and workbook of a statement, in the reader's language. Raises what `statement` raises."""
    _plausible(ctx, on)
    with ctx.store.read() as reader:
        ref = contact_record.head(reader, case_id).ref
        found = _computed(reader, case_id, on, law_of(reader))
    return f"{ref}-{on.isoformat()}.xlsx", statement_workbook(found, ref, texts(ctx.lang))


@service(Right.WORK)
def issue_statement(ctx: Ctx, case_id: int, on: dt.date, token: str) -> Issued:
    """Number a statement and keep its PDF with its computations and the fingerprint of the law. Twice with one token issues once.

    The PDF is made outside of the writing. Raises Refusal "agency-missing" without the agency's name and address, "changed-meanwhile" when
    the case changed while it was made, "time-barred" while no lead has decided about a debt whose last day to sue has passed, the rule
    ("LET-13", "MSG-02"…) for what the legality check refuses in it, and what `statement` raises.
    """
    _plausible(ctx, on)
    if not _named(ctx):
        raise refuse(
            "agency-missing",
            msg("A statement is issued under the agency's name and address, which the agency file does not hold yet."),
            msg("Fill in the agency file in the settings, then issue the statement."),
        )
    with ctx.store.read() as reader:
        limitation_gate.check(reader, case_id, ctx.today)
        law = law_of(reader)
        found, rank = _computed(reader, case_id, on, law), kept.next_rank(reader, case_id)
        number = f"{contact_record.head(reader, case_id).ref}-D{rank}"
        paper, t = _paper(ctx, reader, case_id, found, number)
        sheet = drawn(paper, t)
        words = paper_check.refused(ctx, reader, case_id, KIND, sheet)
    if words:
        raise Refusal(*words)
    pdf, figures = sheet.pdf(), frozen(found)
    with ctx.write() as unit:
        before = unit.done_before(token, "issue_statement")
        if before:
            return Issued(*before)
        limitation_gate.check(unit, case_id, ctx.today)
        if kept.next_rank(unit, case_id) != rank or _computed(unit, case_id, on, law) != found:
            raise changed_meanwhile(number)
        file_id = files.keep(unit, ctx.store, pdf, "application/pdf")
        document = kept.add_document(unit, file_id, case_id, number, figures, law.fingerprint)
        digest = files.digest(unit, file_id)
        unit.audit(
            "statement.issued", "document", document, case=case_id, on=on.isoformat(), digests={str(document): digest}
        )
        unit.remember(token, "issue_statement", (document, number))
        return Issued(document, number)


def _named(ctx: Ctx) -> bool:
    file = agency_file(ctx).file
    return bool(file.name and file.address)


def frozen(found: Statement) -> str:
    """A statement as JSON text: every figure with its proof, exact, in keys and values (core.domain.frozen)."""
    return json.dumps(statement_data(found), ensure_ascii=False, sort_keys=True)


def statement_data(found: Statement) -> dict[str, object]:
    """The same as dictionaries and lists."""
    return {
        "on": found.on.isoformat(),
        "total": to_data(found.total),
        "debts": [
            {
                "id": debt.account.debt_id,
                "ref": debt.account.ref,
                "interest": to_data(debt.interest.computed)
                if isinstance(debt.interest.computed, Computation)
                else None,
                "claimed": debt.interest.claimed,
                "told": [to_data(one) for one in debt.told if isinstance(one, Computation)],
                "remarks": [message_data(remark) for remark in (*debt.remarks, *debt.asides)],
            }
            for debt in found.debts
        ],
        "articles": list(found.articles),
        "remarks": [message_data(remark) for remark in found.remarks],
    }


def _computed(reader: Reader, case_id: int, on: dt.date, law: Law) -> Statement:
    return state_amounts(claim_facts.claims_of(reader, case_id, on, law), on, law)


def _paper(ctx: Ctx, reader: Reader, case_id: int, found: Statement, number: str) -> tuple[StatementPaper, Texts]:
    """The document in the debtor's language."""
    head = contact_record.head(reader, case_id)
    owner = creditors.creditor(reader, head.creditor_id)
    if owner is None:
        raise LookupError("a case without a creditor")
    t = texts(head.lang)
    natures = {debt.account.debt_id: nature_words.label(t, debt.account.nature) for debt in found.debts}
    paper = StatementPaper(
        number, ctx.now, letterhead.agency(agency_file(ctx).file), letterhead.creditor(owner),
        letterhead.debtor(head, cases.contact_points(reader, (head.debtor_id,))), head.ref, found, natures, paper_check.recalled(head, t),
    )  # fmt: skip
    return paper, t


def _plausible(ctx: Ctx, on: dt.date) -> None:
    if not 1970 <= on.year <= ctx.today.year + FARTHEST_YEARS:
        raise refuse(
            "day-too-far",
            msg("A statement on {day} is not possible.", day=on),
            msg("Choose a day from 1970 to {years} years from now.", years=FARTHEST_YEARS),
            field="on",
            value=on.isoformat(),
        )
