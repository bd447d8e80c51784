"""The end of a case: check, ask, decide, withdraw, take up again. A case ends in two steps; a house of one lead takes both alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.domain.closure import Obstacle
from core.domain.messages import Label, msg, refuse
from core.domain.rights import Right
from core.i18n import Texts
from core.law.closure_reasons import ClosureReason, Kept, closure_data
from core.services import closure_record, contact_record, letters
from core.services.context import Ctx, service
from core.services.letters import Issued
from core.services.result_words import result_label
from core.store import closures as kept
from core.store import journal
from core.store.closures import RequestRow
from core.store.unit import Reader

__all__ = [
    "ClosureReason", "Issued", "Obstacle", "RequestRow", "Review", "ask", "closing_letter", "decide", "issue_closing_letter", "label",
    "reasons", "reopen_case", "requests_of", "review",
    "waiting", "withdraw",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """What a closing for a reason would meet, until when the case would be kept and why, whether this person may decide it."""

    obstacles: tuple[Obstacle, ...]
    kept_until: dt.date
    kept: tuple[Kept, ...]
    own: bool

    @property
    def blocked(self) -> bool:
        """Whether something keeps the case open."""
        return any(one.level == "blocks" for one in self.obstacles)


def reasons() -> tuple[ClosureReason, ...]:
    """The coded reasons, in the order of the data."""
    return closure_data().reasons


def label(t: Texts, code: str, known: Mapping[str, Label]) -> str:
    """Why a case was closed, in words: a reason, or a result code (`known`: result_words.labels)."""
    found = closure_data().reason(code)
    return found.label.of(t.lang) if found else result_label(t, code, known)


@service(Right.READ)
def review(ctx: Ctx, case_id: int, reason: str, words: str = "") -> Review:
    """What stands in the way of closing a case for a reason. Raises Refusal "case-unknown", "choice-unknown"."""
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        found = closure_record.review(reader, head, closure_record.said(reason), ctx.today, words)
        until = closure_record.kept_until(reader, case_id, ctx.today)
        own = ctx.may(Right.DECIDE) and closure_record.decides_alone(reader, ctx.user.id)
    data = closure_data()
    return Review(found, until, (data.closed, data.title), own)


@service(Right.READ)
def requests_of(ctx: Ctx, case_id: int) -> tuple[RequestRow, ...]:
    """The requests to close a case, the newest first."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.READ)
def waiting(ctx: Ctx) -> tuple[tuple[RequestRow, ...], int]:
    """The requests that wait for a lead, the oldest first (50 at most), and how many there are."""
    with ctx.store.read() as reader:
        return kept.waiting(reader), kept.count_waiting(reader)


@service(Right.WORK)
def ask(ctx: Ctx, case_id: int, reason: str, words: str, token: str) -> int:
    """Ask the end of a case with a coded reason; returns the request. Twice with one token asks once.

    Raises Refusal "case-unknown", "case-closed", "choice-unknown", "closure-asked", "closure-…" for each obstacle that keeps it open.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "ask_closure")
        if before:
            return int(before)
        head = contact_record.head(unit, case_id)
        if head.status == "closed":
            raise contact_record.case_closed("reason")
        why = closure_record.named(reason)
        found = closure_record.review(unit, head, why, ctx.today, words)
        closure_record.refuse_blocked(found, "reason")
        request_id = closure_record.ask(unit, head, why, words, found)
        unit.remember(token, "ask_closure", request_id)
        return request_id


@service(Right.DECIDE)
def decide(
    ctx: Ctx, request_id: int, row_version: int, *, granted: bool, acknowledged: Collection[str] = (), words: str = ""
) -> None:
    """Close the case as asked, or refuse with the reason. The checks are made again: what changed since is seen.

    Raises Refusal "closure-unknown", "closure-own" (somebody else decides about what one asked), "field-empty" (a refusal says why),
    "closure-unacknowledged" by obstacle, "closure-…" for what blocks, "changed-meanwhile".
    """
    with ctx.write() as unit:
        row = _waiting(unit, request_id)
        if row.asked_by == ctx.user.id and not closure_record.decides_alone(unit, ctx.user.id):
            raise refuse(
                "closure-own",
                msg("You asked to close this case: somebody else decides about it."),
                msg("Have another lead look at it, or withdraw it."),
                field="request",
            )
        if row.row_version != row_version:
            kept.decide(unit, row.id, row_version, "refused", (), "")  # refuses by itself
        head = contact_record.head(unit, row.case_id)
        if granted:
            why = closure_record.said(row.reason)
            found = closure_record.review(unit, head, why, ctx.today, row.words or row.reason)
            closure_record.accept(unit, head, row, found, acknowledged, words)
            return
        if not words.strip():
            raise refuse(
                "field-empty",
                msg("A refusal says what is still to be done."),
                msg("Type it in a few words: the colleague reads it in the journal."),
                field="words",
            )
        closure_record.stay_open(unit, head, row, "refused", words)


@service(Right.WORK)
def withdraw(ctx: Ctx, request_id: int, row_version: int) -> None:
    """Take back what one asked, or what a colleague asked. Raises Refusal "closure-unknown", "changed-meanwhile"."""
    with ctx.write() as unit:
        row = _waiting(unit, request_id)
        if row.row_version != row_version:
            kept.decide(unit, row.id, row_version, "withdrawn", (), "")  # refuses by itself
        closure_record.stay_open(unit, contact_record.head(unit, row.case_id), row, "withdrawn", "")


@service(Right.READ)
def closing_letter(ctx: Ctx, case_id: int) -> str:
    """The kind of letter that tells the debtor of the end of a case just closed; "" when none is meant or one was issued since."""
    with ctx.store.read() as reader:
        row = next((one for one in kept.of_case(reader, case_id) if one.state == "accepted"), None)
        if row is None or kept.closed_on(reader, case_id) is None:
            return ""
        kind = closure_record.said(row.reason).letter
        return "" if kind and kept.letter_since(reader, case_id, kind, row.decided_at or "") else kind


@service(Right.WORK)
def issue_closing_letter(ctx: Ctx, case_id: int, token: str) -> Issued:
    """Issue the closing letter of a case through the door of every letter. Raises what `letters.issue_letter` raises, "nothing-to-do"."""
    kind = closing_letter(ctx, case_id)
    if not kind:
        raise refuse(
            "nothing-to-do", msg("No closing letter is due in this case."), msg("Open the case again."), field="case"
        )
    return letters.issue_letter(ctx, case_id, kind, token)


@service(Right.REVERSE)
def reopen_case(ctx: Ctx, case_id: int, reason: str, token: str) -> None:
    """Take up a closed case again with its reason, with a call today as next action. Twice with one token, or open already: nothing.

    Raises Refusal "case-unknown", "field-empty".
    """
    with ctx.write() as unit:
        if contact_record.head(unit, case_id).status == "open" or unit.done_before(token, "reopen_case"):
            return
        if not reason.strip():
            raise refuse(
                "field-empty",
                msg("A case is taken up again with a reason: the debtor believed it ended."),
                msg("Type the reason, in objective words."),
                field="reason",
            )
        journal.reopen_case(unit, case_id)
        journal.add_task(unit, case_id, "call_back", ctx.day, origin="reopened")
        closure_record.write(unit, case_id, "reopened", "", reason)
        unit.touch(case_id)
        unit.audit("case.reopened", "case", case_id)
        unit.remember(token, "reopen_case", case_id)


def _waiting(reader: Reader, request_id: int) -> RequestRow:
    row = kept.one(reader, request_id)
    if row is None or row.state != "asked":
        raise refuse(
            "closure-unknown",
            msg("This request does not wait for a decision any more."),
            msg("Open the case again: its journal says what was decided."),
            field="request",
        )
    return row
