"""Checks the lines of a takeover: payments, contacts, promises, plans, titles, objections, client money. Finds no case, writes nothing.

The lines say whose they are by the creditor's case reference, the debtor's reference or the debt's: one is enough.
Every line with a fault is kept out with all its faults; dates of what happened are not in the future, dates of what was
promised may be.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.domain.cells import choice_index, plausible, read_amount, read_choice, read_date
from core.domain.folding import clean
from core.domain.messages import Euro, Message, Problem, Refusal, msg, refuse
from core.domain.placement_columns import read_text
from core.domain.placement_fields import Field
from core.domain.takeover_fields import BY_KEY, RecordKind

OWNERS = ("case_ref", "debtor_ref", "debt_ref")
AHEAD = dt.timedelta(days=3660)  # promises and plans run ten years at most
_FORWARD = {"promises", "plans"}  # kinds whose dates may be to come
_ZERO = {("plans", "paid"), ("client_money", "amount")}  # amounts that may be nothing
_DEFAULTS = {"received_by": "agency", "open": "yes"}


class Record(NamedTuple):
    """One good line: its place in the file, the digest of its content, and its fields by name.

    Dates are days, amounts cents, choices keys, the rest texts; a field that is not given is None, or "" for a text.
    """

    line: int
    key: str
    occurrence: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedRecords:
    """The good lines of one kind, and the faults of the others."""

    kind: str
    records: list[Record]
    problems: list[Problem] = field(default_factory=list)


def check_records(
    kind: str,
    rows: Sequence[Sequence[str]],
    mapping: Mapping[int, str],
    today: dt.date,
    lines: Sequence[int] | None = None,
    *,
    date_order: str = "dmy",
    amount_unit: str = "euros",
) -> CheckedRecords:
    """Every line of one kind judged; a required column that is missing refuses the sheet whole."""
    described = BY_KEY[kind]
    missing = _missing(described, set(mapping.values()))
    if missing:
        raise Refusal(*missing)
    readers = {f.name: _reader(f, kind, today, date_order, amount_unit) for f in described.fields}
    numbers = lines if lines is not None else range(2, len(rows) + 2)
    found = CheckedRecords(kind, [])
    times: defaultdict[str, int] = defaultdict(int)
    for number, row in zip(numbers, rows, strict=True):
        cells = {name: row[at] if at < len(row) else "" for at, name in mapping.items()}
        values, problems = _read(described, cells, readers)
        problems += [] if problems else _compared(kind, values)
        if problems:
            found.problems.extend(_placed(problem, number) for problem in problems)
            continue
        key = _key(kind, values)
        times[key] += 1
        found.records.append(Record(number, key, times[key], values))
    return found


def _missing(kind: RecordKind, known: set[str]) -> list[Problem]:
    """A Problem for each required column that is missing, and one when nothing says whose the lines are."""
    remedy = msg("Say which column it is, or add it to the sheet.")
    found = [
        Problem("column-missing", msg("No column holds “{field}”.", field=f.label), remedy, f.name)
        for f in kind.fields
        if f.required and f.name not in known
    ]
    if not known & set(OWNERS):
        reason = msg("No column says whose these lines are.")
        need = msg("Add the case reference, the debtor's reference or the debt reference.")
        found.append(Problem("owner-missing", reason, need, "case_ref"))
    return found


def _reader(of: Field, kind: str, today: dt.date, order: str, unit: str) -> Callable[[str], Any]:
    """How the cells of a field are read."""
    if of.kind == "date":
        latest = today + AHEAD if kind in _FORWARD else today
        return lambda cell: plausible(read_date(cell, order, field=of.name), latest, cell, field=of.name)
    if of.kind == "amount":
        return lambda cell: _amount(cell, of.name, unit, zero=(kind, of.name) in _ZERO)
    if of.kind == "enum":
        index = choice_index(of.choices)
        return lambda cell: read_choice(cell, index, of.choices, field=of.name) or _DEFAULTS.get(of.name, "")
    if of.name == "number":
        return _number
    return lambda cell: read_text(cell, of)


def _read(
    kind: RecordKind, cells: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of one line and its faults."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for of in kind.fields:
        cell = cells.get(of.name, "")
        try:
            values[of.name] = readers[of.name](cell)
        except Refusal as refused:
            problems.extend(refused.problems)
            continue
        if of.required and values[of.name] in {None, ""}:
            problems.append(_empty(of.name, of.label))
    values.pop("format_version", None)
    if not any(values.get(name) for name in OWNERS):
        reason = msg("Nothing says whose this line is.")
        remedy = msg("Fill in the case reference, the debtor's reference or the debt reference.")
        problems.append(Problem("owner-missing", reason, remedy, "case_ref"))
    return values, problems


def _empty(name: str, label: Message) -> Problem:
    return Problem(
        f"{name}-missing",
        msg("“{field}” is empty.", field=label),
        msg("Fill in this cell, or take the line out."),
        name,
    )


def _amount(cell: str, name: str, unit: str, *, zero: bool) -> int | None:
    """Cents; negative amounts are refused, zero only where it says nothing."""
    value = read_amount(cell, unit, field=name)
    if value is not None and (value < 0 or (value == 0 and not zero)):
        raise refuse(
            "amount-not-positive",
            msg("The amount must be more than zero; {given} was given.", given=clean(cell)),
            msg("Take this line out: a payment that was refunded or cancelled is not taken over."),
            field=name,
            value=cell,
        )
    return value


def _number(cell: str) -> int | None:
    """The rank of an instalment, from 1."""
    bare = clean(cell)
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and 1 <= int(bare) <= 600):
        raise refuse(
            "number-unreadable",
            msg("“{given}” is not the rank of an instalment.", given=bare),
            msg("Write 1 for the first instalment, 2 for the second…"),
            field="number",
            value=cell,
        )
    return int(bare)


def _compared(kind: str, values: Mapping[str, Any]) -> list[Problem]:
    """Faults seen by comparing the fields of one line."""
    if kind == "plans" and (values.get("paid") or 0) > values["amount"]:
        reason = msg(
            "{paid} paid is more than the instalment of {amount}.",
            paid=Euro(values["paid"]),
            amount=Euro(values["amount"]),
        )
        return [Problem("paid-over-amount", reason, msg("Put what is over on the next instalment."), "paid")]
    if kind == "titles" and values.get("served_on") and values["served_on"] < values["decided_on"]:
        reason = msg(
            "The title was served on {served}, before its date {decided}.",
            served=values["served_on"],
            decided=values["decided_on"],
        )
        return [
            Problem("served-before-title", reason, msg("Check the two dates: they may have been swapped."), "served_on")
        ]
    return []


def _placed(problem: Problem, line: int) -> Problem:
    return Problem(problem.code, problem.reason, problem.remedy, problem.field, problem.value, f"line {line}", line)


def _key(kind: str, values: Mapping[str, Any]) -> str:
    """The digest of a line's content; two payments of one day and one amount are told apart by their occurrence."""
    shown = (
        v.isoformat() if isinstance(v, dt.date) else "" if v is None else str(v) for _, v in sorted(values.items())
    )
    return hashlib.sha256("\x1f".join((kind, *shown)).encode()).hexdigest()[:32]
