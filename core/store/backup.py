"""Copies of a store: a snapshot of the database, a zip with its files and a manifest. Never holds a secret; restoring puts one back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from core.domain.messages import Refusal, msg, refuse
from core.store import connection, files

MANIFEST = "manifest.json"
DATABASE = "store.db"


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
        with closing(connection.open_writer(copy)) as conn:
            about = described(conn)
        manifest = {**about, "made_at": now, "database": _sha256(copy)}
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


def described(conn: sqlite3.Connection) -> dict[str, Any]:
    """What a manifest says of a database: which store, of which kind and schema, with which kept files."""
    store_id, kind, schema = conn.execute("SELECT store_id, kind, schema FROM meta").fetchone()
    names = [row[0] for row in conn.execute("SELECT sha256 FROM files WHERE erased_at IS NULL ORDER BY sha256")]
    return {"store_id": store_id, "kind": kind, "schema": schema, "files": names}


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
