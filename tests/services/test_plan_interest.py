"""A plan spreads what is claimed today and says what becomes of interest. Figures by hand; today is 24 November 2026.

1 000.00 due on 1 February 2026 between businesses: 149 days to 30 June at 12.15 % (ECB 2.15 + 10) = 49.60; 147 days to 24 November at
12.40 % (2.40 + 10) = 49.94; 40.00 of indemnity. 1 000.00 + 99.54 + 40.00 = 1 139.54.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.services import cases, creditors, holds, payments, plan_papers, plans, statements
from core.services.holds import HoldEntry
from core.services.payments import PaymentEntry
from core.services.plans import AT_END, WAIVED, PlanEntry
from tests.services.factory import a_case, a_debt
from tests.services.test_settlement import a_claim, ledger

D = dt.date
DUE = D(2026, 2, 1)
TODAY = D(2026, 11, 24)
FIRST = D(2026, 12, 1)
WHOLE = 113954


@pytest.fixture
def later(ctx):
    return replace(ctx, today=TODAY)


def one_debt(ctx) -> int:
    return a_claim(ctx, a_debt("F-1", 100000, DUE))


def entry(amount=WHOLE, running=WAIVED, **more) -> PlanEntry:
    return PlanEntry(amount, FIRST, **({"count": 3} | more), running=running)


def agreed(ctx, case_id, **more) -> int:
    plan_id = plans.save_proposal(ctx, case_id, entry(**more), "plan")
    plans.agree_plan(ctx, plan_id, ctx.today, 1, ctx.today)
    return plan_id


def pay(ctx, case_id, on, amount) -> int:
    then = replace(ctx, today=on)
    return payments.record_payment(then, PaymentEntry(case_id, on, amount, "transfer", "agency"), f"pay {on}").balance


def refused(code, field, call, *args):
    with pytest.raises(Refusal) as told:
        call(*args)
    problem = told.value.problems[0]
    assert (problem.code, problem.field) == (code, field)


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split()).replace(
        "\xa0", " "
    )


def test_what_may_be_spread_is_what_the_banner_shows_as_owed_today_with_its_parts(later):
    case_id = one_debt(later)
    owed = plans.owed(later, case_id)
    assert (owed.total, owed.spreadable, owed.interest) == (WHOLE, WHOLE, True)
    assert owed.split == (("principal", 100000), ("interest", 9954), ("indemnity", 4000))
    assert owed.named == (("F-1", WHOLE),)
    assert owed.total == statements.statement(later, case_id, TODAY).total.value
    assert ledger(later, case_id) == {"principal": 100000}, "a simulation books nothing"
    refused("more-than-owed", "amount", plans.save_proposal, later, case_id, entry(WHOLE + 1), "t")


def test_a_debt_under_a_stop_of_its_own_takes_its_interest_out_of_what_may_be_spread(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), a_debt("F-2", 100000, DUE))
    second = next(d.id for d in cases.case_file(later, case_id).debts if d.ref == "F-2")
    holds.open_hold(later, HoldEntry(case_id, second, "creditor_check", "Courriel", None), "h")
    owed = plans.owed(later, case_id)
    assert (owed.total, owed.spreadable, owed.named) == (2 * WHOLE, WHOLE, (("F-1", WHOLE),))


def test_interest_waived_while_the_plan_is_kept_the_last_instalment_closes_the_case_at_zero(later):
    case_id = one_debt(later)
    plan_id = agreed(later, case_id)
    rows = plans.plans_of(later, case_id)[0].rows
    assert [r.amount for r in rows] == [37985, 37985, 37984]
    left = [pay(later, case_id, dt.date.fromisoformat(row.due_on), row.amount) for row in rows]
    assert left == [75969, 37984, 0]
    assert ledger(later, case_id) == {}
    after = replace(later, today=D(2027, 3, 1))
    assert (plans.plans_of(after, case_id)[0].row.id, plans.plans_of(after, case_id)[0].state) == (plan_id, "completed")
    assert statements.statement(after, case_id, after.today).total.value == 0


def test_interest_that_runs_is_left_after_the_last_instalment_as_the_plan_had_estimated(later):
    case_id = one_debt(later)
    found = plans.simulate(later, entry(running=AT_END, count=1), case_id)
    # one instalment, a week later: 1 000.00 × 12.40 % × 154 ÷ 365 = 52.317 -> 52.32, less 49.94 = 2.38
    assert (found.ahead.cents, found.ahead.known_until) == (238, None)
    rows = plans.simulate(later, entry(running=AT_END), case_id).schedule.instalments
    assert not any("interest" in str(row.why) for row in rows), "the sum spread holds interest"
    plan_id = plans.save_proposal(later, case_id, entry(running=AT_END, count=1), "plan")
    said = plans.plans_of(later, case_id)[0].said
    assert (said.running, said.ahead, said.ahead_until) == (AT_END, 238, None)
    plans.agree_plan(later, plan_id, TODAY, 1, TODAY)
    assert pay(later, case_id, FIRST, WHOLE) == 238
    assert ledger(later, case_id) == {"principal": 238}, "interest first (C. civ., art. 1343-1)"


def test_a_waiver_needs_the_consent_of_the_creditor_whatever_the_mandate_grants(later):
    early = replace(later, today=D(2026, 2, 10))
    creditor = creditors.save_creditor(early, creditors.CreditorEntry("C-3", "Grossiste SA", quality="business"))
    mandate = creditors.MandateEntry(
        "M-3", D(2026, 1, 2), power_to_receive=True, interest=True, indemnity=True, max_instalments=3
    )
    creditors.save_mandate(early, creditor, mandate)
    case_id = a_case(early, a_debt("F-1", 100000, DUE), creditor=creditor, kind="business", name="Menuiserie Bois")
    plan_id = plans.save_proposal(later, case_id, entry(), "plan")
    refused("waiver-without-consent", "creditor_agreed_on", plans.agree_plan, later, plan_id, TODAY, 1)
    assert not plans.cautions(later, case_id, 3, AT_END), "the mandate lets the agency grant three months alone"
    assert plans.cautions(later, case_id, 3, WAIVED)
    assert plans.plans_of(later, case_id)[0].state == "proposed"
    running = plans.save_proposal(later, case_id, entry(running=AT_END), "other")
    plans.agree_plan(later, running, TODAY, 1)
    assert plans.plans_of(later, case_id)[0].state == "on_time"


def test_interest_runs_again_the_day_after_a_plan_was_broken_and_the_days_before_stay_free(later):
    case_id = one_debt(later)
    plan_id = agreed(later, case_id)
    broke = replace(later, today=D(2026, 12, 10))

    def interest(day):
        return statements.statement(broke, case_id, day).sums["interest"].value

    assert [interest(D(2026, 11, day)) for day in (23, 24, 25)] == [
        9920,
        9954,
        9954,
    ]  # 146 days of the half-year: 49.60
    assert interest(D(2026, 12, 10)) == 9954
    plans.break_plan(broke, plan_id, "Deux échéances impayées", 2)
    # 12.40 % of 1 000.00 is 0.3397 a day: the 11th makes 49.94 + 0.34
    assert [interest(day) for day in (D(2026, 12, 10), D(2026, 12, 11))] == [9954, 9988]


def test_a_proposal_nobody_agreed_waives_nothing(later):
    case_id = one_debt(later)
    plan_id = plans.save_proposal(later, case_id, entry(), "plan")
    day = D(2026, 11, 30)
    assert (
        statements.statement(later, case_id, day).sums["interest"].value == 10158
    )  # 153 days: 51.978 -> 51.98, with 49.60
    plans.end_plan(later, plan_id, "Refusée", 1)
    assert statements.statement(later, case_id, day).sums["interest"].value == 10158


def test_a_payment_recorded_before_the_agreement_was_typed_books_no_interest_that_the_plan_waives(later):
    case_id = one_debt(later)
    plan_id = plans.save_proposal(later, case_id, entry(WHOLE, down=10000), "plan")
    friday = replace(later, today=D(2026, 11, 27))
    payments.record_payment(friday, PaymentEntry(case_id, D(2026, 11, 27), 10000, "transfer", "agency"), "pay")
    assert ledger(friday, case_id) == {
        "interest": 56,
        "indemnity": 4000,
        "principal": 100000,
    }  # 150 days: 50.96 + 49.60 - 100.00
    plans.agree_plan(friday, plan_id, D(2026, 11, 26), 1, D(2026, 11, 26))
    assert ledger(friday, case_id) == {"indemnity": 4000, "principal": 100000}, "what is not paid of it is taken back"


def test_where_interest_is_claimed_the_plan_says_what_becomes_of_it_and_takes_no_rate_of_its_own(later):
    case_id = one_debt(later)
    refused("running-missing", "running", plans.save_proposal, later, case_id, entry(running=""), "t")
    refused("running-missing", "running", plan_papers.simulation_file, later, entry(running=""), case_id)
    refused("choice-unknown", "running", plans.save_proposal, later, case_id, entry(running="gift"), "t")
    refused(
        "interest-twice",
        "rate",
        plans.save_proposal,
        later,
        case_id,
        entry(rate=Decimal(4), basis="CGV, article 8"),
        "t",
    )
    plain = a_case(later, a_debt(amount=30000))
    assert plans.owed(later, plain).interest is False
    assert plans.save_proposal(later, plain, entry(30000, ""), "u")
    assert plans.simulate(later, entry(30000, ""), plain).ahead is None


@pytest.mark.parametrize(
    ("running", "words"),
    [
        (WAIVED, ("Intérêts comptés jusqu'au 24/11/2026", "le créancier n'en réclame aucun", "recommencent à courir")),
        (AT_END, ("continuent de courir", "art. 1343-1", "environ 10,15 €", "31/12/2026")),
    ],
)  # fmt: skip
def test_the_paper_of_a_kept_plan_says_the_parts_of_its_sum_and_what_becomes_of_interest(later, running, words):
    # 379.85 on 1 December: interest to it is 49.60 + 52.32, then 40.00, then 237.93 of principal, 762.07 left; 30 days to the 31st:
    # 762.07 × 12.40 % × 30 ÷ 365 = 7.767 -> 7.77; 52.32 + 7.77 - 49.94 = 10.15
    case_id = one_debt(later)
    plan_id = plans.save_proposal(later, case_id, entry(running=running), "plan")
    text = read(plan_papers.plan_file(later, plan_id)[1])
    for part in ("1 139,54 €", "Principal : 1 000,00 €", "Intérêts : 99,54 €", "40,00 €", *words):
        assert part in text, part
    assert "Ni intérêts ni frais" not in text, "the sum itself holds interest"
    assert "n'ajoutent ni intérêts ni frais à cette somme" in text
    same = read(plan_papers.simulation_file(later, entry(running=running), case_id))
    assert all(part in same for part in words)
