"""What the day does to promises: kept, partly kept, broken with their grace; told once; a broken one comes back. Days by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.outcomes import Facts
from core.services import cases, creditors, house, journal, payments, promise_follow, promises, upkeep
from core.services.context import Ctx
from core.services.journal import ContactEntry
from core.services.payments import PaymentEntry
from core.services.promises import PromiseEntry
from tests.services.factory import WHOLE_MANDATE, a_call, a_case, a_creditor, a_debt

D = dt.date
DUE = D(2026, 11, 27)  # a Friday; the house waits two days more: until Sunday 29 November


def on(ctx: Ctx, day: dt.date) -> Ctx:
    return replace(ctx, today=day)


def promised(ctx: Ctx, case_id: int, amount: int = 10000, due: dt.date = DUE, token: str = "p") -> int:
    return promises.record_promise(ctx, PromiseEntry(case_id, amount, due), token)


def paid(ctx: Ctx, case_id: int, amount: int, day: dt.date) -> None:
    entry = PaymentEntry(case_id, day, amount, "transfer", "agency")
    payments.record_payment(on(ctx, day), entry, f"pay-{amount}-{day}")


def tasks(ctx: Ctx, case_id: int):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def told(ctx: Ctx, case_id: int) -> list[str]:
    return [e.extra for e in cases.case_file(ctx, case_id).timeline if "promise_" in e.extra]


@pytest.mark.parametrize(("day", "broken"), [(D(2026, 11, 28), 0), (D(2026, 11, 29), 0), (D(2026, 11, 30), 1)])
def test_a_promise_is_broken_the_day_after_its_grace(ctx, day, broken):
    case_id = a_case(ctx, a_debt(amount=30000))
    promised(ctx, case_id)
    assert promise_follow.follow(on(ctx, day)) == promise_follow.Told(0, 0, broken)
    if broken:
        assert tasks(ctx, case_id) == [("promise_broken", "2026-11-30")]
        assert [one.state for one in promises.broken_of(on(ctx, day), case_id)] == ["broken"]
    else:
        assert tasks(ctx, case_id) == [("verify_promise", "2026-11-30")]  # Sunday 29 is looked at on Monday 30


def test_it_is_told_once_in_the_journal_however_often_the_day_is_rolled(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    promised(ctx, case_id)
    later = on(ctx, D(2026, 12, 10))  # eleven days were missed
    assert promise_follow.follow(later).broken == 1
    assert promise_follow.follow(later) == promise_follow.Told(0, 0, 0)
    assert len(told(later, case_id)) == 1
    assert tasks(later, case_id) == [("promise_broken", "2026-12-10")]
    assert upkeep.verify(later).whole


def test_a_promise_paid_in_time_is_kept_and_one_paid_in_part_is_called_about(ctx):
    kept, partly = a_case(ctx, a_debt(amount=30000)), a_case(ctx, a_debt(amount=30000))
    promised(ctx, kept, token="a")
    promised(ctx, partly, token="b")
    paid(ctx, kept, 10000, D(2026, 11, 27))
    paid(ctx, partly, 9999, D(2026, 11, 27))
    later = on(ctx, D(2026, 11, 30))
    assert promise_follow.follow(later) == promise_follow.Told(1, 1, 0)
    assert "verify_promise" not in {kind for kind, _ in tasks(later, kept)}
    assert "promise_broken" not in {kind for kind, _ in tasks(later, kept)}
    assert ("promise_broken", "2026-11-30") in tasks(later, partly)
    assert promises.broken_of(later, kept) == ()
    assert [(one.state, one.paid) for one in promises.broken_of(later, partly)] == [("partly_kept", 9999)]


def test_several_promises_of_a_case_are_judged_one_by_one(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    promised(ctx, case_id, token="a")
    promised(ctx, case_id, due=D(2026, 12, 11), token="b")
    later = on(ctx, D(2026, 11, 30))
    assert promise_follow.follow(later).broken == 1
    kinds = {kind for kind, _ in tasks(later, case_id)}
    assert {"promise_broken", "verify_promise"} <= kinds  # the second one is still to be checked
    assert promises.broken_of(later, case_id) == ()  # a later promise is awaited: nothing is announced at the top
    last = on(ctx, D(2026, 12, 14))
    assert promise_follow.follow(last).broken == 1
    assert len(promises.broken_of(last, case_id)) == 2


@pytest.mark.parametrize(("grace", "last"), [(0, D(2026, 11, 27)), (7, D(2026, 12, 4))])
def test_a_mandate_gives_its_own_grace_to_the_promises_made_under_it(ctx, grace, last):
    creditor = a_creditor(ctx)
    entry = creditors.MandateEntry("M-G", D(2026, 1, 2), promise_grace=grace, **WHOLE_MANDATE)
    creditors.save_mandate(ctx, creditor, entry)
    case_id = a_case(ctx, a_debt(amount=30000), creditor=creditor)
    promised(ctx, case_id)
    other = a_case(ctx, a_debt(amount=30000), creditor=creditor)
    a_call(ctx, other, "PRO", amount=10000, date=DUE, means="transfer")
    assert promise_follow.follow(on(ctx, last)).broken == 0
    assert promise_follow.follow(on(ctx, last + dt.timedelta(days=1))).broken == 2


@pytest.mark.parametrize(("grace", "checked"), [(None, "2026-11-30"), (4, "2026-12-01"), (7, "2026-12-04")])
def test_the_check_of_a_promise_waits_the_days_of_the_mandate_by_both_doors(ctx, grace, checked):
    """Promised for Friday 27: the house's two days end on Sunday 29, looked at on Monday 30; four on Tuesday 1, seven on Friday 4."""
    creditor = a_creditor(ctx)
    entry = creditors.MandateEntry("M-G", D(2026, 1, 2), promise_grace=grace, **WHOLE_MANDATE)
    creditors.save_mandate(ctx, creditor, entry)
    typed, called = (a_case(ctx, a_debt(amount=30000), creditor=creditor) for _ in range(2))
    promised(ctx, typed)
    facts = Facts(ctx.today, amount=10000, date=DUE, means="transfer")
    assert journal.foresee(ctx, ContactEntry(called, "call", "in", "PRO", facts)).next_on == D.fromisoformat(checked)
    a_call(ctx, called, "PRO", amount=10000, date=DUE, means="transfer")
    assert tasks(ctx, typed) == tasks(ctx, called) == [("verify_promise", checked)]


def test_while_a_stop_of_the_whole_case_is_in_force_nobody_is_called(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    promised(ctx, case_id)
    a_call(ctx, case_id, "CON", reason="doute")
    later = on(ctx, D(2026, 11, 30))
    assert promise_follow.follow(later).broken == 1
    assert "promise_broken" not in {kind for kind, _ in tasks(later, case_id)}


def test_a_broken_promise_comes_back_before_a_larger_and_older_case_that_can_be_reached(ctx, monkeypatch):
    """At most 250 for the amount, 150 for the age, 100 for who still pays and 50 for the contact: 550, and 600 for the promise."""
    large = a_case(ctx, a_debt(amount=2_000_000, due=D(2026, 1, 5)), phone="06 12 34 56 78", name="Diallo")
    small = a_case(ctx, a_debt(amount=3000), name="Petit")
    promised(ctx, small, 3000)
    assert [row.case_id for row in cases.queue(ctx, "todo").rows] == [large]
    after = on(ctx, D(2026, 11, 30))
    promise_follow.follow(after)
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-30")
    house.roll(after.store)
    assert [row.case_id for row in cases.queue(after, "todo").rows] == [small, large]
