"""The paper of a plan of a case: consent, rate, what is left outside, debts under dispute (today is Monday 23 November 2026)."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.services import creditors, plan_papers, plans
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


def text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def printed(ctx, plan_id):
    return text(plan_papers.plan_file(ctx, plan_id)[1])


def test_beyond_the_mandate_the_paper_is_subject_to_the_creditor_s_consent_until_it_is_recorded(ctx):
    case_id = a_case(ctx, a_debt(amount=30000), creditor=ready_to_write(ctx))
    plan_id = a_proposal(ctx, case_id)
    for said in (printed(ctx, plan_id), text(plan_papers.simulation_file(ctx, PlanEntry(30000, FIRST, count=3), case_id))):
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
