"""How a contact is written: checked against its case, appended, followed by what its result says, or withdrawn. Opens no unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.messages import Refusal, choice_unknown, msg, refuse
from core.domain.money import MEANS
from core.domain.outcomes import WORDS, Facts, Outcome, hour, wanted
from core.i18n import Texts
from core.law.results import ResultCode
from core.services import closure_record, dispute_record, fragile_record, reason_record, result_codes, tracing_gate
from core.services.contact_place import POINT_KINDS
from core.services.refusals import already_corrected, debt_elsewhere, no_case
from core.services.result_words import action_kinds, need_label
from core.store import cases, creditors, journal, plans
from core.store.unit import Reader, Unit

CHANNELS = ("call", "email", "letter", "sms", "visit")
DIRECTIONS = ("out", "in", "none")

# Next actions that reach out to the debtor: a stop replaces them, and leaves what is owed to a court, a creditor or a file.
REACHING = (
    "first_letter",
    "first_call",
    "call_back",
    "call_again",
    "other_hour",
    "other_channel",
    "send_by_post",
    "verify_promise",
    "promise_broken",
    "reminder_call",
    "send_reminder",
)
AGREED = ("PRO", "ECH")  # results that write a promise or a plan
# Of those that reach out, what a promise or a plan makes useless; a first letter that has not left stays due (CPCE R.124-4).
CALLS = tuple(kind for kind in REACHING if kind != "first_letter")


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A contact as a person types it; `plan_id` is the proposal that the debtor accepted, `consented_on` the creditor's consent to it.

    `made_because`: why a contact that the gate refuses took place all the same; the journal tells it, the refusal is kept as made.
    `cause` is the reason for non-payment that a result asks for, None where nobody was asked; `cause_facts` the facts alleged.
    """

    case_id: int
    channel: str
    direction: str
    result: str
    facts: Facts
    happened_at: str = ""
    note: str = ""
    contact_point_id: int | None = None
    corrects: int | None = None
    plan_id: int | None = None
    consented_on: dt.date | None = None
    made_because: str = ""
    cause: str | None = None
    cause_facts: str = ""


def result_named(reader: Reader, code: str) -> ResultCode:
    """One result code as this agency has it; raises Refusal when it is unknown."""
    found = next((r for r in result_codes.known(reader) if r.code == code), None)
    if found is None:
        raise refuse(
            "result-missing",
            msg("A contact without its result cannot be used."),
            msg("Choose what happened."),
            field="result",
            value=code,
        )
    return found


def head(reader: Reader, case_id: int) -> cases.CaseHead:
    """The head of a case; raises Refusal "case-unknown"."""
    head = cases.head(reader, case_id)
    if head is None:
        raise no_case(case_id)
    return head


def owed_by(reader: Reader, head: cases.CaseHead, debt_id: int | None) -> int:
    """What a debt of the case, or the whole case, owes in cents; raises Refusal "debt-elsewhere" for a debt of another case."""
    if debt_id is None:
        return head.balance
    found = next((debt for debt in cases.debts(reader, head.id) if debt.id == debt_id), None)
    if found is None:
        raise debt_elsewhere(debt_id)
    return found.outstanding


def case_closed(field: str) -> Refusal:
    """The Refusal of a step in a closed case."""
    return refuse(
        "case-closed",
        msg("The case is closed: nothing is to be planned in it."),
        msg("Take it up again first."),
        field=field,
    )


def check(reader: Reader, entry: ContactEntry, rule: ResultCode) -> None:
    """Refuse what no screen offers: a choice that is not in its list, someone else's telephone, a contact point of another kind."""
    facts, point = entry.facts, entry.contact_point_id
    kind = journal.contact_point_of_case(reader, entry.case_id, point) if point else None
    channels = tuple(str(channel) for channel in rule.channels)
    checks = (
        (entry.direction not in DIRECTIONS, "direction", entry.direction),
        (bool(facts.means) and facts.means not in MEANS, "means", facts.means),
        (bool(facts.next_kind) and facts.next_kind not in action_kinds(), "next_kind", facts.next_kind),
        (bool(point) and kind != POINT_KINDS.get(entry.channel), "contact_point", str(point)),
        (entry.channel in CHANNELS and entry.channel not in channels, "result", rule.code),
        (not rule.active, "result", rule.code),
        (facts.amount is not None and facts.amount <= 0, "amount", str(facts.amount)),
    )
    wrong = [choice_unknown(field, given) for bad, field, given in checks if bad]
    if wrong:
        raise Refusal(*wrong)
    if entry.happened_at:
        hour(entry.happened_at)
    if rule.code == tracing_gate.NOT_FOUND:
        tracing_gate.check(reader, entry.case_id, head(reader, entry.case_id).kind, "result")


def withdraw(unit: Unit, interaction_id: int, head: cases.CaseHead) -> None:
    """Undo what a wrong entry had set in motion; the entry itself stays in the journal."""
    old = journal.interaction(unit, interaction_id)
    if old is None or old.case_id != head.id:
        raise refuse(
            "entry-unknown",
            msg("There is no such entry in this case."),
            msg("Open the case again and choose the entry to correct."),
            field="corrects",
        )
    if old.corrected_by:
        raise already_corrected()
    journal.lift_holds_of(unit, interaction_id)
    journal.cancel_promises_of(unit, interaction_id)
    journal.close_disputes_of(unit, interaction_id)
    closure_record.withdraw_of(unit, interaction_id)
    for plan_id in plans.take_back(unit, interaction_id):
        unit.audit("plan.agreement_taken_back", "plan", plan_id, case=head.id, entry=interaction_id)
    if old.contact_point_id:
        journal.set_validity(unit, old.contact_point_id, "unknown")
    if head.status == "closed" and head.closure_reason == old.result_code:
        journal.reopen_case(unit, head.id)


def append(unit: Unit, entry: ContactEntry, rule: ResultCode, t: Texts) -> int:
    """Append the interaction with its facts and words; returns its id."""
    words = dict(entry.facts.words)
    lines = [
        f"{need_label(t, need)} : {words[need].strip()}"
        for need in WORDS
        if need != "note" and words.get(need, "").strip()
    ]
    note = "\n".join(part for part in (entry.note.strip() or words.get("note", "").strip(), *lines) if part)
    kept = {
        "amount": entry.facts.amount,
        "date": entry.facts.date.isoformat() if entry.facts.date else None,
        "means": entry.facts.means,
        "hour": entry.facts.hour,
    }
    wants = wanted(rule)
    channel = entry.channel if entry.channel in CHANNELS else "note"
    new = journal.NewInteraction(
        entry.case_id,
        channel,
        entry.direction if channel != "note" else "none",
        rule.code,
        entry.facts.happened_on.isoformat(),
        hour(entry.happened_at) if entry.happened_at else "",
        note,
        contact_point_id=entry.contact_point_id,
        corrects=entry.corrects,
    )
    return journal.add_interaction(unit, new, {need: kept[need] for need in wants if kept.get(need)})


def proof_of(entry: ContactEntry) -> str:
    """What an entry gives as proof, else its note."""
    return dict(entry.facts.words).get("proof", "").strip() or entry.note.strip()


def follow(unit: Unit, entry: ContactEntry, found: Outcome, interaction_id: int, status: str) -> None:
    """Close the open next actions and write what the result says; the end of a case is asked by services/closure_record."""
    journal.close_tasks(unit, entry.case_id, "done", interaction_id)
    if found.promise:
        amount, due, means = found.promise
        journal.add_promise(
            unit, entry.case_id, interaction_id, entry.facts.happened_on.isoformat(), due.isoformat(), amount, means,
            grace=creditors.grace_given(unit, head(unit, entry.case_id).creditor_id, unit.today),
        )  # fmt: skip
    if found.hold == "dispute":
        dispute_record.begin(
            unit,
            entry.case_id,
            interaction_id,
            entry.facts.happened_on.isoformat(),
            dict(entry.facts.words).get("reason", ""),
            until=found.hold_until.isoformat() if found.hold_until else None,
        )
    elif found.hold:
        journal.add_hold(
            unit,
            entry.case_id,
            found.hold,
            unit.today,
            found.hold_until.isoformat() if found.hold_until else None,
            interaction_id=interaction_id,
        )
    if found.validity and entry.contact_point_id:
        happened = entry.facts.happened_on.isoformat()
        journal.set_validity(unit, entry.contact_point_id, found.validity, entry.result, happened)
        if found.validity == "confirmed":
            journal.raise_point(unit, entry.contact_point_id)
    if found.next_on and status == "open":
        journal.add_task(
            unit, entry.case_id, found.next_kind, found.next_on.isoformat(), due_at=found.next_at, origin=entry.result
        )


def learnt(unit: Unit, entry: ContactEntry, rule: ResultCode, interaction_id: int, head: cases.CaseHead) -> None:
    """Keep what the contact says of the person: why they do not pay, that they are fragile."""
    reason_record.from_contact(
        unit, entry.case_id, rule.code, entry.cause, entry.cause_facts, entry.facts.happened_on, interaction_id
    )
    fragile_record.after_contact(unit, head, rule.code, interaction_id, entry.corrects)
    words = "\n".join((entry.note, *dict(entry.facts.words).values()))
    fragile_record.check_words(unit, entry.case_id, words)
