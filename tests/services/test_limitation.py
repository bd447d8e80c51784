"""The last day to sue kept with each debt: it follows payments, titles and facts, bars what the law bars, and is proved by verify."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.domain.outcomes import Facts
from core.domain.rights import Right, rights_of
from core.services import (
    contact_gate,
    debt_facts,
    house,
    journal,
    legal_facts,
    limitation,
    plans,
    promises,
    upkeep,
)
from core.services.cases import case_file
from core.services.debt_facts import DebtFactsEntry
from core.services.journal import ContactEntry
from core.services.legal_facts import FactEntry
from core.services.payments import PaymentEntry, record_payment, reverse_payment
from core.services.placing import DebtEntry
from core.services.plans import PlanEntry
from core.services.promises import PromiseEntry
from core.store import cases
from core.store import limitation as kept
from tests.services.factory import a_call, a_case, a_creditor, a_debt

D = dt.date
TODAY = D(2026, 11, 23)
LATER = D(2026, 2, 1)
OLD = D(2021, 5, 10)  # five years ended on 10 May 2026


def dates(ctx, case_id):
    with ctx.store.read() as reader:
        return [(debt.limitation_on, debt.limitation_trust) for debt in cases.debts(reader, case_id)]


def summarised(ctx, case_id):
    with ctx.store.read() as reader:
        return cases.head(reader, case_id).limitation_on


def pay(ctx, case_id, amount, on, token="p"):
    return record_payment(ctx, PaymentEntry(case_id, on, amount, "transfer", "agency"), token)


def a_fact(ctx, case_id, kind, on, *, until=None, evidence="lettre signée", debt_id=None):
    entry = FactEntry(case_id, kind, on, debt_id, until, evidence=evidence)
    legal_facts.record_fact(ctx, entry, f"{kind} {on}")


def a_business(ctx, due=LATER, **more):
    return a_case(ctx, a_debt(due=due, amount=10000), kind="business", **more)


def barred(ctx):
    """A business's debt due on 10 May 2021, issued before it."""
    return a_case(ctx, DebtEntry("F-OLD", "invoice", 10000, D(2021, 4, 10), OLD), kind="business")


def test_a_debt_has_its_date_from_the_moment_it_enters(ctx):
    case_id = a_case(ctx)  # a consumer's invoice of 1 January 2026, completion unknown: two years from the invoice
    assert dates(ctx, case_id) == [("2028-01-01", "U")]
    assert summarised(ctx, case_id) == "2028-01-01"
    business = a_business(ctx, due=D(2026, 2, 1))
    assert dates(ctx, business) == [("2031-02-01", "S")]


def test_a_debt_without_any_day_has_none(ctx):
    case_id = a_case(ctx, DebtEntry("F-X", "invoice", 10000, None, None))
    assert dates(ctx, case_id) == [(None, "")]
    (one,) = limitation.clocks(ctx, case_id)
    assert (one.state, one.days, [q.key for q in one.questions]) == ("unknown", None, ["service_completed"])


def test_a_payment_interrupts_and_its_reversal_takes_that_back(ctx):
    case_id = a_business(ctx, due=D(2026, 2, 1))
    done = pay(ctx, case_id, 2000, D(2026, 11, 20))
    assert dates(ctx, case_id) == [("2031-11-20", "S")]
    reverse_payment(ctx, done.payment_id, TODAY, "chèque sans provision", "r")
    assert dates(ctx, case_id) == [("2031-02-01", "S")]


def test_only_the_debt_that_was_paid_is_interrupted(ctx):
    case_id = a_case(ctx, a_debt("A", due=D(2026, 2, 1)), a_debt("B", due=D(2026, 3, 1)), kind="business")
    pay(ctx, case_id, 2000, D(2026, 11, 20))
    assert [day for day, _ in dates(ctx, case_id)] == ["2031-11-20", "2031-03-01"]
    assert summarised(ctx, case_id) == "2031-03-01"


def test_a_debt_that_is_paid_no_longer_counts_in_the_case(ctx):
    case_id = a_case(ctx, a_debt("A", due=D(2026, 2, 1)), a_debt("B", due=D(2026, 3, 1)), kind="business")
    pay(ctx, case_id, 10000, D(2026, 11, 20))
    assert summarised(ctx, case_id) == "2031-03-01"
    assert [one.ref for one in limitation.clocks(ctx, case_id)] == ["B"]


def test_a_typed_fact_with_its_document_moves_the_date_and_without_it_does_not(ctx):
    case_id = a_business(ctx, due=D(2026, 2, 1))
    a_fact(ctx, case_id, "acknowledgment", D(2026, 6, 1), evidence="")
    assert dates(ctx, case_id) == [("2031-02-01", "S")]
    (one,) = limitation.clocks(ctx, case_id)
    assert (one.clock.date, one.clock.date_if_proved) == (D(2031, 2, 1), D(2031, 6, 1))
    a_fact(ctx, case_id, "acknowledgment", D(2026, 6, 2))
    assert dates(ctx, case_id) == [("2031-06-02", "S")]


def test_a_claim_in_court_that_goes_on_leaves_no_date_and_bars_nothing(ctx):
    case_id = barred(ctx)
    a_fact(ctx, case_id, "court_claim", D(2026, 1, 5))
    assert dates(ctx, case_id) == [(None, "")]
    assert limitation.clocks(ctx, case_id)[0].state == "still"
    assert a_call(ctx, case_id, "NRP")


def test_the_first_letter_and_promises_are_told_without_effect(ctx):
    case_id = a_business(ctx)
    promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 12, 1)), "t")
    (one,) = limitation.clocks(ctx, case_id)
    assert [step.kind for step in one.clock.told] == ["first_letter", "promise"]
    assert one.clock.date == D(2031, 2, 1)


@pytest.mark.parametrize(("due", "state"), [(D(2021, 11, 22), "barred"), (D(2021, 11, 23), "near"), (D(2022, 2, 21), "near"),
                                            (D(2022, 2, 22), "running")])  # fmt: skip
def test_one_warns_ninety_days_before_and_flags_the_day_after(ctx, due, state):
    case_id = a_case(ctx, DebtEntry("F-1", "invoice", 10000, D(2021, 1, 1), due), kind="business")
    assert limitation.clocks(ctx, case_id)[0].state == state


def test_the_portfolio_counts_cases_past_and_near_their_last_day(ctx):
    for number, due in enumerate(
        (D(2021, 11, 22), D(2021, 11, 23), D(2021, 12, 23), D(2022, 1, 22), D(2022, 2, 21), D(2022, 2, 22))
    ):
        a_case(
            ctx,
            DebtEntry(f"F-{number}", "invoice", 10000, D(2021, 1, 1), due),
            kind="business",
            name=f"Société {number}",
        )
    found = limitation.near(ctx)
    assert (found.passed, found.third, found.second, found.first) == (1, 2, 3, 4)


# What a time-barred debt bars ---------------------------------------------------------------------------------------------------------
def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.problems[0]


def gate(ctx, case_id):
    return contact_gate.may_contact(ctx, contact_gate.Intent(case_id, "letter")).problems()


def test_contacts_promises_plans_and_sending_wait_for_a_lead(ctx):
    case_id = barred(ctx)
    calls = (
        lambda: a_call(ctx, case_id, "NRP"),
        lambda: promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 12, 1)), "t"),
        lambda: plans.save_proposal(ctx, case_id, PlanEntry(10000, D(2026, 12, 1), count=2), "t"),
    )
    for call in calls:
        problem = refused(call)
        assert (problem.code, problem.value) == ("time-barred", "F-OLD")
        assert problem.reason.params["day"] == D(2026, 5, 10)
        assert problem.reason.params["article"] == "C. com., art. L. 110-4"
    assert "time-barred" in [problem.code for problem in gate(ctx, case_id)]
    limitation.decide(ctx, case_id, granted=True, reason="Le débiteur demande lui-même à payer.", token="d")
    assert a_call(ctx, case_id, "NRP")
    promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 12, 1)), "t2")
    assert "time-barred" not in [problem.code for problem in gate(ctx, case_id)]


def test_a_debt_that_ends_today_bars_nothing_yet(ctx):
    case_id = a_case(ctx, DebtEntry("F-1", "invoice", 10000, D(2021, 1, 1), D(2021, 11, 23)), kind="business")
    assert a_call(ctx, case_id, "NRP")


def test_what_the_debtor_says_is_written_but_no_promise_is(ctx):
    case_id = barred(ctx)
    entry = ContactEntry(case_id, "call", "in", "NRP", Facts(happened_on=TODAY))
    assert journal.log_contact(ctx, entry, "in")
    promised = ContactEntry(
        case_id, "call", "in", "PRO", Facts(happened_on=TODAY, amount=1000, date=D(2026, 12, 1), means="transfer")
    )
    problem = refused(lambda: journal.log_contact(ctx, promised, "pro"))
    assert (problem.code, problem.field) == ("time-barred", "result")


def test_a_payment_made_of_his_own_accord_is_booked(ctx):
    case_id = barred(ctx)
    assert pay(ctx, case_id, 2000, TODAY).balance == 8000
    assert dates(ctx, case_id) == [("2026-05-10", "S")]  # after the end: nothing left to interrupt


def test_the_last_decision_counts_and_each_is_kept_with_its_reason(ctx):
    case_id = barred(ctx)
    limitation.decide(ctx, case_id, granted=True, reason="Il veut payer.", token="a")
    limitation.decide(ctx, case_id, granted=False, reason="Le créancier renonce.", token="b")
    assert [(one.answer, one.reason, one.by) for one in limitation.decisions(ctx, case_id)] == [
        ("refused", "Le créancier renonce.", "Léa Martin"), ("granted", "Il veut payer.", "Léa Martin"),
    ]  # fmt: skip
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM audit WHERE action = 'limitation.decided'") == 2


def test_a_debt_no_more_asked_for_is_stopped_and_the_others_are_worked(ctx):
    case_id = a_case(ctx, DebtEntry("F-OLD", "invoice", 10000, D(2021, 4, 10), OLD), a_debt("F-NEW"), kind="business")
    assert refused(lambda: a_call(ctx, case_id, "NRP")).value == "F-OLD"
    limitation.decide(ctx, case_id, granted=False, reason="Le créancier renonce.", token="a")
    assert [(hold.kind, hold.debt_ref) for hold in case_file(ctx, case_id).holds] == [("limitation", "F-OLD")]
    assert a_call(ctx, case_id, "NRP")
    limitation.decide(ctx, case_id, granted=True, reason="Il veut payer.", token="b")
    assert case_file(ctx, case_id).holds == ()
    assert a_call(ctx, case_id, "NRP")


def test_a_decision_wants_a_reason_and_a_time_barred_debt_and_is_made_once(ctx):
    case_id = barred(ctx)
    assert refused(lambda: limitation.decide(ctx, case_id, granted=True, reason=" ", token="x")).field == "reason"
    for _ in range(2):
        assert limitation.decide(ctx, case_id, granted=True, reason="Il veut payer.", token="same") == 1
    assert len(limitation.decisions(ctx, case_id)) == 1
    fresh = a_business(ctx)
    assert refused(lambda: limitation.decide(ctx, fresh, granted=True, reason="x", token="y")).code == "nothing-barred"


def test_only_a_lead_decides():
    assert Right.DECIDE in rights_of("lead")
    assert Right.DECIDE not in rights_of("collector")


# Kept and proved ----------------------------------------------------------------------------------------------------------------------
def test_verify_names_a_date_that_is_not_what_the_facts_give(ctx):
    case_id = a_case(ctx)
    assert upkeep.verify(ctx).read_model is True
    with ctx.store.write(ctx.user.id, ctx.stamp, ctx.day) as unit:
        unit.run("UPDATE debts SET limitation_on = '2040-01-01' WHERE case_id = ?", (case_id,))
        unit.touch(case_id)
        unit.audit("test", "case", case_id)
    assert "limitation_on" in str(upkeep.verify(ctx).read_model)


def test_the_roll_makes_every_date_again_when_the_rules_have_changed(ctx):
    case_id = a_case(ctx)
    with ctx.store.write(ctx.user.id, ctx.stamp, ctx.day) as unit:
        unit.run("UPDATE debts SET limitation_on = NULL, limitation_trust = ''")
        unit.run("UPDATE settings SET value = '\"older\"' WHERE key = 'limitation_law'")
    assert house.roll(ctx.store)
    assert dates(ctx, case_id) == [("2028-01-01", "U")]
    assert summarised(ctx, case_id) == "2028-01-01"
    assert not house.roll(ctx.store)


def test_the_quality_of_the_creditor_chooses_the_claim(ctx):
    creditor = a_creditor(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE creditors SET quality = 'individual' WHERE id = ?", (creditor,))
    case_id = a_case(ctx, a_debt(due=D(2026, 2, 1)), creditor=creditor)
    assert dates(ctx, case_id) == [("2031-02-01", "S")]  # between individuals: five years from the due date


def test_a_claim_said_by_a_person_replaces_the_likely_one_until_taken_back(ctx):
    case_id = a_case(ctx, a_debt(due=D(2026, 2, 1)))
    likely = DebtFactsEntry(D(2026, 1, 1), D(2026, 2, 1), "invoice")  # what the factory's debts say
    (debt,) = debt_facts.debt_details(ctx, case_id)
    debt_facts.correct_debt(ctx, debt.id, debt.row_version, replace(likely, claim_kind="home_rent"), "bail relu")
    assert dates(ctx, case_id) == [("2029-02-01", "S")]
    (said,) = debt_facts.debt_details(ctx, case_id)
    debt_facts.correct_debt(ctx, debt.id, said.row_version, likely, "erreur")
    assert dates(ctx, case_id) == [("2028-01-01", "U")]


def a_title(ctx, case_id, kind, issued_on):
    with ctx.write() as unit:
        row = {"kind": kind, "issued_on": issued_on, "reference": "N-1", "created_at": ctx.stamp}
        unit.add("titles", case_id=case_id, **row)
        unit.touch(case_id)


def test_a_title_taken_over_replaces_the_period_and_a_notarial_deed_does_not(ctx):
    case_id = a_business(ctx)
    a_title(ctx, case_id, "notarial_deed", "2026-02-02")
    assert dates(ctx, case_id) == [("2031-02-01", "S")]
    a_title(ctx, case_id, "judgment", "2026-03-03")
    assert dates(ctx, case_id) == [("2036-03-03", "S")]


def test_a_payment_by_a_third_party_does_not_interrupt(ctx):
    case_id = a_business(ctx, due=D(2026, 2, 1))
    done = pay(ctx, case_id, 2000, D(2026, 11, 20))
    other = a_business(ctx, name="Tiers SARL")
    scope = kept.one(case_id)
    with ctx.store.read() as reader:
        assert [fact.kind for fact in kept.facts(reader, scope)] == ["part_payment"]
        stranger = cases.head(reader, other).debtor_id
    with ctx.write() as unit:
        conn = unit.conn
        conn.execute("DROP TRIGGER IF EXISTS payments_no_update")
        conn.execute("UPDATE payments SET payer_id = ? WHERE id = ?", (stranger, done.payment_id))
        assert [fact.kind for fact in kept.facts(unit, scope)] == ["third_party_payment"]
