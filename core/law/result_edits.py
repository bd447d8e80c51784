"""What a lead changed of the result codes, laid over the shipped list and held to what must stay. Reads no store and writes nothing.

An edit is one code in the shape of data/results/result_codes.yaml (JSON is YAML), or {"shipped": true} to go back. The last edit of a
code counts. One that no longer fits is left aside and the shipped code stands: an update of the program must not lose a code.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.domain.messages import Problem, Refusal, msg, refuse
from core.law.results import Family, ResultCode, load_actions, load_kept, load_results, read_code
from core.law.strict_yaml import read_text

MOST = 39  # codes offered at once: fewer than 40, the reference of the trade
LONGEST_DAYS = 365
CLOSE = "close"


class Edit(Protocol):
    """One version of what a lead changed of a code."""

    @property
    def key(self) -> str:
        """The code."""

    @property
    def content(self) -> str:
        """JSON."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The codes as this agency has them, in the order of the shipped list; and the edits that no longer fit."""

    codes: tuple[ResultCode, ...]
    aside: tuple[tuple[str, Problem], ...]


def laid(edits: Sequence[Edit]) -> Laid:
    """The shipped list with the last edit of each code; kept in memory as long as the edits stay the same."""
    return _laid(tuple({edit.key: edit.content for edit in edits}.items()))


@functools.lru_cache(maxsize=16)
def _laid(last: tuple[tuple[str, str], ...]) -> Laid:
    found = {code.code: code for code in load_results()}
    aside = []
    for key, content in last:
        try:
            edited = read(key, content)
            if edited is not None:
                check(edited, found.values())
                found[key] = edited
        except Refusal as refusal:
            aside.append((key, refusal.problems[0]))
    return Laid(tuple(found.values()), tuple(aside))


def read(key: str, content: str) -> ResultCode | None:
    """One edit; None when it goes back to the shipped code. Raises Refusal when it cannot be read."""
    if json.loads(content) == {"shipped": True}:
        return None
    found = read_code(read_text(content, f"{key} +"), load_actions())
    if found.code != key:
        raise refuse(
            "result-other-code",
            msg("“{name}” is written under the name of “{key}”.", name=found.code, key=key),
            msg("Give the code its own name."),
            field="code",
            value=found.code,
        )
    return found


def check(edited: ResultCode, others: Any) -> None:
    """Raise Refusal with everything an edited code may not be, beside the `others` in force."""
    rest = [one for one in others if one.code != edited.code and one.active]
    shipped = next((one for one in load_results() if one.code == edited.code), None)
    problems = [*_alone(edited), *_among(edited, rest)]
    problems += _changed(shipped, edited) if shipped else _new(edited)
    if problems:
        raise Refusal(*problems)


def _alone(edited: ResultCode) -> list[Problem]:
    wrong: list[Problem] = []
    if edited.right_party and (edited.family is not Family.CONTACT or not edited.attempt):
        wrong.append(
            Problem(
                "result-right-party",
                msg("A contact with the right person is an attempt of the family “right person reached”."),
                msg("Untick it, or count the code as an attempt."),
                field="right_party",
            )
        )
    if edited.next_action.days > LONGEST_DAYS:
        wrong.append(
            Problem(
                "result-delay",
                msg("{given} days is too far away.", given=edited.next_action.days),
                msg("Type {most} days at most.", most=LONGEST_DAYS),
                field="days",
                value=str(edited.next_action.days),
            )
        )
    return wrong


def _among(edited: ResultCode, rest: Sequence[ResultCode]) -> list[Problem]:
    wrong: list[Problem] = []
    taken = next((one.code for one in rest if edited.active and edited.key and one.key == edited.key), "")
    if taken:
        wrong.append(
            Problem(
                "result-digit-taken",
                msg("The digit {key} belongs to {code}.", key=edited.key, code=taken),
                msg("Take it from that code first, or choose another digit."),
                field="key",
                value=edited.key,
            )
        )
    if edited.active and len(rest) >= MOST:
        wrong.append(
            Problem(
                "result-too-many",
                msg("There are {most} codes already: a longer list is no longer used well.", most=MOST),
                msg("Retire a code that nobody uses, then add this one."),
                field="active",
            )
        )
    return wrong


def _changed(shipped: ResultCode, edited: ResultCode) -> list[Problem]:
    """What of a shipped code may not change: its nature, and what `kept` names."""
    kept = load_kept().get(shipped.code, frozenset())
    moved = {
        "family": shipped.family is not edited.family,
        "channels": shipped.channels != edited.channels,
        "invalidates": shipped.invalidates is not edited.invalidates,
        "zero_balance": shipped.zero_balance is not edited.zero_balance,
        "outside_statistics": shipped.outside_statistics is not edited.outside_statistics,
        "attempt": "attempt" in kept and shipped.attempt is not edited.attempt,
        "right_party": "right_party" in kept and shipped.right_party is not edited.right_party,
        "stops": "stops" in kept and shipped.stops is not edited.stops,
        "needs": "needs" in kept and not set(shipped.needs) <= set(edited.needs),
        "active": "active" in kept and not edited.active,
        "next_action": ("next_action" in kept or CLOSE in (shipped.next_action.kind, edited.next_action.kind))
        and shipped.next_action.kind != edited.next_action.kind,
        "days": "delay" in kept and shipped.next_action.days != edited.next_action.days,
        "counted_from": shipped.next_action.counted_from is not edited.next_action.counted_from,
    }
    return [_held(field, shipped.code) for field, wrong in moved.items() if wrong]


def _new(edited: ResultCode) -> list[Problem]:
    """A code of the agency's own closes no case, empties no contact point and leaves the figures alone."""
    moved = {
        "next_action": edited.next_action.kind == CLOSE,
        "invalidates": edited.invalidates is not None,
        "zero_balance": edited.zero_balance,
        "outside_statistics": edited.outside_statistics,
    }
    return [_held(field, edited.code) for field, wrong in moved.items() if wrong]


def _held(field: str, code: str) -> Problem:
    return Problem(
        "result-held",
        msg("The program or the law rests on this part of {code}: it cannot be changed.", code=code),
        msg("Leave it as shipped; change the label, the digit or the delay, or add a code of your own."),
        field=field,
        value=code,
    )
