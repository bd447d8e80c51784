"""Result codes of a contact or an event, read from data/results/result_codes.yaml. Decides nothing: services apply them.

A code says what happened, in the words of the trade; its flags say what follows: an attempt counted, a hold, a next action,
the facts to type. The rules of contact come from the agency's policy, not from here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.domain.messages import msg
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "results" / "result_codes.yaml"
_CODE = re.compile(r"[A-Z]{2,4}")
_DIGITS = "123456789"
_OPTIONAL = ("stop_days", "key", "invalidates", "outside_statistics", "zero_balance", "active")
KEPT = ("attempt", "right_party", "stops", "next_action", "delay", "needs", "active")


class Family(StrEnum):
    """Who or what was met: the right person, a third party or machine, a dead contact point; or an event of the file."""

    CONTACT = "contact"
    THIRD_PARTY = "third_party"
    DEAD = "dead"
    ADMINISTRATIVE = "administrative"


class Channel(StrEnum):
    """Where a code can be chosen; NONE is an event recorded without any contact."""

    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    SMS = "sms"
    VISIT = "visit"
    NONE = "none"


class Need(StrEnum):
    """A fact to type before the code can be saved."""

    AMOUNT = "amount"
    DATE = "date"
    MEANS = "means"
    REASON = "reason"
    NOTE = "note"
    NAME = "name"
    PROOF = "proof"
    PLAN = "plan"
    DOCUMENTS = "documents"
    HOUR = "hour"
    COURT = "court"
    PROCEDURE = "procedure"
    STEPS = "steps"


class Hold(StrEnum):
    """Why contacts stop."""

    DISPUTE = "dispute"
    PAYMENT_CLAIMED = "payment_claimed"
    CREDITOR_CHECK = "creditor_check"
    REPRESENTED = "represented"
    DECEASED = "deceased"
    INSOLVENCY = "insolvency"
    OVER_INDEBTEDNESS = "over_indebtedness"
    LIMITATION = "limitation"


class CountedFrom(StrEnum):
    """The day the delay of the next action starts from: the result, the date typed, the first instalment of the plan."""

    RESULT = "result"
    DATE = "date"
    PLAN = "plan"


class ContactPoint(StrEnum):
    """What a dead result makes invalid."""

    PHONE = "phone"
    ADDRESS = "address"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class NextAction:
    """What to do next and when: `days` and `hours` after `counted_from`; `follow_up_days` once it is done."""

    kind: str
    label: Label
    days: int
    hours: int = 0
    counted_from: CountedFrom = CountedFrom.RESULT
    follow_up_days: int = 0


@dataclass(frozen=True, slots=True)
class ResultCode:
    """One result code with all that follows from choosing it."""

    code: str
    label: Label
    family: Family
    attempt: bool  # counts in the limits of contact
    right_party: bool  # counts as a contact with the right person
    stops: Hold | None
    stop_days: int | None  # None: until a person lifts the hold
    next_action: NextAction
    needs: tuple[Need, ...]
    channels: tuple[Channel, ...]
    key: str  # keyboard digit, "" for none
    invalidates: ContactPoint | None
    outside_statistics: bool
    zero_balance: bool  # can be chosen only when nothing remains due
    active: bool = True  # whether it is offered; what was logged with it stays readable


@functools.cache
def load_results() -> tuple[ResultCode, ...]:
    """The shipped result codes, in file order; a service asks core.services.result_codes, which lays over what a lead edited."""
    return _results(read_file(FILE, ROOT))


@functools.cache
def load_actions() -> dict[str, Label]:
    """The next actions that a result may have, with their words."""
    return _actions(_parts(read_file(FILE, ROOT)))


@functools.cache
def load_kept() -> dict[str, frozenset[str]]:
    """By code, what of it nobody may change, because the program or the law rests on it."""
    parts = _parts(read_file(FILE, ROOT))
    kept = parts["kept"].free_mapping() if "kept" in parts else {}
    return {code: frozenset(_words(entry, KEPT)) for code, entry in kept.items()}


def results_from(text: str, file: str) -> tuple[ResultCode, ...]:
    """Result codes of another text in the same format (an agency's own list); `file` names it in a refusal."""
    return _results(read_text(text, file))


def _results(document: Entry) -> tuple[ResultCode, ...]:
    parts = _parts(document)
    actions = _actions(parts)
    entries = parts["codes"].items()
    codes = tuple(read_code(entry, actions) for entry in entries)
    _each_once(entries, [code.code for code in codes], "code")
    _each_once(entries, [code.key for code in codes], "key")
    return codes


def _parts(document: Entry) -> dict[str, Entry]:
    return document.mapping(["actions", "codes"], ["kept"])


def _actions(parts: dict[str, Entry]) -> dict[str, Label]:
    return {kind: entry.label() for kind, entry in parts["actions"].free_mapping().items()}


def read_code(entry: Entry, actions: dict[str, Label]) -> ResultCode:
    """One code in the shape of the file; its next action is one of `actions`. Raises Refusal at the line that does not fit."""
    compulsory = ["code", "label", "family", "attempt", "right_party", "stops", "next_action", "needs", "channels"]
    parts = entry.mapping(compulsory, [*_OPTIONAL])
    needs = tuple(Need(word) for word in _words(parts["needs"], list(Need)))
    stops = parts["stops"].choice(["none", *Hold])
    invalid = parts.get("invalidates")
    return ResultCode(
        code=_name(parts["code"]),
        label=parts["label"].label(),
        family=Family(parts["family"].choice(list(Family))),
        attempt=parts["attempt"].flag(),
        right_party=parts["right_party"].flag(),
        stops=None if stops == "none" else Hold(stops),
        stop_days=_stop_days(parts.get("stop_days"), stops),
        next_action=_next_action(parts["next_action"], actions, needs),
        needs=needs,
        channels=_channels(parts["channels"]),
        key=parts["key"].choice(list(_DIGITS)) if "key" in parts else "",
        invalidates=ContactPoint(invalid.choice(list(ContactPoint))) if invalid else None,
        outside_statistics=_flag(parts, "outside_statistics"),
        zero_balance=_flag(parts, "zero_balance"),
        active=parts["active"].flag() if "active" in parts else True,
    )


def _name(entry: Entry) -> str:
    name = entry.text()
    if not _CODE.fullmatch(name):
        raise entry.refused(
            "result-code-name",
            msg("“{name}” cannot be the name of a result code.", name=name),
            msg("Use two to four capital letters without accents, for example NRP."),
            value=name,
        )
    return name


def _stop_days(entry: Entry | None, stops: str) -> int | None:
    if entry is None:
        return None
    if stops == "none":
        raise entry.refused(
            "result-stop-days",
            msg("a number of days is given for a stop, and nothing stops."),
            msg("Remove “stop_days” or name a stop under “stops”."),
        )
    return entry.whole(1)


def _next_action(entry: Entry, actions: dict[str, Label], needs: tuple[Need, ...]) -> NextAction:
    parts = entry.mapping(["kind", "days"], ["hours", "from", "follow_up_days"])
    kind = parts["kind"].choice(list(actions))
    start = CountedFrom(parts["from"].choice(list(CountedFrom))) if "from" in parts else CountedFrom.RESULT
    if start is not CountedFrom.RESULT and start.value not in needs:
        raise parts["from"].refused(
            "result-counted-from",
            msg("the delay counts from the {start}, which is not asked for.", start=start.value),
            msg("Add “{start}” under “needs”, or count from the result.", start=start.value),
            value=start.value,
        )
    hours = parts["hours"].whole(1) if "hours" in parts else 0
    follow_up = parts["follow_up_days"].whole(1) if "follow_up_days" in parts else 0
    return NextAction(kind, actions[kind], parts["days"].whole(), hours, start, follow_up)


def _channels(entry: Entry) -> tuple[Channel, ...]:
    words = _words(entry, list(Channel))
    if not words:
        raise entry.refused(
            "result-no-channel",
            msg("no channel is given: the code could never be chosen."),
            msg("Name at least one channel; “none” for an event without a contact."),
        )
    return tuple(Channel(word) for word in words)


def _words(entry: Entry, allowed: Sequence[str]) -> list[str]:
    """Words of a closed list, each once."""
    entries = entry.items()
    words = [item.choice(allowed) for item in entries]
    _each_once(entries, words, entry.key)
    return words


def _flag(parts: dict[str, Entry], key: str) -> bool:
    return parts[key].flag() if key in parts else False


def _each_once(entries: Sequence[Entry], values: Sequence[str], key: str) -> None:
    """Refuse the second of two equal values; an empty one is no value."""
    seen: set[str] = set()
    for entry, value in zip(entries, values, strict=True):
        if value and value in seen:
            raise entry.refused(
                "result-given-twice",
                msg("“{value}” is given twice as “{key}”.", value=value, key=key),
                msg("Give this one another value, or remove it."),
                value=value,
            )
        seen.add(value)
