"""A plan signed by the debtor acknowledges its debts once its signed copy is kept (C. civ. 2240). Days counted by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, limitation, plan_signed, plans
from core.services.plans import PlanEntry
from core.store import audit, summaries
from tests.services.factory import a_case, a_debt, ready_to_write

D = dt.date
DUE = D(2026, 2, 1)  # five years for a business: 1 February 2031
SIGNED = D(2026, 11, 20)
COPY = ("plan signé.pdf", b"%PDF-1.7 signed")


def a_plan(ctx, *debts):
    case_id = a_case(
        ctx, *(debts or (a_debt("A", 30000, DUE),)), creditor=ready_to_write(ctx), kind="business", name="ACME"
    )
    then = replace(ctx, today=D(2026, 11, 16))
    plan_id = plans.save_proposal(then, case_id, PlanEntry(30000, D(2026, 12, 1), count=3), f"p{case_id}")
    plans.agree_plan(ctx, plan_id, D(2026, 11, 19), 1, D(2026, 11, 18))
    return case_id, plans.plans_of(ctx, case_id)[0].row


def keep(ctx, row, signed_on=SIGNED, proof=COPY, version=None):
    return plan_signed.keep_signed(ctx, row.id, version or row.row_version, signed_on, proof)


def ends(ctx, case_id):
    return {one.ref: one.limitation_on for one in cases.case_file(ctx, case_id).debts}


def test_a_plan_only_agreed_is_told_and_to_be_proved(ctx):
    case_id, _ = a_plan(ctx)
    assert ends(ctx, case_id) == {"A": "2031-02-01"}
    (one,) = limitation.clocks(ctx, case_id)
    assert (one.clock.date, one.clock.date_if_proved) == (DUE.replace(year=2031), D(2031, 11, 19))
    (step,) = one.clock.steps
    assert (step.kind, step.article, step.evidence) == ("schedule_signed", "C. civ., art. 2240", "")


def test_its_signed_copy_starts_five_years_anew_on_the_day_of_the_signature(ctx):
    case_id, row = a_plan(ctx)
    keep(ctx, row)
    assert ends(ctx, case_id) == {"A": "2031-11-20"}
    (one,) = limitation.clocks(ctx, case_id)
    assert (one.clock.steps[0].evidence, one.clock.date_if_proved) == ("plan signé.pdf", D(2031, 11, 20))
    kept = plans.plans_of(ctx, case_id)[0].row
    assert (kept.signed_on, kept.signed_title) == ("2026-11-20", "plan signé.pdf")
    with ctx.store.read() as reader:
        assert (audit.first_break(reader.conn), summaries.first_difference(reader.conn)) == (None, None)


def test_a_debt_placed_after_the_plan_was_not_acknowledged_in_it(ctx):
    case_id, row = a_plan(ctx)
    head = cases.case_file(ctx, case_id).head
    a_case(ctx, a_debt("B", 5000, D(2026, 3, 1)), creditor=head.creditor_id, kind="business", same=head.debtor_id)
    keep(ctx, row)
    assert ends(ctx, case_id) == {"A": "2031-11-20", "B": "2031-03-01"}


@pytest.mark.parametrize(
    ("signed_on", "proof", "code", "field"),
    [
        (None, COPY, "field-empty", "signed_on"),
        (D(2026, 11, 24), COPY, "date-in-future", "signed_on"),
        (D(2026, 11, 15), COPY, "signed-too-early", "signed_on"),
        (SIGNED, None, "field-empty", "proof"),
        (SIGNED, ("plan.docx", b"PK\x03\x04"), "proof-unreadable", "proof"),
    ],
)
def test_a_copy_is_kept_with_its_day_between_the_proposal_and_today(ctx, signed_on, proof, code, field):
    case_id, row = a_plan(ctx)
    with pytest.raises(Refusal) as refused:
        keep(ctx, row, signed_on, proof)
    assert [(one.code, one.field) for one in refused.value.problems] == [(code, field)]
    assert ends(ctx, case_id) == {"A": "2031-02-01"}


def test_the_day_of_the_proposal_and_today_are_days_of_signature(ctx):
    for day, end in ((D(2026, 11, 16), "2031-11-16"), (D(2026, 11, 23), "2031-11-23")):
        case_id, row = a_plan(ctx)
        keep(ctx, row, day)
        assert ends(ctx, case_id) == {"A": end}


def test_two_persons_at_once_keep_one_copy(ctx):
    _, row = a_plan(ctx)
    keep(ctx, row)
    with pytest.raises(Refusal) as refused:
        keep(ctx, row, version=row.row_version)
    assert refused.value.problems[0].code == "changed-meanwhile"
