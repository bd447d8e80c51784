"""The command `import FILE --creditor REF`: tries a file out and, unless it is a dry run, enters it. Merges no debtor.

A file with faulty lines is refused whole, exit 1, unless --skip-rejected lets its good lines in. Of a workbook one sheet
enters at a time: the debts, or the one that --sheet names (a takeover's payments, contacts…).
"""

from __future__ import annotations

import argparse
import json
import secrets
from pathlib import Path
from typing import Any

from core.command import place, words
from core.domain.messages import Refusal, msg, refuse
from core.domain.money import decimal_text
from core.exchange.headings import named_mapping
from core.exchange.intake import refuse_weight
from core.i18n import Texts
from core.services import imports
from core.services.context import Ctx
from core.services.imports import Imported, Options, Reading, SheetView, Trial

Answer = dict[str, Any]


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("import")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--creditor", required=True, metavar="REF")
    parser.add_argument("--mapping", default="", metavar="FILE.json")
    parser.add_argument("--sheet", default=None, metavar="NAME")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--skip-rejected", action="store_true")
    parser.add_argument("--encoding", default="", metavar="E")
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd", "urssaf"), default="dmy")
    parser.add_argument("--amount-unit", choices=("euros", "cents"), default="euros")
    parser.add_argument("--payment-days", type=int, default=None, metavar="N")
    parser.add_argument("--keep-identical", action="store_true")


def run(args: argparse.Namespace, t: Texts) -> tuple[int, Answer]:
    """What entered, or would enter; exit 1 with the problems when nothing may."""
    data = _bytes(Path(args.file))
    options = Options(args.encoding, args.date_order, args.amount_unit, args.keep_identical, args.payment_days)
    with place.context(args, t) as ctx:
        creditor = imports.creditor_of(ctx, args.creditor)
        reading = imports.read_upload(ctx, creditor, Path(args.file).name, data, options)
        if reading.problems:
            raise Refusal(*reading.problems)
        view = _view(reading, args.sheet)
        mapping, record = _mapping(args.mapping, view)
        trial = imports.try_out(ctx, creditor, reading, view.name, mapping, options, record=record)
        if args.dry_run or (trial.rejected and not args.skip_rejected):
            return (1 if trial.rejected and not args.skip_rejected else 0), _answer(trial, None, t)
        if trial.rejected and not trial.accepted:  # nothing is left to enter once the refused lines are skipped
            return 1, _answer(trial, None, t)
        return 0, _enter(ctx, creditor, reading, trial, t)


def _enter(ctx: Ctx, creditor: int, reading: Reading, trial: Trial, t: Texts) -> Answer:
    return _answer(trial, imports.commit(ctx, creditor, reading, trial, secrets.token_hex()), t)


def _bytes(path: Path) -> bytes:
    try:
        refuse_weight(path.stat().st_size)
        return path.read_bytes()
    except OSError as fault:
        reason = msg("The file {name} cannot be opened.", name=path.name)
        raise refuse(
            "file-unreadable", reason, msg("Check its name and that you may read it."), field="file", value=path.name
        ) from fault


def _view(reading: Reading, name: str | None) -> SheetView:
    """The sheet asked for, else the debts, else the first one that holds something known."""
    if name is not None:
        found = next((view for view in reading.sheets if view.name == name), None)
        if found is None:
            known = ", ".join(view.name for view in reading.sheets)
            raise refuse(
                "sheet-unknown",
                msg("This file has no sheet called “{given}”.", given=name),
                msg("Its sheets are: {names}.", names=known),
                field="sheet",
                value=name,
            )
        return found
    order = sorted(reading.sheets, key=lambda view: (view.record != "debts", not view.record))
    return order[0]


def _mapping(path: str, view: SheetView) -> tuple[dict[int, str], str]:
    """The columns: those of the file {heading: field} when it is given, else the kept or guessed ones; and the kind of record."""
    if not path:
        return view.mapping, ""
    try:
        named = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise _wrong_mapping(path) from fault
    record = named.pop("record", "") if isinstance(named, dict) else ""
    if not isinstance(named, dict) or not all(isinstance(field, str) for field in (*named.values(), record)):
        raise _wrong_mapping(path)
    absent = [heading for heading in named if heading not in view.header]
    if absent:
        reason = msg("This file has no column called “{given}”.", given=absent[0])
        raise refuse(
            "mapping-heading",
            reason,
            msg("Its columns are: {names}.", names=", ".join(view.header)),
            field="mapping",
            value=absent[0],
        )
    return named_mapping(view.header, named), record


def _wrong_mapping(path: str) -> Refusal:
    reason = msg("{name} is not a mapping.", name=Path(path).name)
    return refuse(
        "mapping-unreadable",
        reason,
        msg("Write a JSON object: {example}", example='{"Montant TTC": "amount"}'),
        field="mapping",
        value=path,
    )


def _answer(trial: Trial, done: Imported | None, t: Texts) -> Answer:
    """The keys of the contract; of a trial, what would enter."""
    counts = (
        (done.debts, done.cases, done.parties, done.amount, done.added, done.updated, done.unchanged)
        if done
        else (
            trial.added if trial.record == "debts" else 0,
            trial.new_cases,
            trial.new_parties,
            trial.amount,
            trial.added,
            trial.updated,
            trial.unchanged,
        )
    )
    debts, cases, parties, amount, added, updated, unchanged = counts
    return {
        "written": done is not None, "record": trial.record, "lines": trial.total, "debts": debts, "cases": cases, "parties": parties,
        "amount": decimal_text(amount), "added": added, "updated": updated, "unchanged": unchanged, "rejected": trial.rejected,
        "remarks": len(trial.remarks), "given": dict(done.given) if done else {},
        "likely": [{"line": one.line, "name": one.name, "here": one.party_name, "why": one.why} for one in trial.likely],
        "problems": words.problems_json(trial.problems, t),
    }  # fmt: skip
