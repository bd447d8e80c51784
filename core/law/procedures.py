"""Procedures read strictly from data/procedures, a folder each, a file per version. Computes no date and replays nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.domain.messages import msg
from core.domain.procedure import (
    ACTORS,
    DIRECTIONS,
    FACT_KINDS,
    FLAGS,
    OUTCOMES,
    Amounts,
    Court,
    Fact,
    Late,
    Limit,
    Link,
    Procedure,
    Remark,
    Step,
    When,
    Words,
)
from core.domain.proceeding_events import LATEST
from core.law.procedure_graph import check_graph, check_names
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "procedures"
Routes = Mapping[str, tuple[Procedure, ...]]
_HEAD = [
    "key", "version", "version_by", "meanwhile_by", "certainty", "checked_on", "source", "label", "articles", "conditions", "courts",
    "holds",
    "facts",
    "documents", "start", "steps", "deadlines",
]  # fmt: skip


@functools.cache
def load_procedures(folder: Path = FOLDER) -> Routes:
    """Every route with its versions, the oldest first; raises Refusal naming file, line and remedy."""
    found = {}
    for route in sorted(path for path in folder.iterdir() if path.is_dir()):
        read = [(read_file(path, folder.parents[1]), path) for path in sorted(route.glob("*.yaml"))]
        versions = [_procedure(entry) for entry, _path in read]
        for (entry, path), one in zip(read, versions, strict=True):
            _in_place(entry, path, one)
        found[route.name] = _in_order(read, versions)
    return found


def procedure_from(text: str, file: str) -> Procedure:
    """One version of another text in the same format; `file` names it in a refusal."""
    return _procedure(read_text(text, file))


@functools.cache
def fingerprint(folder: Path = FOLDER) -> str:
    """sha256 of the parsed content of every version, never of the bytes."""
    plain = {key: [dataclasses.asdict(one) for one in versions] for key, versions in load_procedures(folder).items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def _in_place(entry: Entry, path: Path, one: Procedure) -> None:
    """The file lies where its key and version say."""
    if (path.parent.name, path.stem) != (one.key, one.version):
        raise entry.refused(
            "procedure-misplaced",
            msg("the file says “{key}”, version “{version}”.", key=one.key, version=one.version),
            msg("Name it data/procedures/{key}/{version}.yaml.", key=one.key, version=one.version),
        )


def _in_order(read: Sequence[tuple[Entry, Path]], versions: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """Oldest first; each version begins the day after the one before it ends, with no hole and no overlap."""
    pairs = sorted(zip(versions, read, strict=True), key=lambda pair: pair[0].valid_from or dt.date.min)
    for (before, _), (after, (entry, _path)) in itertools.pairwise(pairs):
        follows = before.valid_to and before.valid_to + dt.timedelta(days=1) == after.valid_from
        if not follows or before.version_by != after.version_by:
            raise entry.refused(
                "procedure-versions",
                msg("this version does not follow “{before}”: a day would have none, or two.", before=before.version),
                msg("Begin it the day after the other ends, with the same “version_by”."),
            )
    return tuple(one for one, _ in pairs)


def _procedure(document: Entry) -> Procedure:
    parts = document.mapping(_HEAD, ["valid_from", "valid_to"])
    courts = {key: _court(key, entry) for key, entry in parts["courts"].free_mapping().items()}
    names = tuple(courts)
    found = Procedure(
        key=parts["key"].text(),
        version=parts["version"].text(),
        version_by=parts["version_by"].text(),
        meanwhile_by=parts["meanwhile_by"].text(),
        valid_from=_day(parts["valid_from"]) if "valid_from" in parts else None,
        valid_to=_day(parts["valid_to"]) if "valid_to" in parts else None,
        certainty=parts["certainty"].choice(FLAGS),
        checked_on=_day(parts["checked_on"]),
        source=_words(parts["source"]),
        label=_words(parts["label"]),
        articles=_texts(parts["articles"]),
        conditions=tuple(_remark(entry) for entry in parts["conditions"].items()),
        courts=courts,
        holds={key: _hold(entry) for key, entry in parts["holds"].free_mapping().items()},
        facts={key: _fact(key, entry) for key, entry in parts["facts"].free_mapping().items()},
        documents={key: _words(entry) for key, entry in parts["documents"].free_mapping().items()},
        start=parts["start"].text(),
        steps={key: _step(key, entry, names) for key, entry in parts["steps"].free_mapping().items()},
        limits={key: _limit(key, entry, names) for key, entry in parts["deadlines"].free_mapping().items()},
    )
    check_names(found, parts)
    check_graph(found, parts)
    return found


def _court(key: str, entry: Entry) -> Court:
    parts = entry.mapping(["label", "form", "certainty"])
    return Court(key, _words(parts["label"]), _words(parts["form"]), parts["certainty"].choice(FLAGS))


def _hold(entry: Entry) -> Remark:
    parts = entry.mapping(["article", "certainty", "why"])
    return Remark(_words(parts["why"]), parts["certainty"].choice(FLAGS), parts["article"].text())


def _remark(entry: Entry) -> Remark:
    parts = entry.mapping(["text", "certainty"], ["article"])
    article = parts["article"].text() if "article" in parts else ""
    return Remark(_words(parts["text"]), parts["certainty"].choice(FLAGS), article)


def _fact(key: str, entry: Entry) -> Fact:
    parts = entry.mapping(["kind", "label"], ["choices", "future", "keep"])
    kind = parts["kind"].choice(FACT_KINDS)
    if (kind == "choice") != ("choices" in parts):
        raise entry.refused(
            "procedure-choices",
            msg("a fact has “choices” when, and only when, it is a choice."),
            msg("Write “kind: choice” with its “choices”, or remove them."),
        )
    choices = {k: _words(v) for k, v in parts["choices"].free_mapping().items()} if "choices" in parts else {}
    keep = _among(parts["keep"], [LATEST, *choices]) if "keep" in parts else ()
    return Fact(key, kind, _words(parts["label"]), choices, "future" in parts and parts["future"].flag(), keep)


_STEP_MORE = [
    "courts", "after", "also", "unless", "gives", "asks", "power", "reserved", "repeats", "aside", "again",
    "not_before", "needs_met", "if_missed",
    "title", "caution", "ends", "reopens", "amounts",
]  # fmt: skip


def _step(key: str, entry: Entry, names: tuple[str, ...]) -> Step:
    parts = entry.mapping(["label", "actors", "article", "certainty", "documents"], _STEP_MORE)
    courts = _among(parts["courts"], names) if "courts" in parts else names
    return Step(
        key=key,
        label=_words(parts["label"]),
        actors=_actors(parts["actors"], courts),
        article=parts["article"].text(),
        certainty=parts["certainty"].choice(FLAGS),
        courts=courts,
        after=_many(parts, "after", lambda one: _link(one, names)),
        also=_many(parts, "also", lambda one: _link(one, names)),
        unless=_many(parts, "unless", Entry.text),
        gives=parts["gives"].text() if "gives" in parts else "",
        asks=_many(parts, "asks", Entry.text),
        documents=_texts(parts["documents"]),
        power=_power(parts["power"]) if "power" in parts else None,
        reserved="reserved" in parts and parts["reserved"].flag(),
        aside="aside" in parts and parts["aside"].flag(),
        again=_when(parts["again"]) if "again" in parts else {},
        repeats="repeats" in parts and parts["repeats"].flag(),
        not_before=parts["not_before"].text() if "not_before" in parts else "",
        needs_met=_many(parts, "needs_met", Entry.text),
        if_missed=_many(parts, "if_missed", Entry.text),
        title=_title(parts["title"]) if "title" in parts else None,
        caution=_remark(parts["caution"]) if "caution" in parts else None,
        ends=_many(parts, "ends", _end),
        reopens=_many(parts, "reopens", lambda one: one.choice(OUTCOMES)),
        amounts=_amounts(parts["amounts"]) if "amounts" in parts else None,
    )


def _limit(key: str, entry: Entry, names: tuple[str, ...]) -> Limit:
    wanted = ["label", "from", "length", "direction", "article", "certainty", "missed", "met_by"]
    parts = entry.mapping(wanted, ["courts", "when", "distance", "closed_by", "late", "outlives"])
    return Limit(
        key=key,
        label=_words(parts["label"]),
        start=_texts(parts["from"]),
        length=parts["length"].text(),
        direction=parts["direction"].choice(DIRECTIONS),
        article=parts["article"].text(),
        certainty=parts["certainty"].choice(FLAGS),
        missed=_words(parts["missed"]),
        courts=_among(parts["courts"], names) if "courts" in parts else names,
        when=_many(parts, "when", _when),
        met_by=tuple(_link(one, names) for one in parts["met_by"].items()),
        distance=parts["distance"].text() if "distance" in parts else "",
        closed_by=_many(parts, "closed_by", Entry.text),
        late=_late(parts["late"]) if "late" in parts else None,
        outlives="outlives" in parts and parts["outlives"].flag(),
    )


def _actors(entry: Entry, courts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The same actors before each court, or a list for each of them."""
    own = entry.mapping(list(courts)) if entry.is_mapping() else {}
    return {court: _among(own.get(court, entry), ACTORS) for court in courts}


def _link(entry: Entry, names: tuple[str, ...]) -> Link:
    parts = entry.mapping(["step"], ["courts", "when"])
    courts = _among(parts["courts"], names) if "courts" in parts else ()
    return Link(parts["step"].text(), courts, _when(parts["when"]) if "when" in parts else {})


def _when(entry: Entry) -> When:
    return {key: value.text() for key, value in entry.free_mapping().items()}


def _end(entry: Entry) -> tuple[str, When, str]:
    parts = entry.mapping(["outcome"], ["when", "over"])
    over = parts["over"].text() if "over" in parts else ""
    return parts["outcome"].choice(OUTCOMES), _when(parts["when"]) if "when" in parts else {}, over


def _amounts(entry: Entry) -> Amounts:
    kinds = ["whole", "less", "some", "none"]
    parts = entry.mapping(["of", "by"], kinds)
    return Amounts(
        parts["of"].text(), parts["by"].text(), **{kind: _texts(parts[kind]) for kind in kinds if kind in parts}
    )


def _late(entry: Entry) -> Late:
    parts = entry.mapping(["step", "text", "article", "certainty"], ["when"])
    remark = Remark(_words(parts["text"]), parts["certainty"].choice(FLAGS), parts["article"].text())
    return Late(parts["step"].text(), remark, _when(parts["when"]) if "when" in parts else {})


def _power(entry: Entry) -> tuple[tuple[str, ...], str]:
    parts = entry.mapping(["actors", "document"])
    return _among(parts["actors"], ACTORS), parts["document"].text()


def _title(entry: Entry) -> tuple[str, str]:
    parts = entry.mapping(["kind", "amount"])
    return parts["kind"].text(), parts["amount"].text()


def _many(parts: Mapping[str, Entry], key: str, read: Callable[[Entry], Any]) -> tuple[Any, ...]:
    return tuple(read(one) for one in parts[key].items()) if key in parts else ()


def _among(entry: Entry, allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.choice(allowed) for one in entry.items())


def _texts(entry: Entry) -> tuple[str, ...]:
    return tuple(one.text() for one in entry.items())


def _words(entry: Entry) -> Words:
    label = entry.label()
    return Words(label.fr, label.en)


def _day(entry: Entry) -> dt.date:
    text = entry.text()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise entry.refused(
            "procedure-day",
            msg("“{given}” is not a day.", given=text),
            msg('Write it as "2026-09-01", between quotes.'),
            value=text,
        ) from wrong
