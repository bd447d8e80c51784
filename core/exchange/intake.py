"""Guards the door for files that a stranger made: weight, nature, tricks. Reads no amount, no name, no line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from core.domain.messages import Message, Refusal, msg, refuse
from core.exchange.safe_xml import xml_encoding, xml_root
from core.exchange.safe_zip import checked_members, member_text

__all__ = ["FILE_MAX", "Intake", "Kind", "intake", "refuse_weight", "xml_root"]

Kind = Literal["csv", "xlsx", "ods", "fec", "pdf", "xml", "bank"]

FILE_MAX = 50 * 1024 * 1024
HEAD = 64 * 1024  # what is looked at to tell the nature of a file

_FEC_HEADINGS = frozenset(
    "journalcode journallib ecriturenum ecrituredate comptenum comptelib compauxnum compauxlib pieceref piecedate "
    "ecriturelib debit credit montant sens ecriturelet datelet validdate montantdevise idevise".split()
)
_FEC_HEADINGS_ENOUGH = 6  # a file with that many of them is meant as a FEC, even when one is missing or misspelt
_EXTENSIONS: dict[str, tuple[Kind, ...]] = {
    "csv": ("csv", "fec", "bank"),
    "tsv": ("csv", "fec", "bank"),
    "txt": ("csv", "fec", "bank"),
    "asc": ("csv", "fec", "bank"),
    "fec": ("fec",),
    "xlsx": ("xlsx",),
    "ods": ("ods",),
    "pdf": ("pdf",),
    "xml": ("xml", "bank"),
    "ofx": ("bank",),
    "qfx": ("bank",),
    "sta": ("bank",),
    "mt940": ("bank",),
    "940": ("bank",),
    "cfo": ("bank",),
    "cfonb": ("bank",),
}
_CAMT = re.compile(rb"urn:iso:std:iso:20022:tech:xsd:camt\.05", re.IGNORECASE)
_OFX = re.compile(rb"(?:^|\?>)\s*(?:OFXHEADER\s*:|<\?OFX\b|<OFX>)", re.IGNORECASE)
_MT940 = re.compile(rb"(?:^|[\r\n}])\s*:20:.*?[\r\n]\s*:2[58]", re.DOTALL)
_CFONB = re.compile(rb"\s*0[147]\d{5}.{4}[0-9A-Z ]{5}[A-Z]{3}\d")  # code, bank, operation, branch, currency, decimals
_WEB = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Intake:
    """A file let in: its bare name, its bytes, and what it is by content."""

    name: str
    data: bytes
    kind: Kind


def intake(name: str, data: bytes, encoding: str = "") -> Intake:
    """The file with its nature, or a Refusal that says in plain words what it is and what to do.

    The content decides; the extension may only agree with it. `encoding` is the reader's choice when there is one:
    only a UTF-16 choice matters here, since NUL bytes are then letters.
    """
    bare = PurePath(name.replace("\\", "/")).name
    refuse_weight(len(data))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise _refusal("file-empty", msg("This file is empty."), msg("Export it again: the first export kept no line."))
    kind = _kind(data, encoding)
    _check_extension(bare, kind)
    return Intake(bare, data, kind)


def refuse_weight(weight: int) -> None:
    """Raises a Refusal when `weight` bytes are more than what is read; call it before loading a file in memory."""
    if weight > FILE_MAX:
        raise _refusal(
            "file-too-large",
            msg(
                "This file weighs {given} MB; at most {limit} MB are read.",
                given=weight // 1024**2,
                limit=FILE_MAX // 1024**2,
            ),
            msg("Split it in several files, by period or by client."),
        )


def _kind(data: bytes, encoding: str) -> Kind:
    head = data[:HEAD]
    if head.startswith(_OLE):
        raise _old_office(data)
    if head.startswith(b"PK\x03\x04"):
        return _workbook(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _OFX.search(stripped[:2000]) or (b"<" in head[:8] and _CAMT.search(head.replace(b"\x00", b""))):
        return "bank"
    if _WEB.match(stripped):
        raise _refusal(
            "file-web-page",
            msg("This file is a web page, whatever its name says."),
            msg("Open it in a spreadsheet program and save it as XLSX or CSV."),
        )
    if stripped.startswith(b"<") or (xml_encoding(data).startswith("utf-16") and "<" in _head_text(head, "")[:3]):
        return "xml"
    return _text_kind(data, head, encoding)


def _text_kind(data: bytes, head: bytes, encoding: str) -> Kind:
    """Tells csv, fec and bank for a text; a Refusal for what is no text at all."""
    wide = encoding.lower().replace("_", "-").startswith("utf-16") or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        raise _refusal(
            "file-nul",
            msg("This is no text file: line {line} holds a NUL byte.", line=line),
            msg("Give a CSV, XLSX, ODS, FEC, PDF or XML file; a UTF-16 text must start with its byte order mark."),
            where=f"line {line}",
        )
    if not wide and len(_CONTROL.findall(head)) > len(head) // 1000:
        raise _refusal(
            "file-unknown",
            msg("This file is neither a table, nor a ledger, nor an invoice that can be read."),
            msg("Give a CSV, XLSX, ODS, FEC, PDF or XML file."),
        )
    text = _head_text(head, encoding)
    first = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    words = {re.sub(r"[^a-z]", "", word.lower()) for word in re.split(r"[\t|;]", first)}
    if len(words & _FEC_HEADINGS) >= _FEC_HEADINGS_ENOUGH:
        return "fec"
    return "bank" if _MT940.search(head[:4096]) or _CFONB.match(head[:4096]) else "csv"


def _head_text(head: bytes, encoding: str) -> str:
    """The beginning as text, good enough for headings, which are ASCII whatever the encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or encoding.lower().startswith("utf-16"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").replace("\x00", "")


def _workbook(data: bytes) -> Kind:
    """Tells xlsx from ods, by the parts inside; other zip files are named."""
    members = checked_members(data)
    types = member_text(data, "[Content_Types].xml")
    if "xl/vbaProject.bin" in members or "macroEnabled" in types:
        raise _refusal(
            "file-macros",
            msg("This workbook holds macros (small programs); it is not opened."),
            msg("Save it as XLSX without macros."),
        )
    if "xl/workbook.xml" in members:
        return "xlsx"
    if member_text(data, "mimetype").startswith("application/vnd.oasis.opendocument.spreadsheet"):
        if "encryption-data" in member_text(data, "META-INF/manifest.xml"):
            raise _protected()
        return "ods"
    raise _refusal(
        "file-unknown",
        msg("This is {given}, not a workbook.", given=_zip_name(members)),
        msg("Give the spreadsheet itself, as XLSX, ODS or CSV."),
    )


def _zip_name(members: frozenset[str]) -> Message:
    if "word/document.xml" in members:
        return msg("a Word document")
    if "ppt/presentation.xml" in members:
        return msg("a PowerPoint presentation")
    if "xl/workbook.bin" in members:
        return msg("a binary Excel workbook (XLSB)")
    return msg("a zip archive")


def _old_office(data: bytes) -> Refusal:
    """The Refusal for the compound files of before 2007, and for encrypted workbooks, which borrow that container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _protected()
    if "WordDocument".encode("utf-16-le") in data:
        return _refusal(
            "file-old-office",
            msg("This is an old Word document (DOC), not a table."),
            msg("Copy its table in a spreadsheet and save it as XLSX."),
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return _refusal(
            "file-old-office",
            msg("This is an old Excel workbook (XLS, before 2007); it is not read."),
            msg("Open it and save it as XLSX, ODS or CSV."),
        )
    return _refusal(
        "file-old-office",
        msg("This is an old Office file (before 2007); it is not read."),
        msg("Open it and save it as XLSX, ODS or CSV."),
    )


def _protected() -> Refusal:
    return _refusal(
        "file-encrypted",
        msg("This workbook is protected by a password; it cannot be read."),
        msg("Open it, remove the password, save it and give the new file."),
    )


def _check_extension(name: str, kind: Kind) -> None:
    """An extension that says something else than the content is refused; no extension says nothing."""
    extension = PurePath(name).suffix.lstrip(".").lower()
    if not extension or kind in _EXTENSIONS.get(extension, ()):
        return
    if extension not in _EXTENSIONS and kind in ("fec", "bank"):
        return  # ledgers and statements come with extensions such as .dat, .120 or the date
    natures: dict[Kind, Message] = {
        "csv": msg("a text table"),
        "fec": msg("an accounting ledger (FEC)"),
        "xlsx": msg("an Excel workbook"),
        "ods": msg("an OpenDocument spreadsheet"),
        "pdf": msg("a PDF document"),
        "xml": msg("an XML file"),
        "bank": msg("a bank statement"),
    }
    raise _refusal(
        "file-extension",
        msg("The name ends in “.{extension}”, but the content is {nature}.", extension=extension, nature=natures[kind]),
        msg("Check that it is the right file, then give it the extension of its content."),
        value=name,
    )


def _refusal(code: str, reason: Message, remedy: Message, *, value: str = "", where: str = "") -> Refusal:
    return refuse(code, reason, remedy, field="file", value=value, where=where)
