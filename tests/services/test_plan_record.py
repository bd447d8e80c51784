"""Plans agreed by a logged contact, followed by payments, told to the creditor; days and cents by hand (today is Monday 23 November 2026)."""

import dataclasses
import datetime as dt
import itertools

import pytest

from core.domain.messages import Refusal
from core.services import cases, creditors, journal, payments, plans, promises
from core.services.journal import ContactEntry, Facts
from core.services.plans import PlanEntry
from core.services.promises import PromiseEntry
from tests.services.factory import a_call, a_case, a_creditor, a_debt

D = dt.date
YES = D(2026, 11, 23)
TOKEN = itertools.count()


def at(ctx, day):
    return dataclasses.replace(ctx, today=day, now=dt.datetime.combine(day, dt.time(9), dt.UTC))


def a_proposal(ctx, case_id, amount=30000, **more):
    return plans.save_proposal(
        ctx, case_id, PlanEntry(amount, D(2026, 12, 1), **({"count": 3} | more)), f"p{next(TOKEN)}"
    )


def accepted(ctx, case_id, plan_id, *, consent=YES, corrects=None, token=None, happened=None, result="ECH"):
    entry = ContactEntry(case_id, "call", "out", result, Facts(happened or ctx.today), corrects=corrects, plan_id=plan_id,
                         consented_on=consent)  # fmt: skip
    return journal.log_contact(ctx, entry, token or f"t{next(TOKEN)}")


def pay(ctx, case_id, amount):
    entry = payments.PaymentEntry(case_id, ctx.today, amount, "transfer", "agency")
    return payments.record_payment(ctx, entry, f"m{next(TOKEN)}").payment_id


def tasks(ctx, case_id):
    return [(t.kind, t.due_on) for t in cases.case_file(ctx, case_id).tasks]


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as told:
        call(*args, **more)
    assert told.value.problems[0].code == code


def test_a_logged_agreement_puts_its_proposal_in_force_once_on_the_day_of_the_call(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    first = accepted(ctx, case_id, plan_id, token="once")
    assert accepted(ctx, case_id, plan_id, token="once") == first
    found = plans.plans_of(ctx, case_id)[0]
    assert (found.state, found.row.agreed_on, found.row.interaction_id) == (
        "on_time",
        "2026-11-23",
        first.interaction_id,
    )
    assert tasks(ctx, case_id) == [("follow_instalment", "2026-12-02")]
    entry = cases.case_file(ctx, case_id).timeline[0]
    assert f"E{case_id}-1, 3 échéances, 300,00" in entry.text


def test_beyond_the_mandate_nothing_is_logged_without_the_creditor_s_consent(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    refused("beyond-mandate", accepted, ctx, case_id, plan_id, consent=None)
    assert cases.case_file(ctx, case_id).timeline == ()
    assert plans.plans_of(ctx, case_id)[0].state == "proposed"


def test_an_agreement_without_proposal_stays_possible_and_agrees_no_plan(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    a_proposal(ctx, case_id)
    a_call(ctx, case_id, "ECH", plan="3 x 100", date=D(2026, 12, 1))
    assert plans.plans_of(ctx, case_id)[0].state == "proposed"
    assert tasks(ctx, case_id) == [("follow_instalment", "2026-12-02")]


def test_a_plan_of_another_case_or_of_another_result_is_refused(ctx):
    case_id, other = a_case(ctx, a_debt(amount=30000)), a_case(ctx, a_debt(amount=30000))
    refused("plan-unknown", accepted, ctx, other, a_proposal(ctx, case_id))
    refused("choice-unknown", accepted, ctx, case_id, a_proposal(ctx, case_id), result="NRP")


def test_a_proposal_with_a_down_payment_of_its_day_can_be_accepted_the_day_after(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id, down=6000)
    later = at(ctx, D(2026, 11, 24))
    accepted(later, case_id, plan_id)
    assert tasks(later, case_id) == [("follow_instalment", "2026-11-25")]


def test_correcting_the_entry_takes_the_agreement_back_and_the_audit_says_so(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    wrong = accepted(ctx, case_id, plan_id).interaction_id
    assert [p.row.id for p in plans.acceptable(ctx, case_id)] == []
    assert [p.row.id for p in plans.acceptable(ctx, case_id, wrong)] == [plan_id]
    a_call(ctx, case_id, "NRP", corrects=wrong)
    found = plans.plans_of(ctx, case_id)[0]
    assert (found.state, found.row.agreed_on, found.row.creditor_agreed_on) == ("proposed", None, "2026-11-23")
    assert "follow_instalment" not in [kind for kind, _ in tasks(ctx, case_id)]
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM audit WHERE action = 'plan.agreement_taken_back'") == 1


def test_the_same_plan_can_be_agreed_again_by_the_correcting_entry_without_asking_the_creditor_twice(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    wrong = accepted(ctx, case_id, plan_id).interaction_id
    right = accepted(ctx, case_id, plan_id, corrects=wrong, consent=None).interaction_id
    found = plans.plans_of(ctx, case_id)[0]
    assert (found.state, found.row.interaction_id) == ("on_time", right)


def test_a_plan_that_a_person_ended_since_stays_ended_when_its_entry_is_corrected(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    wrong = accepted(ctx, case_id, plan_id).interaction_id
    plans.break_plan(ctx, plan_id, "Impayée", 2)
    a_call(ctx, case_id, "NRP", corrects=wrong)
    assert plans.plans_of(ctx, case_id)[0].state == "broken"


def test_a_payment_moves_the_following_to_the_next_unpaid_instalment_and_a_reversal_moves_it_back(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    pay(ctx, case_id, 9999)
    assert tasks(ctx, case_id) == [("follow_instalment", "2026-12-02")]
    paid = pay(ctx, case_id, 1)
    assert tasks(ctx, case_id) == [("follow_instalment", "2027-01-04")]  # 1 January and a day is a Saturday
    payments.reverse_payment(ctx, paid, ctx.today, "chèque impayé", "r")
    assert tasks(ctx, case_id) == [("follow_instalment", "2026-12-02")]


def test_a_completed_plan_is_checked_on_the_next_working_day(ctx):
    case_id = a_case(ctx, a_debt(amount=40000))
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    pay(ctx, case_id, 30000)
    assert plans.plans_of(ctx, case_id)[0].state == "completed"
    assert tasks(ctx, case_id) == [("check_and_close", "2026-11-24")]


def test_an_instalment_part_paid_late_is_still_due_since_its_day(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    late = at(ctx, D(2026, 12, 10))
    pay(late, case_id, 4000)
    assert tasks(late, case_id) == [("follow_instalment", "2026-12-02")]
    pay(late, case_id, 6000)
    assert tasks(late, case_id) == [("follow_instalment", "2027-01-04")]


def test_a_payment_leaves_another_next_action_alone(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    journal.set_next_action(ctx, case_id, "lead_decision", D(2026, 11, 25))
    pay(ctx, case_id, 10000)
    assert tasks(ctx, case_id) == [("lead_decision", "2026-11-25")]


@pytest.mark.parametrize("kind", ["declare_claim", "creditor_answer", "open_litigation", "first_letter"])
def test_a_promise_and_a_plan_replace_contacts_and_nothing_else(ctx, kind):
    case_id = a_case(ctx, a_debt(amount=30000))
    journal.set_next_action(ctx, case_id, kind, D(2026, 11, 25))
    promises.record_promise(ctx, PromiseEntry(case_id, 10000, D(2026, 11, 30)), "a")
    assert tasks(ctx, case_id) == [(kind, "2026-11-25"), ("verify_promise", "2026-12-02")]
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    assert tasks(ctx, case_id) == [(kind, "2026-11-25"), ("follow_instalment", "2026-12-02")]
    plans.break_plan(ctx, plans.plans_of(ctx, case_id)[0].row.id, "Impayée", 2)
    assert tasks(ctx, case_id) == [("call_back", "2026-11-24"), (kind, "2026-11-25")]


def test_a_cancelled_promise_is_checked_no_more_and_the_debtor_is_called(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    first = promises.record_promise(ctx, PromiseEntry(case_id, 10000, D(2026, 11, 30), source="other"), "a")
    second = promises.record_promise(ctx, PromiseEntry(case_id, 5000, D(2026, 12, 7)), "b")
    assert [p.row.source for p in promises.promises_of(ctx, case_id)] == ["debtor", "other"]
    promises.cancel_promise(ctx, first, 1)
    assert tasks(ctx, case_id) == [("verify_promise", "2026-12-09")]
    promises.cancel_promise(ctx, second, 1)
    assert tasks(ctx, case_id) == [("call_back", "2026-11-24")]


def test_a_promise_of_nobody_known_is_refused(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    entry = PromiseEntry(case_id, 100, D(2026, 11, 30), source="neighbour")
    refused("choice-unknown", promises.record_promise, ctx, entry, "a")


@pytest.mark.parametrize(
    ("on", "code"), [(D(2026, 11, 22), "told-too-early"), (YES, ""), (D(2026, 11, 24), "date-in-future")]
)
def test_the_creditor_is_told_of_a_plan_and_of_a_promise_from_the_offer_to_today(ctx, on, code):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    promise_id = promises.record_promise(ctx, PromiseEntry(case_id, 10000, D(2026, 11, 30)), "a")
    assert plans.plans_of(ctx, case_id)[0].untold
    if code:
        refused(code, plans.tell_creditor, ctx, plan_id, on)
        refused(code, promises.tell_creditor, ctx, promise_id, on)
        return
    for _ in range(2):  # a double click
        plans.tell_creditor(ctx, plan_id, on)
        promises.tell_creditor(ctx, promise_id, on)
    found = plans.plans_of(ctx, case_id)[0]
    assert (found.row.creditor_told_on, found.untold, found.row.row_version) == ("2026-11-23", False, 2)
    assert promises.promises_of(ctx, case_id)[0].row.creditor_told_on == "2026-11-23"


def test_a_creditor_who_consented_needs_not_be_told(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plans.agree_plan(ctx, a_proposal(ctx, case_id), ctx.today, 1, YES)
    assert not plans.plans_of(ctx, case_id)[0].untold


@pytest.mark.parametrize("logged", [True, False])
def test_a_down_payment_made_between_the_offer_and_the_agreement_counts(ctx, logged):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id, down=6000)
    pay(at(ctx, D(2026, 11, 24)), case_id, 6000)
    later = at(ctx, D(2026, 11, 26))
    if logged:
        accepted(later, case_id, plan_id)
    else:
        plans.agree_plan(later, plan_id, D(2026, 11, 26), 1, D(2026, 11, 26))
    found = plans.plans_of(later, case_id)[0]
    assert (found.state, found.course.instalments[0].state, found.course.paid) == ("on_time", "paid", 6000)
    assert tasks(later, case_id) == [("follow_instalment", "2026-12-02")]


@pytest.mark.parametrize(("paid", "code"), [(1, "less-is-owed"), (0, "")])
def test_a_proposal_for_more_than_is_owed_by_now_is_not_agreed(ctx, paid, code):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    later = at(ctx, D(2026, 11, 25))
    if paid:
        entry = payments.PaymentEntry(case_id, D(2026, 11, 24), paid, "transfer", "agency")
        payments.record_payment(later, entry, "early")
        refused(code, plans.agree_plan, later, plan_id, later.today, 1, later.today)
        refused(code, accepted, later, case_id, plan_id, consent=later.today)
    else:
        plans.agree_plan(later, plan_id, later.today, 1, later.today)
        assert plans.plans_of(later, case_id)[0].state == "on_time"


def test_an_agreement_logged_after_an_instalment_was_paid_still_stands(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    later = at(ctx, D(2026, 12, 2))
    pay(later, case_id, 10000)
    plans.agree_plan(later, plan_id, D(2026, 11, 24), 1, D(2026, 11, 24))
    assert plans.plans_of(later, case_id)[0].course.paid == 10000


@pytest.mark.parametrize(("day", "code"), [(D(2027, 1, 31), ""), (D(2027, 2, 1), ""), (D(2027, 2, 2), "plan-past")])
def test_a_proposal_can_be_agreed_until_its_last_day_and_not_after(ctx, day, code):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    later = at(ctx, day)
    if code:
        refused(code, plans.agree_plan, later, plan_id, day, 1, day)
    else:
        plans.agree_plan(later, plan_id, day, 1, day)


@pytest.mark.parametrize(
    ("consent", "code"),
    [(D(2026, 11, 22), "consent-too-early"), (D(2026, 11, 23), ""), (D(2026, 11, 24), "date-in-future")],
)
def test_the_creditor_consents_from_the_proposal_to_today(ctx, consent, code):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = a_proposal(ctx, case_id)
    if code:
        refused(code, plans.agree_plan, ctx, plan_id, ctx.today, 1, consent)
    else:
        plans.agree_plan(ctx, plan_id, ctx.today, 1, consent)


@pytest.mark.parametrize(
    ("first", "count", "alone"),
    [
        (D(2026, 12, 23), 3, True),  # last on 23 February: three months from the agreement of 23 November, to the day
        (D(2026, 12, 24), 3, False),  # last on 24 February: a fourth month begins
        (D(2028, 12, 1), 3, False),  # nothing is paid for two years
        (D(2026, 11, 23), 4, False),  # four instalments, the first at once
    ],
)
def test_a_late_first_instalment_counts_in_the_mandate_s_limit(ctx, first, count, alone):
    creditor = a_creditor(ctx)
    entry = creditors.MandateEntry("M-1", signed_on=D(2026, 1, 1), power_to_receive=True, max_instalments=3)
    creditors.save_mandate(ctx, creditor, entry)
    case_id = a_case(ctx, a_debt(amount=30000), creditor=creditor)
    terms = PlanEntry(30000, first, count=count)
    assert (not plans.cautions(ctx, case_id, plans.simulate(ctx, terms, case_id).granted)) is alone
    plan_id = plans.save_proposal(ctx, case_id, terms, f"p{next(TOKEN)}")
    if alone:
        plans.agree_plan(ctx, plan_id, ctx.today, 1)
        assert plans.plans_of(ctx, case_id)[0].state == "on_time"
    else:
        refused("beyond-mandate", plans.agree_plan, ctx, plan_id, ctx.today, 1)


def test_one_payment_keeps_one_of_two_promises(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    for token in ("a", "b"):
        promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 11, 30)), token)
    pay(ctx, case_id, 1000)
    assert sorted((p.state, p.paid) for p in promises.promises_of(ctx, case_id)) == [("kept", 1000), ("pending", 0)]
