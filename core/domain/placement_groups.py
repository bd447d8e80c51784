"""Says which lines of a placement are one debtor's, and which form one case. Compares nothing with the store, merges no person silently.

Inside a file a debtor is the creditor's own reference; without one, the SIREN; without both, the same name with the same
postcode, address, e-mail and telephone. A case is a debtor, a creditor and the creditor's case reference if any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from core.domain.folding import fold
from core.domain.messages import Problem, msg
from core.domain.placement import PlacedDebt

_AT = PlacedDebt._fields.index
_OWNER = itemgetter(_AT("creditor_ref"), _AT("debtor_ref"))
_CASE = itemgetter(_AT("creditor_ref"), _AT("case_ref"))
_TOLD = itemgetter(slice(_AT("debtor_kind"), _AT("iban") + 1))


@dataclass(slots=True)
class Debtors:
    """`firsts`: the first line of each debtor; `more`: later lines that tell something else of one; `of`: debtor of each line."""

    firsts: list[PlacedDebt] = field(default_factory=list)
    more: dict[int, list[PlacedDebt]] = field(default_factory=dict)
    of: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Cases:
    """`firsts`: the first line of each case; `debtor`: whose it is; `of`: the case of each line."""

    firsts: list[PlacedDebt] = field(default_factory=list)
    debtor: list[int] = field(default_factory=list)
    of: list[int] = field(default_factory=list)


def debtors_of(lines: Sequence[PlacedDebt]) -> Debtors:
    """The debtors of some lines, in the order of the file."""
    found = Debtors()
    firsts, of = found.firsts, found.of
    known: dict[object, int] = {}
    told = []
    here = 0
    for line, (owner, ref), told_here in zip(lines, map(_OWNER, lines), map(_TOLD, lines), strict=True):
        identity: object = (owner, ref) if ref else line.siren or _description(line)
        debtor = known.setdefault(identity, here)
        if debtor == here:
            firsts.append(line)
            told.append(told_here)
            here += 1
        elif told_here != told[debtor]:
            found.more.setdefault(debtor, []).append(line)
        of.append(debtor)
    return found


def _description(line: PlacedDebt) -> tuple[str, ...]:
    """What stands for a debtor who has neither reference nor SIREN."""
    name = fold(f"{line.debtor_name} {line.debtor_first_name}")
    return (line.creditor_ref, name, line.postcode, fold(line.address), line.email, line.phone)


def cases_of(lines: Sequence[PlacedDebt], debtor_of: Sequence[int]) -> Cases:
    """The cases of some lines whose debtors are known."""
    found = Cases()
    firsts, debtors, of = found.firsts, found.debtor, found.of
    known: dict[tuple[int, tuple[str, str]], int] = {}
    here = 0
    for line, debtor, ref in zip(lines, debtor_of, map(_CASE, lines), strict=True):
        case = known.setdefault((debtor, ref), here)
        if case == here:
            firsts.append(line)
            debtors.append(debtor)
            here += 1
        elif line.first_letter_on and not firsts[case].first_letter_on:
            firsts[case] = firsts[case]._replace(
                first_letter_on=line.first_letter_on, first_letter_ref=line.first_letter_ref
            )
        of.append(case)
    return found


def debtor_remarks(debtors: Debtors) -> list[Problem]:
    """What a person should look at: one reference with two names, two references with one e-mail, names that stand alone."""
    found = [
        remark
        for debtor, lines in debtors.more.items()
        for line in lines
        if (remark := _other_name(debtors.firsts[debtor], line))
    ]
    seen: dict[str, PlacedDebt] = {}
    alone = 0
    for line in debtors.firsts:
        for value in (line.siren, line.email):
            first = seen.setdefault(value, line) if value else line
            if first is not line:
                found.append(_shared(first, line, value))
                break
        alone += not (line.debtor_ref or line.siren or line.postcode or line.address or line.email or line.phone)
    if alone:
        reason = msg("Debtors known by their name only: {n}. Lines with one name were taken as one debtor's.", n=alone)
        found.append(
            Problem(
                "debtor-name-only",
                reason,
                msg("If several people bear one name, add the column of the debtor's reference."),
                "debtor_ref",
            )
        )
    return sorted(found, key=lambda problem: problem.line)


def _other_name(first: PlacedDebt, line: PlacedDebt) -> Problem | None:
    """A remark on a line whose debtor's name is not the one of the first line."""
    names = [fold(f"{one.debtor_name} {one.debtor_first_name}") for one in (first, line)]
    if names[0] == names[1]:
        return None
    reason = msg(
        "This debtor is called “{first}” on line {line}; that name was kept.", first=first.debtor_name, line=first.line
    )
    return _at(
        line,
        Problem(
            "debtor-other-name", reason, msg("Check that both lines are one debtor's."), "debtor_name", line.debtor_name
        ),
    )


def _shared(first: PlacedDebt, line: PlacedDebt, value: str) -> Problem:
    """A remark on two debtors of the file who share a SIREN or an e-mail."""
    reason = msg("The debtor of line {line} has the same {value}; two debtors enter.", line=first.line, value=value)
    name = "siren" if value == line.siren else "email"
    return _at(
        line,
        Problem(
            "debtor-alike", reason, msg("If they are one, give both lines the same debtor's reference."), name, value
        ),
    )


def _at(line: PlacedDebt, problem: Problem) -> Problem:
    return replace(problem, line=line.line, where=f"line {line.line}")


def with_terms(
    lines: list[PlacedDebt], remarks: list[Problem], days: int | None
) -> tuple[list[PlacedDebt], list[Problem]]:
    """The lines with the due date that `days` net after the issue date give where the file has none, and the remarks left.

    The key of a line stays that of its content in the file, so that the same file with other terms adds nothing.
    """
    if days is None or all(line.due_on for line in lines):
        return lines, remarks
    term = dt.timedelta(days=days)
    filled = {line.line for line in lines if line.issued_on and not line.due_on}
    if all(line.due_on or line.issued_on for line in lines):
        remarks = [r for r in remarks if r.code != "due-missing"]
    return (
        [line._replace(due_on=line.issued_on + term) if line.issued_on and not line.due_on else line for line in lines],
        [r for r in remarks if r.code != "due-missing" or r.line not in filled],
    )
