"""Papers on a whole case: its history as PDF, and the certificate of irrecoverability, issued once and kept. Gives no tax advice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from core.documents.case_papers import (
    Certificate,
    History,
    Movement,
    PaperDebt,
    PaperDocument,
    PaperHead,
    PaperLine,
    certificate_sheet,
    history_pdf,
)
from core.documents.parties import Agency
from core.domain.messages import Label, Refusal, msg, refuse
from core.domain.rights import Right
from core.i18n import Texts, texts
from core.law.closure_reasons import closure_data
from core.law.procedures import load_procedures
from core.services import (
    charge_words,
    closure_record,
    closures,
    contact_record,
    history_words,
    letterhead,
    paper_check,
)
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.creditors import document_bytes
from core.services.result_words import action_label, labels
from core.store import case_papers as kept
from core.store import cases, charges, course, creditors, files, proceedings
from core.store import closures as requests
from core.store.case_papers import DocumentRow
from core.store.closures import RequestRow
from core.store.course import Entry
from core.store.unit import Reader

__all__ = [
    "DocumentRow", "Issued", "certificate_bytes", "certificates", "history_file", "issue_certificate", "may_certify",
]  # fmt: skip
LONGEST_LOG = 5000  # lines of the journal in one document
DIGEST = 12  # characters of a sha256 that are printed
FOLLOWS = ("closure", "complaint", "hold", "assigned", "reopened")  # steps that are not steps towards the debtor
BUCKETS = ("principal", "interest", "indemnity", "penalty", "costs")


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was issued and kept."""

    document_id: int
    number: str


@service(Right.READ)
def history_file(ctx: Ctx, case_id: int) -> tuple[str, bytes]:
    """File name and PDF of the history of a case: log, ledger, documents, deadlines. Raises Refusal "case-unknown"."""
    t = texts(ctx.lang)
    agency = agency_file(ctx).file
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        log, words = course.timeline(reader, case_id, LONGEST_LOG), labels(reader)
        model = History(
            head=_head(ctx, reader, head, letterhead.agency(agency)),
            state=_state(t, reader, head),
            balance=head.balance,
            debts=_debts(reader, case_id),
            log=tuple(_line(t, one, words) for one in reversed(log)),
            movements=_movements(t, reader, case_id),
            documents=_documents(t, kept.documents(reader, case_id)),
            deadlines=_deadlines(t, reader, case_id),
            left_out=max(0, kept.entries(reader, case_id) - len(log)) if len(log) == LONGEST_LOG else 0,
        )
    return f"{head.ref}-{t('history')}.pdf", history_pdf(model, t)


@service(Right.READ)
def certificates(ctx: Ctx, case_id: int) -> tuple[DocumentRow, ...]:
    """The certificates issued for a case, the newest first."""
    with ctx.store.read() as reader:
        return kept.certificates(reader, case_id)


@service(Right.READ)
def certificate_bytes(ctx: Ctx, document_id: int) -> bytes:
    """The PDF of a certificate as it was issued. Raises Refusal "document-unknown"."""
    return document_bytes(ctx, document_id)[0]


@service(Right.READ)
def may_certify(ctx: Ctx, case_id: int) -> bool:
    """Whether the case was closed for a reason that a certificate may state."""
    with ctx.store.read() as reader:
        return _accepted(reader, case_id) is not None


@service(Right.DECIDE)
def issue_certificate(ctx: Ctx, case_id: int, token: str) -> Issued:
    """Draw up and keep the certificate of a closed case: steps, dates, reason, evidence. Twice with one token draws one.

    Raises Refusal "case-unknown", "certificate-not-closed" (the case is open, or closed for a reason that states nothing of the kind),
    "certificate-no-steps" (nothing was done that it could state), the rule ("MSG-06"…) for words that the legality check refuses.
    """
    t = texts(ctx.lang)
    agency = agency_file(ctx).file
    with ctx.write() as unit:
        before = unit.done_before(token, "issue_certificate")
        if before:
            return Issued(*before)
        head = contact_record.head(unit, case_id)
        row = _accepted(unit, case_id)
        if row is None:
            raise refuse(
                "certificate-not-closed",
                msg("The case is not closed for a reason that a certificate states."),
                msg("Close it first as not found, uncollectable, time-barred or after the insolvency."),
                field="case",
            )
        number = f"{head.ref}-CI{1 + len(kept.certificates(unit, case_id))}"
        model = _certificate(
            ctx, t, unit, head, row, number, _head(ctx, unit, head, letterhead.agency(agency)), agency.signatory
        )
        if not model.steps:
            raise refuse(
                "certificate-no-steps",
                msg("No step is recorded in the case: there is nothing to certify."),
                msg("Record what was done, with its day, or choose another reason."),
                field="case",
            )
        sheet = certificate_sheet(model, t)
        words = paper_check.refused(ctx, unit, case_id, "certificate", sheet)
        if words:
            raise Refusal(*words)
        file_id = files.keep(unit, ctx.store, sheet.pdf(), "application/pdf")
        figures = json.dumps(
            {"request": row.id, "reason": row.reason, "total": model.total, "owed": [list(one) for one in model.owed]}
        )
        title = t("Certificate of irrecoverability no. {number}", number=number)
        document = kept.add_certificate(unit, file_id, case_id, number, title, figures)
        digests = {str(document): files.digest(unit, file_id)}
        unit.audit("certificate.issued", "document", document, case=case_id, digests=digests)
        unit.remember(token, "issue_certificate", (document, number))
        return Issued(document, number)


def _accepted(reader: Reader, case_id: int) -> RequestRow | None:
    """The accepted request that closed the case, if its reason may be certified and the case is still closed."""
    if requests.closed_on(reader, case_id) is None:
        return None
    row = next((one for one in requests.of_case(reader, case_id) if one.state == "accepted"), None)
    return row if row and closure_record.said(row.reason).certificate else None


def _certificate(
    ctx: Ctx, t: Texts, reader: Reader, head: cases.CaseHead, row: RequestRow, number: str, paper: PaperHead, signatory: str
) -> Certificate:  # fmt: skip
    words = closure_data().certificate
    sums: dict[str, int] = {}
    for (_, bucket), cents in cases.bucket_balances(reader, head.id).items():
        sums[bucket] = sums.get(bucket, 0) + cents
    owed = tuple((_bucket(t, one), sums[one]) for one in BUCKETS if sums.get(one))
    article = charge_words.articles(t, (words.article,), words.trust)
    evidence = "\n".join(part for part in (row.words, row.decision) if part)
    log, named = reversed(course.timeline(reader, head.id, LONGEST_LOG)), labels(reader)
    steps = (*(_line(t, one, named) for one in log if _is_step(one)), *_routes(t, reader, head.id))
    return Certificate(
        head=paper,
        number=number,
        reason=closures.label(t, row.reason, named),
        evidence=evidence,
        closed_on=dt.date.fromisoformat(requests.closed_on(reader, head.id) or ctx.day),
        decided_by=row.decider or "",
        owed=owed,
        total=sum(cents for _, cents in owed),
        collected=head.collected,
        steps=tuple(sorted(steps, key=lambda one: one.on)),
        documents=_documents(t, kept.documents(reader, head.id)),
        proves=words.proves.of(t.lang),
        proves_not=words.proves_not.of(t.lang),
        vat=f"{article} — {words.vat.of(t.lang)}",
        signatory=signatory,
        debts=_debts(reader, head.id),
    )


def _is_step(entry: Entry) -> bool:
    """A contact, a letter, a payment, a fact, or a result of the file; not what the house decided for itself, nor a corrected entry."""
    if entry.corrected_by or (entry.kind == "document" and entry.channel == kept.CERTIFICATE):
        return False
    if entry.kind != "interaction":
        return entry.kind in ("payment", "fact", "document")
    step = str(json.loads(entry.extra or "{}").get("step", ""))
    return entry.channel != "note" or bool(entry.result_code) or (bool(step) and not step.startswith(FOLLOWS))


def _routes(t: Texts, reader: Reader, case_id: int) -> list[PaperLine]:
    return [
        PaperLine(dt.date.fromisoformat(one.opened_on), t("Proceeding: {name}", name=_route(t, one.route)), one.court)
        for one in proceedings.of_case(reader, case_id)
    ]


def _route(t: Texts, route: str) -> str:
    found = load_procedures().get(route)
    return found[0].label.of(t.lang) if found else route


def _bucket(t: Texts, code: str) -> str:
    return {
        "principal": t("Principal"),
        "interest": t("Interest"),
        "indemnity": t("Flat recovery indemnity"),
        "penalty": t("Penalty clause"),
        "costs": t("Legal costs"),
    }[code]


def _head(ctx: Ctx, reader: Reader, head: cases.CaseHead, agency: Agency) -> PaperHead:
    owner = creditors.creditor(reader, head.creditor_id)
    if owner is None:
        raise LookupError("a case without a creditor")
    points = cases.contact_points(reader, (head.debtor_id,))
    return PaperHead(
        ctx.today, ctx.now, agency, letterhead.creditor(owner), letterhead.debtor(head, points), head.ref, head.creditor_case_ref,
        dt.date.fromisoformat(head.placed_on),
    )  # fmt: skip


def _state(t: Texts, reader: Reader, head: cases.CaseHead) -> str:
    closed = requests.closed_on(reader, head.id)
    if not closed:
        return t("Open")
    until = closure_record.kept_until(reader, head.id, dt.date.fromisoformat(closed))
    why = closures.label(t, head.closure_reason, labels(reader))
    return t("Closed on {day}: {why}; kept until {until}", day=t.date(closed), why=why, until=t.date(until))


def _line(t: Texts, entry: Entry, results: Mapping[str, Label]) -> PaperLine:
    words = "" if entry.kind == "document" else entry.text or ""
    return PaperLine(dt.date.fromisoformat(entry.on), history_words.what(t, entry, results), words, entry.author)


def _debts(reader: Reader, case_id: int) -> tuple[PaperDebt, ...]:
    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    return tuple(
        PaperDebt(one.ref, day(one.due_on), one.principal, one.outstanding, day(one.limitation_on))
        for one in cases.debts(reader, case_id)
    )


def _movements(t: Texts, reader: Reader, case_id: int) -> tuple[Movement, ...]:
    rows = charges.movements(reader, case_id, 0, charges.count(reader, case_id))
    return tuple(
        Movement(
            dt.date.fromisoformat(one.booked_on),
            one.debt_ref,
            charge_words.movement(t, one),
            one.amount if one.to_account in BUCKETS else -one.amount,
        )
        for one in reversed(rows)
    )


def _documents(t: Texts, rows: tuple[DocumentRow, ...]) -> tuple[PaperDocument, ...]:
    names = {"first_letter": t("First letter"), "receipt": t("Receipt"), "statement": t("Statement of amounts")}
    return tuple(
        PaperDocument(
            dt.date.fromisoformat(one.added_at[:10]), one.title or names.get(one.kind, one.kind), one.number, one.sha256[:DIGEST]
        )
        for one in rows
    )  # fmt: skip


def _deadlines(t: Texts, reader: Reader, case_id: int) -> tuple[PaperLine, ...]:
    found = []
    for one in kept.limits(reader, case_id):
        versions = load_procedures().get(one.route, ())
        limit = next((v.limits[one.key] for v in versions if v.version == one.version and one.key in v.limits), None)
        done = t("done on {day}", day=t.date(one.met_on)) if one.met_on else t("running")
        words = limit.label.of(t.lang) if limit else one.key
        found.append(PaperLine(dt.date.fromisoformat(one.legal_on), words, done))
    found.extend(
        PaperLine(dt.date.fromisoformat(task.due_on), action_label(t, task.kind), task.text or "")
        for task in course.tasks(reader, case_id)
    )
    return tuple(sorted(found, key=lambda line: line.on))
