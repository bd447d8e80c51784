"""Writes every table of a store as CSV, with the kept files and a manifest of hashes. Leaves out sessions, form tokens and indexes."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.domain.messages import msg, refuse
from core.domain.spreadsheets import guarded
from core.store import files
from core.store.unit import Reader, Store

MANIFEST = "manifest.json"
LEFT_OUT = ("sessions", "command_tokens", "case_search")  # tokens prove nothing once out; the search index is remade
SEPARATOR = ";"  # what a French Excel expects
ENCODING = "utf-8-sig"  # without the mark, Excel reads accents as Windows-1252


def tables(reader: Reader) -> tuple[str, ...]:
    """The tables that are exported, by name."""
    names = reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    hidden = ("sqlite_", "_", *LEFT_OUT)
    return tuple(name for (name,) in names if not name.startswith(hidden))


def export(reader: Reader, store: Store, folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    """Write the folder (new or empty) from one snapshot; the manifest comes last and says it is whole. Returns the manifest."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise refuse(
                "folder-not-empty",
                msg("The folder is not empty: {given}.", given=folder.name),
                msg("Give a new folder: an export never mixes with other files."),
                field="folder",
                value=str(folder),
            )
        manifest = {
            **about,
            "encoding": ENCODING,
            "separator": SEPARATOR,
            "money": "integer cents",
            "formula_guard": "leading apostrophe",
            "left_out": list(LEFT_OUT),
            "tables": {name: _table(reader, name, folder) for name in tables(reader)},
            "files": _files(reader, store, folder / "files"),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise refuse(
            "folder-unwritable",
            msg("The folder cannot be written: {given}.", given=error.strerror or type(error).__name__),
            msg("Check its place, your rights and the room left on the disk, then give a new folder."),
            field="folder",
            value=str(folder),
        ) from error
    return manifest


def _table(reader: Reader, name: str, folder: Path) -> dict[str, Any]:
    found = reader.conn.execute(f"SELECT * FROM {name} ORDER BY 1")
    path = folder / f"{name}.csv"
    count = _write(path, [column[0] for column in found.description], found)
    with path.open("rb") as stream:
        return {"file": path.name, "rows": count, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def _write(path: Path, header: list[str], rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with path.open("w", encoding=ENCODING, newline="") as stream:
        out = csv.writer(stream, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
        out.writerow(header)
        for row in rows:
            out.writerow([guarded(value) for value in row])
            count += 1
    return count


def _files(reader: Reader, store: Store, folder: Path) -> list[str]:
    """Copy the kept files under their hash, which is their proof."""
    names = [name for (name,) in reader.rows("SELECT sha256 FROM files WHERE erased_at IS NULL ORDER BY sha256")]
    for name in names:
        folder.mkdir(exist_ok=True)
        shutil.copyfile(files.place(store.folder, name), folder / name)
    return names
