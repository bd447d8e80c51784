"""The command `plan`: a payment plan as one JSON object. Opens no store."""

from __future__ import annotations

import argparse
from typing import Any

from core.command import typed
from core.domain.money import decimal_text, positive_cents
from core.domain.plans import PERIODS, Instalment, Terms, schedule
from core.i18n import Texts


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("plan")
    parser.add_argument("--amount", required=True, metavar="A")
    parser.add_argument("--first", required=True, metavar="D")
    parser.add_argument("--every", default="month", choices=tuple(PERIODS))
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--count", type=int, metavar="N")
    either.add_argument("--instalment", metavar="A")
    parser.add_argument("--rate", metavar="R")
    parser.add_argument("--down", metavar="A")


def run(args: argparse.Namespace, t: Texts) -> tuple[int, dict[str, Any]]:
    """The instalments and all that is paid, the down payment counted in `total`."""
    plan = schedule(
        Terms(
            positive_cents(args.amount, field="amount"),
            typed.day_of(args.first, "first"),
            args.every,
            args.count,
            positive_cents(args.instalment, field="instalment") if args.instalment is not None else None,
            typed.rate_of(args.rate, "rate") if args.rate is not None else None,
            positive_cents(args.down, field="down") if args.down is not None else 0,
        )
    )
    return 0, {
        "instalments": [_row(row, t) for row in plan.instalments],
        "total": decimal_text(plan.total),
        "interest": decimal_text(plan.interest),
        "down": decimal_text(plan.terms.down),
        "why": [t.render(one) for one in plan.why],
    }


def _row(row: Instalment, t: Texts) -> dict[str, Any]:
    amounts = {name: decimal_text(getattr(row, name)) for name in ("amount", "principal", "interest", "balance")}
    return {"number": row.number, "date": row.date.isoformat(), **amounts, "why": t.render(row.why)}
