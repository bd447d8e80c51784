"""A reminder before a promised payment or an instalment, day by day: on its day, never on a closed one, once, not once it is paid.

Monday 23 November 2026 is the day of the fixture; 25 December (a Friday) and 1 January are holidays, Sundays are closed (data/contact).
"""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from core.domain.messages import Refusal
from core.services import access, house, payments, plans, promises, reminders, scenarios
from core.services.payments import PaymentEntry
from core.services.plans import PlanEntry
from core.services.promises import PromiseEntry
from core.services.scenarios import StepEntry
from tests.services.factory import a_case, a_debt, ready_to_write

DAY = dt.date
_TOKENS = itertools.count(1)
FIRST = (StepEntry("placement", 0, "letter", "first_letter", automatic=True),)
BEFORE = (
    StepEntry("promise", -2, "sms", "sms_reminder", automatic=True),
    StepEntry("instalment", -3, "email", "email_reminder", automatic=True),
)


class Life:
    """A case whose first letter has left long ago and whose scenario has nothing more to do but what comes before a payment."""

    def __init__(self, ctx, sid, patch) -> None:
        self.ctx, self.sid, self.patch = ctx, sid, patch
        scenarios.save_scenario(ctx, "consumer_gentle", 4, FIRST, 0, before=BEFORE)
        self.case = a_case(
            ctx, a_debt(amount=30000), creditor=ready_to_write(ctx), email="debtor@example.org", phone="06 12 34 56 78"
        )

    def on(self, day: dt.date) -> Life:
        self.patch.setenv("QUITTANCE_TODAY", day.isoformat())
        house.prepare()
        self.ctx = access.resolve(self.sid)
        return self

    def sent(self, day: dt.date) -> dict[str, int]:
        """What the run of a day sends."""
        return reminders.run(self.on(day).ctx, f"run-{next(_TOKENS)}").done

    def pay(self, amount: int) -> None:
        entry = PaymentEntry(self.case, self.ctx.today, amount, "transfer", "agency")
        payments.record_payment(self.ctx, entry, f"pay-{next(_TOKENS)}")


@pytest.fixture
def life(ctx, sid, monkeypatch) -> Life:
    return Life(ctx, sid, monkeypatch)


def promised(life, due: dt.date, amount: int = 10000) -> int:
    return promises.record_promise(life.ctx, PromiseEntry(life.case, amount, due), f"promise-{next(_TOKENS)}")


def test_two_days_before_a_promise_its_reminder_leaves_once_and_never_again(life):
    promised(life, DAY(2026, 12, 4))  # a Friday
    assert life.sent(DAY(2026, 12, 1)) == {}
    assert life.sent(DAY(2026, 12, 2)) == {"sms": 1}
    assert life.sent(DAY(2026, 12, 2)) == {}
    assert life.sent(DAY(2026, 12, 3)) == {}
    assert life.sent(DAY(2026, 12, 4)) == {}


def test_its_day_on_a_holiday_moves_to_the_next_open_day_still_before_the_payment(life):
    promised(life, DAY(2026, 12, 27))  # a Sunday: two days before is Christmas
    assert life.sent(DAY(2026, 12, 24)) == {}
    assert life.sent(DAY(2026, 12, 25)) == {}
    assert life.sent(DAY(2026, 12, 26)) == {"sms": 1}  # Saturday, when this house works


def test_where_no_day_is_open_before_the_payment_nothing_leaves(life):
    promised(life, DAY(2026, 12, 27))
    scenarios.save_scenario(
        life.ctx,
        "consumer_gentle",
        4,
        FIRST,
        1,
        before=(StepEntry("promise", 0, "sms", "sms_reminder", automatic=True),),
    )
    assert [life.sent(DAY(2026, 12, day)) for day in (26, 27, 28)] == [{}, {}, {}]


def test_a_promise_kept_before_has_no_reminder_and_one_kept_in_part_has_it(life):
    promised(life, DAY(2026, 12, 4))
    life.on(DAY(2026, 12, 1)).pay(10000)
    assert life.sent(DAY(2026, 12, 2)) == {}
    promised(life, DAY(2026, 12, 11))
    life.on(DAY(2026, 12, 8)).pay(4000)
    assert life.sent(DAY(2026, 12, 9)) == {"sms": 1}


def test_a_promise_cancelled_has_no_reminder(life):
    promise = promised(life, DAY(2026, 12, 4))
    promises.cancel_promise(life.ctx, promise, 1)
    assert life.sent(DAY(2026, 12, 2)) == {}


def test_after_an_outage_it_leaves_late_but_never_after_the_payment_s_day(life):
    promised(life, DAY(2026, 12, 4))
    promised(life, DAY(2026, 12, 18))
    assert life.sent(DAY(2026, 12, 3)) == {"sms": 1}  # nothing ran on the 2nd
    assert life.sent(DAY(2026, 12, 19)) == {}  # nothing ran from the 16th to the 18th: the day is past


def test_three_days_before_each_instalment_its_reminder_leaves_and_not_once_that_one_is_paid(life):
    plan = plans.save_proposal(life.ctx, life.case, PlanEntry(30000, DAY(2026, 12, 4), count=3), "plan")
    plans.agree_plan(life.ctx, plan, life.ctx.today, 1, life.ctx.today)
    assert life.sent(DAY(2026, 11, 30)) == {}
    assert life.sent(DAY(2026, 12, 1)) == {"email": 1}
    assert life.sent(DAY(2026, 12, 2)) == {}
    life.on(DAY(2026, 12, 3)).pay(10000)
    assert life.sent(DAY(2026, 12, 31)) == {}
    assert life.sent(DAY(2027, 1, 1)) == {}  # three days before the second one, a holiday
    assert life.sent(DAY(2027, 1, 2)) == {"email": 1}  # a Saturday
    life.on(DAY(2027, 1, 4)).pay(20000)  # the second and the third at once: nothing is owed any more
    assert life.sent(DAY(2027, 2, 1)) == {}


def test_an_instalment_paid_early_leaves_its_own_reminder_out_and_the_next_one_has_its_own(life):
    plan = plans.save_proposal(life.ctx, life.case, PlanEntry(30000, DAY(2026, 12, 4), count=3), "plan")
    plans.agree_plan(life.ctx, plan, life.ctx.today, 1, life.ctx.today)
    life.on(DAY(2026, 11, 26)).pay(10000)
    assert life.sent(DAY(2026, 12, 1)) == {}
    assert life.sent(DAY(2027, 1, 2)) == {"email": 1}


def test_what_a_lead_types_for_stops_and_days_before_is_kept_and_what_cannot_be_is_refused(life):
    later = (StepEntry("promise", 2, "sms", "sms_reminder", automatic=True),)
    with pytest.raises(Refusal) as found:
        scenarios.save_scenario(life.ctx, "consumer_gentle", 4, FIRST, 1, before=later)
    assert found.value.problems[0].code == "scenario-days"
    scenarios.save_scenario(life.ctx, "consumer_gentle", 4, FIRST, 1, stops=("reply", "held"))
    kept = scenarios.catalogue(life.ctx)
    one = next(view.scenario for view in kept if view.scenario.key == "consumer_gentle")
    assert (one.stops, [step.anchor for step in one.before]) == (("held", "reply"), ["promise", "instalment"])
    scenarios.save_scenario(life.ctx, "consumer_gentle", 4, FIRST, 2, before=(), stops=())
    one = next(view.scenario for view in scenarios.catalogue(life.ctx) if view.scenario.key == "consumer_gentle")
    assert (one.stops, one.before) == ((), ())
