"""Why a debtor does not pay, as said, with its source and day; corrected by a new entry. Chooses no letter and stops no case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import Refusal, msg, refuse
from core.domain.rights import Right
from core.law.reasons import load_reasons
from core.services import contact_record, reason_record
from core.services.context import Ctx, service
from core.services.refusals import already_corrected, unknown_choice
from core.store import journal, nonpayment
from core.store.nonpayment import ReasonRow
from core.store.unit import Reader

__all__ = [
    "SOURCES",
    "Reason",
    "ReasonEntry",
    "ReasonRow",
    "current",
    "current_many",
    "current_of",
    "history",
    "reason_codes",
    "set_reason",
]
SOURCES = ("debtor", "representative", "creditor", "file")


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason that stands; `tone` (neutral, gentle, firm, answer) is how one writes from then on."""

    code: str
    tone: str
    source: str
    said_on: str
    facts: str


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """A reason as typed; `corrects` the one it replaces because that was wrong (a change of situation corrects nothing)."""

    code: str
    source: str
    said_on: dt.date
    facts: str = ""
    corrects: int | None = None


def current(reader: Reader, case_id: int) -> Reason | None:
    """The reason that stands in a case, None when none was said: for scenarios and letters, inside a unit or a read."""
    row = nonpayment.current(reader, case_id)
    return _reason(row) if row else None


def current_many(reader: Reader, case_ids: Collection[int]) -> dict[int, Reason]:
    """The same for a run over many cases; a case where none was said is not in it."""
    return {case_id: _reason(row) for case_id, row in nonpayment.current_many(reader, case_ids).items()}


def _reason(row: ReasonRow) -> Reason:
    kind = load_reasons().named(row.code)
    return Reason(row.code, kind.tone if kind else "neutral", row.source, row.said_on, row.facts or "")


def reason_codes() -> tuple[str, ...]:
    """The reasons a person may choose, in the order of the data."""
    return tuple(kind.code for kind in load_reasons().kinds)


@service(Right.READ)
def current_of(ctx: Ctx, case_id: int) -> Reason | None:
    """The reason that stands in a case."""
    with ctx.store.read() as reader:
        return current(reader, case_id)


@service(Right.READ)
def history(ctx: Ctx, case_id: int) -> tuple[ReasonRow, ...]:
    """Every reason ever kept of a case, the last said first; `gone` are those corrected."""
    with ctx.store.read() as reader:
        return nonpayment.history(reader, case_id)


@service(Right.WORK)
def set_reason(ctx: Ctx, case_id: int, entry: ReasonEntry, token: str) -> int:
    """Keep a reason outside a contact, or correct one. Twice with one token keeps once.

    Raises Refusal "case-unknown", "choice-unknown", "fact-missing", "reason-facts", "note-words", "date-in-future", "reason-unknown",
    "already-corrected".
    """
    not_after(entry.said_on, ctx.today, field="said_on")
    if entry.source not in SOURCES:
        raise unknown_choice("source", entry.source)
    reason_record.checked(entry.code, entry.facts)
    with ctx.write() as unit:
        before = unit.done_before(token, "set_reason")
        if before:
            return int(before)
        contact_record.head(unit, case_id)
        if entry.corrects:
            _check_corrected(unit, case_id, entry.corrects)
        step = "reason_corrected" if entry.corrects else "reason"
        new = journal.NewInteraction(case_id, "note", "none", "", entry.said_on.isoformat())
        said = journal.add_interaction(unit, new, {"step": step, "kind": entry.code, "source": entry.source})
        reason_id = nonpayment.add(
            unit, case_id, entry.code, entry.source, entry.said_on.isoformat(), said, entry.facts, entry.corrects
        )
        unit.touch(case_id)
        unit.audit("reason.kept", "nonpayment_reason", reason_id, case=case_id, code=entry.code, entry=said)
        unit.remember(token, "set_reason", reason_id)
        return reason_id


def _check_corrected(reader: Reader, case_id: int, reason_id: int) -> None:
    row = nonpayment.one(reader, reason_id)
    if row is None or row.case_id != case_id:
        raise _unknown(reason_id)
    if row.gone:
        raise already_corrected()


def _unknown(reason_id: int) -> Refusal:
    return refuse(
        "reason-unknown",
        msg("There is no such reason in this case."),
        msg("Open the case again and choose the entry to correct."),
        field="corrects",
        value=str(reason_id),
    )
