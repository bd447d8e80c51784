"""Credit notes: less principal from their day on, never below zero, undone by the opposite row. Figures by hand."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, credit_notes, disputes, ledger, payments
from core.services.disputes import DisputeEntry
from core.services.payments import PaymentEntry
from core.store import audit, summaries
from tests.services.factory import a_case, a_debt

D = dt.date
DAY = D(2026, 11, 10)


def the_debts(ctx, case_id):
    return {d.ref: d for d in cases.case_file(ctx, case_id).debts}


def credit(ctx, debt_id, amount, token="c", **more):
    return credit_notes.record_credit_note(
        ctx,
        debt_id,
        more.pop("ref", "AV-1"),
        more.pop("dated", DAY),
        amount,
        more.pop("reason", "Retour"),
        token,
        **more,
    )


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return found.value.problems[0]


def test_a_credit_note_lowers_the_principal_from_its_own_day(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000), a_debt("F-2", 10000))
    done = credit(ctx, the_debts(ctx, case_id)["F-1"].id, 12050)
    assert done.balance == cases.case_file(ctx, case_id).head.balance == 27950  # 400.00 - 120.50
    assert the_debts(ctx, case_id)["F-1"].outstanding == 17950
    (row,) = [m for m in ledger.movements(ctx, case_id).rows if m.kind == "credit_note"]
    assert (row.from_account, row.to_account, row.booked_on, row.words) == (
        "principal",
        "credited",
        "2026-11-10",
        "Retour",
    )
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None


def test_the_whole_principal_may_be_credited_and_the_case_is_to_be_checked(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    assert credit(ctx, the_debts(ctx, case_id)["F-1"].id, 30000).balance == 0
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["check_and_close"]


def test_one_cent_too_much_is_refused_and_the_refund_is_named(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    debt = the_debts(ctx, case_id)["F-1"].id
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency"), "p")
    problem = refused(lambda: credit(ctx, debt, 20001))  # 300.00 - 100.00 paid = 200.00
    assert (problem.code, problem.field) == ("credit-too-much", "amount")
    assert problem.reason.params["over"].cents == 1
    assert credit(ctx, debt, 20000, "d").balance == 0


def test_the_same_form_sent_twice_records_once(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    debt = the_debts(ctx, case_id)["F-1"].id
    assert credit(ctx, debt, 100) == credit(ctx, debt, 100)
    assert the_debts(ctx, case_id)["F-1"].outstanding == 29900


def test_a_number_is_recorded_once_a_debt_and_again_once_it_was_undone(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000), a_debt("F-2", 30000))
    debts = the_debts(ctx, case_id)
    done = credit(ctx, debts["F-1"].id, 100)
    assert refused(lambda: credit(ctx, debts["F-1"].id, 100, "b")).code == "credit-note-known"
    credit(ctx, debts["F-2"].id, 100, "other debt")
    credit_notes.reverse_credit_note(ctx, done.entry_id, ctx.today, "Erreur", "r")
    credit(ctx, debts["F-1"].id, 200, "again")
    assert the_debts(ctx, case_id)["F-1"].outstanding == 29800


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"ref": " "}, "field-empty", "ref"), ({"dated": D(2026, 11, 24)}, "date-in-future", "dated"),
    ({"dated": D(2025, 12, 31)}, "credit-before-invoice", "dated"), ({"amount": 0}, "amount-not-positive", "amount"),
    ({"amount": -5}, "amount-not-positive", "amount"),
])  # fmt: skip
def test_what_is_not_plausible_is_refused_on_its_field(ctx, change, code, field):
    case_id = a_case(ctx, a_debt("F-1", 30000))  # invoice of 1 January 2026; today is 23 November 2026
    debt = the_debts(ctx, case_id)["F-1"].id
    problem = refused(lambda: credit(ctx, debt, change.pop("amount", 100), **change))
    assert (problem.code, problem.field) == (code, field)


def test_a_credit_note_may_be_dated_the_day_of_the_invoice_and_today(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    debt = the_debts(ctx, case_id)["F-1"].id
    credit(ctx, debt, 100, "a", ref="A", dated=D(2026, 1, 1))
    assert credit(ctx, debt, 100, "b", ref="B", dated=ctx.today).balance == 29800


def test_undone_it_is_owed_again_and_the_case_is_worked_again(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    done = credit(ctx, the_debts(ctx, case_id)["F-1"].id, 30000)
    back = credit_notes.reverse_credit_note(ctx, done.entry_id, D(2026, 11, 20), "Annulé par le créancier", "r")
    assert back.balance == cases.case_file(ctx, case_id).head.balance == 30000
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["call_back"]
    found = ledger.movements(ctx, case_id).rows
    assert [(m.kind, m.amount, m.reverses) for m in found if m.reverses] == [("reversal", 30000, done.entry_id)]
    again = refused(lambda: credit_notes.reverse_credit_note(ctx, done.entry_id, ctx.today, "x", "s"))
    assert again.code == "already-reversed"


def test_it_is_not_undone_before_its_day_nor_without_a_reason_nor_by_a_collector(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    done = credit(ctx, the_debts(ctx, case_id)["F-1"].id, 100)
    for on, reason, code in (
        (D(2026, 11, 9), "x", "date-in-past"),
        (ctx.today, " ", "field-empty"),
        (D(2026, 11, 24), "x", "date-in-future"),
    ):
        assert (
            refused(
                lambda on=on, reason=reason: credit_notes.reverse_credit_note(ctx, done.entry_id, on, reason, "r")
            ).code
            == code
        )
    placed = next(m for m in ledger.movements(ctx, case_id).rows if m.kind == "placement")
    assert (
        refused(lambda: credit_notes.reverse_credit_note(ctx, placed.id, ctx.today, "x", "r")).code
        == "movement-unknown"
    )


def test_the_credit_note_a_dispute_waits_for_ends_it_and_its_stop(ctx):
    case_id = a_case(ctx, a_debt("F-1", 30000), a_debt("F-2", 10000))
    debt = the_debts(ctx, case_id)["F-1"].id
    dispute = disputes.open_dispute(ctx, DisputeEntry(case_id, debt, None, "defective", "Cassé"), "o")
    assert refused(lambda: credit(ctx, debt, 100, dispute_id=dispute)).code == "dispute-elsewhere"  # not answered yet
    disputes.record_answer(ctx, dispute, ctx.today, "partly", "Geste de 50 €")
    assert (
        refused(lambda: credit(ctx, the_debts(ctx, case_id)["F-2"].id, 100, dispute_id=dispute)).code
        == "dispute-elsewhere"
    )
    credit(ctx, debt, 5000, dispute_id=dispute)
    (found,) = disputes.disputes_of(ctx, case_id)
    assert (found.closed_on, found.outcome) == ("2026-11-23", "partly")
    assert cases.case_file(ctx, case_id).holds == ()
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks if t.kind in ("credit_note", "call_back")] == [
        "call_back"
    ]


def test_nothing_is_credited_in_a_closed_case(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000))
    debt = the_debts(ctx, case_id)["F-1"].id
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency"), "p")
    from tests.services.factory import a_call

    a_call(ctx, case_id, "SOL", channel="none", amount=10000)
    assert refused(lambda: credit(ctx, debt, 100)).code == "case-closed"
    assert refused(lambda: credit(ctx, 999, 100)).code == "debt-unknown"
