"""What the case itself says before a charge: the tenant of a home, a notice once the debt was due, the document that proves it."""

import datetime as dt
import json
from contextlib import closing

import pytest

from core.domain.charges import Forbidden
from core.domain.messages import Refusal
from core.law.values import load_law
from core.services import cases, charge_proof, claim_facts, costs, ledger, legal_facts, payments, statements
from core.services.costs import ChargeEntry
from core.services.fact_checks import FactEntry
from core.services.payments import PaymentEntry
from core.services.placing import DebtEntry
from core.store import audit, connection, placing, takeover
from core.store.placing import NewParty
from tests.services.factory import a_case, a_debt
from tests.services.test_statements import creditor, then

D = dt.date
TODAY = D(2026, 11, 23)
DUE = D(2026, 2, 1)
SCAN = ("facture.pdf", b"%PDF-1.7 12")


def debts(ctx, case_id):
    return {one.ref: one.id for one in cases.case_file(ctx, case_id).debts}


def asked(ctx, case_id, ref, kind, **more):
    more = {"evidence": "Contrat, article 9", "amount": 1000, "on": TODAY} | more
    return ChargeEntry(case_id, debts(ctx, case_id)[ref], kind, **more)


def notice(ctx, case_id, on, kind="formal_notice"):
    legal_facts.record_fact(ctx, FactEntry(case_id, kind, on, evidence="RAR 1"), f"{kind}{on}")


def a_tenant(ctx, nature="rent", kind="individual"):
    return a_case(ctx, DebtEntry("LOYER", nature, 50000, D(2026, 1, 1), DUE), DebtEntry("AUTRE", "other", 20000, D(2026, 1, 1), DUE),
                  kind=kind)  # fmt: skip


@pytest.mark.parametrize("kind", ["unpaid_cheque", "prescribed_act", "penalty_clause", "amicable_costs"])
def test_one_debt_of_home_rent_keeps_every_cost_from_all_the_debts_of_its_tenant(ctx, kind):
    case_id = a_tenant(ctx)
    for ref in ("LOYER", "AUTRE"):
        confirmed = ("cheque", "prescribed", "clause", "notified")
        found = costs.propose_charge(ctx, asked(ctx, case_id, ref, kind, confirmed=confirmed))
        assert isinstance(found, Forbidden)
        assert any("89-462" in article for article in found.articles)


def test_charges_of_a_home_said_by_a_person_count_as_its_rent_does(ctx):
    case_id = a_tenant(ctx, nature="charges")
    assert not isinstance(costs.propose_charge(ctx, asked(ctx, case_id, "AUTRE", "prescribed_act")), Forbidden)
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = 'home_charges' WHERE case_id = ? AND ref = 'LOYER'", (case_id,))
        unit.touch(case_id)
        unit.audit("test", "case", case_id)
    assert isinstance(costs.propose_charge(ctx, asked(ctx, case_id, "AUTRE", "prescribed_act")), Forbidden)


def test_a_tenant_that_is_no_individual_is_no_tenant_of_a_home(ctx):
    case_id = a_tenant(ctx, kind="business")
    assert not isinstance(costs.propose_charge(ctx, asked(ctx, case_id, "AUTRE", "prescribed_act")), Forbidden)


def test_a_commercial_lease_said_by_a_person_is_no_home(ctx):
    case_id = a_tenant(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = 'commercial_rent' WHERE case_id = ? AND ref = 'LOYER'", (case_id,))
        unit.touch(case_id)
        unit.audit("test", "case", case_id)
    assert not isinstance(costs.propose_charge(ctx, asked(ctx, case_id, "AUTRE", "prescribed_act")), Forbidden)


@pytest.mark.parametrize(("on", "counts"), [(D(2026, 1, 31), False), (DUE, False), (D(2026, 2, 2), True)])
@pytest.mark.parametrize("kind", ["formal_notice", "simple_summons"])
def test_only_a_notice_after_the_due_date_opens_the_penalty(ctx, on, counts, kind):
    case_id = a_case(ctx, a_debt("F-1", due=DUE), kind="business")
    notice(ctx, case_id, on, kind)
    found = costs.propose_charge(ctx, asked(ctx, case_id, "F-1", "penalty_clause", confirmed=("clause",)))
    lacking = [one.key for one in getattr(found, "questions", ())]
    assert lacking == ([] if counts else ["notified"])


def test_an_early_notice_does_not_hide_a_later_one(ctx):
    case_id = a_case(ctx, a_debt("F-1", due=DUE), kind="business")
    notice(ctx, case_id, D(2026, 1, 15))
    notice(ctx, case_id, D(2026, 6, 1))
    assert (
        costs.propose_charge(ctx, asked(ctx, case_id, "F-1", "penalty_clause", confirmed=("clause",))).payer == "debtor"
    )


def test_the_penalty_that_the_mandate_claims_waits_for_a_notice_after_the_due_date_too(ctx):
    owner = creditor(ctx, "penalty")
    case_id = a_case(then(ctx, D(2026, 2, 2)), a_debt("F-1", 100000, DUE), creditor=owner, kind="business")
    entry = FactEntry(
        case_id, "penalty_clause", D(2026, 1, 1), debts(ctx, case_id)["F-1"], amount=5000, evidence="CGV 9"
    )
    legal_facts.record_fact(ctx, entry, "clause")
    notice(ctx, case_id, DUE)
    assert statements.statement(ctx, case_id, TODAY).sums["penalty"].value == 0
    notice(ctx, case_id, D(2026, 2, 2))
    assert statements.statement(ctx, case_id, TODAY).sums["penalty"].value == 5000


# The document that proves a charge ------------------------------------------------------------------------------------------------------
def test_a_scan_handed_over_is_kept_on_the_case_and_proved(ctx):
    case_id = a_case(ctx, a_debt("F-1"), kind="business")
    ready = {"confirmed": ("clause", "notified"), "evidence": ""}
    done = costs.record_charge(ctx, asked(ctx, case_id, "F-1", "penalty_clause", proof=SCAN, **ready), "t")
    assert list(charge_proof.proofs(ctx, case_id).values()) == ["facture.pdf"]
    movement = next(one for one in ledger.movements(ctx, case_id).rows if one.id == done.entry_id)
    assert json.loads(movement.facts)["document"] == next(iter(charge_proof.proofs(ctx, case_id)))
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None


def test_a_document_of_the_case_is_chosen_and_one_of_another_case_is_refused(ctx):
    first, other = (a_case(ctx, a_debt("F-1"), kind="business") for _ in range(2))
    ready = {"confirmed": ("clause", "notified"), "evidence": ""}
    costs.record_charge(ctx, asked(ctx, first, "F-1", "penalty_clause", proof=SCAN, **ready), "t")
    (document,) = charge_proof.proofs(ctx, first)
    again = asked(ctx, first, "F-1", "penalty_clause", document_id=document, **ready)
    assert costs.record_charge(ctx, again, "u").balance == 10000 + 2000
    with pytest.raises(Refusal) as refused:
        costs.record_charge(ctx, asked(ctx, other, "F-1", "penalty_clause", document_id=document, **ready), "v")
    assert [(one.code, one.field) for one in refused.value.problems] == [("document-elsewhere", "document")]


def test_an_unreadable_scan_is_refused_and_nothing_is_charged(ctx):
    case_id = a_case(ctx, a_debt("F-1"), kind="business")
    entry = asked(ctx, case_id, "F-1", "penalty_clause", proof=("a.docx", b"PK"), confirmed=("clause", "notified"))
    with pytest.raises(Refusal) as refused:
        costs.record_charge(ctx, entry, "t")
    assert refused.value.problems[0].code == "proof-unreadable"
    assert cases.case_file(ctx, case_id).head.balance == 10000


# Who pays, and what it says of the interest after a title -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "last_lost"),
    [("debtor", D(2017, 5, 31)), ("co_debtor", D(2017, 5, 31)), ("stranger", D(2021, 11, 22))],
)
def test_a_payment_by_somebody_who_does_not_owe_keeps_no_interest_after_the_title(ctx, who, last_lost):
    # Judgment of 2 February 2016. Five years before the payment of 1 June 2022: 1 June 2017; before 23 November 2026: 23 November 2021
    debt = DebtEntry("C-1", "invoice", 300000, D(2015, 1, 1), D(2015, 6, 1))
    case_id = a_case(
        then(ctx, D(2016, 1, 15)), debt, creditor=creditor(ctx, "interest"), kind="business", first_letter_on=None
    )
    with ctx.write() as unit:
        title = {"kind": "judgment", "issued_on": "2016-02-02", "court": "Lyon", "reference": "1", "amount": 300000}
        takeover.add_title(unit, case_id, title)
        unit.audit("test.prepared", "case", case_id)
    paid = payments.record_payment(ctx, PaymentEntry(case_id, D(2022, 6, 1), 1000, "transfer", "agency"), "p")
    if who != "debtor":
        _paid_by(ctx, case_id, paid.payment_id, who)
    with ctx.store.read() as reader:
        (claim,) = claim_facts.claims_of(reader, case_id, TODAY, load_law())
    lost = next(stop for stop in claim.basis.terms.stops if stop.kind == "time_barred")
    assert (lost.on, lost.until) == (D(2016, 2, 3), last_lost)


def _paid_by(ctx, case_id, payment_id, who):
    """A payer named on a payment, as a takeover may know him: no screen asks for it yet."""
    with ctx.write() as unit:
        payer = placing.add_party(unit, NewParty("individual", "Tiers"))
        if who == "co_debtor":
            placing.join_case(unit, case_id, payer, "co_debtor", None)
        unit.audit("test.prepared", "party", payer)
    with closing(connection.open_writer(ctx.store.path)) as conn:
        conn.execute("DROP TRIGGER payments_no_update")
        conn.execute("UPDATE payments SET payer_id = ? WHERE id = ?", (payer, payment_id))
