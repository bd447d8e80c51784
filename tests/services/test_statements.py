"""Statements of cases in a store: ledger, register, titles, stops and mandate together, issued and handed out."""

import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.domain.computation import Missing
from core.domain.frozen import from_data
from core.domain.messages import Refusal
from core.services import claims_due, creditors, law, legal_facts, payments, statements
from core.services.fact_checks import FactEntry
from core.services.payments import PaymentEntry
from core.services.placing import DebtEntry
from core.store import journal, takeover
from tests.services.factory import WHOLE_MANDATE, a_case, a_debt, ready_to_write

D = dt.date
TODAY = D(2026, 11, 23)


def creditor(ctx, *claims: str, quality: str = "business") -> int:
    """A creditor whose mandate claims these accessories, and whose quality is said."""
    owner = ready_to_write(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE creditors SET quality = ? WHERE id = ?", (quality, owner))
        unit.run("UPDATE mandates SET policy = ? WHERE creditor_id = ?", (json.dumps({"claims": claims}), owner))
        unit.audit("test.prepared", "creditor", owner)
    return owner


def then(ctx, day: dt.date):
    """The same person at work on an earlier day, when the case was placed."""
    return replace(ctx, today=day)


def business_case(ctx, *claims: str) -> int:
    debt = DebtEntry("F-1", "invoice", 1000000, D(2026, 3, 1), D(2026, 3, 31))
    owner = creditor(ctx, *claims)
    return a_case(then(ctx, D(2026, 5, 4)), debt, creditor=owner, kind="business", name="Lefèvre SARL")


def fact(ctx, case_id: int, kind: str, on: dt.date, **more: object) -> None:
    legal_facts.record_fact(
        ctx, FactEntry(case_id=case_id, kind=kind, on=on, evidence="RAR n° 1", **more), f"{kind}-{on}"
    )


def test_a_business_owes_the_default_rate_and_the_indemnity_when_the_mandate_claims_them(ctx):
    # 10 000.00 due on 31 March 2026, to 23 November: 91 days at 12.15 % = 302.92; 146 days at 12.40 % = 496.00
    found = statements.statement(ctx, business_case(ctx, "interest", "indemnity"), TODAY)
    assert {bucket: one.value for bucket, one in found.sums.items()} == {
        "principal": 1000000, "interest": 30292 + 49600, "indemnity": 4000, "penalty": 0, "costs": 0,
    }  # fmt: skip
    assert found.total.value == 1000000 + 79892 + 4000


def test_a_mandate_that_claims_nothing_leaves_the_balance_as_the_ledger_has_it(ctx):
    found = statements.statement(ctx, business_case(ctx), TODAY)
    assert found.total.value == 1000000
    assert [one.value for one in found.debts[0].told] == [79892, 4000]
    assert found.interest.value == 79892


def test_a_payment_counts_from_its_day_and_its_reversal_takes_it_out_again(ctx):
    # 6 000.00 on 15 August: 302.92 to 30 June, 46 days on 10 000.00 at 12.40 % = 156.27, so 459.19 of interest first, 5 540.81 on
    # principal; then 100 days on 4 459.19 at 12.40 % = 151.490 -> 151.49. Returned on 20 November: as if it had never been.
    case_id = business_case(ctx, "interest")
    paid = payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 8, 15), 600000, "cheque", "agency"), "p")
    found = statements.statement(ctx, case_id, TODAY)
    assert (found.sums["principal"].value, found.sums["interest"].value) == (445919, 15149)
    payments.reverse_payment(ctx, paid.payment_id, D(2026, 11, 20), "Impayé", "r")
    assert statements.statement(ctx, case_id, TODAY).sums["principal"].value == 1000000
    assert statements.statement(ctx, case_id, TODAY).sums["interest"].value == 79892
    assert statements.statement(ctx, case_id, D(2026, 11, 19)).sums["principal"].value == 445919


def test_a_consumer_owes_interest_from_the_notice_of_the_register_and_only_once_it_is_known(ctx):
    # 1 500.00, notice on 10 March: 112 days at 2.62 % = 12.059 -> 12.06 (11 March to 30 June); 146 days at 2.75 % = 16.50
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(then(ctx, D(2026, 2, 10)), debt, creditor=creditor(ctx, "interest"))
    before = statements.statement(ctx, case_id, TODAY)
    assert isinstance(before.debts[0].interest.computed, Missing)
    assert before.lacking == (before.debts[0],)
    fact(ctx, case_id, "formal_notice", D(2026, 3, 10))
    found = statements.statement(ctx, case_id, TODAY)
    assert found.sums["interest"].value == 1206 + 1650
    assert statements.statement(ctx, case_id, D(2026, 3, 9)).lacking


def test_a_notice_given_before_the_debt_was_due_starts_nothing(ctx):
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest"))
    fact(ctx, case_id, "formal_notice", D(2026, 1, 30))
    assert statements.statement(ctx, case_id, TODAY).lacking


def test_a_title_taken_over_gives_the_legal_rate_raised_after_service(ctx):
    # As in tests/domain: 57.01 and 42.20, then 146 days at 11.84 % on 3 000.00 = 142.08
    debt = DebtEntry("C-1", "loan", 300000, D(2025, 1, 1), D(2025, 6, 1))
    case_id = a_case(then(ctx, D(2026, 1, 15)), debt, creditor=creditor(ctx, "interest", quality="individual"))
    with ctx.write() as unit:
        title = {"kind": "judgment", "issued_on": "2026-02-02", "court": "Lyon", "reference": "1", "amount": 300000}
        takeover.add_title(unit, case_id, {**title, "served_on": "2026-03-17"})
        unit.audit("test.prepared", "case", case_id)
    found = statements.statement(ctx, case_id, TODAY)
    assert found.sums["interest"].value == 5701 + 4220 + 14208
    assert any("title" in str(remark) for remark in found.debts[0].remarks)
    assert statements.statement(ctx, case_id, D(2026, 2, 1)).lacking


def test_interest_stops_when_the_register_says_that_a_file_of_over_indebtedness_is_admissible(ctx):
    # 11 March to 31 May: 82 days at 2.62 % on 1 500.00 = 8.829 -> 8.83
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest"))
    fact(ctx, case_id, "formal_notice", D(2026, 3, 10))
    fact(ctx, case_id, "overindebtedness_admissible", D(2026, 6, 1))
    assert statements.statement(ctx, case_id, TODAY).sums["interest"].value == 883


def test_what_is_to_be_booked_is_what_is_computed_less_what_was_booked(ctx):
    case_id = business_case(ctx, "interest", "indemnity")
    with ctx.store.read() as reader:
        [due] = claims_due.computed_to(reader, case_id, TODAY, law.law_of(reader)).values()
    assert (due.due["interest"], due.booked["interest"], due.to_book("interest")) == (79892, 0, 79892)
    assert (due.due["indemnity"], due.to_book("indemnity"), due.to_book("penalty")) == (4000, 4000, 0)
    other = business_case(ctx)
    with ctx.store.read() as reader:
        [due] = claims_due.computed_to(reader, other, TODAY, law.law_of(reader)).values()
    assert (dict(due.due), due.to_book("interest"), due.to_book("indemnity"), due.told.value) == ({}, 0, 0, 79892)


def test_a_statement_is_issued_once_numbered_and_frozen_with_its_proof(ctx):
    case_id = business_case(ctx, "interest")
    done = statements.issue_statement(ctx, case_id, TODAY, "one")
    assert statements.issue_statement(ctx, case_id, TODAY, "one") == done
    again = statements.issue_statement(ctx, case_id, TODAY, "two")
    view = statements.statement_view(ctx, case_id, TODAY)
    assert [row.number for row in view.issued] == [again.number, done.number]
    assert done.number == f"{view.head.ref}-D1"
    assert view.issued[0].total == 1079892
    with ctx.store.read() as reader:
        kept, fingerprint = reader.rows(
            "SELECT computation, law_fingerprint FROM documents WHERE id = ?", (done.document_id,)
        )[0]
        assert fingerprint == law.law_of(reader).fingerprint
    assert from_data(json.loads(kept)["total"]) == view.found.total
    first = statements.statement_bytes(ctx, done.document_id)
    payments.record_payment(ctx, PaymentEntry(case_id, TODAY, 100000, "transfer", "agency"), "p")
    assert statements.statement_bytes(ctx, done.document_id) == first
    assert first.startswith(b"%PDF")


def test_without_the_agency_file_nothing_is_issued_and_a_draft_can_be_read(ctx):
    case_id = a_case(ctx, a_debt())
    with pytest.raises(Refusal) as refused:
        statements.issue_statement(ctx, case_id, TODAY, "t")
    assert refused.value.problems[0].code == "agency-missing"
    assert statements.statement_pdf_file(ctx, case_id, TODAY)[1].startswith(b"%PDF")


def test_the_workbook_holds_numbers_and_no_text_can_be_a_formula(ctx):
    debt = DebtEntry("=1+1", "invoice", 1000000, D(2026, 3, 1), D(2026, 3, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest"), kind="business")
    name, data = statements.statement_sheet(ctx, case_id, TODAY)
    assert name.endswith("-2026-11-23.xlsx")
    book = load_workbook(io.BytesIO(data))
    amounts = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert amounts[-1][2:4] == [10000, pytest.approx(798.92)]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert [[cell.value for cell in row][3:5] for row in book.worksheets[2].iter_rows()][1:] == [
        [91, 10000],
        [146, 10000],
    ]


def test_a_day_too_far_or_a_case_that_does_not_exist_is_refused(ctx):
    case_id = a_case(ctx)
    for day, number, code in ((D(2040, 1, 1), case_id, "day-too-far"), (TODAY, 999, "case-unknown")):
        with pytest.raises(Refusal) as refused:
            statements.statement(ctx, number, day)
        assert refused.value.problems[0].code == code


def test_the_mandate_form_says_what_is_claimed(ctx):
    owner = creditors.save_creditor(ctx, creditors.CreditorEntry("C-9", "Énergie SA"))
    creditors.save_mandate(
        ctx, owner, replace(creditors.MandateEntry("M-9", D(2026, 1, 2), **WHOLE_MANDATE), interest=True)
    )
    debt = DebtEntry("F-1", "invoice", 1000000, D(2026, 3, 1), D(2026, 3, 31))
    found = statements.statement(ctx, a_case(ctx, debt, creditor=owner, kind="business"), TODAY)
    assert found.claimed


def insolvent(ctx, *facts_before) -> int:
    """Two businesses, 10 000.00 due on 31 March 2026, insolvency opened on 1 July 2026."""
    case_id = business_case(ctx, "interest", "penalty")
    for kind, on, more in facts_before:
        fact(ctx, case_id, kind, on, **more)
    fact(ctx, case_id, "insolvency_opening", D(2026, 7, 1))
    return case_id


def test_insolvency_stops_interest_and_says_that_it_is_to_be_confirmed(ctx):
    # 1 April to 30 June: 91 days at 12.15 % = 302.92; nothing from the day of the opening judgment on
    found = statements.statement(ctx, insolvent(ctx), TODAY)
    assert found.sums["interest"].value == 30292
    assert found.sums["interest"].weakest == "U"


def test_a_loan_or_a_payment_deferred_for_a_year_keeps_its_interest_in_insolvency(ctx):
    # C. com. L.622-28: as without insolvency, 302.92 + 496.00
    found = statements.statement(ctx, insolvent(ctx, ("long_credit", D(2025, 1, 15), {})), TODAY)
    assert found.sums["interest"].value == 30292 + 49600


def test_a_debt_born_after_the_opening_judgment_is_not_stopped_by_it(ctx):
    # Opened on 2 January 2026, service completed on 1 March: 302.92 + 496.00, and the indemnity, payment on the due date being lawful
    case_id = business_case(ctx, "interest", "indemnity")
    fact(ctx, case_id, "insolvency_opening", D(2026, 1, 2))
    before = statements.statement(ctx, case_id, TODAY)
    assert (before.sums["interest"].value, before.sums["indemnity"].value) == (0, 0)
    assert any("later than" in str(aside) for aside in before.debts[0].asides)
    fact(ctx, case_id, "service_completed", D(2026, 3, 1), debt_id=before.debts[0].account.debt_id)
    found = statements.statement(ctx, case_id, TODAY)
    assert (found.sums["interest"].value, found.sums["indemnity"].value) == (30292 + 49600, 4000)


@pytest.mark.parametrize(("notice", "owed"), [(D(2026, 6, 30), 100000), (D(2026, 7, 1), 0), (D(2026, 7, 2), 0)])
def test_a_penalty_clause_is_not_owed_when_its_notice_came_once_insolvency_was_opened(ctx, notice, owed):
    case_id = insolvent(ctx, ("penalty_clause", D(2026, 3, 1), {"rate": Decimal(10)}))
    fact(ctx, case_id, "formal_notice", notice)
    assert statements.statement(ctx, case_id, TODAY).sums["penalty"].value == owed


def titled(ctx, kind: str, **more: str):
    """10 000.00 between businesses, due on 31 March 2026, with a title of 1 July served on 15 July."""
    case_id = business_case(ctx, "interest")
    with ctx.write() as unit:
        title = {"kind": kind, "issued_on": "2026-07-01", "court": "Lyon", "reference": "1", "amount": 1000000}
        takeover.add_title(unit, case_id, {**title, "served_on": "2026-07-15", **more})
        unit.audit("test.prepared", "case", case_id)
    return statements.statement(ctx, case_id, TODAY)


@pytest.mark.parametrize("kind", ["notarial_deed", "bailiff_title", "cheque_certificate", "settlement"])
def test_a_title_that_is_no_court_decision_leaves_the_rate_of_the_debt_and_raises_nothing(ctx, kind):
    # CMF L.313-3 and C. civ. 1231-7 speak of a sum that a court awarded: the default rate goes on, 302.92 + 496.00
    found = titled(ctx, kind)
    assert found.sums["interest"].value == 30292 + 49600
    assert not any("L. 313-3" in article for article in found.articles)
    assert any("no decision of a court" in str(aside) for aside in found.debts[0].asides)


def test_a_payment_order_bears_the_legal_rate_raised_two_months_after_its_service(ctx):
    # 2 July to 15 September: 76 days at 2.75 % = 57.260 -> 57.26; to 23 November: 69 days at 7.75 % = 146.506 -> 146.51
    assert titled(ctx, "payment_order").sums["interest"].value == 5726 + 14651


def test_a_rent_whose_claim_is_said_to_be_general_owes_no_indemnity_and_waits_for_a_notice(ctx):
    debt = DebtEntry("R-1", "rent", 1000000, D(2026, 3, 1), D(2026, 3, 31))
    owner = creditor(ctx, "interest", "indemnity")
    case_id = a_case(then(ctx, D(2026, 5, 4)), debt, creditor=owner, kind="business", name="Lefèvre SARL")
    with ctx.write() as unit:
        unit.run("UPDATE debts SET claim_kind = 'general' WHERE case_id = ?", (case_id,))
        unit.audit("test.prepared", "case", case_id)
    found = statements.statement(ctx, case_id, TODAY)
    assert (found.sums["indemnity"].value, bool(found.lacking)) == (0, True)


def test_a_statement_says_from_the_day_after_that_a_debt_is_time_barred(ctx):
    # Invoice between businesses of 1 September 2021, due on 1 October: five years, the last day is 1 October 2026
    debt = DebtEntry("F-1", "invoice", 1000000, D(2021, 9, 1), D(2021, 10, 1))
    case_id = a_case(then(ctx, D(2026, 5, 4)), debt, creditor=creditor(ctx), kind="business", name="Lefèvre SARL")
    said = [
        any("last day to sue" in str(remark) for remark in statements.statement(ctx, case_id, day).debts[0].remarks)
        for day in (D(2026, 9, 30), D(2026, 10, 1), D(2026, 10, 2))
    ]
    assert said == [False, False, True]


def test_a_stop_lifted_once_the_measures_apply_leaves_the_days_it_held_without_interest(ctx):
    # 1 500.00, notice on 10 March, file admitted on 1 June: 82 days at 2.62 % = 8.83. Stop lifted on 1 October: 54 days from that
    # day to 23 November at 2.75 % = 6.103 -> 6.10
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(then(ctx, D(2026, 2, 10)), debt, creditor=creditor(ctx, "interest"))
    fact(ctx, case_id, "formal_notice", D(2026, 3, 10))
    with ctx.write() as unit:
        heard = journal.NewInteraction(case_id, "letter", "in", "SUR", "2026-06-03")
        interaction = journal.add_interaction(unit, heard, {"date": "2026-06-01"})
        hold = journal.add_hold(unit, case_id, "over_indebtedness", "2026-06-03", None, interaction_id=interaction)
        unit.touch(case_id)
        unit.audit("test.prepared", "case", case_id)
    stopped = statements.statement(ctx, case_id, TODAY).sums["interest"]
    assert (stopped.value, stopped.weakest) == (883, "U")
    with ctx.write() as unit:
        unit.run("UPDATE holds SET lifted_on = '2026-10-01' WHERE id = ?", (hold,))
        unit.touch(case_id)
        unit.audit("test.prepared", "case", case_id)
    assert statements.statement(ctx, case_id, TODAY).sums["interest"].value == 883 + 610
