"""Copies of a store: a snapshot of the database, a zip with its files and a manifest, and the way back. Never holds a secret."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

from core.domain.messages import msg, refuse
from core.store import connection

MANIFEST = "manifest.json"
DATABASE = "store.db"


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of a store in one file, while others read and write (VACUUM INTO)."""
    conn = connection.open_writer(source)
    try:
        conn.execute("VACUUM INTO ?", (str(target),))
    finally:
        conn.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def back_up(path: Path, folder: Path, target: Path, now: str) -> dict[str, Any]:
    """Write the zip: database snapshot, then files by content hash, then the manifest. Returns the manifest."""
    if target.exists():
        raise refuse("backup-exists", msg("There is already a file with this name."), msg("Give another name: a backup never overwrites."),
                     field="target", value=target.name)
    copy = target.with_name(target.name + ".db-part")
    part = target.with_name(target.name + ".part")
    try:
        snapshot(path, copy)
        conn = connection.open_writer(copy)
        store_id, kind, schema = conn.execute("SELECT store_id, kind, schema FROM meta").fetchone()
        names = [row[0] for row in conn.execute("SELECT sha256 FROM files WHERE erased_at IS NULL ORDER BY sha256")]
        conn.close()
        manifest = {"store_id": store_id, "kind": kind, "schema": schema, "made_at": now, "database": _sha256(copy),
                    "files": names}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for name in names:
                archive.write(folder / name[:2] / name, f"files/{name}")
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        part.rename(target)
        return manifest
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup, after checking the database and each file against their hashes."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            with archive.open(DATABASE) as stream:
                whole = hashlib.file_digest(stream, "sha256").hexdigest() == manifest["database"]  # type: ignore[arg-type]
            for name in manifest["files"]:
                whole = whole and hashlib.sha256(archive.read(f"files/{name}")).hexdigest() == name
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _not_a_backup(source) from error
    if not whole:
        raise _not_a_backup(source)
    return manifest


def restore(source: Path, path: Path, folder: Path, work: Path) -> dict[str, Any]:
    """Put a backup's content into the store at `path`, through SQLite's own backup (an open file is not replaced).

    A backup goes back only into a store of its own kind and id, or into a place where there is no store yet.
    """
    manifest = read_manifest(source)
    if path.exists():
        conn = connection.open_writer(path)
        here = conn.execute("SELECT store_id, kind FROM meta").fetchone()
        conn.close()
        if tuple(here) != (manifest["store_id"], manifest["kind"]):
            raise refuse(
                "backup-of-another-store",
                msg("This backup is of another store ({given}) than the one here ({here}).", given=manifest["kind"], here=here[1]),
                msg("Restore it into an empty home (QUITTANCE_HOME), never over another agency's data."),
                field="source", value=source.name)
    work.mkdir(parents=True, exist_ok=True)
    copy = work / (source.stem + "-restoring.db")
    copy.unlink(missing_ok=True)
    try:
        with zipfile.ZipFile(source) as archive:
            with archive.open(DATABASE) as stream, copy.open("wb") as out:
                while block := stream.read(1 << 20):
                    out.write(block)
            for name in manifest["files"]:
                kept = folder / name[:2] / name
                kept.parent.mkdir(parents=True, exist_ok=True)
                if not kept.exists():
                    kept.write_bytes(archive.read(f"files/{name}"))
        _copy_database(copy, path)
    finally:
        copy.unlink(missing_ok=True)
    return manifest


def _copy_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.close_pool(target)
    with sqlite3.connect(source) as old, sqlite3.connect(target, timeout=connection.BUSY_SECONDS) as new:
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = WAL")
    old.close()
    new.close()


def _not_a_backup(source: Path) -> Exception:
    return refuse("backup-unreadable", msg("“{given}” is not a whole backup of Quittance.", given=source.name),
                  msg("Choose the .zip file that the backup made; a cut or edited file is refused."), field="source", value=source.name)
