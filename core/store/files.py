"""Bytes under their hash, in the home beside the store. Looks inside none of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from core.store.unit import Reader, Store, Unit


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def keep(unit: Unit, store: Store, data: bytes, media_type: str) -> int:
    """Keep bytes once; returns the id of the file row. The bytes reach the disk before the row is committed."""
    digest = hashlib.sha256(data).hexdigest()
    found = unit.value("SELECT id FROM files WHERE sha256 = ?", (digest,))
    place = _place(store.folder, digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(place)
    if found:
        return int(found)
    return unit.add("files", sha256=digest, media_type=media_type, size=len(data), added_by=unit.actor_id, added_at=unit.now)


def fetch(reader: Reader, store: Store, file_id: int) -> bytes:
    """The bytes of a file row; raises FileNotFoundError when they are gone."""
    digest = reader.value("SELECT sha256 FROM files WHERE id = ?", (file_id,))
    return _place(store.folder, digest).read_bytes()
