"""Payments recorded, allocated, receipted, reversed; the ledger proves them. Figures by hand."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, payments, receipts
from core.services.context import Ctx
from core.services.payments import PaymentEntry
from core.store import audit, money, summaries
from tests.services.factory import a_call, a_case, a_debt, held

D = dt.date


def pay(ctx: Ctx, case_id: int, amount: int, token: str = "t", **more):
    entry = PaymentEntry(
        case_id, more.pop("on", ctx.today), amount, more.pop("means", "transfer"), more.pop("paid_to", "agency"), **more
    )
    return payments.record_payment(ctx, entry, token)


def owed(ctx: Ctx, case_id: int) -> dict[str, int]:
    return {d.ref: d.outstanding for d in cases.case_file(ctx, case_id).debts}


def test_a_payment_lowers_the_oldest_debt_and_the_balance_at_once(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000, D(2026, 3, 1)), a_debt("F-2", 5000, D(2026, 2, 1)))
    done = pay(ctx, case_id, 6000)
    assert owed(ctx, case_id) == {"F-2": 0, "F-1": 9000}
    assert done.balance == cases.case_file(ctx, case_id).head.balance == 9000
    assert done.receipt == "Q2026-000001"


def test_what_the_screen_proposes_is_what_is_written(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000), a_debt("F-2", 20000))
    entry = PaymentEntry(case_id, ctx.today, 10001, "card", "agency")
    shown = payments.propose_payment(ctx, entry)
    done = payments.record_payment(ctx, entry, "t")
    with ctx.store.read() as reader:
        written = {a.debt_ref: a.amount for a in money.allocations(reader, done.payment_id)}
    assert written == {s.ref: s.total for s in shown.allocation.shares} == {"F-1": 3334, "F-2": 6667}


def test_the_debtor_s_choice_is_followed(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000, D(2026, 1, 5)), a_debt("F-2", 5000, D(2026, 2, 1)))
    second = next(d.id for d in cases.case_file(ctx, case_id).debts if d.ref == "F-2")
    pay(ctx, case_id, 5000, chosen_debt=second)
    assert owed(ctx, case_id) == {"F-1": 10000, "F-2": 0}


def test_money_paid_to_the_agency_is_held_and_money_paid_to_the_creditor_is_not(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    pay(ctx, case_id, 3000, "a")
    pay(ctx, case_id, 2000, "b", paid_to="creditor")
    assert held(ctx, case_id) == held(ctx) == 3000
    assert cases.case_file(ctx, case_id).head.balance == 5000


def test_too_much_stays_unallocated_and_is_held(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    done = pay(ctx, case_id, 12000)
    assert done.balance == 0
    assert held(ctx, case_id) == 12000
    with ctx.store.read() as reader:
        assert sum(a.amount for a in money.allocations(reader, done.payment_id)) == 10000


def test_a_case_paid_in_full_is_to_be_checked_and_closed_and_may_be(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    pay(ctx, case_id, 10000)
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["check_and_close"]
    assert a_call(ctx, case_id, "SOL", channel="none", amount=10000).closed


def test_a_reversal_puts_the_debt_back_empties_the_account_and_keeps_both_lines(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000))
    done = pay(ctx, case_id, 4000, means="cheque")
    back = payments.reverse_payment(ctx, done.payment_id, ctx.today, "Chèque sans provision", "r")
    assert owed(ctx, case_id) == {"F-1": 10000}
    assert back.balance == 10000
    assert held(ctx) == 0
    assert back.receipt == "Q2026-000002"
    assert [(p.amount, p.reverses) for p in cases.case_file(ctx, case_id).payments] == [
        (-4000, done.payment_id),
        (4000, None),
    ]


def test_a_reversal_after_closing_reopens_the_case_with_a_next_action(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    done = pay(ctx, case_id, 10000, on=D(2026, 11, 2))
    a_call(ctx, case_id, "SOL", channel="none", amount=10000)
    payments.reverse_payment(ctx, done.payment_id, D(2026, 11, 20), "Prélèvement rejeté", "r")
    file = cases.case_file(ctx, case_id)
    assert file.head.status == "open"
    assert [t.kind for t in file.tasks] == ["call_back"]


@pytest.mark.parametrize(("on", "reason", "code"), [
    (D(2026, 11, 24), "x", "date-in-future"), (D(2026, 11, 1), "x", "reversed-before-paid"), (D(2026, 11, 23), "  ", "reason-missing"),
])  # fmt: skip
def test_a_reversal_needs_a_reason_and_a_possible_day(ctx, on, reason, code):
    done = pay(ctx, a_case(ctx), 1000, on=D(2026, 11, 2))
    with pytest.raises(Refusal) as refused:
        payments.reverse_payment(ctx, done.payment_id, on, reason, "r")
    assert refused.value.problems[0].code == code


def test_a_payment_is_reversed_once_and_a_reversal_never(ctx):
    done = pay(ctx, a_case(ctx), 1000)
    back = payments.reverse_payment(ctx, done.payment_id, ctx.today, "erreur", "r1")
    for payment, code in (
        (done.payment_id, "already-reversed"),
        (back.payment_id, "payment-unknown"),
        (999, "payment-unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            payments.reverse_payment(ctx, payment, ctx.today, "encore", f"r-{payment}")
        assert refused.value.problems[0].code == code


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": D(2026, 11, 24)}, "received_on"),
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"means": "gold"}, "means"),
        ({"paid_to": "me"}, "paid_to"),
    ],
)
def test_an_impossible_payment_is_refused_on_its_field(ctx, changes, field):
    with pytest.raises(Refusal) as refused:
        pay(ctx, a_case(ctx), changes.pop("amount", 1000), **changes)
    assert refused.value.problems[0].field == field


def test_a_double_click_pays_once(ctx):
    case_id = a_case(ctx)
    assert pay(ctx, case_id, 1000, "same") == pay(ctx, case_id, 1000, "same")
    assert cases.case_file(ctx, case_id).head.balance == 9000


def test_a_case_that_does_not_exist_is_refused(ctx):
    with pytest.raises(Refusal) as refused:
        pay(ctx, 999, 1000)
    assert refused.value.problems[0].code == "case-unknown"


def test_the_receipt_is_a_pdf_with_its_number_and_stays_the_same_bytes_after_later_payments(ctx):
    import io

    import pypdf

    case_id = a_case(ctx, a_debt("F-1", 10000), name="Œuvrard", first_name="Zoé")
    done = pay(ctx, case_id, 4000)
    name, data = receipts.receipt_file(ctx, done.payment_id)
    pay(ctx, case_id, 1000, "later")
    assert name == "Q2026-000001.pdf"
    text = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    for fact in ("Q2026-000001", "Zoé Œuvrard", "40,00", "60,00", "F-1", "Garage du Port"):
        assert fact in text.replace("\u202f", " ").replace("\u00a0", " ")
    assert receipts.receipt_file(ctx, done.payment_id)[1] == data


def test_receipt_numbers_have_no_gap_and_no_double(ctx):
    case_id = a_case(ctx, a_debt(amount=10_000_000))
    numbers = [pay(ctx, case_id, 100, str(i)).receipt for i in range(12)]
    assert numbers == [f"Q2026-{i:06d}" for i in range(1, 13)]


def test_the_ledger_balances_and_the_proof_holds(ctx):
    case_id = a_case(ctx, a_debt(amount=10000), a_debt(amount=7000))
    done = pay(ctx, case_id, 4000, "a")
    pay(ctx, case_id, 2000, "b", paid_to="creditor")
    payments.reverse_payment(ctx, done.payment_id, ctx.today, "rejet", "r")
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None
        assert summaries.first_difference(reader.conn) is None
        accounts = dict(
            reader.rows(
                "SELECT account, SUM(amount) FROM (SELECT to_account AS account, amount FROM entries UNION ALL SELECT from_account, -amount FROM entries) GROUP BY account"
            )
        )
    assert accounts == {
        "placement": -17000,
        "principal": 15000,
        "collected": 2000,
        "debtor": -2000,
        "creditor": 2000,
        "client_money": 0,
    }


def pdf_text(ctx: Ctx, payment_id: int) -> str:
    import io

    import pypdf

    pages = pypdf.PdfReader(io.BytesIO(receipts.receipt_file(ctx, payment_id)[1])).pages
    return " ".join("".join(p.extract_text() for p in pages).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_reversal_document_names_the_day_of_the_payment_and_the_day_it_stopped_counting(ctx):
    done = pay(ctx, a_case(ctx), 4000, means="cheque", on=D(2026, 11, 16))
    back = payments.reverse_payment(ctx, done.payment_id, D(2026, 11, 20), "Chèque sans provision", "r")
    text = pdf_text(ctx, back.payment_id)
    assert "16/11/2026" in text
    assert "20/11/2026" in text


def test_a_receipt_given_after_midnight_in_paris_carries_the_day_of_paris(ctx):

    from dataclasses import replace

    night = replace(ctx, now=dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), today=D(2027, 1, 1))
    done = pay(night, a_case(ctx), 1000, on=D(2027, 1, 1))
    assert done.receipt == "Q2027-000001"
    assert "01/01/2027" in pdf_text(night, done.payment_id)
    assert "31/12/2026" not in pdf_text(night, done.payment_id)


@pytest.mark.parametrize("chosen", ["other", "settled", 999])
def test_a_chosen_debt_that_is_not_open_in_the_case_is_refused(ctx, chosen):
    case_id = a_case(ctx, a_debt("F-1", 1000), a_debt("F-2", 1000, D(2026, 3, 1)))
    other = cases.case_file(ctx, a_case(ctx, name="Autre")).debts[0].id
    pay(ctx, case_id, 1000, "first")
    settled = next(d.id for d in cases.case_file(ctx, case_id).debts if d.outstanding == 0)
    wanted = {"other": other, "settled": settled}.get(chosen, chosen)
    with pytest.raises(Refusal) as refused:
        pay(ctx, case_id, 100, "second", chosen_debt=wanted)
    assert refused.value.problems[0].field == "chosen_debt"


def test_a_bounced_payment_leaves_no_closing_planned_on_a_case_that_owes(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    done = pay(ctx, case_id, 10000)
    payments.reverse_payment(ctx, done.payment_id, ctx.today, "rejet", "r")
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["call_back"]


def test_the_reason_of_a_reversal_can_be_redacted_and_is_not_in_the_payment_row(ctx):
    done = pay(ctx, a_case(ctx), 1000)
    payments.reverse_payment(ctx, done.payment_id, ctx.today, "Mme Durand est malade", "r")
    with ctx.store.read() as reader:
        assert "malade" not in repr(reader.rows("SELECT * FROM payments"))
        assert reader.value("SELECT body FROM texts ORDER BY id DESC LIMIT 1") == "Mme Durand est malade"


def test_what_is_missing_before_the_agency_takes_money_is_told(ctx):
    from core.services import agency, creditors

    case_id = a_case(ctx)
    assert [m.msgid.split(" ")[0] for m in payments.cautions(ctx, case_id)] == ["No", "The", "No"]
    creditor = cases.case_file(ctx, case_id).head.creditor_id
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-1", signed_on=D(2026, 1, 2), power_to_receive=True))
    file = agency.AgencyFile(name="Agence", address="1 rue", client_account_iban="FR7630006000011234567890189")
    agency.save_agency_file(ctx, file, 0)
    assert payments.cautions(ctx, case_id) == ()


def stopped(ctx, kind, *debts) -> int:
    from core.services import holds
    from tests.services.factory import ready_to_write

    case_id = a_case(ctx, *debts, creditor=ready_to_write(ctx))
    holds.open_hold(ctx, holds.HoldEntry(case_id, None, kind, "avis reçu", None), f"h-{case_id}")
    return case_id


@pytest.mark.parametrize(
    ("kind", "article"), [("insolvency", "C. com., art. L. 622-7"), ("over_indebtedness", "C. consom., art. L. 722-5")]
)
def test_money_of_a_debtor_forbidden_to_pay_is_booked_said_before_and_for_the_lead_to_decide(ctx, kind, article):
    case_id = stopped(ctx, kind, a_debt(amount=10000))
    (caution,) = payments.cautions(ctx, case_id)
    assert f"({article})" in str(caution)
    assert payments.stop_cautions(ctx, case_id) == (caution,)
    done = pay(ctx, case_id, 4000, "part")
    assert done.balance == 6000
    asked = [t for t in cases.case_file(ctx, case_id).tasks if t.kind == "lead_decision"]
    assert [t.due_on for t in asked] == ["2026-11-24"]  # Tuesday, the day after
    assert article in asked[0].text
    assert "40,00" in asked[0].text
    pay(ctx, case_id, 6000, "rest")
    kinds = [t.kind for t in cases.case_file(ctx, case_id).tasks]
    assert kinds.count("lead_decision") == 1
    assert "check_and_close" not in kinds
    assert "review_hold" in kinds


def test_a_payment_on_a_limitation_or_a_dispute_has_its_caution_and_goes_its_usual_way(ctx):
    from core.services import disputes

    limited, argued = stopped(ctx, "limitation"), stopped(ctx, "creditor_check")
    assert payments.cautions(ctx, argued) == ()
    debt = cases.case_file(ctx, argued).debts[0].id
    disputes.open_dispute(ctx, disputes.DisputeEntry(argued, debt, None, "wrong_price", "trop cher"), "d")
    assert [str(one).split(" ")[0] for one in payments.cautions(ctx, limited)] == ["Limitation"]
    assert ["disputed" in str(one) for one in payments.cautions(ctx, argued)] == [True]
    pay(ctx, limited, 1000)
    assert "lead_decision" not in [t.kind for t in cases.case_file(ctx, limited).tasks]


def test_a_lifted_stop_says_nothing_any_more(ctx):
    from core.services import holds

    case_id = stopped(ctx, "insolvency")
    (hold,) = cases.case_file(ctx, case_id).holds
    holds.lift_hold(ctx, hold.id, hold.row_version, "procédure close")
    assert payments.cautions(ctx, case_id) == ()
