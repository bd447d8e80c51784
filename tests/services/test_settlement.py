"""What is computed and claimed reaches the ledger when money comes, goes back or a credit note is typed. Figures by hand.

Business owes business: ECB rate of 1 January 2026 (2.15) + 10 = 12.15 % in the first half of 2026, of 1 July 2026 (2.40) + 10 = 12.40 %
in the second; 40 EUR an invoice. Interest = principal × rate × days ÷ 365, each half-year rounded half up.
"""

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.statement_account import entries
from core.services import cases, credit_notes, creditors, legal_facts, letters, payments, receipts, statements, upkeep
from core.services.context import Ctx
from core.services.fact_checks import FactEntry
from core.services.payments import PaymentEntry
from core.store import cases as rows
from core.store import money
from tests.services.factory import WHOLE_AGENCY, WHOLE_MANDATE, a_case, a_case_to_write, a_debt, agency

D = dt.date
DUE = D(2026, 2, 1)


def a_claiming_creditor(ctx: Ctx, *claims: str, order: str = "law") -> int:
    if not agency.agency_file(ctx).file.name:
        agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    creditor = creditors.save_creditor(
        ctx,
        creditors.CreditorEntry(
            "C-CLAIM", "Grossiste SA", address="1 rue du Port", postcode="44000", city="Nantes", quality="business"
        ),
    )
    asked = dict.fromkeys(claims, True) | {"order": order}
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-CLAIM", D(2026, 1, 2), **WHOLE_MANDATE, **asked))
    return creditor


def a_claim(ctx: Ctx, *debts, claims: tuple[str, ...] = ("interest", "indemnity"), **more) -> int:
    early = replace(ctx, today=D(2026, 2, 10))
    return a_case(
        early, *debts, creditor=a_claiming_creditor(early, *claims), kind="business", name="Menuiserie Bois", **more
    )


def pay(ctx: Ctx, case_id: int, amount: int, on: dt.date, token: str):
    return payments.record_payment(ctx, PaymentEntry(case_id, on, amount, "transfer", "agency"), token)


def parts(ctx: Ctx, payment_id: int) -> dict[str, int]:
    with ctx.store.read() as reader:
        return {a.bucket: a.amount for a in money.allocations(reader, payment_id)}


def ledger(ctx: Ctx, case_id: int) -> dict[str, int]:
    with ctx.store.read() as reader:
        found: dict[str, int] = {}
        for (_, bucket), cents in rows.bucket_balances(reader, case_id).items():
            found[bucket] = found.get(bucket, 0) + cents
        return {bucket: cents for bucket, cents in found.items() if cents}


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def later(ctx: Ctx) -> Ctx:
    return replace(ctx, today=D(2026, 11, 24))


def test_a_part_payment_settles_interest_and_indemnity_before_the_principal(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE))
    done = pay(later, case_id, 30000, D(2026, 3, 3), "a")
    # 1,000.00 × 12.15 % × 30 ÷ 365 = 9.986 -> 9.99; 300.00 - 9.99 - 40.00 = 250.01
    assert parts(later, done.payment_id) == {"interest": 999, "indemnity": 4000, "principal": 25001}
    assert ledger(later, case_id) == {"principal": 74999}
    assert done.balance == 74999


def test_the_next_payment_settles_what_ran_since_over_two_half_years(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE))
    pay(later, case_id, 30000, D(2026, 3, 3), "a")
    # 749.99 × 12.15 % × 119 ÷ 365 = 29.71; × 12.40 % × 10 ÷ 365 = 2.55
    done = pay(later, case_id, 78225, D(2026, 7, 10), "b")
    assert parts(later, done.payment_id) == {"interest": 3226, "principal": 74999}
    assert (done.balance, ledger(later, case_id)) == (0, {})
    assert [task.kind for task in cases.case_file(later, case_id).tasks] == ["check_and_close"]


def test_a_case_whose_principal_alone_is_paid_still_owes_the_interest(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("interest",))
    done = pay(later, case_id, 100000, D(2026, 3, 3), "a")
    assert done.balance == 999
    assert ledger(later, case_id) == {"principal": 999}, "interest first: what is left is principal"


def test_nothing_is_booked_where_the_creditor_claims_nothing(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=())
    done = pay(later, case_id, 30000, D(2026, 3, 3), "a")
    assert parts(later, done.payment_id) == {"principal": 30000}
    assert ledger(later, case_id) == {"principal": 70000}


def test_what_is_proposed_is_what_is_written_interest_included(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), a_debt("F-2", 50000, D(2026, 4, 1)))
    entry = PaymentEntry(case_id, D(2026, 5, 1), 120000, "transfer", "agency")
    shown = payments.propose_payment(later, entry)
    done = payments.record_payment(later, entry, "a")
    with later.store.read() as reader:
        written: dict[str, dict[str, int]] = {}
        for one in money.allocations(reader, done.payment_id):
            written.setdefault(one.debt_ref, {})[one.bucket] = one.amount
    assert written == {share.ref: share.amounts for share in shown.allocation.shares}
    assert shown.balance_after == done.balance == cases.case_file(later, case_id).head.balance


def test_a_payment_typed_late_takes_back_the_interest_that_was_too_much(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("interest",))
    pay(later, case_id, 1000, D(2026, 6, 1), "a")  # 120 days: 39.95 booked, 10.00 of it paid
    assert ledger(later, case_id) == {"principal": 100000, "interest": 2995}
    pay(later, case_id, 50000, D(2026, 3, 3), "late")
    # to 3 March: 9.99, paid first, so 490.01 on principal; then 509.99 × 12.15 % × 90 ÷ 365 = 15.28 to 1 June; 15.28 - 10.00 left
    assert ledger(later, case_id) == {"principal": 50999, "interest": 528}


def test_a_returned_payment_never_stopped_interest(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("interest",))
    done = pay(later, case_id, 50000, D(2026, 3, 3), "a")
    back = payments.reverse_payment(later, done.payment_id, D(2026, 4, 2), "Chèque impayé", "r")
    # as if never paid: 1,000.00 × 12.15 % × 60 ÷ 365 = 19.97
    assert ledger(later, case_id) == {"principal": 100000, "interest": 1997}
    assert back.balance == 101997


def test_a_credit_note_lowers_the_base_from_its_day(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("interest",))
    debt = cases.case_file(later, case_id).debts[0].id
    pay(later, case_id, 1000, D(2026, 6, 1), "a")
    credit_notes.record_credit_note(later, debt, "AV-1", D(2026, 3, 3), 50000, "Marchandise rendue", "n")
    # 9.99 to 3 March, then 500.00 × 12.15 % × 90 ÷ 365 = 14.98 to 1 June: 24.97, of which 10.00 were paid
    assert ledger(later, case_id) == {"principal": 50000, "interest": 1497}


def test_principal_first_leaves_the_interest(later):
    early = replace(later, today=D(2026, 2, 10))
    creditor = a_claiming_creditor(early, "interest", order="principal_first")
    case_id = a_case(early, a_debt("F-1", 100000, DUE), creditor=creditor, kind="business")
    done = pay(later, case_id, 100000, D(2026, 3, 3), "a")
    assert parts(later, done.payment_id) == {"principal": 100000}
    assert ledger(later, case_id) == {"interest": 999}


def test_the_proof_of_the_store_holds_after_settlements(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE))
    done = pay(later, case_id, 30000, D(2026, 3, 3), "a")
    payments.reverse_payment(later, done.payment_id, D(2026, 4, 2), "Chèque impayé", "r")
    found = upkeep.verify(later)
    assert (found.integrity, found.audit_chain, found.read_model) == (True, True, True)


def test_the_receipt_says_the_parts_and_what_is_left_with_interest(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE))
    done = pay(later, case_id, 30000, D(2026, 3, 3), "a")
    text = read(receipts.receipt_file(later, done.payment_id)[1])
    assert "9,99" in text
    assert "749,99" in text
    assert "ne réclame pas" not in text


def test_the_first_letter_claims_interest_and_indemnity_to_its_day_with_the_calculation(later):
    day = replace(later, today=D(2026, 3, 3))
    creditor = a_claiming_creditor(day, "interest", "indemnity")
    case_id = a_case_to_write(day, a_debt("F-1", 100000, DUE), creditor=creditor, kind="business")
    shown = letters.first_letter_preview(day, case_id)
    assert shown.problems == ()
    assert shown.letter.amounts.parts == (100000, 999, 4000, 0, 0)
    assert shown.letter.amounts.total == 104999
    done = letters.issue_first_letter(day, case_id, "letter", "L")
    text = read(letters.letter_bytes(day, done.document_id))
    for said in ("1 049,99", "12,15", "L. 441-10", "D. 441-5"):
        assert said in text, said
    with day.store.read() as reader:
        kept = json.loads(reader.value("SELECT computation FROM documents WHERE id = ?", (done.document_id,)))
    assert [figure["value"] for figure in kept["proofs"]["F-1"]] == [999, 4000]
    assert ledger(day, case_id) == {"principal": 100000}, "a letter books nothing"


def test_an_invoice_cancelled_whole_by_a_credit_note_owes_no_flat_indemnity(later):
    case_id = a_claim(later, claims=("indemnity",))
    debt = cases.case_file(later, case_id).debts[0]
    assert statements.statement(later, case_id, later.today).sums["indemnity"].value == 4000
    credit_notes.record_credit_note(later, debt.id, "AV-1", D(2026, 5, 4), debt.outstanding, "Facture annulée", "c")
    assert statements.statement(later, case_id, later.today).total.value == 0
    assert ledger(later, case_id) == {}


def test_part_paid_and_the_rest_credited_the_indemnity_stays(later):
    case_id = a_claim(later, claims=("indemnity",))
    debt = cases.case_file(later, case_id).debts[0]
    pay(later, case_id, 5000, D(2026, 4, 1), "p")  # 40.00 to the indemnity, 10.00 to the principal
    credit_notes.record_credit_note(later, debt.id, "AV-1", D(2026, 5, 4), debt.outstanding - 1000, "Geste", "c")
    assert ledger(later, case_id) == {}
    assert statements.statement(later, case_id, later.today).sums["indemnity"].value == 0


def test_interest_paid_beyond_what_is_computed_comes_off_the_total_and_is_said(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("interest",))
    pay(later, case_id, 30000, D(2026, 3, 3), "a")  # 9.99 on interest, 290.01 on principal: 709.99 left
    pay(later, case_id, 70999, DUE, "b")  # typed late, paid on the due date: interest ran on 290.01 only
    # 290.01 × 12.15 % × 30 ÷ 365 = 2.896 -> 2.90, and 9.99 was paid on it: 7.09 too much
    found = statements.statement(later, case_id, later.today)
    assert found.total.value == -709
    assert any("beyond what is computed" in str(remark) for remark in found.debts[0].remarks)


def test_an_indemnity_booked_at_a_settlement_leaves_the_total_when_a_fact_says_that_it_was_never_owed(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE))
    pay(later, case_id, 100, D(2026, 3, 3), "a")  # 1.00 on interest; the 40.00 are booked and unpaid
    assert statements.statement(later, case_id, later.today).sums["indemnity"].value == 4000
    opened = FactEntry(case_id, "insolvency_opening", D(2026, 1, 15), evidence="BODACC")
    legal_facts.record_fact(later, opened, "opened")  # before the due date of 1 February
    assert statements.statement(later, case_id, later.today).sums["indemnity"].value == 0
    assert (
        statements.statement(later, case_id, later.today).total.value == 100000 - 100
    )  # 1.00 paid on interest never owed comes off


def test_an_indemnity_that_a_payment_booked_keeps_its_line_and_its_article(later):
    case_id = a_claim(later, a_debt("F-1", 100000, DUE), claims=("indemnity",))
    pay(later, case_id, 3000, D(2026, 3, 3), "a")
    debt = statements.statement(later, case_id, D(2026, 3, 3)).debts[0]
    assert debt.added["indemnity"].value == 4000
    assert debt.left["indemnity"].value == 1000, "40.00 less the 30.00 paid"
    assert any("D. 441-5" in article for article in debt.left["indemnity"].all_articles)
    lines = entries(debt.account, debt.on, debt.added)
    assert [line.amounts for line in lines] == [{"principal": 100000}, {"indemnity": -3000}]
