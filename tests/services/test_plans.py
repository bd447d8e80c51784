"""Plans and promises of a case through the services; figures by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from core.domain.messages import Refusal
from core.services import cases, creditors, payments, plans, promises
from core.services.plans import PlanEntry
from core.services.promises import PromiseEntry
from tests.services.factory import a_case, a_creditor, a_debt

D = dt.date
FIRST = D(2026, 12, 1)
YES = D(2026, 11, 23)


def a_proposal(ctx, case_id, token="p", **more):
    return plans.save_proposal(ctx, case_id, PlanEntry(30000, FIRST, **({"count": 3} | more)), token)


def agreed(ctx, case_id):
    plan_id = a_proposal(ctx, case_id)
    plans.agree_plan(ctx, plan_id, ctx.today, 1, YES)
    return plan_id


def pay(ctx, case_id, amount, token):
    entry = payments.PaymentEntry(case_id, ctx.today, amount, "transfer", "agency")
    return payments.record_payment(ctx, entry, token).payment_id


def tasks(ctx, case_id):
    return [(t.kind, t.due_on) for t in cases.case_file(ctx, case_id).tasks]


def refused(code, call, *args):
    with pytest.raises(Refusal) as told:
        call(*args)
    assert told.value.problems[0].code == code


def test_variants_are_kept_as_proposals_and_change_no_next_action(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    before = tasks(ctx, case_id)
    first = a_proposal(ctx, case_id)
    assert a_proposal(ctx, case_id) == first  # a double click
    a_proposal(ctx, case_id, "other", count=6)
    assert [(p.state, len(p.rows)) for p in plans.plans_of(ctx, case_id)] == [("proposed", 6), ("proposed", 3)]
    assert tasks(ctx, case_id) == before


def test_the_same_variant_saved_again_is_the_proposal_that_is_there(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    first = a_proposal(ctx, case_id, "one")
    assert a_proposal(ctx, case_id, "two") == first
    assert len(plans.plans_of(ctx, case_id)) == 1
    plans.end_plan(ctx, first, "Refusé par le débiteur", 1)
    assert a_proposal(ctx, case_id, "four") != first


def test_an_agreed_plan_is_checked_the_day_after_its_first_instalment(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    agreed(ctx, case_id)
    assert tasks(ctx, case_id) == [("follow_instalment", "2026-12-02")]
    assert plans.plans_of(ctx, case_id)[0].state == "on_time"
    assert cases.case_file(ctx, case_id).head.next_kind == "follow_instalment"


def test_a_down_payment_is_the_first_instalment_kept(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    a_proposal(ctx, case_id, down=6000)
    rows = plans.plans_of(ctx, case_id)[0].rows
    assert [(r.number, r.due_on, r.amount) for r in rows] == [
        (1, "2026-11-23", 6000), (2, "2026-12-01", 8000), (3, "2027-01-01", 8000), (4, "2027-02-01", 8000),
    ]  # fmt: skip


def test_only_one_plan_is_in_force(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    agreed(ctx, case_id)
    other = a_proposal(ctx, case_id, "b")
    refused("plan-running", plans.agree_plan, ctx, other, ctx.today, 1, YES)


def test_without_a_mandate_s_power_the_creditor_s_consent_is_needed(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    refused("beyond-mandate", plans.agree_plan, ctx, a_proposal(ctx, case_id), ctx.today, 1)
    assert plans.cautions(ctx, case_id, 3)


@pytest.mark.parametrize(("count", "alone"), [(2, True), (3, True), (4, False)])
def test_the_mandate_s_limit_is_the_day_of_and_not_after(ctx, count, alone):
    creditor = a_creditor(ctx)
    entry = creditors.MandateEntry("M-1", signed_on=D(2026, 1, 1), power_to_receive=True, max_instalments=3)
    creditors.save_mandate(ctx, creditor, entry)
    case_id = a_case(ctx, a_debt(amount=30000), creditor=creditor)
    assert (not plans.cautions(ctx, case_id, count)) is alone
    plan_id = a_proposal(ctx, case_id, count=count)
    if alone:
        plans.agree_plan(ctx, plan_id, ctx.today, 1)
        assert plans.plans_of(ctx, case_id)[0].state == "on_time"
    else:
        refused("beyond-mandate", plans.agree_plan, ctx, plan_id, ctx.today, 1)


def test_payments_move_the_plan_and_a_reversal_moves_it_back(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    agreed(ctx, case_id)
    paid = pay(ctx, case_id, 12000, "a")
    assert [i.state for i in plans.plans_of(ctx, case_id)[0].course.instalments] == ["paid", "partly", "to_come"]
    payments.reverse_payment(ctx, paid, ctx.today, "chèque impayé", "r")
    assert plans.plans_of(ctx, case_id)[0].course.paid == 0
    pay(ctx, case_id, 30000, "b")
    assert plans.plans_of(ctx, case_id)[0].state == "completed"


def test_breaking_wants_a_reason_and_calls_on_the_next_working_day(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = agreed(ctx, case_id)
    refused("reason-missing", plans.break_plan, ctx, plan_id, "  ", 2)
    plans.break_plan(ctx, plan_id, "Deux échéances impayées", 2)
    found = plans.plans_of(ctx, case_id)[0]
    assert (found.state, found.row.end_reason) == ("broken", "Deux échéances impayées")
    assert tasks(ctx, case_id) == [("call_back", "2026-11-24")]
    refused("plan-not-running", plans.end_plan, ctx, plan_id, "encore", 3)


def test_a_proposal_is_withdrawn_and_never_broken(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    refused("plan-not-running", plans.break_plan, ctx, plan_id, "x", 1)
    plans.end_plan(ctx, plan_id, "Refusé par le débiteur", 1)
    assert plans.plans_of(ctx, case_id)[0].state == "withdrawn"


def test_a_second_person_is_told(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    refused("changed-meanwhile", plans.end_plan, ctx, agreed(ctx, case_id), "x", 1)


def test_more_than_owed_or_a_day_past_is_not_proposed(ctx):
    case_id = a_case(ctx, a_debt(amount=20000))
    refused("more-than-owed", a_proposal, ctx, case_id)
    refused("date-in-past", plans.save_proposal, ctx, case_id, PlanEntry(10000, D(2026, 11, 22), count=2), "x")


@pytest.mark.parametrize(("count", "shown"), [(24, False), (25, True)])
def test_the_judge_s_two_years_are_said_beyond_them(ctx, count, shown):
    keys = [n.article for n in plans.simulate(ctx, PlanEntry(100000, FIRST, count=count)).notes]
    assert ("C. civ., art. 1343-5" in keys) is shown
    assert "C. civ., art. 2240" in keys


def test_interest_and_a_consumer_have_their_notes(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    entry = PlanEntry(30000, FIRST, count=3, rate=Decimal(5))
    found = {n.key: n for n in plans.simulate(ctx, entry, case_id).notes}
    assert {"interest_basis", "consumer_credit"} <= set(found)
    assert not found["consumer_credit"].sure


def test_a_promise_is_recorded_followed_and_cancelled(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    entry = PromiseEntry(case_id, 10000, D(2026, 11, 30))
    promise_id = promises.record_promise(ctx, entry, "t")
    assert promises.record_promise(ctx, entry, "t") == promise_id
    assert tasks(ctx, case_id) == [("verify_promise", "2026-12-02")]
    assert [(p.state, p.paid) for p in promises.promises_of(ctx, case_id)] == [("pending", 0)]
    assert cases.case_file(ctx, case_id).head.promise_on == "2026-11-30"
    pay(ctx, case_id, 10000, "a")
    assert promises.promises_of(ctx, case_id)[0].state == "kept"
    promises.cancel_promise(ctx, promise_id, 1)
    assert promises.promises_of(ctx, case_id) == ()
    assert cases.case_file(ctx, case_id).head.promise_on is None


def test_a_promise_of_too_much_or_in_the_past_is_refused(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    refused("promise-amount", promises.record_promise, ctx, PromiseEntry(case_id, 30001, FIRST), "a")
    refused("date-in-past", promises.record_promise, ctx, PromiseEntry(case_id, 100, D(2026, 11, 22)), "b")
