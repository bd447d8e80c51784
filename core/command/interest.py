"""The command `interest`: interest on a sum, segment by segment, with its articles and certainty. Opens no store."""

from __future__ import annotations

import argparse
import datetime as dt
from decimal import Decimal
from typing import Any

from core.command import typed, words
from core.domain.computation import Missing, Question
from core.domain.interest_account import InterestAccount, Split
from core.domain.interest_proof import Segment
from core.domain.interest_terms import Basis, InterestTerms
from core.domain.messages import Message, Problem, msg, refuse
from core.domain.money import decimal_text, positive_cents
from core.i18n import Texts
from core.services import interest
from core.services.placing import KINDS


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("interest")
    parser.add_argument("--principal", required=True, metavar="A")
    parser.add_argument("--from", dest="start", required=True, type=typed.day, metavar="D")
    parser.add_argument("--to", required=True, type=typed.day, metavar="D")
    parser.add_argument("--basis", required=True, choices=tuple(basis.value for basis in Basis))
    parser.add_argument("--creditor-kind", default="", choices=("individual", "business"))
    parser.add_argument("--debtor-kind", default="", choices=KINDS)
    parser.add_argument("--rate", metavar="R")
    parser.add_argument("--served", type=typed.day, metavar="D")
    parser.add_argument("--capitalised-from", type=typed.day, metavar="D")
    parser.add_argument("--payment", action="append", default=[], metavar="D=A")


def run(args: argparse.Namespace, t: Texts) -> tuple[int, dict[str, Any]]:
    """The interest computed, paid and unpaid, and what is left of principal and interest after the payments."""
    terms = InterestTerms(
        Basis(args.basis),
        args.start,
        args.creditor_kind,
        typed.rate_of(args.rate, "rate") if args.rate is not None else None,
        args.served,
        args.capitalised_from,
    )
    principal = positive_cents(args.principal, field="principal")
    payments = tuple(_payment(text) for text in args.payment)
    found, remarks = interest.account(interest.Asked(principal, terms, args.to, payments, args.debtor_kind))
    answer = _answer(found, remarks, t)
    missing = found.interest.missing
    return (1, answer | {"problems": words.problems_json(_problems(missing), t)}) if missing else (0, answer)


def _answer(found: InterestAccount, remarks: tuple[Message, ...], t: Texts) -> dict[str, Any]:
    whole = found.interest
    known = whole.known_until
    articles = (*whole.articles, *(found.articles if found.splits else ()))
    return {
        "total": decimal_text(whole.total),
        "segments": [_segment(one, t) for one in whole.segments],
        "articles": list(articles),
        "certainty": whole.certainty,
        "known_until": known.isoformat() if known else None,
        "payments": [_split(one) for one in found.splits],
        "waiting": [{"date": on.isoformat(), "amount": decimal_text(cents)} for on, cents in found.waiting],
        "interest_left": decimal_text(found.interest_left),
        "principal_left": decimal_text(found.principal_left),
        "balance": decimal_text(found.balance),
        "remarks": [t.render(remark) for remark in (*remarks, *whole.remarks)],
    }


def _segment(one: Segment, t: Texts) -> dict[str, Any]:
    figure = one.computation
    return {
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "days": one.days,
        "rate": _percent(one.rate),
        "base": decimal_text(one.base),
        "amount": decimal_text(one.amount),
        "articles": list(one.articles),
        "certainty": one.certainty,
        "formula": t.render(figure.formula or figure.source or figure.label),
    }


def _split(one: Split) -> dict[str, str]:
    amounts = {name: decimal_text(getattr(one, name)) for name in ("interest", "principal", "left_over")}
    return {"date": one.on.isoformat(), "amount": decimal_text(one.cents), **amounts}


def _percent(rate: Decimal) -> str:
    """Two decimals at least, never fewer than it has."""
    plain = rate.normalize()
    exponent = plain.as_tuple().exponent
    return f"{plain:.{max(2, -exponent if isinstance(exponent, int) else 2)}f}"


def _problems(missing: Missing) -> tuple[Problem, ...]:
    return tuple(_problem(question) for question in missing.questions)


def _problem(question: Question) -> Problem:
    return Problem("fact-missing", msg("Missing: {what}", what=question.label), question.why, field=question.key)


def _payment(text: str) -> tuple[dt.date, int]:
    on, _, amount = text.partition("=")
    if not amount or not typed.is_day(on):
        raise refuse("payment-unreadable", msg("“{given}” is not a payment.", given=text),
                     msg("Write the day and the amount like 2026-03-31=150,00."), field="payment", value=text)  # fmt: skip
    return dt.date.fromisoformat(on), positive_cents(amount, field="payment")
