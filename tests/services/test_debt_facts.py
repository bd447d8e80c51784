"""A debt put right: dates, nature, label, kind of claim, rate; what was said before stays in the journal and in the audit."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.messages import Refusal
from core.services import cases, creditors, debt_facts, legal_facts, upkeep
from core.services.context import Ctx
from core.services.debt_facts import DebtFactsEntry
from tests.services.factory import a_case, a_debt

D = dt.date
AS_IS = DebtFactsEntry(D(2026, 1, 1), D(2026, 2, 1), "invoice")  # what the factory's debts say


def detail(ctx: Ctx, case_id: int):
    return debt_facts.debt_details(ctx, case_id)[0]


def put_right(ctx: Ctx, case_id: int, reason: str = "Facture relue", version: int | None = None, **changes):
    row = detail(ctx, case_id)
    return debt_facts.correct_debt(
        ctx, row.id, row.row_version if version is None else version, replace(AS_IS, **changes), reason
    )


def problems(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def test_each_fact_is_put_right(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    assert put_right(
        ctx, case_id, issued_on=D(2025, 12, 1), due_on=D(2025, 12, 31), nature="rent", label=" Loyer de décembre ",
        claim_kind="home_rent", contract_rate=Decimal("4.5"),
    )  # fmt: skip
    row = detail(ctx, case_id)
    assert (row.issued_on, row.due_on, row.nature, row.label) == (
        "2025-12-01",
        "2025-12-31",
        "rent",
        "Loyer de décembre",
    )
    assert (row.claim_kind, row.contract_rate) == ("home_rent", "4.5")


def test_the_queue_follows_the_new_due_date(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    put_right(ctx, case_id, due_on=D(2026, 12, 1))
    head = cases.case_file(ctx, case_id).head
    assert (head.oldest_due_on, head.overdue) == ("2026-12-01", 0)


def test_no_amount_changes(ctx):
    case_id = a_case(ctx, a_debt("F-1", 12345))
    put_right(ctx, case_id, nature="rent")
    (debt,) = cases.case_file(ctx, case_id).debts
    assert (debt.original, debt.principal, debt.outstanding) == (12345, 12345, 12345)


def test_journal_and_audit_keep_before_and_after_without_the_words_of_the_label(ctx):
    case_id = a_case(ctx, replace(a_debt("F-1"), label="Prêt à Lefèvre"))
    put_right(ctx, case_id, due_on=D(2026, 2, 15), label="Prêt de 2025", reason="Acte relu")
    with ctx.store.read() as reader:
        ((details,),) = reader.rows("SELECT details FROM audit WHERE action = 'debt.corrected'")
        ((facts, words),) = reader.rows(
            "SELECT i.facts, x.body FROM interactions i JOIN texts x ON x.id = i.text_id WHERE i.facts LIKE '%debt_corrected%'"
        )
    assert json.loads(details)["changes"] == {"due_on": ["2026-02-01", "2026-02-15"], "label": []}
    assert json.loads(facts)["changes"] == {"due_on": ["2026-02-01", "2026-02-15"], "label": []}
    assert words == "Acte relu\n« Prêt à Lefèvre » → « Prêt de 2025 »"
    found = upkeep.verify(ctx)
    assert (found.audit_chain, found.read_model) == (True, True)


def test_nothing_changed_writes_nothing(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    assert put_right(ctx, case_id, reason="") is False
    assert detail(ctx, case_id).row_version == 1


def test_the_second_of_two_people_is_told(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    version = detail(ctx, case_id).row_version
    put_right(ctx, case_id, due_on=D(2026, 2, 15), version=version)
    with pytest.raises(Refusal) as refused:
        put_right(ctx, case_id, due_on=D(2026, 2, 20), version=version)
    assert {p.code for p in refused.value.problems} == {"changed-meanwhile"}
    assert detail(ctx, case_id).due_on == "2026-02-15"


# The factory's debts were issued on 1 January 2026; today is 23 November 2026.
@pytest.mark.parametrize(("change", "problem"), [
    ({"nature": "mood"}, ("choice-unknown", "nature")), ({"issued_on": D(2026, 11, 24), "due_on": None}, ("date-in-future", "issued_on")),
    ({"due_on": D(2025, 12, 31)}, ("due-before-issue", "due_on")), ({"contract_rate": Decimal(0)}, ("rate-implausible", "contract_rate")),
    ({"contract_rate": Decimal("100.01")}, ("rate-implausible", "contract_rate")), ({"nature": "rent", "reason": " "}, ("field-empty", "reason")),
])  # fmt: skip
def test_what_cannot_be_is_refused_on_its_field(ctx, change, problem):
    case_id = a_case(ctx, a_debt("F-1"))
    with pytest.raises(Refusal) as refused:
        put_right(ctx, case_id, **change)
    assert problems(refused) == {problem}
    assert detail(ctx, case_id).row_version == 1


def test_a_debt_due_on_the_day_of_its_invoice_and_a_day_left_out_are_allowed(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    assert put_right(ctx, case_id, due_on=D(2026, 1, 1))
    assert put_right(ctx, case_id, issued_on=None, due_on=None)
    assert detail(ctx, case_id).due_on is None


def test_a_rate_stands_in_one_place_only(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    debt = detail(ctx, case_id).id
    fact = legal_facts.FactEntry(case_id, "contract_rate", D(2025, 1, 1), debt, rate=Decimal(5))
    first = legal_facts.record_fact(ctx, fact, "a")
    with pytest.raises(Refusal) as refused:
        put_right(ctx, case_id, contract_rate=Decimal(6))
    assert problems(refused) == {("rate-on-case", "contract_rate")}
    legal_facts.withdraw_fact(ctx, first, "erreur", "w")
    put_right(ctx, case_id, contract_rate=Decimal(6))
    with pytest.raises(Refusal) as refused:
        legal_facts.record_fact(ctx, fact, "b")
    assert problems(refused) == {("rate-on-debt", "rate")}


def test_a_debt_of_nobody_is_refused(ctx):
    a_case(ctx)
    with pytest.raises(Refusal) as refused:
        debt_facts.correct_debt(ctx, 99, 1, AS_IS, "x")
    assert problems(refused) == {("debt-unknown", "debt")}


def test_the_kinds_of_claim_are_those_of_the_debtor_and_never_a_title(ctx):
    individual, business = debt_facts.claim_kinds("individual"), debt_facts.claim_kinds("business")
    assert {"home_rent", "consumer_goods_services", "general"} <= set(individual)
    assert "between_businesses" in business
    assert "consumer_goods_services" not in business
    assert not {"title", "title_notarial", "payment_order_title"} & {*individual, *business}


def test_a_kind_of_claim_that_the_law_does_not_have_is_refused(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    for given in ("mood", "title", "between_businesses"):  # the debtor is an individual
        with pytest.raises(Refusal) as refused:
            put_right(ctx, case_id, claim_kind=given)
        assert problems(refused) == {("choice-unknown", "claim_kind")}


def test_the_time_to_sue_follows_the_kind_of_claim(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    creditors.save_creditor(
        ctx,
        creditors.CreditorEntry("B", "Bailleur", quality="business"),
        1,
        creditors.creditor_file(ctx, 1).creditor.row_version,
    )
    with ctx.store.read() as reader:
        before = reader.value("SELECT limitation_on FROM debts")
    put_right(ctx, case_id, claim_kind="home_rent")
    with ctx.store.read() as reader:
        after = reader.value("SELECT limitation_on FROM debts")
    # Supplied to a consumer: two years from completion (C. conso. L.218-2), and while nobody knows it from the invoice of 1 January 2026;
    # home rent: three years from the due date (law of 6 July 1989, art. 7-1), 1 February 2026.
    assert (before, after) == ("2028-01-01", "2029-02-01")
    assert upkeep.verify(ctx).read_model


def test_the_time_to_sue_follows_a_fact_recorded_and_its_withdrawal(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    debt = detail(ctx, case_id).id
    done = legal_facts.FactEntry(case_id, "service_completed", D(2025, 12, 10), debt, evidence="PV")
    fact = legal_facts.record_fact(ctx, done, "a")
    with ctx.store.read() as reader:
        assert reader.value("SELECT limitation_on FROM debts") == "2027-12-10"  # two years after completion
    legal_facts.withdraw_fact(ctx, fact, "erreur", "w")
    with ctx.store.read() as reader:
        assert reader.value("SELECT limitation_on FROM debts") == "2028-01-01"
