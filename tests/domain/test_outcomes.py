"""References, hours and working days. What follows from each result is told by tests/services/test_journal.py on a real store."""

import datetime as dt

import pytest

from core.domain.dates import after, working_day
from core.domain.messages import Refusal
from core.domain.outcomes import hour
from core.domain.references import case_reference, mistyped, receipt_number

D = dt.date


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", "14:30"),
        ("14h30", "14:30"),
        ("9h", "09:00"),
        ("0h05", "00:05"),
        (" 14 h 30 ", "14:30"),
        ("23:59", "23:59"),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed, kept):
    assert hour(typed) == kept


@pytest.mark.parametrize("typed", ["25h", "14:60", "midi", "", "14", "-1h"])
def test_an_hour_that_is_none_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        hour(typed)
    assert (refused.value.problems[0].code, refused.value.problems[0].field) == ("hour-unreadable", "hour")


@pytest.mark.parametrize(("day", "moved"), [
    (D(2026, 11, 20), D(2026, 11, 20)),  # Friday
    (D(2026, 11, 21), D(2026, 11, 23)),  # Saturday
    (D(2026, 11, 22), D(2026, 11, 23)),  # Sunday
    (D(2026, 11, 23), D(2026, 11, 23)),  # Monday
])  # fmt: skip
def test_a_weekend_moves_to_monday(day, moved):
    assert working_day(day) == moved


def test_days_after_are_calendar_days_then_moved():
    assert after(D(2026, 11, 23), 3) == D(2026, 11, 26)
    assert after(D(2026, 11, 23), 5) == D(2026, 11, 30)  # Saturday 28 moves to Monday 30


def test_a_case_reference_is_checked_by_mod_97():
    # Q = 26, K = 20 (ISO 7064: A = 10 ... Z = 35): 2620 000123 00 mod 97 = 62, so 98 - 62 = 36
    assert 262000012300 % 97 == 62
    assert case_reference("QK", 123) == "QK000123-36"


@pytest.mark.parametrize("wrong", ["QK000124-36", "QK000123-37", "KQ000123-36", " qk000132-36 "])
def test_a_mistyped_reference_is_noticed(wrong):
    assert mistyped(wrong)


@pytest.mark.parametrize("text", ["QK000123-36", " qk000123-36 ", "QK00123-36", "F-2026-12", "", "bonjour"])
def test_a_right_reference_and_what_is_none_are_not_said_to_be_mistyped(text):
    assert not mistyped(text)


def test_receipt_numbers_carry_the_year():
    assert receipt_number(2026, 7) == "Q2026-000007"
