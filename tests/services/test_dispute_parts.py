"""A dispute or a stop of one debt, or of a part of it: the rest stays claimed. Clock and documents of a dispute. Figures by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.contact_intent import Intent
from core.domain.messages import Refusal
from core.services import (
    cases,
    contact_gate,
    contact_record,
    dispute_papers,
    disputes,
    holds,
    letter_facts,
    letters,
    plan_amounts,
    plans,
)
from core.services.context import Ctx
from core.services.disputes import DisputeEntry
from core.services.holds import HoldEntry
from tests.services.factory import a_case, a_case_to_write, a_debt

D = dt.date
MONDAY = D(2026, 11, 23)  # the fixed day of the tests


def two_debts(ctx: Ctx) -> tuple[int, int, int]:
    case_id = a_case(ctx, a_debt("F-1", 10000), a_debt("F-2", 5000))
    first, second = (debt.id for debt in cases.case_file(ctx, case_id).debts)
    return case_id, first, second


def contested(ctx: Ctx, case_id: int, debt: int | None, amount: int | None, token: str = "d", **more) -> int:
    entry = DisputeEntry(case_id, debt, amount, "defective", "Le portail ne ferme pas", **more)
    return disputes.open_dispute(ctx, entry, token)


def claimed(ctx: Ctx, case_id: int) -> int:
    """Cents that a letter of today claims."""
    with ctx.store.read() as reader:
        found = letter_facts.read(reader, contact_record.head(reader, case_id), ctx.day)
        debts = {debt.id for debt in letter_facts.claimed(found, ctx.today)}
        return sum(cents for (debt, _), cents in found.owed.items() if debt in debts)


def spreadable(ctx: Ctx, case_id: int) -> int:
    with ctx.store.read() as reader:
        return plan_amounts.owed_on(reader, contact_record.head(reader, case_id), ctx.today).spreadable


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


@pytest.mark.parametrize(("amount", "left"), [(None, 10000), (5000, 10000), (4999, 10001), (2000, 13000), (1, 14999)])
def test_what_is_contested_of_a_debt_is_neither_claimed_nor_spread_and_the_rest_is(ctx, amount, left):
    case_id, _, second = two_debts(ctx)
    assert (claimed(ctx, case_id), spreadable(ctx, case_id)) == (15000, 15000)
    contested(ctx, case_id, second, amount)
    assert (claimed(ctx, case_id), spreadable(ctx, case_id)) == (left, left)


def test_once_the_creditor_maintains_the_debt_all_of_it_is_claimed_again(ctx):
    case_id, _, second = two_debts(ctx)
    dispute = contested(ctx, case_id, second, 2000)
    disputes.record_answer(ctx, dispute, MONDAY, "partly", "Un avoir de 15 €")
    assert claimed(ctx, case_id) == 13000  # until the credit note is made
    disputes.close_dispute(ctx, dispute)
    assert claimed(ctx, case_id) == 15000


def test_a_part_on_a_debt_stopped_whole_changes_nothing(ctx):
    case_id, _, second = two_debts(ctx)
    contested(ctx, case_id, second, 2000)
    holds.open_hold(ctx, HoldEntry(case_id, second, "payment_claimed", "Virement annoncé", None), "h")
    assert (claimed(ctx, case_id), spreadable(ctx, case_id)) == (10000, 10000)


def test_a_dispute_or_stop_of_one_debt_leaves_the_debtor_reachable_and_one_of_the_case_does_not(ctx):
    case_id = a_case_to_write(ctx, a_debt("F-1", 10000), a_debt("F-2", 5000))
    second = cases.case_file(ctx, case_id).debts[1].id
    contested(ctx, case_id, second, None)

    def bars():
        verdict = contact_gate.may_contact(ctx, Intent(case_id, "letter", purpose="first_letter"))
        return {bar.rule for bar in verdict.bars}

    assert "CON-08" not in bars()
    contested(ctx, case_id, None, 1000, "whole")  # of the whole case: nobody knows of which debt
    assert "CON-08" in bars()


def test_a_first_letter_leaves_without_the_part_contested(ctx):
    case_id = a_case_to_write(ctx, a_debt("F-1", 10000), a_debt("F-2", 5000))
    second = cases.case_file(ctx, case_id).debts[1].id
    contested(ctx, case_id, second, 2000)
    assert letters.first_letter_preview(ctx, case_id).letter.amounts.total == 13000


@pytest.mark.parametrize(("day", "state", "late"), [
    (D(2026, 11, 25), "to_send", 0),  # two working days to send it: Wednesday 25
    (D(2026, 11, 26), "to_send", 1), (D(2026, 11, 30), "to_send", 3),
])  # fmt: skip
def test_a_dispute_nobody_sent_is_late_after_two_working_days(ctx, day, state, late):
    case_id = a_case(ctx)
    contested(ctx, case_id, None, None)
    then = replace(ctx, today=day)
    (dispute,) = disputes.disputes_of(then, case_id)
    clock = dispute_papers.clock(then, dispute)
    assert (clock.state, clock.late, clock.by) == (state, late, D(2026, 11, 25))
    assert [row.id for row, _ in dispute_papers.late(then)] == ([dispute.id] if late else [])


@pytest.mark.parametrize(("department", "due"), [
    ("accounting", "2026-11-30"), ("sales", "2026-12-03"), ("legal", "2026-12-07"),  # 5, 8 and 10 working days
])  # fmt: skip
def test_the_department_asked_has_its_own_working_days(ctx, department, due):
    case_id = a_case(ctx)
    disputes.send_to_creditor(ctx, contested(ctx, case_id, None, None, department=department), MONDAY)
    (dispute,) = disputes.disputes_of(ctx, case_id)
    assert (dispute.department, dispute.due_on) == (department, due)
    then = replace(ctx, today=D.fromisoformat(due))
    assert dispute_papers.late(then) == ()
    ((row, clock),) = dispute_papers.late(replace(ctx, today=D(2026, 12, 8)))
    assert (row.id, clock.state) == (dispute.id, "waiting")


def test_a_day_agreed_with_the_creditor_is_kept(ctx):
    case_id = a_case(ctx)
    number = contested(ctx, case_id, None, None, due_on=D(2027, 1, 15))
    disputes.send_to_creditor(ctx, number, MONDAY)
    assert disputes.disputes_of(ctx, case_id)[0].due_on == "2027-01-15"
    assert dispute_papers.late(replace(ctx, today=D(2026, 12, 31))) == ()


def test_documents_are_ticked_off_with_their_day_and_their_scan(ctx):
    case_id = a_case(ctx)
    number = contested(ctx, case_id, None, None, documents=("order", "letters"))
    dispute_papers.ask_for(ctx, number, ["order", "expert_report"])  # one asked before stays as it is
    papers = dispute_papers.papers_of(ctx, number)
    assert [(one.kind, one.asked_on, one.received_on) for one in papers] == [
        ("order", "2026-11-23", None), ("letters", "2026-11-23", None), ("expert_report", "2026-11-23", None),
    ]  # fmt: skip
    dispute_papers.receive(ctx, papers[0].id, 1, MONDAY, "devis.pdf", b"%PDF-1.4 devis")
    dispute_papers.receive(ctx, papers[1].id, 1, MONDAY)
    came = dispute_papers.papers_of(ctx, number)
    assert [(one.received_on, one.title) for one in came] == [
        ("2026-11-23", "devis.pdf"),
        ("2026-11-23", None),
        (None, None),
    ]
    with pytest.raises(Refusal) as refused:
        dispute_papers.receive(ctx, papers[2].id, 1, MONDAY, "x.exe", b"MZ")
    assert codes(refused) == {("copy-unreadable", "scan")}
    with pytest.raises(Refusal) as refused:
        dispute_papers.receive(ctx, papers[2].id, 1, D(2026, 11, 22))
    assert codes(refused) == {("date-in-past", "received_on")}


@pytest.mark.parametrize(("change", "problem"), [
    ({"department": "kitchen"}, ("choice-unknown", "department")), ({"documents": ("poem",)}, ("choice-unknown", "documents")),
    ({"due_on": D(2026, 11, 22)}, ("date-in-past", "due_on")),
])  # fmt: skip
def test_what_the_creditor_is_asked_must_be_known(ctx, change, problem):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        contested(ctx, case_id, None, None, **change)
    assert codes(refused) == {problem}


def test_a_stop_has_an_owner_an_evidence_and_is_looked_at_again(ctx):
    case_id, _, second = two_debts(ctx)
    scan = ("preuve.pdf", b"%PDF-1.4 virement")
    entry = HoldEntry(case_id, second, "payment_claimed", "Virement annoncé", None, ctx.user.id, scan)
    number = holds.open_hold(ctx, entry, "h")
    (hold,) = cases.case_file(ctx, case_id).holds
    assert (hold.owner, hold.document, hold.amount) == (ctx.user.name, "preuve.pdf", None)
    holds.review_hold(ctx, number, hold.row_version, "Toujours pas de relevé", D(2026, 12, 4))
    (hold,) = cases.case_file(ctx, case_id).holds
    assert hold.until_on == "2026-12-04"
    # looked at again the day after its end: Saturday 5 December, moved to Monday 7
    assert ("review_hold", "2026-12-07") in [(t.kind, t.due_on) for t in cases.case_file(ctx, case_id).tasks]
    for reason, until, problem in ((" ", None, "reason"), ("oui", D(2026, 11, 22), "until")):
        with pytest.raises(Refusal) as refused:
            holds.review_hold(ctx, number, hold.row_version, reason, until)
        assert {field for _, field in codes(refused)} == {problem}


def test_the_stop_of_a_dispute_is_not_reviewed_by_hand_and_may_be_proved(ctx):
    case_id = a_case(ctx)
    contested(ctx, case_id, None, None)
    (hold,) = cases.case_file(ctx, case_id).holds
    with pytest.raises(Refusal) as refused:
        holds.review_hold(ctx, hold.id, hold.row_version, "oui")
    assert codes(refused) == {("hold-of-dispute", "hold")}
    holds.keep_evidence(ctx, hold.id, hold.row_version, "lettre.pdf", b"%PDF-1.4 lettre")
    assert cases.case_file(ctx, case_id).holds[0].document == "lettre.pdf"


def test_an_owner_nobody_knows_is_refused(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        holds.open_hold(ctx, HoldEntry(case_id, None, "insolvency", "Jugement", None, 999), "h")
    assert codes(refused) == {("choice-unknown", "owner")}
    assert plans.plans_of(ctx, case_id) == ()
