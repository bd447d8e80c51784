"""The needs of the fragile path, its ends and its signposts, read from data/fragile. Opens no path."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.law.cited import Cited, cited, each_once
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
CHANNELS = ("call", "sms", "email", "letter", "visit")
FILE = ROOT / "data" / "fragile" / "path.yaml"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its words; `closes`: the channels that a need closes."""

    code: str
    label: Label
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where help is found: what it is, what it does, how to reach it, the text it rests on where there is one."""

    code: str
    name: Label
    does: Label
    reach: Label
    cited: Cited


@dataclass(frozen=True, slots=True)
class FragileData:
    """All of the file, in its order; `review_days` counts from the opening."""

    review_days: int
    caution: Label
    needs: tuple[Coded, ...]
    ends: tuple[Coded, ...]
    signposts: tuple[Signpost, ...]


@functools.cache
def load_fragile() -> FragileData:
    """The shipped data."""
    return fragile_from(read_file(FILE, ROOT))


def fragile_from(document: Entry) -> FragileData:
    """The data of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["review_days", "caution", "needs", "ends", "signposts"])
    return FragileData(
        parts["review_days"].whole(1),
        parts["caution"].label(),
        _coded(parts["needs"]),
        _coded(parts["ends"]),
        _signposts(parts["signposts"]),
    )


def _coded(entry: Entry) -> tuple[Coded, ...]:
    found = [one.mapping(["code", "label"], ["closes"]) for one in entry.items()]
    each_once(entry.items(), [parts["code"].text() for parts in found])
    return tuple(Coded(parts["code"].text(), parts["label"].label(), _closes(parts)) for parts in found)


def _closes(parts: Mapping[str, Entry]) -> tuple[str, ...]:
    return tuple(one.choice(CHANNELS) for one in parts["closes"].items()) if "closes" in parts else ()


def _signposts(entry: Entry) -> tuple[Signpost, ...]:
    found = tuple(_signpost(one) for one in entry.items())
    each_once(entry.items(), [one.code for one in found])
    return found


def _signpost(entry: Entry) -> Signpost:
    parts = entry.mapping(["code", "name", "does", "reach"], ["article", "trust"])
    name, does, reach = (parts[key].label() for key in ("name", "does", "reach"))
    return Signpost(parts["code"].text(), name, does, reach, cited(entry, parts))
