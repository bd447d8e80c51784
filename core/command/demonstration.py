"""The command demo: create the demonstration agency, or make it anew. Asks one service and prints a receipt."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.i18n import Texts
from core.services import demo, upkeep
from core.store.home import home

Answer = tuple[int, dict[str, Any]]


def add_parser(subparsers: Any) -> None:
    """The word after the command: create, which leaves one that is there, or reset, which makes it anew."""
    subparsers.add_parser("demo").add_argument("what", choices=("create", "reset"))


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """Create or reset, in the store of --store or in the demonstration of the home."""
    place = upkeep.place(Path(args.store)) if args.store else home().store("demo")
    ctx = demo.visitor(t.lang)
    try:
        made = demo.reset(ctx, place=place) if args.what == "reset" else demo.make_if_absent(ctx, place=place)
    finally:
        place.close()
    counts = {"creditors": made.creditors, "cases": made.cases, "steps": made.steps} if made else {}
    return 0, {"store": str(place.path), "made": made is not None, **counts}
