"""Time limits as the law counts them: the twelve vectors of the reference, the day before, of and after, distance, local holidays."""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from core.domain.calendar import easter_sunday, holiday_on, is_weekend
from core.domain.deadlines import Length, add_months, before, deadline
from core.domain.messages import Refusal
from core.law.calendar_rules import deadline_rules

ROOT = Path(__file__).resolve().parents[1]
VECTORS = yaml.load((ROOT / "cases" / "deadlines.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
HOLIDAYS = ROOT / "samples" / "worked-examples" / "jours_feries"
RULES = deadline_rules()
DAYS = some.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))


def end(start: str, length: str, **more: object):
    return deadline(dt.date.fromisoformat(start), Length.parse(length), RULES, **more)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["case"])
def test_the_vectors_of_the_reference(vector):
    found = end(vector["from"], vector["length"], distance=vector.get("distance", ""))
    assert (found.raw.isoformat(), found.legal.isoformat()) == (vector["raw"], vector["legal"])


def test_there_are_twelve_vectors():
    assert len(VECTORS) == 12


@pytest.mark.parametrize(("name", "territory"), [("FR_COMMON", ""), ("FR_57", "57")])
def test_the_holidays_of_2015_to_2040_are_those_published_by_others(name, territory):
    published = json.loads((HOLIDAYS / f"{name}.json").read_text(encoding="utf-8"))
    ours = {
        day.isoformat()
        for ordinal in range(dt.date(2015, 1, 1).toordinal(), dt.date(2040, 12, 31).toordinal() + 1)
        if holiday_on(day := dt.date.fromordinal(ordinal), RULES.holidays, territory)
    }
    assert ours == set(published)


@pytest.mark.parametrize(
    ("year", "day"), [(2000, "2000-04-23"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2038, "2038-04-25")]
)
def test_easter_is_where_the_almanac_puts_it(year, day):
    assert easter_sunday(year).isoformat() == day


@pytest.mark.parametrize(
    ("start", "legal"),
    [
        ("2026-11-11", "2026-12-11"),  # ends on a Friday
        ("2026-11-12", "2026-12-14"),  # on a Saturday
        ("2026-11-14", "2026-12-14"),  # on a Monday
    ],
)
def test_an_opposition_of_one_month_the_day_before_on_and_after_a_weekend(start, legal):
    assert end(start, "1m").legal.isoformat() == legal


def test_the_safe_date_never_rolls_and_takes_the_margin_off():
    found = end("2026-11-13", "1m", margin_days=5)
    assert (found.safe.isoformat(), found.legal.isoformat()) == ("2026-12-08", "2026-12-14")


def test_the_safe_date_of_alsace_moselle_is_that_of_france_and_its_legal_date_is_to_be_confirmed():
    # Good Friday 2027 is 26 March; the Monday after it is Easter Monday
    france, moselle = end("2027-02-26", "1m"), end("2027-02-26", "1m", territory="57")
    assert (france.legal.isoformat(), france.certainty) == ("2027-03-26", "V")
    assert (moselle.legal.isoformat(), moselle.certainty) == ("2027-03-30", "S")
    assert moselle.safe == france.safe == moselle.raw


def test_a_limitation_period_ends_on_a_sunday_all_the_same():
    found = end("2021-12-13", "5y", rolls=False)  # 13 December 2026 is a Sunday
    assert found.raw == found.legal == dt.date(2026, 12, 13)


def test_a_limitation_from_29_february_ends_on_the_last_day_of_february():
    assert end("2024-02-29", "5y", rolls=False).legal == dt.date(2029, 2, 28)


def test_months_come_before_days_in_a_mixed_length():
    # one month from 31 January is 28 February, then 15 days: 15 March; the other way round would be 15 February + 1 month
    assert end("2027-01-31", "1m15d").raw == dt.date(2027, 3, 15)


def test_two_months_abroad_and_one_overseas_are_added_before_counting():
    assert end("2026-11-30", "1m", distance="overseas").raw == dt.date(2027, 1, 30)
    assert end("2026-12-31", "1m", distance="abroad").raw == dt.date(2027, 3, 31)


def test_fifteen_working_days_skip_weekends_and_holidays_and_are_to_be_confirmed():
    found = end("2026-12-18", "5wd")  # 21, 22, 23, 24 December, then the 28th: the 25th is a holiday
    assert (found.raw.isoformat(), found.certainty) == ("2026-12-28", "U")


def test_each_step_is_said_with_its_articles():
    found = end("2026-11-13", "1m")
    assert found.articles == ("CPC, art. 641 al. 2", "CPC, art. 642")
    assert [str(reason) for reason in found.reasons] == [
        "Counted from 2026-11-13 in months (1), the period ends on the same day number: 2026-12-13.",
        "2026-12-13 is a Sunday: to the next day.",
    ]


def test_counting_back_from_a_hearing_stops_at_a_working_day():
    # 15 days before Monday 11 January 2027 is Sunday 27 December: Thursday 24 comes before Christmas
    found = before(dt.date(2027, 1, 11), Length(days=15), RULES)
    assert (found.raw.isoformat(), found.legal.isoformat(), found.certainty) == ("2026-12-27", "2026-12-24", "U")


@pytest.mark.parametrize("text", ["", "0d", "10", "d", "-3d", "3 mois", "1m5wd", "1d1m", "101y", "1m 15d"])
def test_what_is_not_a_length_is_refused_on_its_field(text):
    with pytest.raises(Refusal) as refused:
        Length.parse(text)
    assert refused.value.problems[0].field == "length"


def test_a_distance_the_law_does_not_know_is_refused():
    with pytest.raises(Refusal) as refused:
        end("2026-11-13", "1m", distance="far")
    assert refused.value.problems[0].field == "distance"


@given(DAYS, some.integers(1, 60), some.integers(0, 24))
def test_the_legal_date_is_a_working_day_at_most_four_days_after_the_end(start, days, months):
    found = deadline(start, Length(days, months), RULES)
    assert dt.timedelta(0) <= found.legal - found.raw <= dt.timedelta(4)
    assert not is_weekend(found.legal)
    assert holiday_on(found.legal, RULES.holidays) is None


@given(DAYS, some.integers(1, 36))
def test_a_later_event_never_ends_earlier(start, months):
    length = Length(months=months)
    assert deadline(start, length, RULES).raw <= deadline(start + dt.timedelta(1), length, RULES).raw


@given(DAYS, some.integers(0, 240))
def test_months_keep_the_day_number_or_take_the_month_s_last(day, months):
    later = add_months(day, months)
    assert later.day == day.day or (later + dt.timedelta(1)).day == 1
    assert (later.year - day.year) * 12 + later.month - day.month == months
