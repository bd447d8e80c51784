"""Keeps a reading of the whole store for as long as nobody writes: its data version is part of the key. Reads nothing itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from core.store import people
from core.store.unit import Reader

T = TypeVar("T")
_KEPT: dict[Hashable, Any] = {}
_LOCK = threading.Lock()
MOST = 128


def remembered(reader: Reader, name: str, key: tuple[Hashable, ...], read: Callable[[], T]) -> T:
    """What `read` gives of this snapshot, read once for the same `name`, `key` and data version."""
    whole = (people.data_key(reader), name, key)
    with _LOCK:
        if whole in _KEPT:
            found: T = _KEPT[whole]
            return found
    fresh = read()
    with _LOCK:
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        _KEPT[whole] = fresh
    return fresh
