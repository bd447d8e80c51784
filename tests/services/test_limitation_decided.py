"""What follows from a lead's decision about a time-barred debt: statements, proceedings, the queue and its alerts."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, legal_facts, limitation, limitation_gate, proceedings, statements
from core.services.legal_facts import FactEntry
from core.services.placing import DebtEntry
from core.store import audit, summaries
from tests.services.factory import a_case, a_debt, ready_to_write

D = dt.date
TODAY = D(2026, 11, 23)
DUE = D(2021, 5, 10)
LAST = D(2026, 5, 10)  # five years from 10 May 2021


def old(ref="F-OLD", due=DUE):
    return DebtEntry(ref, "invoice", 10000, D(2021, 4, 10), due)


def barred(ctx, *more):
    return a_case(ctx, old(), *more, creditor=ready_to_write(ctx), kind="business", name="ACME SARL")


def decide(ctx, case_id, token="d", *, granted=True):
    return limitation.decide(ctx, case_id, granted=granted, reason="Le débiteur veut payer.", token=token)


def first_end(ctx, case_id):
    return cases.case_file(ctx, case_id).head.limitation_on


def issue(ctx, case_id):
    return statements.issue_statement(ctx, case_id, TODAY, f"s-{case_id}")


def test_no_statement_is_issued_on_a_time_barred_debt_before_a_lead_decides(ctx):
    case_id = barred(ctx)
    with pytest.raises(Refusal) as refused:
        issue(ctx, case_id)
    (problem,) = refused.value.problems
    assert (problem.code, problem.value, problem.reason.params["day"]) == ("time-barred", "F-OLD", LAST)
    assert problem.reason.params["article"] == "C. com., art. L. 110-4"
    view = statements.statement_view(ctx, case_id, TODAY)
    assert ([one.code for one in view.barred], view.issued) == (["time-barred"], ())
    decide(ctx, case_id)
    assert issue(ctx, case_id).number.endswith("-D1")
    assert statements.statement_view(ctx, case_id, TODAY).barred == ()


@pytest.mark.parametrize(
    ("due", "issued"), [(D(2021, 11, 22), False), (D(2021, 11, 23), True), (D(2021, 11, 24), True)]
)
def test_the_last_day_itself_still_lets_a_statement_go(ctx, due, issued):
    case_id = a_case(ctx, old(due=due), creditor=ready_to_write(ctx), kind="business", name="ACME SARL")
    assert bool(statements.statement_view(ctx, case_id, TODAY).barred) is not issued


def test_a_proceeding_on_a_time_barred_debt_says_the_article_and_that_no_lead_has_decided(ctx):
    case_id = barred(ctx)
    (said,) = proceedings.propose(ctx, case_id, "payment_order").barred
    assert (said.params["ref"], said.params["day"]) == ("F-OLD", LAST)
    assert "C. com., art. L. 110-4" in str(said)
    assert "C. civ., art. 2248" in str(said)
    assert str(said).endswith("No lead has decided about it yet.")


@pytest.mark.parametrize(("granted", "words"), [(True, "to go on asking"), (False, "to ask no more")])
def test_it_says_what_the_lead_decided_and_when(ctx, granted, words):
    case_id = barred(ctx)
    decide(ctx, case_id, granted=granted)
    (said,) = proceedings.propose(ctx, case_id, "payment_order").barred
    assert "Léa Martin decided on 2026-11-23" in str(said)
    assert words in str(said)


def test_a_proceeding_on_a_debt_in_time_says_nothing_of_it(ctx):
    assert proceedings.propose(ctx, a_case(ctx), "payment_order").barred == ()


@pytest.mark.parametrize("granted", [True, False])
def test_the_queue_and_the_alerts_no_longer_count_a_debt_a_lead_decided_about(ctx, granted):
    case_id = barred(ctx, a_debt("F-NEW", due=D(2026, 2, 1)))
    assert (first_end(ctx, case_id), limitation.near(ctx).passed) == ("2026-05-10", 1)
    decide(ctx, case_id, granted=granted)
    assert (first_end(ctx, case_id), limitation.near(ctx).passed) == ("2031-02-01", 0)
    states = {one.ref: (one.state, one.decided) for one in limitation.clocks(ctx, case_id)}
    assert states["F-OLD"] == ("barred", "granted" if granted else "refused")
    with ctx.store.read() as reader:
        assert (audit.first_break(reader.conn), summaries.first_difference(reader.conn)) == (None, None)


def test_another_debt_that_passes_its_day_later_is_asked_about_anew(ctx):
    case_id = barred(ctx, old("F-NEXT", D(2021, 12, 1)))
    decide(ctx, case_id)
    assert first_end(ctx, case_id) == "2026-12-01"


def test_a_decision_about_an_earlier_last_day_does_not_count_once_the_day_has_moved(ctx):
    case_id = barred(ctx)
    decide(ctx, case_id)
    assert first_end(ctx, case_id) is None
    # an acknowledgment of 4 January 2022 with its document: the last day was never passed, it is 4 January 2027
    legal_facts.record_fact(
        ctx, FactEntry(case_id, "acknowledgment", D(2022, 1, 4), None, evidence="lettre signée"), "f"
    )
    assert first_end(ctx, case_id) == "2027-01-04"
    with ctx.store.read() as reader:
        assert [one.code for one in limitation_gate.problems(reader, case_id, D(2027, 1, 5))] == ["time-barred"]
