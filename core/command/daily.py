"""The command run-daily: the day's work for cron, with what was done, what was not and why. Asks one service."""

from __future__ import annotations

import argparse
from typing import Any

from core.command import place
from core.i18n import Texts
from core.services import daily


def add_parser(subparsers: Any) -> None:
    """One word of its own: --dry-run. --once is the server's: nothing is done when it was done today."""
    parser = subparsers.add_parser("run-daily")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--dry-run", action="store_true")


def run(args: argparse.Namespace, t: Texts) -> tuple[int, dict[str, Any]]:
    """Do the day's work, or say what it would do; a part that is refused says why and the others go on."""
    with place.context(args, t, writes=not args.dry_run) as ctx:
        found = daily.run(ctx, dry_run=args.dry_run, once=args.once)
    parts = [
        {"name": one.name, "done": [t.render(s) for s in one.done], "not_done": [t.render(s) for s in one.not_done]}
        for one in found.parts
    ]
    return 0, {"day": found.day.isoformat(), "dry_run": found.dry, "parts": parts}
