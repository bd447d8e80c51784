"""Keeps what was imported, when and by whom, and the column mapping a person accepted for a creditor's files. Reads no file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class NewBatch:
    """One import as it is recorded; `amount` in cents."""

    creditor_id: int
    file_sha256: str
    file_name: str
    format: str
    added: int
    unchanged: int
    rejected: int
    amount: int
    options: Mapping[str, Any]


def add_batch(unit: Unit, new: NewBatch) -> int:
    """Record an import; returns its number."""
    return unit.add(
        "import_batches",
        creditor_id=new.creditor_id,
        file_sha256=new.file_sha256,
        file_name=new.file_name,
        format=new.format,
        added=new.added,
        unchanged=new.unchanged,
        rejected=new.rejected,
        amount=new.amount,
        options=json.dumps(new.options, ensure_ascii=False, sort_keys=True),
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )


def entered_on(reader: Reader, creditor_id: int, sha256: str) -> str:
    """The ISO day on which the same bytes last entered for a creditor, or ""."""
    found = reader.value(
        "SELECT MAX(recorded_at) FROM import_batches WHERE creditor_id = ? AND file_sha256 = ?", (creditor_id, sha256)
    )
    return str(found)[:10] if found else ""


def mapping(reader: Reader, creditor_id: int, signature: str) -> tuple[str, dict[int, str]] | None:
    """Kind of record and columns kept for files of a creditor with the same headings."""
    found = reader.value(
        "SELECT mapping FROM mapping_profiles WHERE creditor_id = ? AND signature = ?", (creditor_id, signature)
    )
    if not found:
        return None
    kept = json.loads(found)
    return kept["record"], {int(at): name for at, name in kept["columns"].items()}


def keep_mapping(unit: Unit, creditor_id: int, signature: str, record: str, columns: Mapping[int, str]) -> None:
    """Keep the mapping a person used; the last one counts."""
    text = json.dumps(
        {"record": record, "columns": {str(at): name for at, name in sorted(columns.items())}}, ensure_ascii=False
    )
    unit.run(
        "INSERT INTO mapping_profiles(creditor_id, signature, mapping, saved_by, saved_at) VALUES (?,?,?,?,?) "
        "ON CONFLICT (creditor_id, signature) DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by, "
        "saved_at = excluded.saved_at",
        (creditor_id, signature, text, unit.actor_id, unit.now),
    )
