"""Checks a zip container (XLSX, ODS) that a stranger made, from its directory and by unpacking it. Reads no cell."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from core.domain.messages import Message, Refusal, msg, refuse

ZIP_MEMBERS_MAX = 5_000
ZIP_UNPACKED_MAX = 300 * 1024 * 1024  # all members together, unpacked
ZIP_RATIO_MAX = 150  # unpacked over packed, for what unpacks to more than ZIP_RATIO_FROM; real workbooks stay under 60
ZIP_RATIO_FROM = 10 * 1024 * 1024
_STEP = 1 << 18
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_ENTRY = b"PK\x03\x04"
_HEADER = 30  # bytes of a local entry before its name (APPNOTE.TXT 4.3.7)
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def checked_members(data: bytes) -> frozenset[str]:
    """The member names of a zip that is safe to unpack; a Refusal for a bomb, a lie, a password or a broken file.

    Sizes are first read from the directory, then every member is unpacked in small steps and stopped as soon as it
    goes beyond what the directory announced, because a hostile directory lies.
    """
    members = _directory(data)
    _check_sizes(members, len(data))
    for member in members:
        _check_content(data, member)
    return frozenset(member.filename for member in members)


def member_text(data: bytes, name: str, limit: int = 100_000) -> str:
    """The first characters of a small member of a zip already checked, "" when it is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if name not in archive.namelist():
                return ""
            with archive.open(name) as stream:
                return stream.read(limit).decode("utf-8", "replace")
    except zipfile.BadZipFile as fault:  # the name in front of the member is not the directory's
        raise _broken() from fault


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    count = data.count(_DIRECTORY_ENTRY)
    if count > ZIP_MEMBERS_MAX:
        raise _bomb(msg("it holds {given} members; at most {limit} are read", given=count, limit=ZIP_MEMBERS_MAX))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, IndexError, OSError) as fault:
        raise _broken() from fault
    if any(member.flag_bits & 0x1 for member in members):
        raise refuse(
            "file-encrypted",
            msg("This workbook is protected by a password; it cannot be read."),
            msg("Open it, remove the password, save it and give the new file."),
        )
    return members


def _check_sizes(members: list[zipfile.ZipInfo], weight: int) -> None:
    """The announced sizes, the ratio, twice the same name, and members laid over one another."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > ZIP_UNPACKED_MAX:
        limit = ZIP_UNPACKED_MAX // 1024**2
        raise _bomb(
            msg("it unpacks to {given} MB; at most {limit} MB are read", given=unpacked // 1024**2, limit=limit)
        )
    if unpacked > ZIP_RATIO_FROM and unpacked > ZIP_RATIO_MAX * weight:
        times = unpacked // max(weight, 1)
        raise _bomb(msg("it unpacks to {given} times its weight; at most {limit}", given=times, limit=ZIP_RATIO_MAX))
    if len({member.filename for member in members}) < len(members):
        raise _broken()
    places = sorted((m.header_offset, m.header_offset + _HEADER + m.compress_size) for m in members)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise _bomb(msg("its members are laid over one another"))


def _check_content(data: bytes, member: zipfile.ZipInfo) -> None:
    """Unpacks one member without keeping it: announced size, checksum, and no document type inside an XML part."""
    size = checksum = 0
    tail = b""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    for piece in _unpacked(data, member):
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > member.file_size:
            raise _bomb(msg("a member is larger than its directory says"))
        window = tail + piece
        if is_xml and (any(mark in window for mark in _FORBIDDEN) or window.startswith((b"\xff\xfe", b"\xfe\xff"))):
            raise refuse(
                "xml-doctype",
                msg("This workbook hides a document type or an entity in {member}.", member=member.filename),
                msg("No spreadsheet program writes that: ask the sender for a plain file."),
                value=member.filename,
            )
        tail = window[-16:]
    if size != member.file_size or checksum != member.CRC:
        raise _broken()


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member by steps; stored and deflated only, the two methods that spreadsheets use."""
    start = member.header_offset
    header = data[start : start + _HEADER]
    if len(header) < _HEADER or not header.startswith(_LOCAL_ENTRY):
        raise _broken()
    name, extra = struct.unpack_from("<HH", header, 26)
    begin = start + _HEADER + name + extra
    packed = memoryview(data)[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _STEP]) for at in range(0, len(packed), _STEP))
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken()
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _STEP):
            rest = bytes(packed[at : at + _STEP])
            while rest:
                yield engine.decompress(rest, _STEP)
                rest = engine.unconsumed_tail
        yield engine.flush(_STEP)
    except zlib.error as fault:
        raise _broken() from fault


def _bomb(detail: Message) -> Refusal:
    return refuse(
        "zip-bomb",
        msg("This workbook is not safe to open: {detail}.", detail=detail),
        msg("Save the useful sheet alone in a new workbook, or as CSV."),
    )


def _broken() -> Refusal:
    return refuse(
        "file-broken",
        msg("This workbook is damaged and cannot be opened."),
        msg("Download it again, or open it in a spreadsheet program and save it again."),
    )
