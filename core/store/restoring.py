"""The way back from a backup: all of it is checked against the database inside before anything is replaced. Overwrites no earlier copy."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

from core.domain.messages import Refusal, msg, refuse
from core.store import connection, files, migrations
from core.store.backup import DATABASE, MANIFEST, described, snapshot

MANIFEST_MOST = 50_000_000  # bytes unpacked: some 700 000 kept files
MEMBER_MOST = 20_000_000_000  # bytes unpacked, of the database and of a kept file
BLOCK = 1 << 20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack a whole block at once, however large
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MADE_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, TypeError, ValueError, RuntimeError,
)  # fmt: skip


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup, after checking its shape, and the database and each file against their hashes."""
    try:
        with zipfile.ZipFile(source) as archive:
            with _member(archive, MANIFEST) as stream:
                manifest: dict[str, Any] = json.loads(stream.read(MANIFEST_MOST))
            whole = _well_formed(manifest) and _digest(archive, DATABASE) == manifest["database"]
            whole = whole and all(_digest(archive, f"files/{name}") == name for name in manifest["files"])
    except _UNREADABLE as error:
        raise _not_a_backup(source) from error
    if not whole:
        raise _not_a_backup(source)
    return manifest


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A member to read in blocks; ValueError, before a byte of it is unpacked, when it says to be too large."""
    info = archive.getinfo(name)
    if info.file_size > (MANIFEST_MOST if name == MANIFEST else MEMBER_MOST) or info.compress_type not in _PACKED:
        raise ValueError(name)
    with archive.open(info) as stream:
        yield stream


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with _member(archive, name) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _well_formed(manifest: Any) -> bool:
    """Whether each value is of its kind; names that become paths are 64 hexadecimal digits, each once."""
    texts = all(isinstance(manifest[name], str) for name in ("store_id", "kind", "made_at", "database"))
    names = manifest["files"]
    return (
        texts
        and type(manifest["schema"]) is int
        and isinstance(names, list)
        and all(_DIGEST.fullmatch(name) for name in names)
        and len(set(names)) == len(names)
        and bool(_MADE_AT.fullmatch(manifest["made_at"]))
    )


def restore(source: Path, path: Path, folder: Path, work: Path) -> dict[str, Any]:
    """Put a backup's content into the store at `path`, through SQLite's own backup (an open file is not replaced).

    A backup goes back only into a store of its own kind and id, or into a place where there is no store yet. The store
    that was there is kept in `work` as a database file of its own. A refused backup leaves nothing behind.
    """
    manifest = read_manifest(source)
    near = next(place for place in (work, *work.parents) if place.exists())
    with (
        tempfile.TemporaryDirectory(prefix="restoring-", dir=near.resolve()) as held,
        zipfile.ZipFile(source) as archive,
    ):
        copy = Path(held) / DATABASE
        with _member(archive, DATABASE) as stream, copy.open("wb") as out:
            shutil.copyfileobj(stream, out, BLOCK)
        _compare(source, manifest, copy)
        work.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _set_aside(source, manifest, path, work)
        for name in manifest["files"]:
            with _member(archive, f"files/{name}") as stream:
                _put_back(files.place(folder, name), stream)
        _copy_database(copy, path)
    return manifest


def _compare(source: Path, manifest: dict[str, Any], copy: Path) -> None:
    """Refuse a database that is none, is damaged, is of a newer program, or is not the one its manifest describes."""
    try:
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
            conn.execute("PRAGMA trusted_schema = OFF")
            schema = int(conn.execute("SELECT schema FROM meta").fetchone()[0])
            newer = schema > migrations.SCHEMA
            same = newer or (
                conn.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                and all(manifest[name] == value for name, value in described(conn).items())
            )
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise _not_a_backup(source) from error
    if newer:
        raise _newer(source, schema)
    if not same:
        raise _not_a_backup(source)


def _set_aside(source: Path, manifest: dict[str, Any], path: Path, work: Path) -> None:
    """Keep a copy of the store that is there; refuse when it is not the backup's own, or cannot be read."""
    try:
        with closing(connection.open_writer(path)) as conn:
            here = conn.execute("SELECT store_id, kind FROM meta").fetchone()
        if here == (manifest["store_id"], manifest["kind"]):
            _keep(path, work, f"{path.stem}-before-restore-of-{re.sub('[^0-9TZ-]', '', manifest['made_at'])}")
    except sqlite3.DatabaseError as error:
        raise refuse(
            "store-unreadable",
            msg("The store that is here cannot be read: {given}.", given=str(error)),
            msg("Move {name} (with its -wal and -shm files) to another folder, then restore again.", name=path.name),
            field="store",
            value=path.name,
        ) from error
    if here != (manifest["store_id"], manifest["kind"]):
        raise refuse(
            "backup-of-another-store",
            msg(
                "This backup is of another store ({given}) than the one here ({here}).",
                given=manifest["kind"],
                here=here[1] if here else "?",
            ),
            msg("Restore it into an empty home (QUITTANCE_HOME), never over another agency's data."),
            field="source",
            value=source.name,
        )


def _keep(path: Path, work: Path, name: str) -> None:
    """A snapshot under a name that no earlier one has: the empty file is taken first, so two restores never share it."""
    for number in count(1):
        before = work / (f"{name}-{number}.db" if number > 1 else f"{name}.db")
        try:
            before.open("xb").close()
        except FileExistsError:
            continue
        try:
            snapshot(path, before)
        except BaseException:
            before.unlink()
            raise
        return


def _put_back(place: Path, stream: IO[bytes]) -> None:
    """The kept bytes, whole or not at all; a damaged file is replaced."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(stream, out, BLOCK)
        Path(part).replace(place)
    finally:
        Path(part).unlink(missing_ok=True)


def _copy_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.close_pool(target)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target, timeout=connection.BUSY_SECONDS)) as new,
    ):
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = WAL")


def _newer(source: Path, schema: int) -> Refusal:
    return refuse(
        "store-newer",
        msg(
            "This backup was made by a newer Quittance (schema {given}; this program knows up to {known}).",
            given=schema,
            known=migrations.SCHEMA,
        ),
        msg("Install the newer version, then restore. Nothing was changed."),
        field="source",
        value=source.name,
    )


def _not_a_backup(source: Path) -> Refusal:
    return refuse(
        "backup-unreadable",
        msg("“{given}” is not a whole backup of Quittance.", given=source.name),
        msg("Choose the .zip file that the backup made; a cut or edited file is refused."),
        field="source",
        value=source.name,
    )
