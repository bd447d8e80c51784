"""The command `statement`: the amounts of a case on a day with their computations, and its PDF when a file is named. Issues nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.command import place, typed
from core.domain.computation import Computation, Missing
from core.domain.interest import Segment
from core.domain.messages import msg, refuse
from core.domain.money import decimal_text
from core.domain.statement import DebtStatement, Statement
from core.domain.statement_account import BUCKETS
from core.i18n import Texts
from core.i18n.quantities import written
from core.services import cases, statements

Answer = tuple[int, dict[str, Any]]


def add_parser(subparsers: Any) -> None:
    """The case, by its reference or number, the day, the file of the PDF."""
    parser = subparsers.add_parser("statement")
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--on", type=typed.day, metavar="D")
    parser.add_argument("--pdf", type=Path, metavar="FILE")


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """The statement, and the PDF written when asked for."""
    with place.context(args, t, writes=False) as ctx:
        case_id = cases.case_of_reference(ctx, args.case.strip().upper()) or _number(args.case)
        on = args.on or ctx.today
        view = statements.statement_view(ctx, case_id, on)
        answer = {"case": view.head.ref, "creditor": view.head.creditor, **_statement(view.found, t)}
        if args.pdf is not None:
            _write(args.pdf, statements.statement_pdf_file(ctx, case_id, on)[1])
            answer["pdf"] = str(args.pdf)
    return 0, answer


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise refuse("case-unknown", msg("There is no case “{given}” here.", given=text),
                 msg("Give the reference that the case shows, or its number."), field="case", value=text)  # fmt: skip


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as fault:
        raise refuse("file-unwritable", msg("{file} cannot be written.", file=str(file)),
                     msg("Name a file in a folder that exists and that you may write in."),
                     field="pdf", value=str(file)) from fault  # fmt: skip


def _statement(found: Statement, t: Texts) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "total": _cents(found.total),
        **{bucket: _cents(found.sums[bucket]) for bucket in BUCKETS},
        "known_until": found.known_until.isoformat() if found.known_until else None,
        "certainty": found.total.weakest,
        "articles": list(found.articles),
        "remarks": [t.render(remark) for remark in found.remarks],
        "debts": [_debt(debt, t) for debt in found.debts],
        "computation": _computation(found.total, t),
    }


def _debt(debt: DebtStatement, t: Texts) -> dict[str, Any]:
    return {
        "debt": debt.account.ref,
        "due": debt.account.due_on.isoformat() if debt.account.due_on else None,
        "total": _cents(debt.total),
        **{bucket: _cents(debt.left[bucket]) for bucket in BUCKETS},
        "interest_claimed": debt.interest.claimed,
        "interest_computed": _cents(debt.interest.computed)
        if isinstance(debt.interest.computed, Computation)
        else None,
        "segments": [_segment(one) for one in debt.interest.segments],
        "told": [_told(one, t) for one in debt.told],
        "remarks": [t.render(remark) for remark in (*debt.remarks, *debt.asides)],
    }


def _segment(one: Segment) -> dict[str, Any]:
    return {
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "days": one.days,
        "rate": str(one.rate),
        "base": decimal_text(one.base),
        "amount": decimal_text(one.amount),
    }


def _told(one: Computation | Missing, t: Texts) -> dict[str, Any]:
    """A sum that is not claimed with its computation, or the facts to give."""
    if isinstance(one, Computation):
        return _computation(one, t)
    asked = [
        {"fact": q.key, "question": t.render(q.label), "why": t.render(q.why), "articles": list(q.articles)}
        for q in one.questions
    ]
    return {"label": t.render(one.label), "missing": asked}


def _computation(one: Computation, t: Texts) -> dict[str, Any]:
    """A figure with its proof, in the reader's language and with its exact value."""
    exact = decimal_text(one.value) if one.quantity == "cents" and isinstance(one.value, int) else str(one.value)
    found: dict[str, Any] = {
        "label": t.render(one.label),
        "value": exact,
        "quantity": one.quantity.value,
        "shown": written(t, one.value, one.quantity),
        "formula": t.render(one.formula) if one.formula else "",
        "source": t.render(one.source) if one.source else "",
        "articles": list(one.articles),
        "certainty": one.certainty,
        "remarks": [t.render(remark) for remark in one.remarks],
    }
    return found | {"terms": [_computation(term, t) for term in one.terms]}


def _cents(figure: Computation) -> str:
    return decimal_text(figure.value) if isinstance(figure.value, int) else ""
