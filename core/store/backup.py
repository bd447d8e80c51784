"""Copies of a store: a snapshot of the database, a zip with its files and a manifest, and the way back. Never holds a secret."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from core.domain.messages import Refusal, msg, refuse
from core.store import connection, files

MANIFEST = "manifest.json"
DATABASE = "store.db"
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, RuntimeError)


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of a store in one file, while others read and write (VACUUM INTO)."""
    with closing(connection.open_writer(source)) as conn:
        conn.execute("VACUUM INTO ?", (str(target),))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def back_up(path: Path, folder: Path, target: Path, now: str) -> dict[str, Any]:
    """Write the zip: database snapshot, then files by content hash, then the manifest. Returns the manifest."""
    if target.exists():
        raise refuse(
            "backup-exists",
            msg("There is already a file with this name."),
            msg("Give another name: a backup never overwrites."),
            field="target",
            value=target.name,
        )
    copy = target.with_name(target.name + ".db-part")
    part = target.with_name(target.name + ".part")
    try:
        snapshot(path, copy)
        manifest = {**_described(copy), "made_at": now, "database": _sha256(copy)}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for name in manifest["files"]:
                archive.write(files.place(folder, name), f"files/{name}")
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        part.rename(target)
    except (OSError, sqlite3.DatabaseError) as error:
        raise _not_made(target, error) from error
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return manifest


def _described(copy: Path) -> dict[str, Any]:
    with closing(connection.open_writer(copy)) as conn:
        store_id, kind, schema = conn.execute("SELECT store_id, kind, schema FROM meta").fetchone()
        names = [row[0] for row in conn.execute("SELECT sha256 FROM files WHERE erased_at IS NULL ORDER BY sha256")]
    return {"store_id": store_id, "kind": kind, "schema": schema, "files": names}


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup, after checking the database and each file against their hashes."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            with archive.open(DATABASE) as stream:
                whole = hashlib.file_digest(stream, "sha256").hexdigest() == manifest["database"]  # type: ignore[arg-type]
            for name in manifest["files"]:
                whole = whole and hashlib.sha256(archive.read(f"files/{name}")).hexdigest() == name
            whole = whole and all(name in manifest for name in ("store_id", "kind", "schema", "made_at"))
    except _UNREADABLE as error:
        raise _not_a_backup(source) from error
    if not whole:
        raise _not_a_backup(source)
    return manifest


def restore(source: Path, path: Path, folder: Path, work: Path) -> dict[str, Any]:
    """Put a backup's content into the store at `path`, through SQLite's own backup (an open file is not replaced).

    A backup goes back only into a store of its own kind and id, or into a place where there is no store yet. The store
    that was there is kept in `work` as a database file of its own.
    """
    manifest = read_manifest(source)
    work.mkdir(parents=True, exist_ok=True)
    if path.exists():
        _set_aside(source, manifest, path, work)
    copy = work / (source.stem + "-restoring.db")
    copy.unlink(missing_ok=True)
    try:
        with zipfile.ZipFile(source) as archive:
            with archive.open(DATABASE) as stream, copy.open("wb") as out:
                while block := stream.read(1 << 20):
                    out.write(block)
            for name in manifest["files"]:
                _put_back(files.place(folder, name), archive.read(f"files/{name}"))
        _copy_database(copy, path)
    finally:
        copy.unlink(missing_ok=True)
    return manifest


def _set_aside(source: Path, manifest: dict[str, Any], path: Path, work: Path) -> None:
    """Keep a copy of the store that is there; refuse when it is not the backup's own, or cannot be read."""
    before = work / f"{path.stem}-before-restore-of-{manifest['made_at'].replace(':', '')}.db"
    try:
        with closing(connection.open_writer(path)) as conn:
            here = conn.execute("SELECT store_id, kind FROM meta").fetchone()
        if here == (manifest["store_id"], manifest["kind"]):
            before.unlink(missing_ok=True)
            snapshot(path, before)
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
                here=here[1],
            ),
            msg("Restore it into an empty home (QUITTANCE_HOME), never over another agency's data."),
            field="source",
            value=source.name,
        )


def _put_back(place: Path, data: bytes) -> None:
    """The kept bytes, whole or not at all; a damaged file is replaced."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    Path(part).replace(place)


def _copy_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.close_pool(target)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target, timeout=connection.BUSY_SECONDS)) as new,
    ):
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = WAL")


def _not_made(target: Path, error: Exception) -> Refusal:
    given = getattr(error, "strerror", None) or str(error)
    return refuse(
        "backup-failed",
        msg("The backup could not be made: {given}.", given=given),
        msg(
            "Check that the folder exists, that you may write in it and that the disk has room; run “python -m core verify” if it stays."
        ),
        field="target",
        value=str(target),
    )


def _not_a_backup(source: Path) -> Refusal:
    return refuse(
        "backup-unreadable",
        msg("“{given}” is not a whole backup of Quittance.", given=source.name),
        msg("Choose the .zip file that the backup made; a cut or edited file is refused."),
        field="source",
        value=source.name,
    )
