"""The command `limitation`: the last day to sue, with the chain of events that moved it. Opens no store and holds no rule."""

from __future__ import annotations

import argparse
from typing import Any

from core.command import typed
from core.domain.limitation import Clock, Step
from core.domain.limitation_law import Period
from core.i18n import Texts
from core.services import house, limitation_claim
from core.services.limitation_claim import Told
from core.services.placing import KINDS

Answer = tuple[int, dict[str, Any]]
ZONE = "Europe/Paris"


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("limitation")
    parser.add_argument("--nature", required=True, metavar="KEY|list")
    parser.add_argument("--start", type=typed.day, metavar="D")
    parser.add_argument("--event", dest="events", action="append", default=[], type=event, metavar="KIND=D[..D]")
    parser.add_argument("--debtor", default="", choices=KINDS)
    parser.add_argument("--creditor", default="", choices=("individual", "business"))
    parser.set_defaults(usage=parser)


def event(text: str) -> Told:
    """KIND=D, or KIND=D..D for an event that ended."""
    kind, _, days = text.partition("=")
    first, _, last = days.partition("..")
    return Told(kind.strip(), typed.day(first), typed.day(last) if last else None)


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """The list of keys, or the date."""
    if args.nature == "list":
        return 0, {"natures": [_listed(period, t) for period in limitation_claim.claims()]}
    if args.start is None:
        args.usage.error("the following arguments are required: --start")
    found = limitation_claim.of_claim(args.nature, args.start, args.events, debtor=args.debtor, creditor=args.creditor)
    return 0, _answer(found, t)


def _listed(period: Period, t: Texts) -> dict[str, Any]:
    return {"key": period.key, "label": period.label.of(t.lang), "months": period.months, "article": period.article,
            "certainty": period.trust}  # fmt: skip


def _answer(found: Clock, t: Texts) -> dict[str, Any]:
    today = house.legal_today(house.now(), ZONE)
    start = {"date": found.start.isoformat(), "event": "start", "effect": "starts", "end": found.base.isoformat(),
             "article": found.period.article}  # fmt: skip
    steps = sorted((*found.steps, *found.told), key=lambda step: step.on)
    return {
        "date": found.date.isoformat(),
        "days_left": found.days_left(today),
        "nature": found.period.key,
        "time_bar": found.running.time_bar,
        "standing_still": found.standing is not None,
        "chain": [start, *(_step(step, t) for step in steps)],
        "articles": list(dict.fromkeys((*found.computation.all_articles, *(step.article for step in steps)))),
        "certainty": found.certainty,
        "remarks": [t.render(remark) for part in found.computation.everything() for remark in part.remarks],
    }


def _step(step: Step, t: Texts) -> dict[str, Any]:
    said = {"date": step.on.isoformat(), "event": step.kind, "effect": step.effect, "end": step.end.isoformat()}
    ended = {"until": step.until.isoformat()} if step.until else {}
    return {**said, **ended, "article": step.article, "why": t.render(step.why), "certainty": step.trust}
