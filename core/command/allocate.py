"""The command `allocate`: where a payment goes among debts given as JSON, as one JSON object. Opens no store."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from core.command import typed
from core.domain.allocation import BUCKETS, ORDERS, OpenDebt, Share, allocation
from core.domain.computation import weakest
from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.domain.money import cents, decimal_text, positive_cents
from core.i18n import Texts

T = TypeVar("T")
KEYS = ("ref", *BUCKETS, "due", "issued", "rate", "titled", "secured", "barred")


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("allocate")
    parser.add_argument("--debts", required=True, metavar="FILE.json")
    parser.add_argument("--payment", required=True, metavar="A")
    parser.add_argument("--on", required=True, metavar="D")
    parser.add_argument("--for", dest="chosen", metavar="REF")
    parser.add_argument("--order", default="law", choices=tuple(ORDERS))


def run(args: argparse.Namespace, t: Texts) -> tuple[int, dict[str, Any]]:
    """What each debt receives with the reason, what is left over, the articles followed."""
    amount = positive_cents(args.payment, field="payment")
    on = typed.day_of(args.on, "on")
    debts = read_debts(args.debts)
    chosen = next((d.debt_id for d in debts if d.ref == args.chosen), None)
    if args.chosen is not None and chosen is None:
        raise refuse("debt-unknown", msg("No debt of the file has the reference “{given}”.", given=args.chosen),
                     msg("Give the reference as the file writes it."), field="for", value=args.chosen)  # fmt: skip
    found = allocation(debts, amount, on, chosen, ORDERS[args.order])
    return 0, {
        "allocations": [_row(share, t) for share in found.shares],
        "left_over": decimal_text(found.left_over),
        "articles": list(found.articles),
        "certainty": weakest(share.certainty for share in found.shares),
    }


def _row(share: Share, t: Texts) -> dict[str, Any]:
    amounts = {bucket: decimal_text(share.amounts.get(bucket, 0)) for bucket in BUCKETS}
    words = {"why": t.render(share.why), "remarks": [t.render(one) for one in share.remarks]}
    return {"debt": share.ref, **amounts, **words, "certainty": share.certainty}


def read_debts(name: str) -> tuple[OpenDebt, ...]:
    """The debts of a JSON file: a list of objects, amounts as texts. Raises Refusal with every fault found, or one for the file."""
    try:
        read = json.loads(Path(name).read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as fault:
        raise _file(name, msg("This file cannot be opened."), msg("Check its name and that it may be read.")) from fault
    except (ValueError, RecursionError) as fault:
        raise _file(
            name, msg("This file is not JSON in UTF-8."), msg("Write a list of debts: {shape}.", shape=SHAPE)
        ) from fault
    if not isinstance(read, list) or not read:
        raise _file(name, msg("This file holds no list of debts."), msg("Write a list of debts: {shape}.", shape=SHAPE))
    faults: list[Problem] = []
    debts = tuple(_debt(rank, item, faults) for rank, item in enumerate(read, 1))
    refs = [debt.ref for debt in debts]
    faults += [
        Problem(
            "ref-twice",
            msg("The reference “{ref}” is given twice.", ref=ref),
            msg("Give each debt its own reference."),
            "ref",
            ref,
        )
        for ref in dict.fromkeys(refs)
        if ref and refs.count(ref) > 1
    ]
    if faults:
        raise Refusal(*faults)
    return debts


SHAPE = '[{"ref": "F-1", "principal": "100.00", "due": "2026-01-31"}]'


def _file(name: str, reason: Message, remedy: Message) -> Refusal:
    return refuse("debts-unreadable", reason, remedy, field="debts", value=name)


def _debt(rank: int, item: Any, faults: list[Problem]) -> OpenDebt:
    """One debt; its faults are added to `faults`, and it is then not whole."""
    where = f"{rank}"
    if not isinstance(item, dict):
        faults.append(
            Problem(
                "debt-shape",
                msg("A debt is a group of named values."),
                msg("Write it as {shape}.", shape=SHAPE),
                "",
                str(item),
                where,
            )
        )
        item = {"ref": where}
    known = ", ".join(KEYS)
    faults.extend(
        Problem("key-unknown", msg("“{key}” is not known here.", key=key), msg("Use one of {known}, or remove the line.", known=known), key,
                where=where)
        for key in item
        if key not in KEYS
    )  # fmt: skip

    def read(key: str, one: Callable[[Any, str], T], empty: T) -> T:
        value = item.get(key)
        if value is None or value == "":
            return empty
        try:
            return one(value, key)
        except Refusal as refusal:
            faults.extend(Problem(p.code, p.reason, p.remedy, key, p.value, where) for p in refusal.problems)
            return empty

    ref = str(item.get("ref") or "")
    if not ref:
        faults.append(
            Problem(
                "ref-missing",
                msg("A debt needs its reference."),
                msg("Give each debt its own reference."),
                "ref",
                "",
                where,
            )
        )
    owed = {bucket: read(bucket, _cents, 0) for bucket in BUCKETS}
    days = {key: read(key, _read_day, None) for key in ("due", "issued")}
    flags = {key: read(key, _flag, False) for key in ("titled", "secured", "barred")}
    return OpenDebt(rank, ref, days["due"], days["issued"], owed, read("rate", _read_rate, None), **flags)


def _cents(value: Any, field: str) -> int:
    found = cents(str(value), field=field)
    if found < 0:
        raise refuse(
            "amount-negative",
            msg("What is owed is never below zero."),
            msg("Type zero or leave it out."),
            field=field,
            value=str(value),
        )
    return found


def _flag(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise refuse("flag-unreadable", msg("“{given}” is neither true nor false.", given=str(value)),
                     msg("Write true or false, without quotes."), field=field, value=str(value))  # fmt: skip
    return value


def _read_rate(value: Any, field: str) -> Decimal | None:
    return typed.rate_of(str(value), field)


def _read_day(value: Any, field: str) -> dt.date | None:
    return typed.day_of(str(value), field)
