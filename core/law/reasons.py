"""Why a debtor does not pay: the kinds of reasons, read from data/reasons. Judges no reason and chooses no letter."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.law.cited import each_once
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "reasons" / "kinds.yaml"
TONES = ("neutral", "gentle", "firm", "answer")
NONE = "none"


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One reason; `tone` is how one writes from then on, `facts` whether the facts alleged are compulsory, `act` what to do with it."""

    code: str
    label: Label
    short: Label
    tone: str
    facts: bool
    act: Label


@dataclass(frozen=True, slots=True)
class Reasons:
    """The kinds in file order, and for each result that asks for a reason the kind kept when nobody chose ("" for none)."""

    kinds: tuple[ReasonKind, ...]
    asked_by: dict[str, str]

    def named(self, code: str) -> ReasonKind | None:
        """One kind, None when there is none of this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)


@functools.cache
def load_reasons() -> Reasons:
    """The shipped reasons."""
    return reasons_from(read_file(FILE, ROOT))


def reasons_from(document: Entry) -> Reasons:
    """The reasons of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["asked_by", "kinds"])
    entries = parts["kinds"].items()
    kinds = tuple(_kind(entry) for entry in entries)
    codes = [kind.code for kind in kinds]
    each_once(entries, codes)
    asked = [_asked(entry, codes) for entry in parts["asked_by"].items()]
    each_once(parts["asked_by"].items(), [result for result, _ in asked])
    return Reasons(kinds, dict(asked))


def _kind(entry: Entry) -> ReasonKind:
    parts = entry.mapping(["code", "label", "short", "tone", "facts", "act"])
    code = parts["code"].text()
    if code == NONE:
        raise parts["code"].refused(
            "reason-none", msg("“none” says that there is no reason."), msg("Choose another code."), value=code
        )
    return ReasonKind(
        code,
        parts["label"].label(),
        parts["short"].label(),
        parts["tone"].choice(TONES),
        parts["facts"].flag(),
        parts["act"].label(),
    )


def _asked(entry: Entry, codes: list[str]) -> tuple[str, str]:
    parts = entry.mapping(["result", "default"])
    default = parts["default"].choice([NONE, *codes])
    return parts["result"].text(), "" if default == NONE else default
