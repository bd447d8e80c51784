"""Charges on a debtor: refused with the article, recorded where the law allows them, withdrawn by the opposite row. Figures by hand."""

import datetime as dt

import pytest

from core.domain.charges import Allowed, Forbidden
from core.domain.computation import Missing
from core.domain.messages import Refusal
from core.services import cases, costs, ledger, payments
from core.services.costs import ChargeEntry
from core.services.payments import PaymentEntry
from core.services.placing import DebtEntry
from core.store import audit, summaries, takeover
from tests.services.factory import a_case, a_debt, ready_to_write

D = dt.date
B2B = ("business_creditor", "payable_at_due", "late")


def a_title(ctx, case_id, on="2026-03-02"):
    with ctx.write() as unit:
        takeover.add_title(unit, case_id, {"kind": "judgment", "issued_on": on})
        unit.audit("test.title", "case", case_id)


def debt_of(ctx, case_id, at=0):
    return cases.case_file(ctx, case_id).debts[at].id


def entry(ctx, case_id, kind, amount=5000, **more):
    more.setdefault("evidence", "Facture du commissaire de justice n° 12")
    return ChargeEntry(
        case_id, more.pop("debt_id", None) or debt_of(ctx, case_id), kind, amount, more.pop("on", ctx.today), **more
    )


def problems(call):
    with pytest.raises(Refusal) as found:
        call()
    return found.value.problems


def test_reminder_costs_are_refused_with_both_articles_for_a_consumer_and_nothing_is_written(ctx):
    case_id = a_case(ctx)
    (problem,) = problems(lambda: costs.record_charge(ctx, entry(ctx, case_id, "amicable_costs"), "t"))
    assert problem.code == "charge-forbidden"
    assert problem.reason.params["article"] == "CPCE, art. L. 111-8 al. 2 ; C. consom., art. L. 121-21"
    assert cases.case_file(ctx, case_id).head.balance == 10000


def test_no_confirmation_of_a_person_makes_agency_costs_chargeable(ctx):
    case_id = a_case(ctx, kind="business", name="ACME")
    every = ("titled", "necessary", "granted", "prescribed", "decided", "above_flat", "evidence")
    assert isinstance(costs.propose_charge(ctx, entry(ctx, case_id, "amicable_costs", confirmed=every)), Forbidden)
    assert isinstance(
        costs.propose_charge(ctx, entry(ctx, case_id, "enforcement_costs", confirmed=every)), Forbidden
    )  # no title in the case


def test_enforcement_costs_wait_for_the_title_its_day_the_act_s_use_and_its_proof(ctx):
    case_id = a_case(ctx)  # invoice of 1 January 2026
    a_title(ctx, case_id, "2026-03-02")
    before = entry(ctx, case_id, "enforcement_costs", on=D(2026, 3, 1), confirmed=("necessary",))
    assert isinstance(costs.propose_charge(ctx, before), Forbidden)
    for on in (D(2026, 3, 2), D(2026, 3, 3)):
        assert isinstance(
            costs.propose_charge(ctx, entry(ctx, case_id, "enforcement_costs", on=on, confirmed=("necessary",))),
            Allowed,
        )
    bare = entry(ctx, case_id, "enforcement_costs", evidence=" ")
    found = costs.propose_charge(ctx, bare)
    assert isinstance(found, Missing)
    assert [q.key for q in found.questions] == ["necessary", "evidence"]
    assert [p.field for p in problems(lambda: costs.record_charge(ctx, bare, "t"))] == ["necessary", "evidence"]


def test_a_title_older_than_the_invoice_does_not_cover_it(ctx):
    case_id = a_case(ctx)
    a_title(ctx, case_id, "2025-12-31")
    assert isinstance(
        costs.propose_charge(ctx, entry(ctx, case_id, "enforcement_costs", confirmed=("necessary",))), Forbidden
    )


def test_a_charge_is_owed_first_and_the_ledger_proves_it(ctx):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    done = costs.record_charge(ctx, entry(ctx, case_id, "enforcement_costs", 7230, confirmed=("necessary",)), "t")
    head = cases.case_file(ctx, case_id).head
    assert (done.balance, head.balance, head.costs, head.principal) == (17230, 17230, 7230, 10000)
    (row,) = [m for m in ledger.movements(ctx, case_id).rows if m.kind == "charge"]
    assert (row.from_account, row.to_account, row.words) == (
        "placement",
        "costs",
        "Facture du commissaire de justice n° 12",
    )
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 8000, "transfer", "agency"), "p")
    head = cases.case_file(ctx, case_id).head
    assert (head.costs, head.principal) == (0, 9230)  # 72.30 to the costs, 7.70 to the principal
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None


def test_the_same_form_sent_twice_charges_once(ctx):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    one = entry(ctx, case_id, "enforcement_costs", 100, confirmed=("necessary",))
    assert costs.record_charge(ctx, one, "t") == costs.record_charge(ctx, one, "t")
    assert cases.case_file(ctx, case_id).head.costs == 100


def test_the_flat_indemnity_is_the_law_s_amount_once_an_invoice_from_the_day_after_the_due_date(ctx):
    case_id = a_case(
        ctx, a_debt("F-1", 10000, D(2026, 11, 22)), a_debt("F-2", 10000, D(2026, 11, 23)), kind="business", name="ACME"
    )
    first, second = debt_of(ctx, case_id), debt_of(ctx, case_id, 1)
    asked = {"evidence": "", "confirmed": B2B}
    wrong = entry(ctx, case_id, "flat_indemnity", 4001, debt_id=first, **asked)
    assert problems(lambda: costs.record_charge(ctx, wrong, "a"))[0].code == "charge-amount"
    costs.record_charge(
        ctx, entry(ctx, case_id, "flat_indemnity", 4000, debt_id=first, **asked), "b"
    )  # D.441-5: 40 EUR
    assert cases.case_file(ctx, case_id).head.indemnity == 4000
    again = entry(ctx, case_id, "flat_indemnity", 4000, debt_id=first, **asked)
    assert problems(lambda: costs.record_charge(ctx, again, "c"))[0].code == "charge-known"
    due_today = entry(ctx, case_id, "flat_indemnity", 4000, debt_id=second, **asked)
    assert (
        problems(lambda: costs.record_charge(ctx, due_today, "d"))[0].code == "charge-forbidden"
    )  # due today is not late
    assert [c.amount for c in costs.charge_choices(ctx, first) if c.kind.kind == "flat_indemnity"] == [4000]


def test_a_consumer_never_gets_the_indemnity_whatever_is_confirmed(ctx):
    case_id = a_case(ctx)
    for kind in ("flat_indemnity", "business_complement"):
        found = costs.propose_charge(ctx, entry(ctx, case_id, kind, 4000, confirmed=(*B2B, "decided", "above_flat")))
        assert isinstance(found, Forbidden)


def test_the_complement_is_off_until_the_creditor_decides(ctx):
    case_id = a_case(ctx, kind="business", name="ACME")
    known = ("business_creditor", "payable_at_due", "above_flat")
    found = costs.propose_charge(ctx, entry(ctx, case_id, "business_complement", confirmed=known))
    assert isinstance(found, Missing)
    assert [q.key for q in found.questions] == ["decided"]
    done = costs.record_charge(
        ctx, entry(ctx, case_id, "business_complement", 8500, confirmed=(*known, "decided")), "t"
    )
    assert done.balance == 18500


def test_the_tenant_of_a_home_bears_no_cost_before_a_title(ctx):
    case_id = a_case(ctx, DebtEntry("L-1", "rent", 60000, D(2026, 1, 1), D(2026, 1, 5)))
    refused = {c.kind.kind for c in costs.charge_choices(ctx, debt_of(ctx, case_id)) if isinstance(c.answer, Forbidden)}
    assert {
        "amicable_costs",
        "unpaid_cheque",
        "prescribed_act",
        "penalty_clause",
        "enforcement_costs",
        "co_ownership_notice",
    } <= refused


def test_co_ownership_costs_ask_for_the_formal_notice_and_a_cheque_is_known_by_its_nature(ctx):
    case_id = a_case(
        ctx,
        DebtEntry("C-1", "charges", 60000, D(2026, 1, 1), D(2026, 1, 5)),
        DebtEntry("Q-1", "cheque", 100, D(2026, 2, 1), D(2026, 2, 5)),
    )
    found = costs.propose_charge(ctx, entry(ctx, case_id, "co_ownership_notice", debt_id=debt_of(ctx, case_id)))
    assert isinstance(found, Missing)
    assert [q.key for q in found.questions] == ["co_ownership", "notified"]
    assert isinstance(
        costs.propose_charge(ctx, entry(ctx, case_id, "unpaid_cheque", debt_id=debt_of(ctx, case_id, 1))), Allowed
    )


def test_withdrawn_a_charge_leaves_nothing_and_paid_it_is_not_withdrawn(ctx):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    done = costs.record_charge(ctx, entry(ctx, case_id, "enforcement_costs", 5000, confirmed=("necessary",)), "t")
    back = costs.withdraw_charge(ctx, done.entry_id, ctx.today, "Facture d'un autre dossier", "w")
    assert (back.balance, cases.case_file(ctx, case_id).head.costs) == (10000, 0)
    assert (
        problems(lambda: costs.withdraw_charge(ctx, done.entry_id, ctx.today, "x", "v"))[0].code == "already-reversed"
    )
    second = costs.record_charge(ctx, entry(ctx, case_id, "enforcement_costs", 5000, confirmed=("necessary",)), "u")
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 1, "transfer", "agency"), "p")
    (problem,) = problems(lambda: costs.withdraw_charge(ctx, second.entry_id, ctx.today, "x", "y"))
    assert (problem.code, problem.reason.params["paid"].cents) == ("charge-paid", 1)


def test_amounts_days_debts_and_kinds_that_cannot_be_are_refused(ctx):
    case_id, other = a_case(ctx), a_case(ctx, name="Autre")
    a_title(ctx, case_id)
    for change, code in (
        ({"amount": 0}, "amount-not-positive"), ({"on": D(2026, 11, 24)}, "date-in-future"), ({"debt_id": debt_of(ctx, other)}, "debt-elsewhere"),
    ):  # fmt: skip
        asked = entry(ctx, case_id, "enforcement_costs", confirmed=("necessary",), **change)
        assert problems(lambda asked=asked: costs.record_charge(ctx, asked, "t"))[0].code == code
    assert problems(lambda: costs.propose_charge(ctx, entry(ctx, case_id, "agency_fee")))[0].code == "choice-unknown"


def test_a_charge_on_a_case_paid_in_full_has_it_worked_again(ctx):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency"), "p")
    costs.record_charge(ctx, entry(ctx, case_id, "enforcement_costs", 5000, confirmed=("necessary",)), "t")
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["call_back"]


def test_the_movements_of_a_case_come_page_by_page_newest_first(ctx):
    case_id = a_case(ctx, *(a_debt(f"F-{n:02}", 100) for n in range(ledger.PAGE + 2)))
    first, last = ledger.movements(ctx, case_id), ledger.movements(ctx, case_id, 9)
    assert (len(first.rows), first.pages, last.page, len(last.rows)) == (ledger.PAGE, 2, 2, 2)
    assert len({m.id for m in (*first.rows, *last.rows)}) == ledger.PAGE + 2


def a_fact(ctx, case_id, kind, on, debt_id=None, corrects=None):
    with ctx.write() as unit:
        fact = unit.add(
            "legal_facts",
            case_id=case_id,
            debt_id=debt_id,
            kind=kind,
            happened_on=on,
            corrects=corrects,
            actor_id=1,
            recorded_at=unit.now,
        )
        unit.audit("test.fact", "case", case_id)
    return fact


def test_a_penalty_wants_its_clause_and_the_formal_notice_which_the_register_may_know(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000), a_debt("F-2", 10000), kind="business", name="ACME")
    first, second = debt_of(ctx, case_id), debt_of(ctx, case_id, 1)

    def asked(debt, on=None):
        found = costs.propose_charge(ctx, entry(ctx, case_id, "penalty_clause", debt_id=debt, on=on or ctx.today))
        return [q.key for q in found.questions] if isinstance(found, Missing) else found.kind.bucket

    assert asked(first) == ["clause", "notified"]
    notice = a_fact(ctx, case_id, "formal_notice", "2026-05-02", first)
    a_fact(ctx, case_id, "penalty_clause", "2025-12-01")  # of the whole case
    assert (asked(first, D(2026, 5, 1)), asked(first, D(2026, 5, 2)), asked(second)) == (
        ["notified"],
        "penalty",
        ["notified"],
    )
    a_fact(ctx, case_id, "withdrawn", "2026-05-02", first, corrects=notice)
    assert asked(first) == ["notified"]


@pytest.mark.parametrize(
    ("opened", "answer"), [("2026-01-31", Forbidden), ("2026-02-01", Forbidden), ("2026-02-02", Allowed)]
)
def test_no_indemnity_when_insolvency_was_opened_by_the_due_date(ctx, opened, answer):
    case_id = a_case(ctx, kind="business", name="ACME")  # due on 1 February 2026
    a_fact(ctx, case_id, "insolvency_opening", opened)
    found = costs.propose_charge(
        ctx, entry(ctx, case_id, "flat_indemnity", 4000, confirmed=("business_creditor", "payable_at_due"))
    )
    assert isinstance(found, answer)


@pytest.mark.parametrize(("quality", "answer"), [("individual", Forbidden), ("business", Allowed), ("", Missing)])
def test_the_quality_of_the_creditor_decides_where_it_is_known(ctx, quality, answer):
    case_id = a_case(ctx, kind="business", name="ACME")
    with ctx.write() as unit:
        unit.run("UPDATE creditors SET quality = ?", (quality,))
        unit.audit("test.quality", "case", case_id)
    found = costs.propose_charge(ctx, entry(ctx, case_id, "flat_indemnity", 4000, confirmed=("payable_at_due",)))
    assert isinstance(found, answer)


@pytest.mark.parametrize(
    ("nature", "claim"), [("invoice", "home_rent"), ("charges", "home_charges"), ("rent", "general")]
)
def test_the_tenant_of_a_home_is_known_by_the_kind_of_claim_that_a_person_said(ctx, nature, claim):
    case_id = a_case(ctx, DebtEntry("L-1", nature, 60000, D(2026, 1, 1), D(2026, 1, 5)))
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = ? WHERE case_id = ?", (claim, case_id))
        unit.audit("test.prepared", "case", case_id)
    every = ("prescribed", "clause", "notified", "reciprocal", "co_ownership", "necessary", "granted")
    for kind in ("prescribed_act", "penalty_clause", "co_ownership_notice"):
        found = costs.propose_charge(ctx, entry(ctx, case_id, kind, confirmed=every))
        assert isinstance(found, Forbidden), kind


def test_a_business_tenant_whose_claim_is_said_owes_no_flat_indemnity(ctx):
    debt = DebtEntry("B-1", "invoice", 60000, D(2026, 1, 1), D(2026, 1, 5))
    case_id = a_case(ctx, debt, kind="business", name="ACME")
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = 'commercial_rent' WHERE case_id = ?", (case_id,))
        unit.audit("test.prepared", "case", case_id)
    found = costs.propose_charge(ctx, entry(ctx, case_id, "flat_indemnity", 4000, confirmed=B2B))
    assert isinstance(found, Forbidden)


def a_claiming_case(ctx, policy="{}"):
    creditor = ready_to_write(ctx)
    case_id = a_case(ctx, creditor=creditor, kind="business", name="ACME")
    set_policy(ctx, creditor, policy)
    return creditor, case_id


def set_policy(ctx, creditor, policy):
    with ctx.write() as unit:
        unit.run("UPDATE mandates SET policy = ? WHERE creditor_id = ?", (policy, creditor))
        unit.run("UPDATE creditors SET quality = 'business' WHERE id = ?", (creditor,))
        unit.audit("test.policy", "creditor", creditor)


@pytest.mark.parametrize(
    ("claim", "kind", "amount"), [("indemnity", "flat_indemnity", 4000), ("penalty", "penalty_clause", 500)]
)
def test_what_the_mandate_claims_is_computed_and_not_typed_a_second_time(ctx, claim, kind, amount):
    _, case_id = a_claiming_case(ctx, f'{{"claims": ["{claim}"]}}')
    asked = entry(ctx, case_id, kind, amount, confirmed=("payable_at_due", "clause", "notified"))
    assert problems(lambda: costs.record_charge(ctx, asked, "t"))[0].code == "charge-claimed"


def test_a_charge_typed_before_the_mandate_claimed_it_stays_and_is_not_owed_twice(ctx):
    creditor, case_id = a_claiming_case(ctx)
    costs.record_charge(ctx, entry(ctx, case_id, "penalty_clause", 500, confirmed=("clause", "notified")), "a")
    costs.record_charge(ctx, entry(ctx, case_id, "flat_indemnity", 4000, confirmed=("payable_at_due",)), "b")
    set_policy(ctx, creditor, '{"claims": ["indemnity", "penalty"]}')
    paid = payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 1000, "transfer", "agency"), "p")
    head = cases.case_file(ctx, case_id).head
    # 100.00 + 40.00 + 5.00 - 10.00: the payment goes to the indemnity
    assert (paid.balance, head.balance, head.principal, head.indemnity, head.penalty) == (
        13500,
        13500,
        10000,
        3000,
        500,
    )


@pytest.mark.parametrize(("claim", "kind", "answer"), [
    ("home_charges", "unpaid_cheque", Forbidden), ("coownership_charges", "unpaid_cheque", Missing),
    ("home_charges", "co_ownership_notice", Forbidden), ("coownership_charges", "co_ownership_notice", Missing),
    ("commercial_rent", "flat_indemnity", Forbidden),
])  # fmt: skip
def test_the_kind_of_claim_a_person_said_decides_over_the_nature(ctx, claim, kind, answer):
    case_id = a_case(ctx, DebtEntry("C-1", "charges", 60000, D(2026, 1, 1), D(2026, 1, 5)))
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = ? WHERE case_id = ?", (claim, case_id))
        unit.audit("test.claim", "case", case_id)
    assert isinstance(costs.propose_charge(ctx, entry(ctx, case_id, kind)), answer)
