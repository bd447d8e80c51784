"""Keeps the views of the queue that people saved. Grants no right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit, changed_meanwhile


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, whose it is, whether everybody sees it, what it asks as JSON."""

    id: int
    name: str
    owner_id: int
    shared: int
    asked: str
    row_version: int

    @property
    def filters(self) -> Mapping[str, Any]:
        """What it asks."""
        found: Mapping[str, Any] = json.loads(self.asked)
        return found


_VIEW = "SELECT id, name, owner_id, shared, asked, row_version FROM queue_views"


def views(reader: Reader, user_id: int) -> tuple[View, ...]:
    """One's own, then those shared, by name."""
    return reader.all(
        View,
        f"{_VIEW} WHERE owner_id = ?1 OR shared = 1 ORDER BY owner_id <> ?1, name COLLATE NOCASE, id",
        (user_id,),
    )


def view(reader: Reader, view_id: int) -> View | None:
    """One view."""
    return reader.first(View, f"{_VIEW} WHERE id = ?", (view_id,))


def add(unit: Unit, name: str, asked: Mapping[str, Any], *, shared: bool) -> int:
    """A view of whoever acts."""
    return unit.add(
        "queue_views", name=name, owner_id=unit.actor_id, shared=int(shared), asked=json.dumps(asked, sort_keys=True),
        created_at=unit.now,
    )  # fmt: skip


def remove(unit: Unit, view_id: int, row_version: int) -> None:
    """Forget a view; raises Refusal "changed-meanwhile"."""
    if unit.run("DELETE FROM queue_views WHERE id = ? AND row_version = ?", (view_id, row_version)).rowcount != 1:
        raise changed_meanwhile(f"queue_views {view_id}")
