"""A store seen from inside a unit: what services read and write through it belongs to that unit. Commits nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.store.unit import Reader, Store, Unit


@dataclass(frozen=True, slots=True)
class Within(Store):
    """The store of `unit`: each write is a step of it (core.store.unit), each read sees what the steps before wrote."""

    unit: Unit

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """What the unit sees."""
        yield self.unit

    @contextlib.contextmanager
    def write(
        self,
        actor_id: int,  # noqa: ARG002 - the unit has its author, its moment and its day
        now: str,  # noqa: ARG002
        today: str,  # noqa: ARG002
        law: str = "",  # noqa: ARG002
        keep: Callable[[Unit], None] | None = None,  # noqa: ARG002 - done once, when the unit settles
    ) -> Iterator[Unit]:
        """A step of the unit: refused, it leaves nothing."""
        with self.unit.step():
            yield self.unit


def within(store: Store, unit: Unit) -> Within:
    """`store` as `unit` sees it."""
    return Within(store.path, store.folder, unit)
