"""A dispute from its first word to its end: what stops, what comes next, what the journal says, what is refused."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, disputes, journal, upkeep
from core.services.context import Ctx, User
from core.services.disputes import DisputeEntry
from tests.services.factory import a_call, a_case, a_debt

D = dt.date
MONDAY = D(2026, 11, 23)  # the fixed day of the tests


def opened(ctx: Ctx, case_id: int, token: str = "t", **more) -> int:
    entry = {"debt_id": None, "amount": None, "kind": "defective", "reason": "Le portail ne ferme pas", **more}
    return disputes.open_dispute(ctx, DisputeEntry(case_id, **entry), token)


def one(ctx: Ctx, case_id: int):
    (dispute,) = disputes.disputes_of(ctx, case_id)
    return dispute


def tasks(ctx: Ctx, case_id: int):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def sound(ctx: Ctx) -> bool:
    found = upkeep.verify(ctx)
    return (found.integrity, found.audit_chain, found.read_model) == (True, True, True)


def test_a_dispute_of_the_whole_case_stops_it_and_is_looked_into_today(ctx):
    case_id = a_case(ctx)
    opened(ctx, case_id)
    file = cases.case_file(ctx, case_id)
    assert [(h.kind, h.debt_ref, h.until_on) for h in file.holds] == [("dispute", None, None)]
    assert file.head.held_kind == "dispute"
    assert tasks(ctx, case_id) == [("open_dispute", "2026-11-23")]  # the first letter waits until the dispute is closed
    found = one(ctx, case_id)
    assert (found.kind, found.opened_on, found.reason) == ("defective", "2026-11-23", "Le portail ne ferme pas")
    assert [(e.channel, e.text) for e in file.timeline] == [("note", "Le portail ne ferme pas")]


def test_a_dispute_of_one_debt_stops_that_debt_and_leaves_the_next_actions(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000), a_debt("F-2", 5000))
    before = tasks(ctx, case_id)
    debt = next(d for d in cases.case_file(ctx, case_id).debts if d.ref == "F-2")
    opened(ctx, case_id, debt_id=debt.id, amount=2000)
    file = cases.case_file(ctx, case_id)
    assert [(h.kind, h.debt_ref) for h in file.holds] == [("dispute", "F-2")]
    assert file.head.held_kind is None
    assert set(before) < set(tasks(ctx, case_id))
    assert (one(ctx, case_id).debt_ref, one(ctx, case_id).amount) == ("F-2", 2000)


def test_a_double_click_opens_one_dispute(ctx):
    case_id = a_case(ctx)
    assert opened(ctx, case_id) == opened(ctx, case_id)
    assert len(disputes.disputes_of(ctx, case_id)) == 1
    assert len(cases.case_file(ctx, case_id).holds) == 1


def test_a_contact_that_contests_opens_the_same_dispute_once(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "CON", reason="Jamais livré")
    found = one(ctx, case_id)
    assert (found.kind, found.reason, found.interaction_id) == ("other", "Jamais livré", logged.interaction_id)
    (hold,) = cases.case_file(ctx, case_id).holds
    assert (hold.kind, hold.dispute_id) == ("dispute", found.id)
    assert tasks(ctx, case_id) == [("open_dispute", "2026-11-23")]


def test_sending_it_has_the_answer_chased_ten_days_later_on_a_working_day(ctx):
    case_id = a_case(ctx)
    disputes.send_to_creditor(ctx, opened(ctx, case_id), MONDAY)
    # 23 November 2026 + 10 days = Thursday 3 December
    assert tasks(ctx, case_id) == [("creditor_answer", "2026-12-03")]
    assert one(ctx, case_id).sent_to_creditor_on == "2026-11-23"
    disputes.send_to_creditor(ctx, one(ctx, case_id).id, MONDAY)
    assert len(cases.case_file(ctx, case_id).timeline) == 2  # the second click wrote nothing


def test_a_rejected_dispute_ends_the_stop_and_has_the_debtor_called(ctx):
    case_id = a_case(ctx)
    dispute = opened(ctx, case_id)
    disputes.record_answer(ctx, dispute, MONDAY, "rejected", "Bon de livraison signé")
    file = cases.case_file(ctx, case_id)
    assert file.holds == ()
    assert tasks(ctx, case_id) == [("call_back", "2026-11-23")]
    found = one(ctx, case_id)
    assert (found.outcome, found.answered_on, found.closed_on) == ("rejected", "2026-11-23", "2026-11-23")
    assert "Bon de livraison signé" in [e.text for e in file.timeline]


@pytest.mark.parametrize("outcome", ["upheld", "partly"])
def test_a_debtor_who_is_right_keeps_the_stop_until_the_lead_has_the_credit_note_made(ctx, outcome):
    case_id = a_case(ctx)
    dispute = opened(ctx, case_id)
    disputes.record_answer(ctx, dispute, MONDAY, outcome, "Nous ferons un avoir")
    assert [h.kind for h in cases.case_file(ctx, case_id).holds] == ["dispute"]
    assert tasks(ctx, case_id) == [("credit_note", "2026-11-23")]
    with ctx.store.read() as reader:
        assert reader.value("SELECT assignee_id FROM tasks WHERE kind = 'credit_note'") == ctx.user.id
    disputes.close_dispute(ctx, dispute, words="Avoir reçu")
    assert cases.case_file(ctx, case_id).holds == ()
    assert tasks(ctx, case_id) == [("call_back", "2026-11-23")]
    assert (one(ctx, case_id).outcome, one(ctx, case_id).closed_on) == (outcome, "2026-11-23")


def test_the_same_answer_twice_is_one_and_another_answer_is_refused(ctx):
    case_id = a_case(ctx)
    dispute = opened(ctx, case_id)
    for _ in range(2):
        disputes.record_answer(ctx, dispute, MONDAY, "upheld", "Oui")
    assert len(cases.case_file(ctx, case_id).timeline) == 2
    with pytest.raises(Refusal) as refused:
        disputes.record_answer(ctx, dispute, MONDAY, "partly", "Finalement non")
    assert codes(refused) == {("dispute-answered", "dispute")}
    with pytest.raises(Refusal) as refused:
        disputes.send_to_creditor(ctx, dispute, MONDAY)
    assert codes(refused) == {("dispute-answered", "dispute")}


def test_closing_one_of_two_disputes_lifts_its_own_stop_only(ctx):
    case_id = a_case(ctx, a_debt("F-1"), a_debt("F-2"))
    first, second = (d.id for d in cases.case_file(ctx, case_id).debts)
    one_of_them = opened(ctx, case_id, token="a", debt_id=first)
    opened(ctx, case_id, token="b", debt_id=second)
    disputes.close_dispute(ctx, one_of_them, "withdrawn")
    assert [h.debt_ref for h in cases.case_file(ctx, case_id).holds] == ["F-2"]
    with pytest.raises(Refusal) as refused:
        disputes.close_dispute(ctx, one_of_them, "withdrawn")
    assert codes(refused) == {("dispute-closed", "dispute")}


def test_a_corrected_contact_takes_its_dispute_and_its_stop_away(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "CON", reason="doute")
    a_call(ctx, case_id, "NRP", corrects=logged.interaction_id)
    assert cases.case_file(ctx, case_id).holds == ()
    assert one(ctx, case_id).outcome == "entered_by_mistake"


@pytest.mark.parametrize(("change", "problem"), [
    ({"kind": "spite"}, ("choice-unknown", "kind")), ({"kind": "imported"}, ("choice-unknown", "kind")),
    ({"reason": "  "}, ("field-empty", "reason")), ({"amount": 0}, ("more-than-owed", "amount")),
    ({"amount": 10001}, ("more-than-owed", "amount")), ({"debt_id": 999}, ("debt-elsewhere", "debt")),
])  # fmt: skip
def test_what_cannot_be_contested_is_refused_on_its_field(ctx, change, problem):
    case_id = a_case(ctx, a_debt(amount=10000))
    with pytest.raises(Refusal) as refused:
        opened(ctx, case_id, **change)
    assert codes(refused) == {problem}
    assert disputes.disputes_of(ctx, case_id) == ()


def test_all_that_is_owed_may_be_contested_to_the_cent(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    opened(ctx, case_id, amount=10000)
    assert one(ctx, case_id).amount == 10000


def test_a_closed_case_is_taken_up_again_first(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    with pytest.raises(Refusal) as refused:
        opened(ctx, case_id)
    assert codes(refused) == {("case-closed", "kind")}


@pytest.mark.parametrize(("day", "code"), [(D(2026, 11, 22), "date-in-past"), (D(2026, 11, 24), "date-in-future")])
def test_a_step_lies_between_the_dispute_and_today(ctx, day, code):
    dispute = opened(ctx, a_case(ctx))
    with pytest.raises(Refusal) as refused:
        disputes.send_to_creditor(ctx, dispute, day)
    assert codes(refused) == {(code, "sent_on")}
    with pytest.raises(Refusal) as refused:
        disputes.record_answer(ctx, dispute, day, "rejected", "Non")
    assert codes(refused) == {(code, "answered_on")}


def test_an_answer_has_words_and_an_outcome_of_the_list(ctx):
    dispute = opened(ctx, a_case(ctx))
    with pytest.raises(Refusal) as refused:
        disputes.record_answer(ctx, dispute, MONDAY, "rejected", " ")
    assert codes(refused) == {("field-empty", "words")}
    with pytest.raises(Refusal) as refused:
        disputes.record_answer(ctx, dispute, MONDAY, "maybe", "Peut-être")
    assert codes(refused) == {("choice-unknown", "outcome")}
    with pytest.raises(Refusal) as refused:
        disputes.close_dispute(ctx, dispute, "upheld")
    assert codes(refused) == {("choice-unknown", "outcome")}
    with pytest.raises(Refusal) as refused:
        disputes.close_dispute(ctx, 404, "withdrawn")
    assert codes(refused) == {("dispute-unknown", "dispute")}


def test_who_only_reads_opens_nothing(ctx):
    case_id = a_case(ctx)
    reader = replace(ctx, user=User(ctx.user.id, "Contrôle", "auditor"))
    assert disputes.disputes_of(reader, case_id) == ()
    with pytest.raises(Refusal) as refused:
        opened(reader, case_id)
    assert codes(refused) == {("forbidden", "")}


def test_the_audit_names_each_step_and_the_store_verifies(ctx):
    case_id = a_case(ctx)
    dispute = opened(ctx, case_id)
    disputes.send_to_creditor(ctx, dispute, MONDAY)
    disputes.record_answer(ctx, dispute, MONDAY, "upheld", "Oui")
    disputes.close_dispute(ctx, dispute)
    with ctx.store.read() as reader:
        lines = [a for (a,) in reader.rows("SELECT action FROM audit WHERE action LIKE 'dispute.%' ORDER BY id")]
    assert lines == ["dispute.opened", "dispute.sent", "dispute.answered", "dispute.closed"]
    journal.set_next_action(ctx, case_id, "call_back", D(2026, 11, 25))
    assert sound(ctx)
