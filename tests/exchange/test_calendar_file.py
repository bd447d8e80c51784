"""The .ics of a callback against RFC 5545, read back by hand: escapes, folds, UTC, whole days."""

import datetime as dt
from zoneinfo import ZoneInfo

from core.exchange.calendar_file import Event, calendar_file, escaped, folded

PARIS = ZoneInfo("Europe/Paris")
STAMP = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def lines(event):
    data = calendar_file(event, STAMP)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def test_an_hour_of_paris_in_winter_and_in_summer_is_written_in_utc():
    winter = lines(Event("a@x", dt.datetime(2026, 12, 1, 14, 30, tzinfo=PARIS), "Rappeler"))
    assert {"DTSTART:20261201T133000Z", "DTEND:20261201T134500Z", "DTSTAMP:20261123T090000Z", "UID:a@x"} <= set(winter)
    assert "TRIGGER:-PT10M" in winter
    summer = lines(Event("a@x", dt.datetime(2026, 7, 1, 14, 30, tzinfo=PARIS), "Rappeler", lasts=30))
    assert {"DTSTART:20260701T123000Z", "DTEND:20260701T130000Z"} <= set(summer)


def test_a_day_without_an_hour_is_a_whole_day_without_an_alarm():
    found = lines(Event("a@x", dt.date(2026, 12, 31), "Rappeler"))
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} <= set(found)
    assert "BEGIN:VALARM" not in found


def test_what_the_format_reserves_is_escaped_and_a_header_cannot_be_forged():
    assert escaped("a;b,c\\d\ne\x07") == "a\\;b\\,c\\\\d\\ne"
    found = lines(Event("a@x", dt.date(2026, 12, 1), "Oups\r\nATTACH:http://x"))
    assert "SUMMARY:Oups\\nATTACH:http://x" in found


def test_a_long_line_is_folded_between_characters():
    pieces = list(folded("é" * 80))
    assert [len(piece) for piece in pieces] == [74, 75, 13]  # 37 letters; a space and 37; a space and 6
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == "é" * 80
