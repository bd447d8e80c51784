"""Days of complaints and the small amount are the house's own: dated, with their source; what came before keeps its own."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.i18n import texts
from core.services import closures, complaints, house_rules
from core.services.context import User
from core.services.house_rules import HouseRules, RulesEntry
from tests.services.factory import a_case, a_debt
from tests.services.test_complaints import entry

D = dt.date
TODAY = D(2026, 11, 23)
TIGHTER = HouseRules(5, 30, 6000)


def saved(ctx, rules=TIGHTER, day=TODAY, source="Décision de la direction du 20 novembre 2026", seen=0):
    return house_rules.save(ctx, RulesEntry(rules, day, source), seen)


def refused(ctx, rules=TIGHTER, day=TODAY, source="Direction", seen=0):
    with pytest.raises(Refusal) as caught:
        saved(ctx, rules, day, source, seen)
    return {(problem.code, problem.field) for problem in caught.value.problems}


def days(ctx, **more):
    number = complaints.record(ctx, entry(ctx, **more), str(more))
    row = next(one for one in complaints.register(ctx).rows if one.id == number)
    return row.acknowledge_by, row.answer_by


def test_a_complaint_has_the_days_that_held_when_it_was_received(ctx):
    saved(ctx, day=D(2026, 11, 25))
    after = replace(ctx, today=D(2026, 11, 26))
    # received the day before: 24 November + 10 days, and + 60 days, a Saturday, so Monday 25; on the day: 25 November + 5 and + 30 days
    assert days(after, received_on=D(2026, 11, 24)) == ("2026-12-04", "2027-01-25")
    assert days(after, received_on=D(2026, 11, 25)) == ("2026-11-30", "2026-12-25")
    assert "within 10 days, answered within 60" in complaints.policy(ctx, texts("en"))
    assert "within 5 days, answered within 30" in complaints.policy(after, texts("en"))


# 40 € as shipped; 60 € from Wednesday 25 November.
@pytest.mark.parametrize(("owed", "day", "blocked"), [
    (4000, TODAY, False), (4001, TODAY, True), (6000, D(2026, 11, 24), True), (6000, D(2026, 11, 25), False), (6001, D(2026, 11, 25), True),
])  # fmt: skip
def test_a_case_is_too_small_up_to_the_limit_of_its_day(ctx, owed, day, blocked):
    case_id = a_case(ctx, a_debt(amount=owed))
    saved(ctx, day=D(2026, 11, 25))
    assert closures.review(replace(ctx, today=day), case_id, "small_amount").blocked is blocked


def test_the_latest_day_holds_and_a_second_version_of_one_day_replaces_the_first(ctx):
    saved(ctx, day=D(2026, 12, 1))
    saved(ctx, HouseRules(7, 45, 5000), TODAY, seen=1)
    saved(ctx, HouseRules(6, 40, 5000), TODAY, seen=2)
    found = house_rules.view(ctx)
    assert (found.now, found.version, found.shipped) == (HouseRules(6, 40, 5000), 3, HouseRules(10, 60, 4000))
    assert [(one.number, one.valid_from, one.source[:8]) for one in found.versions] == [
        (3, TODAY, "Décision"), (2, TODAY, "Décision"), (1, D(2026, 12, 1), "Décision"),
    ]  # fmt: skip
    assert house_rules.view(replace(ctx, today=D(2026, 12, 1))).now == TIGHTER


def test_what_cannot_be_is_refused_on_its_field(ctx):
    assert refused(ctx, HouseRules(0, 400, 0), D(2026, 11, 22), " ") == {
        ("rule-days", "acknowledge_days"), ("rule-days", "answer_days"), ("rule-amount", "small_amount"), ("date-in-past", "valid_from"),
        ("field-empty", "source"),
    }  # fmt: skip
    assert refused(ctx, HouseRules(30, 29, 100)) == {("rule-days", "answer_days")}
    assert refused(ctx, HouseRules(10, 60, 4000)) == {("nothing-changed", "")}
    saved(ctx)
    assert refused(ctx, HouseRules(4, 30, 100), seen=0) == {("changed-meanwhile", "")}


def test_a_collector_changes_none_of_them(ctx):
    karim = replace(ctx, user=User(ctx.user.id, "Karim", "collector"))
    assert refused(karim) == {("forbidden", "")}
