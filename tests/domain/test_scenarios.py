"""The step of a scenario on a day: expectations counted by hand on a calendar. 2026-11-23 is a Monday."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Label
from core.domain.scenarios import CaseFacts, Scenario, Step, next_step

DAY = dt.date


def step(level: int, anchor: str, days: int, channel: str = "email") -> Step:
    return Step(level, anchor, days, channel, "call" if channel == "call" else "email_reminder", automatic=True)


def plan(*steps: Step, before: tuple[Step, ...] = (), gap: int = 3) -> Scenario:
    stops = ("held", "promise", "reply", "proceeding", "time_barred")
    return Scenario("k", Label("k", "k"), "consumer", "gentle", True, gap, stops, steps, before)


def weekdays(day: dt.date) -> bool:
    return day.weekday() < 5


DUE = plan(step(1, "due_date", 5), step(2, "due_date", 20, "call"), step(3, "previous", 10))
CASE = CaseFacts(placed_on=DAY(2026, 11, 2), balance=5000, due_on=DAY(2026, 11, 18))  # a Wednesday


@pytest.mark.parametrize(
    ("today", "code"), [(DAY(2026, 11, 20), "later"), (DAY(2026, 11, 23), "due"), (DAY(2026, 11, 24), "due")]
)
def test_nothing_on_day_4_and_level_one_on_day_5(today, code):
    found = next_step(DUE, CASE, today, weekdays)
    assert (found.code, found.on) == (code, DAY(2026, 11, 23))


def test_a_day_that_falls_on_a_closed_one_moves_to_the_next_open_one_and_says_so():
    found = next_step(DUE, replace(CASE, due_on=DAY(2026, 11, 17)), DAY(2026, 11, 21), weekdays)  # + 5 = Sunday 22
    assert (found.code, found.on) == ("later", DAY(2026, 11, 23))
    assert "next open day" in str(found.why)


def test_nothing_leaves_on_a_closed_day_though_it_is_late():
    found = next_step(DUE, replace(CASE, due_on=DAY(2026, 10, 1)), DAY(2026, 11, 22), weekdays)
    assert (found.code, found.on) == ("later", DAY(2026, 11, 23))


def test_after_an_outage_the_next_step_keeps_its_distance_from_what_was_really_done():
    """Both days are past on 1 March; level one left that day, so level two comes 20 - 5 = 15 days later, on Tuesday 16."""
    facts = replace(CASE, level=1, done_on=DAY(2027, 3, 1), acted_on=DAY(2027, 3, 1))
    assert next_step(DUE, facts, DAY(2027, 3, 1), weekdays).code == "today"
    assert next_step(DUE, facts, DAY(2027, 3, 2), weekdays).on == DAY(2027, 3, 16)
    assert next_step(DUE, facts, DAY(2027, 3, 15), weekdays).code == "later"
    assert next_step(DUE, facts, DAY(2027, 3, 16), weekdays).code == "due"


def test_steps_counted_from_different_days_keep_the_gap_of_the_scenario():
    mixed = plan(step(1, "due_date", 5), step(2, "placement", 10), gap=4)
    facts = replace(CASE, level=1, done_on=DAY(2026, 11, 23))
    assert next_step(mixed, facts, DAY(2026, 11, 24), weekdays).on == DAY(2026, 11, 27)


def test_a_negative_delay_reminds_before_the_due_date():
    early = plan(step(1, "due_date", -7))
    assert next_step(early, replace(CASE, due_on=DAY(2026, 12, 4)), DAY(2026, 11, 26), weekdays).code == "later"
    assert next_step(early, replace(CASE, due_on=DAY(2026, 12, 4)), DAY(2026, 11, 27), weekdays).code == "due"


def test_a_promise_is_reminded_two_days_before_once_though_it_stops_the_rest():
    before = plan(step(1, "placement", 0), before=(step(101, "promise", -2, "sms"),))
    facts = replace(
        CASE, stops={"promise": DAY(2026, 11, 26)}, held_kind="promise", events={"promise": DAY(2026, 11, 26)}
    )
    assert next_step(before, facts, DAY(2026, 11, 23), weekdays).code == "promise"
    found = next_step(before, facts, DAY(2026, 11, 24), weekdays)
    assert (found.code, found.event_on, found.step.channel) == ("due", DAY(2026, 11, 26), "sms")
    told = replace(facts, reminded=frozenset({(101, DAY(2026, 11, 26))}))
    assert next_step(before, told, DAY(2026, 11, 25), weekdays).code == "promise"


def test_a_reminder_before_a_payment_that_a_weekend_would_push_past_it_leaves_on_the_day_itself():
    before = plan(step(1, "placement", 0), before=(step(101, "instalment", -1),))
    facts = replace(
        CASE, stops={"held": None}, held_kind="plan", events={"instalment": DAY(2026, 11, 23)}
    )  # Sunday before
    assert next_step(before, facts, DAY(2026, 11, 23), weekdays).code == "due"


def test_a_stop_of_another_kind_keeps_even_that_reminder_back():
    before = plan(step(1, "placement", 0), before=(step(101, "instalment", -3),))
    facts = replace(CASE, stops={"held": None}, held_kind="insolvency", events={"instalment": DAY(2026, 11, 25)})
    assert next_step(before, facts, DAY(2026, 11, 24), weekdays).code == "held"


@pytest.mark.parametrize(
    ("changed", "code", "on"),
    [
        ({"open": False}, "closed", None),
        ({"balance": 0}, "paid", None),
        ({"balance": -100}, "paid", None),
        ({"pending": True}, "pending", None),
        ({"paused_until": DAY(2026, 11, 30)}, "paused", DAY(2026, 12, 1)),
        ({"paused_until": dt.date.max}, "excluded", None),
        ({"paused_until": DAY(2026, 11, 22)}, "due", DAY(2026, 11, 23)),
        ({"stops": {"held": DAY(2026, 11, 27)}}, "held", DAY(2026, 11, 28)),
        ({"stops": {"reply": None}}, "reply", None),
        ({"stops": {"time_barred": None}}, "time_barred", None),
        ({"level": 3, "done_on": DAY(2026, 1, 1)}, "ended", None),
        ({"due_on": None}, "no_anchor", None),
    ],
)  # fmt: skip
def test_what_keeps_a_step_back_and_until_when(changed, code, on):
    found = next_step(DUE, replace(CASE, **changed), DAY(2026, 11, 23), weekdays)
    assert (found.code, found.on) == (code, on)


def test_a_first_letter_posted_in_another_way_counts_as_the_scenarios_own():
    first = Step(1, "placement", 0, "letter", "first_letter", automatic=True)
    both = plan(first, step(2, "first_letter", 10))
    found = next_step(both, replace(CASE, first_letter_on=DAY(2026, 11, 13)), DAY(2026, 11, 23), weekdays)
    assert (found.code, found.step.level) == ("due", 2)


def test_a_letter_that_waits_to_be_posted_keeps_the_next_letter_back_and_not_an_email():
    facts = replace(CASE, letter_ready=True)
    written = plan(Step(1, "placement", 0, "letter", "reminder_firm", automatic=True))
    assert next_step(written, facts, DAY(2026, 11, 23), weekdays).code == "letter_ready"
    assert next_step(plan(step(1, "placement", 0)), facts, DAY(2026, 11, 23), weekdays).code == "due"
