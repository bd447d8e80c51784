"""Parses XML that a stranger wrote: refuses declarations, entities and unusual encodings first. Interprets no tag."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from core.domain.messages import Refusal, msg, refuse

XML_MARKS_MAX = 5_000_000  # "<" signs: an electronic invoice has a few thousands, a year of bank statement a million
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "iso8859-1",
    "iso-8859-15": "iso8859-15",
    "windows-1252": "cp1252",
}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00\x00\x00", "utf-32"),
    (b"\x00\x00\x00<", "utf-32"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_FORBIDDEN = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def xml_encoding(data: bytes) -> str:
    """The encoding that the XML 1.0 rules give these bytes: byte order mark, shape of the first sign, declaration."""
    head = data.lstrip(b" \t\r\n")[:300]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    declared = _DECLARED.match(head)
    return declared[1].decode("ascii").lower() if declared else "utf-8"


def xml_root(data: bytes) -> ET.Element:
    """The root element of `data`, or a Refusal.

    A document type declaration or an entity is refused before any parsing (entity expansion, "billion laughs"; external
    entities, CWE-776 and CWE-611). The text that was searched is the text that is parsed, so no encoding hides them.
    """
    text = _xml_text(data)
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise _xml_refusal("xml-doctype", found[0], line)
    if text.count("<") > XML_MARKS_MAX:
        raise refuse(
            "xml-too-large",
            msg("This XML holds more than {limit} tags; nothing was read.", limit=XML_MARKS_MAX),
            msg("Ask for the file in several parts."),
        )
    try:
        parser = ET.XMLParser()  # noqa: S314 - the text has no declaration left to expand
        parser.feed(text)
        return parser.close()
    except ET.ParseError as fault:
        raise _xml_refusal("xml-broken", ET.ParseError.__str__(fault), fault.position[0]) from fault


def _xml_text(data: bytes) -> str:
    """The decoded text, without its byte order mark; only the encodings that invoices and banks use."""
    declared = xml_encoding(data)
    name = ENCODINGS.get(declared, declared if declared in ("utf-16-le", "utf-16-be") else "")
    if not name:
        raise refuse(
            "xml-encoding",
            msg("This XML says it is written in “{given}”, which is not read.", given=declared),
            msg("Ask for the file in UTF-8."),
            field="encoding",
            value=declared,
        )
    try:
        return data.decode(name).lstrip("\ufeff \t\r\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _xml_refusal("xml-broken", data[fault.start : fault.start + 1].hex(), line) from fault


def _xml_refusal(code: str, given: str, line: int) -> Refusal:
    """The Refusal for one place of a broken or hostile XML file."""
    reasons = {
        "xml-doctype": (
            msg(
                "This XML declares a document type or an entity ({given}), a known way to attack a reader.", given=given
            ),
            msg("An invoice or a statement needs none: ask the sender for a plain file."),
        ),
        "xml-broken": (
            msg("This XML is broken at line {line}: {given}.", line=line, given=given),
            msg("The file is probably cut: download it again, or ask for it again."),
        ),
    }
    reason, remedy = reasons[code]
    return refuse(code, reason, remedy, value=given, where=f"line {line}")
