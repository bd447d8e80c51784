"""The paper of a plan of a case: consent, rate, what is left outside, debts under dispute (today is Monday 23 November 2026)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.services import cases, creditors, disputes, payments, plan_papers, plans
from core.services.plans import PlanEntry
from tests.services.factory import WHOLE_MANDATE, a_case, a_debt, ready_to_write

D = dt.date
FIRST = D(2026, 12, 1)


def a_proposal(ctx, case_id, amount=30000, token="p", **more):
    return plans.save_proposal(ctx, case_id, PlanEntry(amount, FIRST, **({"count": 3} | more)), token)


def granting(ctx, months):
    """A creditor whose mandate lets the agency grant so many months alone."""
    creditor = ready_to_write(ctx)
    entry = creditors.MandateEntry("M-LIM", D(2026, 2, 1), **WHOLE_MANDATE, max_instalments=months)
    creditors.save_mandate(ctx, creditor, entry)
    return creditor


def refused(code, call, *args):
    with pytest.raises(Refusal) as told:
        call(*args)
    assert told.value.problems[0].code == code


def text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def printed(ctx, plan_id):
    return text(plan_papers.plan_file(ctx, plan_id)[1])


def test_beyond_the_mandate_the_paper_is_subject_to_the_creditor_s_consent_until_it_is_recorded(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=ready_to_write(ctx))
    plan_id = a_proposal(ctx, case_id)
    for said in (
        printed(ctx, plan_id),
        text(plan_papers.simulation_file(ctx, PlanEntry(30000, FIRST, count=3), case_id)),
    ):
        assert "Sous réserve de l'accord du créancier" in said
        assert "1156" in said
        assert "Pour le créancier, l'agence" not in said
    plans.agree_plan(ctx, plan_id, ctx.today, 1, ctx.today)
    assert "Sous réserve" not in printed(ctx, plan_id)
    assert "Pour le créancier, l'agence" in printed(ctx, plan_id)


@pytest.mark.parametrize(("count", "alone"), [(3, True), (4, False)])
def test_within_the_mandate_the_agency_signs_for_the_creditor_and_beyond_it_does_not(ctx, count, alone):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 3))
    said = printed(ctx, a_proposal(ctx, case_id, count=count))
    assert ("Sous réserve" not in said) is alone
    assert ("Pour le créancier, l'agence" in said) is alone


def test_a_rate_needs_its_basis_and_both_are_printed_with_the_article_to_be_confirmed(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 12))
    entry = PlanEntry(30000, FIRST, count=3, rate=Decimal("4.5"))
    refused("basis-missing", plans.save_proposal, ctx, case_id, entry, "a")
    refused("basis-missing", plans.save_proposal, ctx, case_id, replace(entry, basis="  "), "b")
    refused("basis-missing", plan_papers.simulation_file, ctx, entry, case_id)
    refused("too-long", plans.save_proposal, ctx, case_id, replace(entry, basis="x" * 201), "c")
    whole = replace(entry, basis="CGV, article 8")
    plan_id = plans.save_proposal(ctx, case_id, whole, "d")
    for said in (printed(ctx, plan_id), text(plan_papers.simulation_file(ctx, whole, case_id))):
        assert "4,50 %" in said
        assert "CGV, article 8" in said
        assert "1907 al. 2, à confirmer" in said
    assert plans.plans_of(ctx, case_id)[0].said.rate == Decimal("4.5")


@pytest.mark.parametrize("rate", [None, Decimal(0)])
def test_without_interest_no_basis_is_asked_and_no_rate_printed(ctx, rate):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 12))
    said = printed(ctx, a_proposal(ctx, case_id, rate=rate))
    assert "Taux" not in said
    assert "1907" not in said


def test_what_a_plan_leaves_outside_is_printed_and_kept_as_it_was(ctx):
    case_id = a_case(ctx, a_debt("F-A", amount=30000), a_debt("F-B", amount=8456), creditor=granting(ctx, 12))
    plan_id = a_proposal(ctx, case_id)
    assert plans.simulate(ctx, PlanEntry(30000, FIRST, count=3), case_id).outside == 8456
    for said in (
        printed(ctx, plan_id),
        text(plan_papers.simulation_file(ctx, PlanEntry(30000, FIRST, count=3), case_id)),
    ):
        assert "Hors échéancier : 84,56 €, qui reste dû" in said
    payments.record_payment(ctx, payments.PaymentEntry(case_id, ctx.today, 5000, "transfer", "agency"), "m")
    assert "Hors échéancier : 84,56 €, qui reste dû" in printed(ctx, plan_id)
    assert plans.plans_of(ctx, case_id)[0].said.outside == 8456


def test_a_plan_for_all_that_is_owed_leaves_nothing_outside(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 12))
    assert "Hors échéancier" not in printed(ctx, a_proposal(ctx, case_id))


def test_a_contested_debt_is_not_listed_and_what_stays_outside_says_so(ctx):
    case_id = a_case(ctx, a_debt("F-A", amount=30000), a_debt("F-B", amount=8456), creditor=granting(ctx, 12))
    contested = next(d.id for d in cases.case_file(ctx, case_id).debts if d.ref == "F-B")
    disputes.open_dispute(ctx, disputes.DisputeEntry(case_id, contested, None, "not_delivered", "Jamais livré"), "d")
    said = printed(ctx, a_proposal(ctx, case_id))
    assert "F-A" in said
    assert "F-B" not in said
    assert "Hors échéancier : 84,56 €, qui reste dû" in said


def test_each_page_carries_the_plan_s_reference_and_the_signature_never_stands_alone(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 60))
    for count in range(1, 41):
        plan_id = a_proposal(ctx, case_id, token=f"p{count}", count=count)
        name, pdf = plan_papers.plan_file(ctx, plan_id)
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
        ref = f"Échéancier {name.removesuffix('.pdf')} · Page"
        assert [page for page in pages if ref not in page] == []
        [signed] = [page for page in pages if "Date et signature" in page]
        assert "Comment payer" in signed
        assert "300,00" in signed


def test_the_place_for_the_sum_by_hand_and_notes_of_trust_s_are_marked_to_be_confirmed(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=granting(ctx, 12))
    said = printed(ctx, a_proposal(ctx, case_id))
    assert "en toutes lettres et en chiffres (C. civ., art. 1376, à confirmer) :" in said
    assert "____" in said
    assert "C. civ., art. 2240, à confirmer" in said
