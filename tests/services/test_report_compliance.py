"""Compliance in the report: what the gate refused, what was lifted or made all the same, complaints per 1,000 contacts; counted by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from core.services import complaints, contact_gate, reports
from core.services.contact_gate import Intent
from core.services.reports import ReportScope
from core.store import journal
from tests.services.factory import a_call, a_case, ready_to_write
from tests.services.test_complaints import entry
from tests.services.test_contact_gate import clock, refused

D = dt.date
YEAR = ReportScope(D(2026, 1, 1), D(2026, 12, 31))


def figure(report, key):
    return next(one for one in report.indicators if one.key == key)


def amounts(indicator):
    return [term.amount for term in indicator.terms]


def lines(report):
    table = report.table("compliance")
    return {str(row[0])[:6]: row[1:] for row in table.rows}, table.total[1:]


@pytest.fixture
def story(ctx):
    """At eight in the evening (the agency calls until 19:30): two cases refused, one lifted by the lead, one made all the same."""
    late, ready = clock(ctx, "20:00"), clock(ctx, "10:00")
    creditor = ready_to_write(ready)
    one, two, three, four = (a_case(ready, creditor=creditor, name=name) for name in ("Un", "Deux", "Trois", "Quatre"))
    refused(a_call, late, one, "NRP")
    refused(a_call, late, two, "NRP")
    contact_gate.allow_once(late, Intent(three, "call"), "rendez-vous pris par courriel", "t")
    a_call(late, three, "NRP")
    a_call(late, four, "NRP", because="il avait demandé ce soir")
    return creditor, one


# four refusals of CON-01: two held, one lifted, one made: 2 ÷ 4
def test_the_refusals_that_held_are_told_with_those_that_were_lifted_or_passed_over(ctx, story):
    found = reports.report(ctx, YEAR)
    shown = figure(found, "compliance")
    assert (shown.value, amounts(shown)) == (Decimal("50.0"), [2, 4])
    assert shown.formula.params == {"lifted": 1, "made": 1}
    assert lines(found) == ({"CON-01": (2, 1, 1, 4)}, (2, 1, 1, 4))
    october = reports.report(ctx, ReportScope(D(2026, 10, 1), D(2026, 10, 31)))
    assert figure(october, "compliance").value is None
    assert october.table("compliance").rows == ()


# two calls were made; one complaint: 1 × 1000 ÷ 2
def test_complaints_are_per_thousand_contacts_as_in_the_register(ctx, story):
    complaints.record(ctx, entry(ctx, case_id=story[1]), "c")
    shown = figure(reports.report(ctx, YEAR), "complaints")
    assert (shown.value, amounts(shown)) == (Decimal("500.0"), [1, 2])
    assert shown.value == complaints.rate(ctx, D(2026, 1, 1), D(2026, 12, 31)).per_thousand


def test_contacts_taken_over_from_a_former_agency_are_not_the_agencys(ctx, story):
    with ctx.write() as unit:
        taken_over = journal.NewInteraction(story[1], "call", "out", "NRP", "2026-11-20", source="imported")
        journal.add_interaction(unit, taken_over, {})
        unit.audit("test.taken_over", "case", story[1])
    assert amounts(figure(reports.report(ctx, YEAR), "complaints")) == [0, 2]


def test_a_creditor_and_a_collector_have_their_own(ctx, story):
    complaints.record(ctx, entry(ctx, case_id=story[1]), "c")
    complaints.record(ctx, entry(ctx, case_id=None), "d")  # about no case
    assert amounts(figure(reports.report(ctx, replace(YEAR, creditor_id=story[0])), "complaints")) == [1, 2]
    assert amounts(figure(reports.report(ctx, YEAR), "complaints")) == [2, 2]
    other = ready_to_write(ctx)
    found = reports.report(ctx, replace(YEAR, creditor_id=other))
    assert (figure(found, "compliance").value, figure(found, "complaints").value) == (None, None)
