"""How an issued letter is recorded as posted, or cancelled: its day and its case checked once more. Opens no unit."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import after
from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.rights import Right
from core.law.letter_kinds import LetterKind
from core.services import contact_gate, contact_record, letter_wording, limitation_gate, plan_bars
from core.services.context import Ctx, service
from core.store import cases, course, creditors, journal, letters, outbox
from core.store.letters import FIRST, LetterRow
from core.store.unit import Unit


@service(Right.WORK)
def post(ctx: Ctx, unit: Unit, reference: str, on: dt.date) -> None:
    """Record the posting: a first letter becomes that of its case, sent that day (CPCE R.124-4); the next action is planned."""
    row = _issued(unit, reference)
    if row.state not in ("ready", "draft"):
        return
    head, kind = contact_record.head(unit, row.case_id), letter_wording.kind_of(unit, row.kind)
    _check_day(unit, head, row, on, kind.posting_days)
    _check_case(head, on, kind)
    _check_claim(unit, row, on, kind)
    if "balance" in kind.needs:
        limitation_gate.check(unit, head.id, on, "posted_on")
    intent = contact_gate.Intent(head.id, "letter", on=on, purpose=kind.purpose, tone=kind.tone)
    contact_gate.check(ctx, unit, intent, "posted_on", house=False)
    letters.set_posted(unit, row, on.isoformat())
    if row.kind == FIRST:
        letters.set_first_letter(unit, head.id, row.reference, on.isoformat())
    new = journal.NewInteraction(
        head.id, "letter", "out", "", on.isoformat(), party_id=head.debtor_id, source="program"
    )
    interaction = journal.add_interaction(unit, new, {"reference": row.reference})
    letters.close_letter_tasks(unit, head.id, interaction)
    if kind.next_kind and head.status == "open" and not course.tasks(unit, head.id):
        journal.add_task(unit, head.id, kind.next_kind, after(on, kind.next_days).isoformat(), origin=row.kind)
    unit.touch(head.id)
    unit.audit(f"{row.kind}.posted", "message", row.message_id, case=head.id, interaction=interaction)


def cancel(unit: Unit, reference: str) -> None:
    """Give up a letter that never left; a case left without a next action is to have another one."""
    row = _issued(unit, reference)
    if row.state != "ready":
        reason = msg("Letter {ref} is recorded as posted.", ref=reference)
        raise refuse("letter-sent", reason, msg("It stays; issue a new one if it was wrong."), field="reference")
    head = contact_record.head(unit, row.case_id)
    letters.cancel_unposted(unit, head.id, row.kind)
    if not any(one.state == "ready" for one in letters.all_of_case(unit, head.id)):
        journal.close_tasks(unit, head.id, "replaced", kinds=("post_letter",))
    if head.status == "open" and not course.tasks(unit, head.id):
        again = ("first_letter", unit.today) if not head.first_letter_on else ("call_back", unit.today)
        journal.add_task(unit, head.id, *again, origin=row.kind)
    unit.touch(head.id)
    unit.audit(f"{row.kind}.cancelled", "message", row.message_id, case=head.id)


def unknown(reference: str) -> Refusal:
    """The Refusal of a letter that is not there, or was replaced."""
    return refuse(
        "letter-unknown",
        msg("There is no letter “{given}” to be posted.", given=reference),
        msg("Open the case again and choose one of its letters."),
        field="reference",
        value=reference,
    )


def _issued(unit: Unit, reference: str) -> LetterRow:
    row = letters.numbered(unit, reference)
    if row is None or row.state == "cancelled":
        raise unknown(reference)
    return row


def _check_day(unit: Unit, head: cases.CaseHead, row: LetterRow, on: dt.date, most: int) -> None:
    """A letter is not posted before it was written, nor while no mandate was in force, nor once its amounts are old."""
    day, written = on.isoformat(), dt.date.fromisoformat(row.dated)
    if creditors.mandate_in_force(unit, head.creditor_id, day) is None:
        reason = msg("No signed mandate was in force on {day} (R. 124-3).", day=on)
        remedy = msg("Check the day of posting, and the days of the mandate on the creditor's page.")
        raise refuse("mandate-later", reason, remedy, field="posted_on", value=day)
    if on < written:
        reason = msg("The letter is dated {written}: it was not posted on {day}.", written=written, day=on)
        raise refuse("before-letter", reason, msg("Type the day it was posted."), field="posted_on", value=day)
    if on - written > dt.timedelta(days=most):
        reason = msg(
            "The letter is dated {written}: more than {most} days later its amounts may no longer be those owed (R. 124-4 3°).",
            written=written,
            most=most,
        )
        remedy = msg("Issue it again: the new letter claims what is owed now, and post that one.")
        raise refuse("letter-stale", reason, remedy, field="posted_on", value=day)


def _check_case(head: cases.CaseHead, on: dt.date, kind: LetterKind) -> None:
    """What happened since the letter was issued may forbid it to leave: a closure, a payment in full; the gate says the stops."""
    found: tuple[str, Message] | None = None
    if head.status == "closed" and not kind.needs & {"closed", "settled"}:
        found = "case-closed", msg("The case was closed since the letter was issued: it must not leave.")
    elif head.balance <= 0 and "balance" in kind.needs:
        found = "nothing-owed", msg("Nothing is owed any more since the letter was issued: it must not leave.")
    if found:
        remedy = msg("Keep it back and cancel it; if it had left before, record its reference and its day by hand.")
        raise refuse(found[0], found[1], remedy, field="posted_on", value=on.isoformat())


def _check_claim(unit: Unit, row: LetterRow, on: dt.date, kind: LetterKind) -> None:
    """A payment, a credit note or a debt stopped since the letter was made: it claims too much (R. 124-4 3°); its promise may be barred."""
    if "promise" in kind.needs:
        plan_bars.check(unit, row.case_id, on)
    elif (row.kind == FIRST or "balance" in kind.needs) and outbox.claims_too_much(
        unit, row.message_id, on.isoformat()
    ):
        reason = msg(
            "A payment, a credit note or the stop of a debt was recorded since the letter was made: it claims more than what may be "
            "claimed now (R. 124-4 3°)."
        )
        remedy = msg(
            "Cancel it and issue it again; if it had left before, record its reference and its day by hand, and tell the debtor."
        )
        raise refuse("claim-outdated", reason, remedy, field="posted_on", value=on.isoformat())
