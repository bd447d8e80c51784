"""The month of time limits: weeks and days in their places, days off, how each limit stands. Expected days from a wall calendar."""

import datetime as dt
from dataclasses import replace

import pytest

from core.services import proceedings
from tests.services.factory import a_case
from tests.services.test_proceedings import FILED, ORDERED, SERVED, opened, record

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("month", "monday", "weeks"),
    [
        (dt.date(2026, 11, 24), dt.date(2026, 10, 26), 6),  # the 1st is a Sunday: six weeks
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1), 5),  # the 1st is a Monday
        (dt.date(2028, 2, 29), dt.date(2028, 1, 31), 5),  # a leap year: Tuesday 1 to Tuesday 29
        (dt.date(2027, 2, 1), dt.date(2027, 2, 1), 4),  # 28 days from a Monday: nothing beside
        (dt.date(2026, 12, 31), dt.date(2026, 11, 30), 5),  # into the next year
    ],
)
def test_a_month_is_whole_weeks_from_monday_to_sunday(ctx, month, monday, weeks):
    found = proceedings.calendar_month(ctx, month)
    days = [day for week in found.weeks for day in week]
    assert [len(week) for week in found.weeks] == [7] * weeks
    assert [day.on for day in days] == [monday + n * DAY for n in range(7 * weeks)]
    assert all(day.in_month == ((day.on.year, day.on.month) == (month.year, month.month)) for day in days)
    assert all([day.weekend for day in week] == [False] * 5 + [True] * 2 for week in found.weeks)
    assert found.first == month.replace(day=1)


def test_the_neighbours_of_a_month_cross_the_year(ctx):
    january = proceedings.calendar_month(ctx, dt.date(2027, 1, 31))
    assert (january.before, january.after) == (dt.date(2026, 12, 1), dt.date(2027, 2, 1))
    december = proceedings.calendar_month(ctx, dt.date(2026, 12, 1))
    assert (december.before, december.after) == (dt.date(2026, 11, 1), dt.date(2027, 1, 1))


def test_leap_day_today_and_holidays_are_marked(ctx):
    february = {day.on: day for week in proceedings.calendar_month(ctx, dt.date(2028, 2, 1)).weeks for day in week}
    assert february[dt.date(2028, 2, 29)].in_month
    assert not february[dt.date(2028, 3, 1)].in_month
    november = {day.on: day for week in proceedings.calendar_month(ctx, dt.date(2026, 11, 1)).weeks for day in week}
    assert {on.day: day.holiday.of("fr") for on, day in november.items() if day.holiday} == {
        1: "Toussaint",
        11: "11 Novembre",
    }
    assert [on for on, day in november.items() if day.today] == [dt.date(2026, 11, 23)]
    may = {day.on: day for week in proceedings.calendar_month(ctx, dt.date(2026, 5, 1)).weeks for day in week}
    # Easter 2026 is 5 April: Ascension on 14 May, Whit Monday on 25 May (Alsace-Moselle's own days are not of all France)
    assert [on.day for on, day in may.items() if day.holiday and day.in_month] == [1, 8, 14, 25]


def standings(ctx, month):
    found = proceedings.calendar_month(ctx, month)
    return {(one.row.key, day.on, one.standing) for day in found.busy for one in day.limits}


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (dt.date(2026, 11, 29), "later"),  # the day to act is 7 December: eight days later
        (dt.date(2026, 11, 30), "soon"),
        (dt.date(2026, 12, 7), "soon"),
        (dt.date(2026, 12, 8), "overdue"),
    ],
)
def test_an_act_is_soon_within_seven_days_and_overdue_the_day_after(ctx, today, standing):
    record(ctx, opened(ctx), FILED, ORDERED)
    assert standings(replace(ctx, today=today), dt.date(2026, 12, 1)) == {
        ("serve_order", dt.date(2026, 12, 7), standing)
    }


def test_what_the_debtor_has_time_for_is_never_overdue(ctx):
    record(ctx, opened(ctx), FILED, ORDERED, SERVED)  # served on 21 September: one month to oppose, until 21 October
    found = proceedings.calendar_month(ctx, dt.date(2026, 10, 1))
    assert [(day.on, [one.standing for one in day.limits]) for day in found.busy] == [
        (dt.date(2026, 10, 21), ["information"])
    ]


def test_a_day_shows_three_limits_and_counts_the_others(ctx):
    for n in range(5):
        record(ctx, opened(ctx, a_case(ctx, name=f"Débiteur {n}")), FILED, ORDERED)
    (day,) = proceedings.calendar_month(ctx, dt.date(2026, 12, 1)).busy
    assert (day.on, len(day.limits), len(day.seen), day.more) == (dt.date(2026, 12, 7), 5, 3, 2)
    beside = proceedings.calendar_month(ctx, dt.date(2026, 11, 1))  # ends on Sunday 6 December
    assert beside.busy == ()
