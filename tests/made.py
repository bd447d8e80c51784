"""What is dear to make and only copied afterwards, made once for all the processes of a run. Knows nothing of what is made."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS = 300


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` of this run, filled by `make` in whichever process asks first; the others wait for it. Write nothing there."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    lock, part = folder.with_suffix(".lock"), folder.with_suffix(".part")
    end = time.monotonic() + SECONDS
    while not folder.exists():
        assert time.monotonic() < end, f"{name} was not made in {SECONDS} s by the process that began it"
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not folder.exists():
                part.mkdir()
                make(part)
                part.rename(folder)
        finally:
            lock.rmdir()
    return folder
