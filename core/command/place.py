"""The store a command works on and in whose name; let go when the command ends. Opens nothing before a command asks."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from core.i18n import Texts
from core.services import upkeep
from core.services.context import Ctx
from core.store.unit import Store


@contextlib.contextmanager
def store(args: argparse.Namespace) -> Iterator[Store]:
    """The store of --store, or the agency of the home; not opened."""
    found = upkeep.place(Path(args.store) if args.store else None)
    try:
        yield found
    finally:
        found.close()


@contextlib.contextmanager
def context(args: argparse.Namespace, t: Texts, *, writes: bool = True) -> Iterator[Ctx]:
    """The command's context on that store, which must exist and be up to date; `writes` false leaves it as it is."""
    with store(args) as found:
        yield upkeep.opened(found, t.lang, signs=writes)
