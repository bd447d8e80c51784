"""Writes an iCalendar file (RFC 5545) of one event: escaped, folded at 75 bytes, in UTC. Knows no case and reads no calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FOLD = 75  # bytes of a line without its break (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `start` an aware moment, or a day for the whole day; minutes of `lasts` and of the alarm before it (0: none)."""

    uid: str
    start: dt.datetime | dt.date
    summary: str
    description: str = ""
    location: str = ""
    lasts: int = 15
    alarm: int = 10


def calendar_file(event: Event, stamp: dt.datetime) -> bytes:
    """The file, ready to be opened by any calendar; `stamp` is the aware moment at which it is made."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Quittance//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}", f"DTSTAMP:{_utc(stamp)}", *_when(event), f"SUMMARY:{escaped(event.summary)}",
    ]  # fmt: skip
    lines += [f"DESCRIPTION:{escaped(event.description)}"] if event.description else []
    lines += [f"LOCATION:{escaped(event.location)}"] if event.location else []
    if event.alarm and isinstance(event.start, dt.datetime):
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escaped(event.summary)}",
            f"TRIGGER:-PT{event.alarm}M",
            "END:VALARM",
        ]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11): backslash, semicolon, comma and line break escaped; other control characters dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char in "\n\t" or (ord(char) >= 32 and ord(char) != 127))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterable[bytes]:
    """A line in pieces of 75 bytes at most, the next ones begun by a space; no character is cut."""
    piece, room = b"", FOLD
    for char in line:
        encoded = char.encode("utf-8")
        if len(piece) + len(encoded) > room:
            yield piece
            piece = b" "
        piece += encoded
    yield piece


def _when(event: Event) -> list[str]:
    if isinstance(event.start, dt.datetime):
        return [f"DTSTART:{_utc(event.start)}", f"DTEND:{_utc(event.start + dt.timedelta(minutes=event.lasts))}"]
    return [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", f"DTEND;VALUE=DATE:{event.start + dt.timedelta(days=1):%Y%m%d}"]


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
