"""Stops and disputes against plans and promises: refused with the article and what to do (today is Monday 23 November 2026)."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, disputes, holds, plan_papers, plans, promises
from core.services.disputes import DisputeEntry
from core.services.holds import HoldEntry
from core.services.plans import PlanEntry
from core.services.promises import PromiseEntry
from tests.services.factory import a_case, a_debt, ready_to_write

D = dt.date
FIRST = D(2026, 12, 1)
BARS = (
    ("insolvency", "L. 622-7"), ("over_indebtedness", "L. 722-5"), ("deceased", "771"), ("guardianship", "475"), ("limitation", "2240"),
    ("represented", "conseil"),
)  # fmt: skip


def a_proposal(ctx, case_id, token="p", amount=30000, **more):
    return plans.save_proposal(ctx, case_id, PlanEntry(amount, FIRST, **({"count": 3} | more)), token)


def stop(ctx, case_id, kind, debt_id=None, token="h"):
    return holds.open_hold(ctx, HoldEntry(case_id, debt_id, kind, "Courrier reçu", None), token)


def refused(code, call, *args):
    with pytest.raises(Refusal) as told:
        call(*args)
    assert told.value.problems[0].code == code
    return told.value.problems[0]


@pytest.mark.parametrize(("kind", "words"), BARS)
def test_a_stop_that_forbids_paying_or_signing_refuses_a_plan_its_paper_and_a_promise(ctx, kind, words):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=ready_to_write(ctx))
    plan_id = a_proposal(ctx, case_id, "before")
    stop(ctx, case_id, kind)
    calls = (
        (a_proposal, ctx, case_id),
        (plans.agree_plan, ctx, plan_id, ctx.today, 1, ctx.today),
        (promises.record_promise, ctx, PromiseEntry(case_id, 1000, FIRST), "a"),
        (plan_papers.plan_file, ctx, plan_id),
        (plan_papers.simulation_file, ctx, PlanEntry(30000, FIRST, count=3), case_id),
    )
    for call in calls:
        problem = refused("plan-barred", *call)
        assert words in problem.reason.params["why"].of("fr")
        assert problem.remedy.params["instead"].of("en")
    assert [p.state for p in plans.plans_of(ctx, case_id)] == ["proposed"]
    assert promises.promises_of(ctx, case_id) == ()


def test_once_the_stop_is_lifted_or_over_a_plan_is_possible_again(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    stop(ctx, case_id, "guardianship")
    hold = cases.case_file(ctx, case_id).holds[0]
    holds.lift_hold(ctx, hold.id, hold.row_version, "Accord écrit du tuteur")
    a_proposal(ctx, case_id)
    assert [p.state for p in plans.plans_of(ctx, case_id)] == ["proposed"]


@pytest.mark.parametrize("kind", ["payment_claimed", "creditor_check", "opt_out"])
def test_a_stop_of_another_kind_forbids_no_plan(ctx, kind):
    case_id = a_case(ctx, a_debt(amount=30000))
    stop(ctx, case_id, kind)
    a_proposal(ctx, case_id)
    assert len(plans.plans_of(ctx, case_id)) == 1


def contest(ctx, case_id, ref=None, amount=None):
    debt_id = next((d.id for d in cases.case_file(ctx, case_id).debts if d.ref == ref), None)
    disputes.open_dispute(
        ctx, DisputeEntry(case_id, debt_id, amount, disputes.dispute_kinds()[0], "Jamais livré"), f"d{ref}"
    )


@pytest.mark.parametrize(("amount", "code"), [(30000, ""), (30001, "more-than-undisputed"), (40001, "more-than-owed")])
def test_a_contested_debt_is_left_out_of_what_may_be_spread(ctx, amount, code):
    case_id = a_case(ctx, a_debt("F-A", amount=30000), a_debt("F-B", amount=10000))
    assert plans.spreadable(ctx, case_id) == 40000
    contest(ctx, case_id, "F-B")
    assert plans.spreadable(ctx, case_id) == 30000
    if code:
        refused(code, a_proposal, ctx, case_id, "p", amount)
        refused(code, plan_papers.simulation_file, ctx, PlanEntry(amount, FIRST, count=3), case_id)
    else:
        a_proposal(ctx, case_id, "p", amount)
        assert plans.plans_of(ctx, case_id)[0].said.debts == (("F-A", 30000),)


def test_a_debt_with_a_stop_of_its_own_is_left_out_too(ctx):
    case_id = a_case(ctx, a_debt("F-A", amount=30000), a_debt("F-B", amount=10000))
    stop(ctx, case_id, "limitation", next(d.id for d in cases.case_file(ctx, case_id).debts if d.ref == "F-B"))
    assert plans.spreadable(ctx, case_id) == 30000
    refused("more-than-undisputed", a_proposal, ctx, case_id, "p", 40000)


@pytest.mark.parametrize(("contested", "free"), [(10000, 20000), (None, 0)])
def test_of_a_case_contested_as_a_whole_only_the_rest_may_be_spread(ctx, contested, free):
    case_id = a_case(ctx, a_debt(amount=30000))
    contest(ctx, case_id, amount=contested)
    assert plans.spreadable(ctx, case_id) == free
    refused("more-than-undisputed", a_proposal, ctx, case_id, "p", free + 10)


def test_a_proposal_made_before_a_dispute_is_not_agreed_while_it_runs(ctx):
    case_id = a_case(ctx, a_debt("F-A", amount=30000), a_debt("F-B", amount=10000))
    plan_id = a_proposal(ctx, case_id, "p", 40000)
    contest(ctx, case_id, "F-B")
    refused("more-than-undisputed", plans.agree_plan, ctx, plan_id, ctx.today, 1, ctx.today)
