"""Writes one event as an iCalendar file (RFC 5545), in UTC. Sends nothing and reads no calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

WIDEST = 75  # octets of a line without its break (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `start` an aware moment, or a day for the whole day; `uid` is unique for ever and the same at each export.

    `alarm`: how many minutes before an hour the calendar reminds, 0 for never.
    """

    uid: str
    start: dt.datetime | dt.date
    minutes: int
    stamp: dt.datetime
    summary: str
    place: str = ""
    description: str = ""
    sequence: int = 0
    alarm: int = 0


def calendar(event: Event) -> bytes:
    """The file with its one event; ValueError for a moment without its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Quittance//Quittance//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_utc(event.stamp)}",
        f"SEQUENCE:{event.sequence}",
        *_when(event),
        f"SUMMARY:{_text(event.summary)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        *([f"DESCRIPTION:{_text(event.description)}"] if event.description else []),
        *_alarm(event),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _when(event: Event) -> list[str]:
    """From when to when; a whole day ends with the next one begun (RFC 5545, 3.6.1)."""
    if isinstance(event.start, dt.datetime):
        return [f"DTSTART:{_utc(event.start)}", f"DTEND:{_utc(event.start + dt.timedelta(minutes=event.minutes))}"]
    return [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", f"DTEND;VALUE=DATE:{event.start + dt.timedelta(days=1):%Y%m%d}"]


def _alarm(event: Event) -> list[str]:
    if not (event.alarm and isinstance(event.start, dt.datetime)):
        return []
    words = f"DESCRIPTION:{_text(event.summary)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", words, f"TRIGGER:-PT{event.alarm}M", "END:VALARM"]


def _utc(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment of a calendar needs its time zone")
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A text with what separates values escaped; no other line can be opened by it (RFC 5545, 3.3.11)."""
    one = "\n".join(value.splitlines())
    plain = "".join(c for c in one if c in "\n\t" or (c >= " " and c != "\x7f"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each after the first opened by a space; no character is cut."""
    pieces, piece, room = [], "", WIDEST
    for character in line:
        if len((piece + character).encode()) > room:
            pieces.append(piece)
            piece, room = "", WIDEST - 1
        piece += character
    return "\r\n ".join([*pieces, piece])
