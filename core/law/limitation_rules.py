"""Reads periods, starting points and events of limitation (data/law/limitation.yaml), strictly. Computes no date."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from core.domain.computation import CERTAINTIES
from core.domain.deadlines import Length
from core.domain.limitation_law import EFFECTS, Default, EventKind, LimitationLaw, Period, Point, StartKind
from core.domain.messages import Refusal, msg
from core.law.calendar_rules import deadline_rules
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "limitation.yaml"
DEBTORS = ("individual", "business", "association", "public")
CREDITORS = ("individual", "business")
POINTS = ("same_day", "no_roll", "rolls", "long_stop", "voluntary")
_SOURCED = ("article", "trust", "source")


@functools.cache
def limitation_law(path: Path = FILE) -> LimitationLaw:
    """The law of limitation in force; raises Refusal naming file, line and remedy when the data are not as foreseen."""
    file = read_file(path, path.parents[2]).mapping(
        ["checked_on", "alerts", "points", "starts", "periods", "events", "defaults"]
    )
    starts = {one.key: one for one in map(_start, file["starts"].items())}
    events = {one.key: one for one in map(_event, file["events"].items())}
    periods = {one.key: one for one in (_period(entry, starts) for entry in file["periods"].items())}
    points = {name: _point(name, entry) for name, entry in file["points"].mapping(POINTS).items()}
    defaults = tuple(_default(entry, periods) for entry in file["defaults"].items())
    alerts = tuple(sorted((one.whole(1) for one in file["alerts"].items()), reverse=True))
    checked, calendar = file["checked_on"].text(), deadline_rules()
    for entry in file["events"].items():
        _only(entry, periods)
    said = repr((starts, events, periods, points, defaults, alerts, checked, calendar))
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    return LimitationLaw(periods, starts, events, points, defaults, alerts, checked, fingerprint, calendar)


def _start(entry: Entry) -> StartKind:
    parts = entry.mapping(["key", "label", "ask"])
    return StartKind(parts["key"].text(), parts["label"].label(), parts["ask"].label())


def _point(name: str, entry: Entry) -> Point:
    parts = entry.mapping([*_SOURCED, "text"], ["years"])
    years = parts["years"].whole(1) if "years" in parts else 0
    return Point(name, *_sourced(parts), parts["text"].label(), years)


def _sourced(parts: dict[str, Entry]) -> tuple[str, str, str]:
    return parts["article"].text(), parts["trust"].choice(CERTAINTIES), parts["source"].text()


def _period(entry: Entry, starts: dict[str, StartKind]) -> Period:
    required = ["key", "label", "length", "starts", "debtors", *_SOURCED]
    parts = entry.mapping(required, ["otherwise", "time_bar", "rolls", "periodic", "year_end", "note", "also"])
    article, trust, source = _sourced(parts)
    return Period(
        parts["key"].text(), parts["label"].label(), _length(parts["length"]),
        _words(parts, "starts", tuple(starts)), _words(parts, "otherwise", tuple(starts)),
        _flag(parts, "time_bar"), _flag(parts, "rolls"), _flag(parts, "periodic"), _flag(parts, "year_end"),
        _words(parts, "debtors", DEBTORS), article, trust, source,
        parts["note"].label() if "note" in parts else None, _words(parts, "also"),
    )  # fmt: skip


def _event(entry: Entry) -> EventKind:
    required = ["key", "label", "effect", *_SOURCED]
    parts = entry.mapping(
        required, ["time_bar", "lasts", "voidable", "capped", "not_periodic", "least", "only", "why", "also"]
    )
    article, trust, source = _sourced(parts)
    effect = parts["effect"].choice(EFFECTS)
    if (effect == "none" or "only" in parts) and "why" not in parts:
        raise entry.refused(
            "event-without-why", msg("an event without effect says why."), msg("Add a line “why:” with both languages.")
        )
    return EventKind(
        parts["key"].text(), parts["label"].label(), effect, article, trust, source,
        _flag(parts, "time_bar"), _flag(parts, "lasts"), _flag(parts, "voidable"), _flag(parts, "capped"),
        _flag(parts, "not_periodic"), _length(parts["least"]) if "least" in parts else None, _words(parts, "only"),
        parts["why"].label() if "why" in parts else None, _words(parts, "also"),
    )  # fmt: skip


def _only(entry: Entry, periods: dict[str, Period]) -> None:
    """The periods that a special event names exist."""
    parts = entry.free_mapping()
    if "only" in parts:
        for one in parts["only"].items():
            one.choice(tuple(periods))


def _default(entry: Entry, periods: dict[str, Period]) -> Default:
    parts = entry.mapping(["nature", "debtor", "creditor", "claim"], ["ask"])
    return Default(
        parts["nature"].text(), parts["debtor"].choice(("any", *DEBTORS)), parts["creditor"].choice(("any", *CREDITORS)),
        parts["claim"].choice(tuple(periods)), parts["ask"].label() if "ask" in parts else None,
    )  # fmt: skip


def _flag(parts: dict[str, Entry], name: str) -> bool:
    return name in parts and parts[name].flag()


def _words(parts: dict[str, Entry], name: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
    if name not in parts:
        return ()
    return tuple(one.choice(allowed) if allowed else one.text() for one in parts[name].items())


def _length(entry: Entry) -> Length:
    """Whole years or months, quoted: "5y", "6m"."""
    try:
        found = Length.parse(entry.text())
    except Refusal as refusal:
        raise entry.refused(
            "length-unreadable", refusal.problems[0].reason, refusal.problems[0].remedy, entry.text()
        ) from refusal
    if found.days or found.working_days:
        raise entry.refused(
            "length-in-days", msg("a period of limitation is years or months."), msg("Write it like 5y or 6m.")
        )
    return found
