"""How a plan is put in force, the same from its own panel and from a logged contact, within the mandate. Opens no unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from core.domain.dates import not_after
from core.domain.interest_terms import DAY
from core.domain.messages import Euro, Message, msg, refuse
from core.domain.plan_course import Course, Received
from core.domain.plan_interest import WAIVED
from core.domain.plans import months_granted
from core.i18n import Texts
from core.services import contact_record, plan_amounts, plan_bars, plan_follow, plan_said, settlement
from core.services.contact_record import ContactEntry
from core.services.refusals import unknown_choice
from core.store import creditors, plans
from core.store.cases import CaseHead
from core.store.plans import InstalmentRow, PlanRow
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan of a case: `state` is "proposed", "withdrawn", or the course's; `course` is replayed from payments."""

    row: PlanRow
    rows: tuple[InstalmentRow, ...]
    state: str
    course: Course

    @property
    def months(self) -> int:
        """Over how many months it runs, as the mandate counts them: from its agreement, or else its proposal, to the last instalment."""
        return months(
            self.rows, dt.date.fromisoformat(self.row.agreed_on or self.row.proposed_on or self.row.created_at[:10])
        )

    @property
    def said(self) -> plan_said.PlanSaid:
        """Its rate and basis, its debts, what it leaves outside."""
        return plan_said.said_of(self.row)

    @property
    def untold(self) -> bool:
        """Whether the creditor is still to be told of it (CPCE R.124-5); a consent says that they know, a plan taken over is theirs."""
        row = self.row
        return bool(row.proposed_on) and not (row.creditor_told_on or row.creditor_agreed_on)


def state_of(
    row: PlanRow, rows: tuple[InstalmentRow, ...], came: tuple[Received, ...], today: dt.date, grace: int
) -> PlanState:
    """A kept plan with its state on a day; `grace` days of plan_follow.rule."""
    found = plan_follow.replayed(row, rows, came, today, grace)
    if not row.agreed_on and row.proposed_on:
        return PlanState(row, rows, "withdrawn" if row.ended_on else "proposed", found)
    ended = row.ended_on and not row.broken and found.state != "completed"
    return PlanState(row, rows, "ended" if ended else found.state, found)


def named(reader: Reader, plan_id: int, case_id: int | None = None) -> PlanRow:
    """One plan, of one case when given; raises Refusal "plan-unknown"."""
    found = plans.plan(reader, plan_id)
    if found is None or case_id not in (None, found.case_id):
        raise refuse("plan-unknown", msg("There is no such plan."), msg("Open the case again."), field="plan",
                     value=str(plan_id))  # fmt: skip
    return found


def months(rows: tuple[InstalmentRow, ...], agreed_on: dt.date) -> int:
    """Over how many months the instalments run once agreed on a day, as the mandate counts them."""
    return months_granted(agreed_on, *(dt.date.fromisoformat(row.due_on) for row in (rows[0], rows[-1])))


def limit(reader: Reader, creditor_id: int, today: str) -> int | None:
    """How many months the mandate in force lets the agency grant alone; None when it gives no such power."""
    mandate_id = creditors.mandate_in_force(reader, creditor_id, today)
    found = creditors.mandate(reader, mandate_id) if mandate_id else None
    return found.max_instalments if found else None


def consent_needed(reader: Reader, row: PlanRow, rows: tuple[InstalmentRow, ...], today: dt.date) -> bool:
    """Whether a plan made here still lacks the creditor's recorded consent, beyond the mandate (CPCE R.124-5, C. civ. 1156) or to waive
    interest.
    """
    if row.creditor_agreed_on or row.proposed_on is None:
        return False
    if plan_said.said_of(row).running == WAIVED:
        return True
    granted = limit(reader, contact_record.head(reader, row.case_id).creditor_id, row.agreed_on or today.isoformat())
    return granted is None or months(rows, dt.date.fromisoformat(row.agreed_on or row.proposed_on)) > granted


def beyond(granted: int | None, months: int) -> Message:
    """Why the creditor's consent is needed."""
    if granted is None:
        return msg(
            "The mandate gives the agency no power to grant a plan alone: the creditor's consent is needed (CPCE, art. R. 124-5)."
        )
    return msg("The plan runs over {months} months; the mandate lets the agency grant {limit} alone: the creditor's consent is "
               "needed (CPCE, art. R. 124-5).", months=months, limit=granted)  # fmt: skip


def waiving() -> Message:
    """Why the creditor's consent is needed to a plan that waives interest."""
    return msg(
        "This plan gives up interest that the creditor claims: it is theirs to give, and their consent is needed."
    )


def put_in_force(
    unit: Unit,
    today: dt.date,
    plan_id: int,
    agreed_on: dt.date,
    *,
    row_version: int | None = None,
    consent: dt.date | None = None,
    interaction_id: int | None = None,
) -> None:
    """The debtor agreed on a day, and the creditor if the mandate wants it. Sets no next action.

    Raises Refusal "plan-unknown", "plan-not-proposed", "agreed-too-early", "plan-running", "case-closed", "date-in-future",
    "plan-past", "less-is-owed",
    "consent-too-early", "beyond-mandate" (CPCE R.124-5), "waiver-without-consent", "plan-barred" and
    "more-than-undisputed" (core.services.plan_bars), "changed-meanwhile" (only with `row_version`).
    """
    not_after(agreed_on, today, field="agreed_on")
    row = named(unit, plan_id)
    head = contact_record.head(unit, row.case_id)
    rows = plans.instalments(unit, plan_id)
    _check(unit, row, head, agreed_on)
    plan_bars.check(unit, row.case_id, today)
    _still_stands(unit, row, head, agreed_on, today)
    known = row.creditor_agreed_on
    if consent is not None:
        known = _consented(consent, row, today)
    elif known is None:
        _waives_nothing(row)
        _within_mandate(unit, head.creditor_id, months(rows, agreed_on), today.isoformat())
    plans.agree(unit, plan_id, row_version or row.row_version, agreed_on.isoformat(), known, interaction_id)
    if plan_said.said_of(row).running == WAIVED:
        settlement.settle_after(
            unit, row.case_id, agreed_on - DAY
        )  # what was booked since then bears a waiver it did not know
    unit.touch(row.case_id)
    unit.audit("plan.agreed", "plan", plan_id, case=row.case_id, creditor_consent=bool(known))


def accept(unit: Unit, today: dt.date, entry: ContactEntry, interaction_id: int) -> None:
    """Put in force the proposal that a contact accepted, if it names one, on the day of the contact."""
    if entry.plan_id:
        day = entry.facts.happened_on
        put_in_force(unit, today, entry.plan_id, day, consent=entry.consented_on, interaction_id=interaction_id)


def filled(reader: Reader, entry: ContactEntry, t: Texts) -> ContactEntry:
    """The contact with what its plan says: the plan in words, the day from which its first instalment is followed."""
    if entry.plan_id is None:
        return entry
    if entry.result != plan_follow.AGREED:
        raise unknown_choice("plan", str(entry.plan_id))
    row = named(reader, entry.plan_id, entry.case_id)
    rows = plans.instalments(reader, row.id)
    said = t.n("{ref}, {n} instalment, {total}", "{ref}, {n} instalments, {total}", len(rows), ref=row.ref,
               total=t.money(sum(r.amount for r in rows)))  # fmt: skip
    happened = entry.facts.happened_on
    course = plan_follow.replayed(
        replace(row, agreed_on=happened.isoformat()),
        rows,
        plan_follow.received(reader, row.case_id),
        happened,
        plan_follow.rule(reader).days,
    )
    first = max((course.next or course.instalments[-1]).on, happened)
    others = tuple((need, words) for need, words in entry.facts.words if need != "plan")
    return replace(entry, facts=replace(entry.facts, date=first, words=(("plan", said), *others)))


def _consented(consent: dt.date, row: PlanRow, today: dt.date) -> str:
    """The day of the creditor's consent, from the day of the proposal to today: nobody consents to what is not yet offered."""
    found = not_after(consent, today, field="creditor_agreed_on").isoformat()
    if row.proposed_on and found < row.proposed_on:
        raise refuse("consent-too-early", msg("The creditor cannot consent before the plan was proposed."),
                     msg("Check the day."), field="creditor_agreed_on", value=found)  # fmt: skip
    return found


def _still_stands(reader: Reader, row: PlanRow, head: CaseHead, agreed_on: dt.date, today: dt.date) -> None:
    """Refuse a proposal whose days are all past when it is agreed, or whose instalments to pay are more than what is owed by now."""
    rows = plans.instalments(reader, row.id)
    if rows[-1].due_on < agreed_on.isoformat():
        raise refuse("plan-past", msg("All the instalments of this proposal are past."), msg("Make a new proposal."),
                     field="agreed_on", value=agreed_on.isoformat())  # fmt: skip
    known = replace(row, agreed_on=agreed_on.isoformat())
    came, grace = plan_follow.received(reader, row.case_id), plan_follow.rule(reader).days
    paid = plan_follow.replayed(known, rows, came, today, grace).paid
    left = sum(one.amount - one.interest for one in rows) - paid
    owed = plan_amounts.owed_on(reader, head, today).total
    if left > owed:
        raise refuse("less-is-owed", msg("This proposal spreads {left}; only {owed} is owed by now.", left=Euro(left),
                                         owed=Euro(owed)),
                     msg("Make a new proposal for what is owed."), field="plan")  # fmt: skip
    plan_bars.check_amount(reader, head, left, today, "plan")


def _waives_nothing(row: PlanRow) -> None:
    if plan_said.said_of(row).running == WAIVED:
        raise refuse("waiver-without-consent", waiving(), msg("Ask the creditor, then give the day of the consent."),
                     field="creditor_agreed_on")  # fmt: skip


def _within_mandate(reader: Reader, creditor_id: int, wanted: int, today: str) -> None:
    granted = limit(reader, creditor_id, today)
    if granted is None or wanted > granted:
        raise refuse("beyond-mandate", beyond(granted, wanted),
                     msg("Ask the creditor, then give the day of the consent."), field="creditor_agreed_on")  # fmt: skip


def _check(reader: Reader, row: PlanRow, head: CaseHead, agreed_on: dt.date) -> None:
    if head.status == "closed":
        raise contact_record.case_closed("case")
    if row.agreed_on or row.ended_on or row.proposed_on is None:
        raise refuse(
            "plan-not-proposed", msg("Only a proposal can be agreed."), msg("Open the case again."), field="plan"
        )
    if agreed_on.isoformat() < row.proposed_on:
        raise refuse("agreed-too-early", msg("The plan cannot be agreed before it was proposed."),
                     msg("Check the day."), field="agreed_on", value=agreed_on.isoformat())  # fmt: skip
    if plans.running(reader, row.case_id):
        raise refuse(
            "plan-running",
            msg("Another plan is in force on this case."),
            msg("End it first, with its reason."),
            field="plan",
        )
