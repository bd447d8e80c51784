"""The documents of a dispute as a checklist with its days, and its clock in working days. Settles no dispute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from core.domain.dates import not_after
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.law.stops import dispute_data
from core.services import scans, working_time
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.services.remembered import remembered
from core.store import creditors, files, journal
from core.store import disputes as kept
from core.store.disputes import Dispute, Paper
from core.store.unit import Reader, Unit

__all__ = ["Clock", "Paper", "ask_for", "clock", "default_papers", "late", "paper_kinds", "papers_of", "receive"]


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a dispute waits: `state` is to_send, waiting or done; `days` working days since it began to wait; `by` the last day of
    what is awaited; `late` working days past it.
    """

    state: str
    since: dt.date
    days: int
    by: dt.date | None
    late: int


def paper_kinds() -> tuple[str, ...]:
    """The documents that may be asked for, in the order of the data."""
    return tuple(dispute_data().documents)


def default_papers(kind: str) -> tuple[str, ...]:
    """The documents that a kind of dispute asks for by itself."""
    return next((one.documents for one in dispute_data().kinds if one.kind == kind), ())


@service(Right.READ)
def clock(ctx: Ctx, dispute: Dispute) -> Clock:
    """The clock of a dispute today."""
    return clock_on(dispute, ctx.today)


def clock_on(dispute: Dispute, today: dt.date) -> Clock:
    """The clock of a dispute on a day: until it is sent, the working days the house gives itself; then those of the department asked."""
    day = dt.date.fromisoformat
    if dispute.closed_on or dispute.answered_on:
        return Clock("done", day(dispute.opened_on), 0, None, 0)
    if dispute.sent_to_creditor_on:
        start = day(dispute.sent_to_creditor_on)
        by = day(dispute.due_on) if dispute.due_on else None
        return _clock("waiting", start, by, today)
    start = day(dispute.opened_on)
    return _clock("to_send", start, working_time.due_after(start, dispute_data().send_days), today)


def _clock(state: str, start: dt.date, by: dt.date | None, today: dt.date) -> Clock:
    return Clock(state, start, working_time.since(start, today), by, working_time.since(by, today) if by else 0)


@service(Right.READ)
def late(ctx: Ctx) -> tuple[tuple[Dispute, Clock], ...]:
    """The disputes of open cases that are late, to be sent or to be answered, the latest first: for the alerts of the day."""
    with ctx.store.read() as reader:
        return late_among(reader, ctx.today)


def late_among(reader: Reader, today: dt.date) -> tuple[tuple[Dispute, Clock], ...]:
    """The same for who reads already; kept in memory as long as nobody writes."""

    def found() -> tuple[tuple[Dispute, Clock], ...]:
        clocks = ((one, clock_on(one, today)) for one in kept.unanswered(reader))
        return tuple(sorted(((one, at) for one, at in clocks if at.late), key=lambda pair: (-pair[1].late, pair[0].id)))

    return remembered(reader, "late_disputes", (today,), found)


@service(Right.READ)
def papers_of(ctx: Ctx, dispute_id: int) -> tuple[Paper, ...]:
    """The documents asked for to settle a dispute."""
    with ctx.store.read() as reader:
        return kept.papers(reader, dispute_id)


@service(Right.WORK)
def ask_for(ctx: Ctx, dispute_id: int, kinds: Collection[str]) -> None:
    """Ask for documents, today; one asked for before keeps its day. Raises Refusal "choice-unknown"."""
    unknown = [one for one in kinds if one not in dispute_data().documents]
    if unknown:
        raise unknown_choice("documents", unknown[0])
    with ctx.write() as unit:
        dispute = kept.one(unit, dispute_id)
        if dispute is None or dispute.closed_on:
            raise unknown_choice("dispute", str(dispute_id))
        kept.ask_for(unit, dispute_id, kinds)
        unit.audit("dispute.documents_asked", "dispute", dispute_id, case=dispute.case_id, kinds=sorted(kinds))


@service(Right.WORK)
def receive(ctx: Ctx, paper_id: int, row_version: int, on: dt.date, name: str = "", data: bytes | None = None) -> None:
    """A document asked for came on a day, with its scan (PDF, PNG, JPEG) or without. Received twice, the first day stays.

    Raises Refusal "choice-unknown", "date-in-future", "date-in-past", "copy-unreadable", "changed-meanwhile".
    """
    not_after(on, ctx.today, field="received_on")
    with ctx.write() as unit:
        found = kept.paper(unit, paper_id)
        dispute = kept.one(unit, found.dispute_id) if found else None
        if found is None or dispute is None:
            raise unknown_choice("paper", str(paper_id))
        if found.received_on:
            return
        if on.isoformat() < dispute.opened_on:
            past = msg("{given} is before the dispute itself.", given=on)
            raise refuse("date-in-past", past, msg("Give the day it really happened."), field="received_on",
                         value=on.isoformat())  # fmt: skip
        document = keep(ctx, unit, dispute.case_id, f"dispute_{found.kind}", name, data) if data else None
        kept.received(unit, replace(found, row_version=row_version), on.isoformat(), document)
        new = journal.NewInteraction(dispute.case_id, "note", "none", "", on.isoformat(), debt_id=dispute.debt_id)
        journal.add_interaction(unit, new, {"step": "document_received", "kind": found.kind})
        unit.audit("dispute.document_received", "dispute", dispute.id, case=dispute.case_id, kind=found.kind)


@service(Right.WORK)
def keep(ctx: Ctx, unit: Unit, case_id: int, kind: str, name: str, data: bytes) -> int:
    """Keep a scan beside a case; returns the document's id. Raises Refusal "copy-unreadable"."""
    media = scans.media_of(data)
    if media is None:
        raise refuse(
            "copy-unreadable",
            msg("A document must be a PDF, PNG or JPEG of at most 20 MB."),
            msg("Scan it again as PDF."),
            field="scan",
        )
    file_id = files.keep(unit, ctx.store, data, media)
    return creditors.add_document(unit, file_id, kind, name[:200], case_id=case_id)
