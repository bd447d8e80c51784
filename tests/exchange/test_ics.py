"""One event as an iCalendar file: what RFC 5545 wants, read back by hand rules and not by the writer."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core.exchange.ics import Event, calendar

PARIS = ZoneInfo("Europe/Paris")


def an_event(**more) -> Event:
    given = {
        "uid": "appointment-1@abc",
        "start": dt.datetime(2026, 11, 25, 14, 30, tzinfo=PARIS),
        "minutes": 45,
        "stamp": dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC),
        "summary": "Rendez-vous",
    }
    return Event(**{**given, **more})


def unfolded(data: bytes) -> list[str]:
    """The lines as a reader puts them together again (RFC 5545, 3.1)."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_hour_of_paris_is_written_in_utc_in_winter_and_in_summer():
    # Paris is UTC+1 in November and UTC+2 in July; 45 minutes later for the end
    winter = unfolded(calendar(an_event()))
    assert "DTSTART:20261125T133000Z" in winter
    assert "DTEND:20261125T141500Z" in winter
    summer = unfolded(calendar(an_event(start=dt.datetime(2026, 7, 1, 14, 30, tzinfo=PARIS))))
    assert "DTSTART:20260701T123000Z" in summer


def test_the_file_has_what_a_calendar_and_an_event_must_have():
    lines = unfolded(calendar(an_event()))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for name in ("PRODID", "UID", "DTSTAMP", "DTSTART"):
        assert len([line for line in lines if line.startswith(f"{name}:")]) == 1, name
    assert "DTSTAMP:20261124T090000Z" in lines


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    data = calendar(an_event(description="é" * 200))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert f"DESCRIPTION:{'é' * 200}" in unfolded(data)


def test_what_separates_values_is_escaped_and_no_line_can_be_smuggled_in():
    place = "Salle 2; étage 1, porte \\B\r\nATTENDEE:mailto:x@y.z"
    lines = unfolded(calendar(an_event(place=place)))
    assert "LOCATION:Salle 2\\; étage 1\\, porte \\\\B\\nATTENDEE:mailto:x@y.z" in lines
    assert not [line for line in lines if line.startswith("ATTENDEE")]


def test_a_moment_without_its_zone_is_no_moment():
    with pytest.raises(ValueError, match="zone"):
        calendar(an_event(start=dt.datetime(2026, 11, 25, 14, 30)))  # noqa: DTZ001 - the very fault


def test_a_day_without_an_hour_is_a_whole_day_and_reminds_of_nothing():
    found = unfolded(calendar(an_event(start=dt.date(2026, 12, 31), alarm=10)))
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} <= set(found)
    assert "BEGIN:VALARM" not in found


def test_an_hour_may_remind_some_minutes_before():
    found = unfolded(calendar(an_event(alarm=10)))
    assert found[found.index("BEGIN:VALARM") :][:4] == [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Rendez-vous", "TRIGGER:-PT10M",
    ]  # fmt: skip
