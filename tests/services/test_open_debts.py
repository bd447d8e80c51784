"""What makes a debt heavier than another, from the store; and the order a mandate keeps. Figures by hand."""

import datetime as dt

import pytest

from core.services import cases, creditors, payments
from core.services.open_debts import open_debts
from core.services.payments import PaymentEntry
from core.store import money
from tests.services.factory import a_case, a_debt, ready_to_write
from tests.services.test_costs import a_title

D = dt.date


def test_a_title_makes_the_debts_that_were_there_heavier(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000, D(2026, 1, 5)))
    with ctx.write() as unit:
        unit.run("UPDATE debts SET issued_on = '2026-06-01', due_on = '2026-06-02' WHERE case_id = ?", (case_id,))
        unit.touch(case_id)
        unit.audit("test.day", "case", case_id)
    a_title(ctx, case_id, "2026-06-01")
    with ctx.store.read() as reader:
        assert [d.titled for d in open_debts(reader, case_id, D(2026, 5, 31))] == [False]
        assert [d.titled for d in open_debts(reader, case_id, D(2026, 6, 1))] == [True]
        assert [d.titled for d in open_debts(reader, case_id)] == [True]


def test_the_titled_debt_is_paid_before_an_older_one_of_the_same_case(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000, D(2026, 1, 5)), a_debt("F-2", 10000, D(2026, 2, 5)))
    with ctx.write() as unit:  # the older debt came to the case later, with an invoice after the judgment
        unit.run("UPDATE debts SET issued_on = '2026-04-01' WHERE ref = 'F-1'")
        unit.touch(case_id)
        unit.audit("test.day", "case", case_id)
    a_title(ctx, case_id, "2026-03-02")
    found = payments.propose_payment(ctx, PaymentEntry(case_id, ctx.today, 3000, "transfer", "agency"))
    (share,) = found.allocation.shares
    assert (share.ref, share.why.msgid) == (
        "F-2",
        "An enforceable title exists: he had most interest in paying this debt.",
    )


def test_rates_are_compared_only_when_each_debt_has_one(ctx):
    case_id = a_case(ctx, a_debt("F-1", 10000, D(2026, 1, 5)), a_debt("F-2", 10000, D(2026, 2, 5)))

    def rate(ref, text):
        with ctx.write() as unit:
            unit.run("UPDATE debts SET contract_rate = ? WHERE ref = ?", (text, ref))
            unit.audit("test.rate", "case", case_id)
        with ctx.store.read() as reader:
            return [str(d.rate) for d in open_debts(reader, case_id)]

    assert rate("F-2", "9.00") == ["None", "None"]
    assert rate("F-1", "4.50") == ["4.50", "9.00"]


def test_the_order_a_mandate_keeps_is_followed_and_any_other_word_is_the_law_s(ctx):
    creditor = ready_to_write(ctx)
    (mandate,) = creditors.creditor_file(ctx, creditor).mandates
    case_id = a_case(ctx, a_debt("F-1", 10000), creditor=creditor)
    debt = cases.case_file(ctx, case_id).debts[0].id
    with ctx.write() as unit:
        for bucket, cents in (("interest", 500), ("indemnity", 4000)):
            money.add_entry(unit, case_id, debt, None, "accrual", ("placement", bucket), cents, "2026-11-01")
        unit.touch(case_id)
        unit.audit("test.interest", "case", case_id)

    def shared(order, paid):
        with ctx.write() as unit:
            unit.run("UPDATE mandates SET policy = json_object('order', ?) WHERE id = ?", (order, mandate.id))
            unit.audit("test.policy", "mandate", mandate.id)
        entry = PaymentEntry(case_id, ctx.today, paid, "transfer", "agency")
        return payments.propose_payment(ctx, entry).allocation.shares[0].amounts

    assert shared("law", 5000) == {"interest": 500, "indemnity": 4000, "principal": 500}
    assert shared("principal_first", 10100) == {"principal": 10000, "interest": 100}
    assert shared("accessories_last", 10600) == {"interest": 500, "principal": 10000, "indemnity": 100}
    assert shared("agency_first", 600) == {"interest": 500, "indemnity": 100}


@pytest.mark.parametrize(("on", "barred"), [(D(2028, 1, 31), False), (D(2028, 2, 1), False), (D(2028, 2, 2), True)])
def test_a_debt_is_time_barred_from_the_day_after_its_last_day(ctx, on, barred):
    case_id = a_case(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE debts SET limitation_on = '2028-02-01' WHERE case_id = ?", (case_id,))
        unit.audit("test.day", "case", case_id)
    with ctx.store.read() as reader:
        assert [d.barred for d in open_debts(reader, case_id, on)] == [barred]
        assert [d.barred for d in open_debts(reader, case_id)] == [False]
