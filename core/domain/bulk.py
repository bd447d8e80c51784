"""Keeps Python's cycle collector at rest while a large batch of plain values is built. Frees nothing and changes no value."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No cycle collection inside the block.

    A hundred thousand lines as tuples make the collector walk all of them again and again, half the time of an
    import; plain values hold no cycle. Two threads may overlap: the one that found it running sets it running again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
