"""Bytes under their hash, in the home beside the store. Looks inside none of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from core.domain.messages import msg, refuse
from core.store.unit import Reader, Store, Unit


def place(folder: Path, digest: str) -> Path:
    """Where the bytes of a hash lie."""
    return folder / digest[:2] / digest


def keep(unit: Unit, store: Store, data: bytes, media_type: str) -> int:
    """Keep bytes once; returns the id of the file row. The bytes reach the disk before the row is committed."""
    digest = hashlib.sha256(data).hexdigest()
    found = unit.value("SELECT id FROM files WHERE sha256 = ?", (digest,))
    kept = place(store.folder, digest)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(kept)
    if found:
        return int(found)
    return unit.add(
        "files", sha256=digest, media_type=media_type, size=len(data), added_by=unit.actor_id, added_at=unit.now
    )


def fetch(reader: Reader, store: Store, file_id: int) -> bytes:
    """The bytes of a file row; refused when they are gone from the data folder."""
    digest = reader.value("SELECT sha256 FROM files WHERE id = ?", (file_id,))
    try:
        return place(store.folder, digest).read_bytes()
    except FileNotFoundError as error:
        raise refuse(
            "file-gone",
            msg("The file itself is no longer in the data folder."),
            msg("Put it back from a backup (python -m core restore), or keep it again."),
            field="file",
            value=str(file_id),
        ) from error


def digest(reader: Reader, file_id: int) -> str:
    """The sha256 a file row was kept under."""
    return str(reader.value("SELECT sha256 FROM files WHERE id = ?", (file_id,)))
