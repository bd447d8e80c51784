"""Keeps what a lead lays over the shipped defaults, one row a version, never changed. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit, changed_meanwhile


@dataclass(frozen=True, slots=True)
class Overlay:
    """One version: its content is JSON, `author` a name, `recorded_at` UTC text."""

    id: int
    key: str
    version: int
    content: str
    source: str
    author: str
    recorded_at: str


def all_of(reader: Reader, kind: str) -> tuple[Overlay, ...]:
    """Every version of a kind, by key and version."""
    return reader.all(
        Overlay,
        "SELECT o.id, o.key, o.version, o.content, o.source, u.name, o.recorded_at "
        "FROM overlays o JOIN users u ON u.id = o.author_id WHERE o.kind = ? ORDER BY o.key, o.version",
        (kind,),
    )


def add(unit: Unit, kind: str, key: str, content: str, source: str, valid_from: str | None, seen: int) -> int:
    """One more version of a key; `seen` is the last version its writer knew of. Raises Refusal "changed-meanwhile"."""
    last = unit.value("SELECT COALESCE(MAX(version), 0) FROM overlays WHERE kind = ? AND key = ?", (kind, key))
    if last != seen:
        raise changed_meanwhile(key)
    return unit.add(
        "overlays", kind=kind, key=key, version=seen + 1, content=content, source=source, valid_from=valid_from,
        author_id=unit.actor_id, recorded_at=unit.now,
    )  # fmt: skip
