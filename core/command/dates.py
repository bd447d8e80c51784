"""The commands `deadline` and `due-date`: a date from the law or from payment terms, each step said. Opens no store."""

from __future__ import annotations

import argparse
from typing import Any

from core.command import typed
from core.i18n import Texts
from core.services import calendar

Answer = tuple[int, dict[str, Any]]


def add_parser(subparsers: Any) -> None:
    """The words the commands take."""
    limit = subparsers.add_parser("deadline")
    limit.add_argument("--from", dest="start", required=True, type=typed.day, metavar="D")
    limit.add_argument("--length", required=True, metavar="10d|3m|2y|1m15d")
    limit.add_argument("--territory", default="", metavar="57|67|68|971…")
    limit.add_argument("--distance", default="", choices=("overseas", "abroad"))
    invoice = subparsers.add_parser("due-date")
    invoice.add_argument("--invoice", required=True, type=typed.day, metavar="D")
    invoice.add_argument("--terms", required=True, metavar="TEXT")


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """The command asked for."""
    return {"deadline": _deadline, "due-date": _due_date}[args.command](args, t)


def _deadline(args: argparse.Namespace, t: Texts) -> Answer:
    found = calendar.time_limit(args.start, args.length, territory=args.territory, distance=args.distance)
    return 0, {
        "raw": found.raw.isoformat(),
        "legal": found.legal.isoformat(),
        "safe": found.safe.isoformat(),
        "articles": list(found.articles),
        "certainty": found.certainty,
        "reasons": [t.render(reason) for reason in found.reasons],
    }


def _due_date(args: argparse.Namespace, t: Texts) -> Answer:
    found = calendar.due(args.invoice, args.terms)
    return 0, {
        "due": found.due.isoformat(),
        "reasons": [t.render(reason) for reason in found.reasons],
        "remarks": [t.render(remark) for remark in found.remarks],
    }
