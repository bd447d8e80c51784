"""Procedures read strictly from data/procedures, a folder each, a file per version. Computes no date and replays nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.domain.messages import msg
from core.domain.procedure import ACTORS, DIRECTIONS, FLAGS, OUTCOMES, Limit, Procedure, Step
from core.law.procedure_graph import check_graph, check_names
from core.law.procedure_parts import (
    among,
    amounts,
    caution,
    court,
    day,
    end,
    fact,
    hold,
    late,
    link,
    many,
    power,
    remark,
    texts,
    title,
    when,
    words,
)
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "procedures"
Routes = Mapping[str, tuple[Procedure, ...]]
_HEAD = [
    "key", "version", "version_by", "meanwhile_by", "certainty", "checked_on", "source", "label", "articles", "conditions", "courts",
    "holds", "cautions",
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
    courts = {key: court(key, entry) for key, entry in parts["courts"].free_mapping().items()}
    names = tuple(courts)
    found = Procedure(
        key=parts["key"].text(),
        version=parts["version"].text(),
        version_by=parts["version_by"].text(),
        meanwhile_by=parts["meanwhile_by"].text(),
        valid_from=day(parts["valid_from"]) if "valid_from" in parts else None,
        valid_to=day(parts["valid_to"]) if "valid_to" in parts else None,
        certainty=parts["certainty"].choice(FLAGS),
        checked_on=day(parts["checked_on"]),
        source=words(parts["source"]),
        label=words(parts["label"]),
        articles=texts(parts["articles"]),
        conditions=tuple(remark(entry) for entry in parts["conditions"].items()),
        courts=courts,
        holds={key: hold(entry) for key, entry in parts["holds"].free_mapping().items()},
        cautions=tuple(caution(entry, names) for entry in parts["cautions"].items()),
        facts={key: fact(key, entry) for key, entry in parts["facts"].free_mapping().items()},
        documents={key: words(entry) for key, entry in parts["documents"].free_mapping().items()},
        start=parts["start"].text(),
        steps={key: _step(key, entry, names) for key, entry in parts["steps"].free_mapping().items()},
        limits={key: _limit(key, entry, names) for key, entry in parts["deadlines"].free_mapping().items()},
    )
    check_names(found, parts)
    check_graph(found, parts)
    return found


_STEP_MORE = [
    "courts", "after", "also", "unless", "gives", "asks", "power", "reserved", "repeats", "aside", "again",
    "not_before", "needs_met", "if_missed",
    "title", "caution", "ends", "reopens", "amounts",
]  # fmt: skip


def _step(key: str, entry: Entry, names: tuple[str, ...]) -> Step:
    parts = entry.mapping(["label", "actors", "article", "certainty", "documents"], _STEP_MORE)
    courts = among(parts["courts"], names) if "courts" in parts else names
    return Step(
        key=key,
        label=words(parts["label"]),
        actors=_actors(parts["actors"], courts),
        article=parts["article"].text(),
        certainty=parts["certainty"].choice(FLAGS),
        courts=courts,
        after=many(parts, "after", lambda one: link(one, names)),
        also=many(parts, "also", lambda one: link(one, names)),
        unless=many(parts, "unless", Entry.text),
        gives=parts["gives"].text() if "gives" in parts else "",
        asks=many(parts, "asks", Entry.text),
        documents=texts(parts["documents"]),
        power=power(parts["power"]) if "power" in parts else None,
        reserved="reserved" in parts and parts["reserved"].flag(),
        aside="aside" in parts and parts["aside"].flag(),
        again=when(parts["again"]) if "again" in parts else {},
        repeats="repeats" in parts and parts["repeats"].flag(),
        not_before=parts["not_before"].text() if "not_before" in parts else "",
        needs_met=many(parts, "needs_met", Entry.text),
        if_missed=many(parts, "if_missed", Entry.text),
        title=title(parts["title"]) if "title" in parts else None,
        caution=remark(parts["caution"]) if "caution" in parts else None,
        ends=many(parts, "ends", end),
        reopens=many(parts, "reopens", lambda one: one.choice(OUTCOMES)),
        amounts=amounts(parts["amounts"]) if "amounts" in parts else None,
    )


def _limit(key: str, entry: Entry, names: tuple[str, ...]) -> Limit:
    wanted = ["label", "from", "length", "direction", "article", "certainty", "missed", "met_by"]
    parts = entry.mapping(wanted, ["courts", "when", "distance", "closed_by", "late", "outlives"])
    return Limit(
        key=key,
        label=words(parts["label"]),
        start=texts(parts["from"]),
        length=parts["length"].text(),
        direction=parts["direction"].choice(DIRECTIONS),
        article=parts["article"].text(),
        certainty=parts["certainty"].choice(FLAGS),
        missed=words(parts["missed"]),
        courts=among(parts["courts"], names) if "courts" in parts else names,
        when=many(parts, "when", when),
        met_by=tuple(link(one, names) for one in parts["met_by"].items()),
        distance=parts["distance"].text() if "distance" in parts else "",
        closed_by=many(parts, "closed_by", Entry.text),
        late=late(parts["late"]) if "late" in parts else None,
        outlives="outlives" in parts and parts["outlives"].flag(),
    )


def _actors(entry: Entry, courts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The same actors before each court, or a list for each of them."""
    own = entry.mapping(list(courts)) if entry.is_mapping() else {}
    return {court: among(own.get(court, entry), ACTORS) for court in courts}
