"""Plans and promises replayed from payments; days and cents by hand."""

import datetime as dt

import pytest

from core.domain.plan_course import Due, Received, course
from core.domain.promise_course import Promised, promise_reason, promise_states

D = dt.date
DUES = (Due(1, D(2026, 12, 1), 10000), Due(2, D(2027, 1, 1), 10000), Due(3, D(2027, 2, 1), 5000))


def came(on: dt.date, amount: int, paid_on: dt.date | None = None) -> Received:
    return Received(on, amount, paid_on or on)


def at(today: dt.date, *receipts: Received, broken: dt.date | None = None, dues=DUES):
    return course(dues, receipts, since=D(2026, 11, 23), today=today, grace=2, broken_on=broken)


@pytest.mark.parametrize(
    ("today", "state", "first"),
    [(D(2026, 11, 30), "on_time", "to_come"), (D(2026, 12, 1), "on_time", "to_come"), (D(2026, 12, 3), "on_time", "to_come"), (D(2026, 12, 4), "late", "late")],
)  # fmt: skip
def test_an_unpaid_instalment_is_late_after_its_grace_and_not_before(today, state, first):
    found = at(today)
    assert (found.state, found.instalments[0].state) == (state, first)
    assert found.late == (10000 if state == "late" else 0)


def test_payments_fill_the_instalments_in_their_order():
    found = at(D(2026, 12, 10), came(D(2026, 11, 30), 6000), came(D(2026, 12, 2), 7000))
    assert [(i.paid, i.state) for i in found.instalments] == [(10000, "paid"), (3000, "partly"), (0, "to_come")]
    assert (found.state, found.paid, found.left, found.next.number) == ("on_time", 13000, 12000, 2)


def test_money_from_before_the_plan_and_money_to_come_do_not_count():
    found = at(D(2026, 12, 10), came(D(2026, 11, 22), 10000), came(D(2026, 12, 11), 10000))
    assert (found.paid, found.state) == (0, "late")


def test_a_reversal_takes_off_what_it_gave_and_one_of_an_older_payment_takes_off_nothing():
    bounced = (came(D(2026, 12, 1), 10000), came(D(2026, 12, 8), -10000, D(2026, 12, 1)))
    assert at(D(2026, 12, 7), *bounced).state == "on_time"
    assert at(D(2026, 12, 8), *bounced).state == "late"
    older = (came(D(2026, 12, 1), 10000), came(D(2026, 12, 8), -4000, D(2026, 11, 1)))
    assert at(D(2026, 12, 9), *older).paid == 10000


def test_all_paid_is_completed_even_when_it_was_broken_and_a_broken_one_says_so():
    whole = came(D(2026, 12, 1), 25000)
    assert at(D(2026, 12, 1), whole).state == "completed"
    assert at(D(2026, 12, 1), whole, broken=D(2026, 12, 1)).state == "completed"
    assert at(D(2026, 12, 1), broken=D(2026, 12, 1)).state == "broken"


def test_what_was_paid_before_the_takeover_stays_on_its_own_instalment():
    dues = (Due(1, D(2026, 10, 1), 10000, 10000), Due(2, D(2026, 12, 20), 10000, 2500))
    found = at(D(2026, 12, 1), came(D(2026, 12, 1), 1000), dues=dues)
    assert [(i.paid, i.state) for i in found.instalments] == [(10000, "paid"), (3500, "partly")]


def promised(today: dt.date, *receipts: Received):
    return promise_states([Promised(10000, D(2026, 11, 23), D(2026, 11, 30))], receipts, today=today, grace=2)[0]


@pytest.mark.parametrize(
    ("today", "state"), [(D(2026, 11, 30), "pending"), (D(2026, 12, 2), "pending"), (D(2026, 12, 3), "broken")]
)
def test_a_promise_is_pending_to_the_end_of_its_grace_then_broken(today, state):
    assert promised(today) == (state, 0)


def test_a_promise_is_kept_by_its_whole_amount_in_time_partly_by_less_and_not_by_late_or_older_money():
    late = D(2026, 12, 15)
    assert promised(late, came(D(2026, 11, 25), 4000), came(D(2026, 12, 2), 6000)) == ("kept", 10000)
    assert promised(late, came(D(2026, 11, 25), 9999)) == ("partly_kept", 9999)
    assert promised(late, came(D(2026, 12, 3), 10000)) == ("broken", 0)
    assert promised(late, came(D(2026, 11, 22), 10000)) == ("broken", 0)


def test_a_cheque_that_comes_back_after_the_day_kept_nothing():
    cheque = (came(D(2026, 11, 30), 10000), came(D(2026, 12, 10), -10000, D(2026, 11, 30)))
    assert promised(D(2026, 12, 5), *cheque) == ("kept", 10000)
    assert promised(D(2026, 12, 10), *cheque) == ("broken", 0)


def test_one_payment_keeps_one_promise_the_first_due_and_what_is_over_serves_the_next():
    two = [Promised(10000, D(2026, 11, 23), D(2026, 12, 7)), Promised(10000, D(2026, 11, 23), D(2026, 11, 30))]
    once = promise_states(two, [came(D(2026, 11, 25), 10000)], today=D(2026, 12, 15), grace=2)
    assert once == (("broken", 0), ("kept", 10000))
    more = promise_states(two, [came(D(2026, 11, 25), 14000)], today=D(2026, 12, 15), grace=2)
    assert more == (("partly_kept", 4000), ("kept", 10000))


def test_a_down_payment_made_before_the_agreement_counts_and_other_money_of_before_does_not():
    dues = (Due(1, D(2026, 11, 23), 6000), Due(2, D(2026, 12, 1), 10000))

    def paid(*receipts):
        found = course(dues, receipts, since=D(2026, 11, 26), today=D(2026, 11, 28), grace=2, proposed=D(2026, 11, 23))
        return [i.paid for i in found.instalments]

    assert paid(came(D(2026, 11, 24), 6000)) == [6000, 0]
    assert paid(came(D(2026, 11, 24), 9000)) == [
        6000,
        0,
    ]  # the 30 euros more were paid on the debt before anything was agreed
    assert paid(came(D(2026, 11, 22), 6000)) == [0, 0]
    assert paid(came(D(2026, 11, 24), 6000), came(D(2026, 11, 26), 1000)) == [6000, 1000]
    bounced = (came(D(2026, 11, 24), 6000), came(D(2026, 11, 27), -6000, D(2026, 11, 24)))
    assert paid(*bounced) == [0, 0]


@pytest.mark.parametrize(
    ("state", "paid", "words"),
    [
        ("kept", 10000, "100,00 € came by 2 December 2026."),
        ("pending", 0, "Nothing came yet; it is awaited until 2 December 2026."),
        ("pending", 4000, "40,00 € came; the rest is awaited until 2 December 2026."),
        ("partly_kept", 4000, "Of 100,00 €, 40,00 € came by 2 December 2026."),
        ("broken", 0, "Nothing that held came by 2 December 2026."),
    ],
)
def test_a_promise_says_why_it_stands_as_it_does(state, paid, words):
    said = promise_reason(state, 10000, paid, D(2026, 11, 30), grace=2)
    plain = said.msgid.format(**{k: _spelled(v) for k, v in said.params.items()})
    assert plain == words


def _spelled(value):
    return "2 December 2026" if value == D(2026, 12, 2) else f"{value.cents // 100},{value.cents % 100:02d} €"
