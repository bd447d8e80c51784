"""A payment plan as a PDF: of a simulation, or of a plan kept on a case. Keeps and sends nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from core.documents.plan import PaperRow, PlanPaper, plan_sheet
from core.documents.plan_interest import PlanInterest
from core.documents.sheet import Sheet
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.plan_interest import Estimate
from core.domain.rights import Right
from core.i18n import Texts, texts
from core.law.plan_notes import PlanNote
from core.services import (
    contact_record,
    letterhead,
    paper_check,
    plan_amounts,
    plan_bars,
    plan_record,
    plan_said,
    plans,
)
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.plans import PlanEntry, simulate
from core.store import cases, creditors
from core.store import plans as kept
from core.store.unit import Reader

KIND = "plan"  # of the legality check
ON_PAPER = (
    "creditor_told",
    "judge",
    "no_title",
    "interest_basis",
    "written_rate",
)  # the others are said by the document, or are for the agency


@service(Right.READ)
def simulation_file(ctx: Ctx, entry: PlanEntry, case_id: int | None = None) -> bytes:
    """The PDF of a plan that is not kept; with a case it is the proposal to its debtor, in that person's language."""
    return _simulated(ctx, entry, case_id).pdf()


def _simulated(ctx: Ctx, entry: PlanEntry, case_id: int | None) -> Sheet:
    """The same, laid out. Raises Refusal with what keeps it from its debtor."""
    found = simulate(ctx, entry, case_id)
    consent = case_id is not None and bool(plans.cautions(ctx, case_id, found.granted, entry.running))
    if case_id is not None:
        _may_be_offered(ctx, entry, case_id)
    rows = tuple(
        PaperRow(r.number, r.date, r.amount, r.principal, r.interest, r.balance) for r in found.schedule.instalments
    )
    if entry.down:
        rows = (_down(ctx.today, entry), *(replace(r, number=r.number + 1) for r in rows))
    agency = letterhead.agency(agency_file(ctx).file)
    paper = PlanPaper(
        ctx.today, ctx.now, agency, entry.amount, rows, consent_needed=consent, rate=entry.rate, basis=entry.basis.strip(),
        outside=found.outside, debts=found.owed.named if found.owed else (), split=found.owed.split if found.owed else (),
        interest=_ahead(entry.running, found.ahead),
    )  # fmt: skip
    return _sheet(ctx, paper, case_id, found.notes)


@service(Right.READ)
def kept_from_paper(ctx: Ctx, case_id: int, entry: PlanEntry | None = None) -> tuple[Problem, ...]:
    """Why no paper of this simulation, or of any plan of the case, may be printed for its debtor; nothing when it may."""
    try:
        if entry is not None:
            _simulated(ctx, entry, case_id)
            return ()
        with ctx.store.read() as reader:
            plan_bars.check(reader, case_id, ctx.today)
            return paper_check.case_refused(ctx, reader, case_id)
    except Refusal as refused:
        return refused.problems


@service(Right.READ)
def plan_file(ctx: Ctx, plan_id: int) -> tuple[str, bytes]:
    """File name and PDF of a plan kept on a case."""
    with ctx.store.read() as reader:
        row = kept.plan(reader, plan_id)
        if row is None:
            raise refuse("plan-unknown", msg("There is no such plan."), msg("Open the case again."), field="plan")
        lines = kept.instalments(reader, plan_id)
        consent = plan_record.consent_needed(reader, row, lines, ctx.today)
    agency = letterhead.agency(agency_file(ctx).file)
    drawn = dt.date.fromisoformat(row.proposed_on or row.created_at[:10])
    rows, said = _rows(lines), plan_said.said_of(row)
    amount = sum(r.principal for r in rows)
    paper = PlanPaper(
        drawn, dt.datetime.fromisoformat(row.created_at), agency, amount, rows, reference=row.ref, consent_needed=consent,
        rate=said.rate, basis=said.basis, outside=said.outside, debts=said.debts, split=said.split,
        interest=PlanInterest(said.running, said.ahead, said.ahead_until),
    )  # fmt: skip
    return f"{row.ref}.pdf", _sheet(ctx, paper, row.case_id, plans.notes_of(lines)).pdf()


def _may_be_offered(ctx: Ctx, entry: PlanEntry, case_id: int) -> None:
    """A paper for a debtor is refused where the same proposal would not be kept."""
    plan_said.check_basis(entry)
    with ctx.store.read() as reader:
        plan_bars.check(reader, case_id, ctx.today)
        owed = plan_bars.check_amount(reader, contact_record.head(reader, case_id), entry.amount, ctx.today)
    plan_said.check_running(entry, claimed=owed.interest)


def _ahead(running: str, found: Estimate | None) -> PlanInterest:
    return PlanInterest(running, found.cents if found else 0, found.known_until if found else None)


def _rows(lines: tuple[kept.InstalmentRow, ...]) -> tuple[PaperRow, ...]:
    """Kept instalments with what is left after each; those taken over know no interest: all is principal."""
    parts = [(line, line.principal or line.amount - line.interest) for line in lines]
    left, rows = sum(principal for _, principal in parts), []
    for line, principal in parts:
        left -= principal
        day = dt.date.fromisoformat(line.due_on)
        rows.append(PaperRow(line.number, day, line.amount, principal, line.amount - principal, left))
    return tuple(rows)


def _down(today: dt.date, entry: PlanEntry) -> PaperRow:
    return PaperRow(1, today, entry.down, entry.down, 0, entry.amount - entry.down)


def _sheet(ctx: Ctx, paper: PlanPaper, case_id: int | None, notes: tuple[PlanNote, ...]) -> Sheet:
    """The paper in its language, once the legality check accepts it; a simulation of no case goes to nobody."""
    if case_id is None:
        t = texts(ctx.lang)
        return plan_sheet(replace(paper, notes=_notes(notes, t), by_hand=_by_hand(notes, t)), t)
    with ctx.store.read() as reader:
        plan_bars.check(reader, case_id, ctx.today)
        head = contact_record.head(reader, case_id)
        t = texts(head.lang or "fr")
        whole = replace(_of_case(ctx, reader, head, paper, t), notes=_notes(notes, t), by_hand=_by_hand(notes, t))
        sheet = plan_sheet(whole, t)
        words = paper_check.refused(ctx, reader, case_id, KIND, sheet)
    if words:
        raise Refusal(*words)
    return sheet


def _of_case(ctx: Ctx, reader: Reader, head: cases.CaseHead, paper: PlanPaper, t: Texts) -> PlanPaper:
    owner = creditors.creditor(reader, head.creditor_id)
    return replace(
        paper,
        creditor=letterhead.creditor(owner) if owner else None,
        debtor=letterhead.debtor(head, cases.contact_points(reader, (head.debtor_id,))),
        case_reference=head.ref,
        debts=paper.debts or plan_amounts.owed_on(reader, head, ctx.today).named,
        account=_account(ctx, reader, head),
        recalled=paper_check.recalled(head, t),
    )


def _account(ctx: Ctx, reader: Reader, head: cases.CaseHead) -> str:
    """The agency's account for creditors' funds, where the mandate has the debtor pay to it."""
    file = agency_file(ctx).file
    chosen = paper_check.account(ctx, reader, head.id).iban
    return chosen if chosen == file.client_account_iban else ""


def _notes(notes: tuple[PlanNote, ...], t: Texts) -> tuple[str, ...]:
    return tuple(_note(n, t) for n in notes if n.key in ON_PAPER)


def _note(note: PlanNote, t: Texts) -> str:
    """A note as printed, its article marked where it is still to be confirmed."""
    article = note.article if note.sure else t("{article}, to be confirmed", article=note.article)
    return f"{note.text.of(t.lang)} ({article})"


def _by_hand(notes: tuple[PlanNote, ...], t: Texts) -> str:
    return next((_note(n, t) for n in notes if n.key == "handwritten_sum"), "")
