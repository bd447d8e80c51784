"""Reads the kinds of legal facts that a person records (data/law/fact_kinds.yaml), strictly. Draws no consequence from a fact."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "fact_kinds.yaml"
TRUST = ("V", "V2", "S", "U")
ROOMS = ("interest", "limitation", "both")
SCOPES = ("debt", "case", "either")
FIELDS = ("until", "amount", "basis", "rate", "since")
SAID_BY = ("creditor", "debtor", "agency", "commissaire", "court", "lawyer")
WITHDRAWN = "withdrawn"  # the kind of the row that takes a fact back; no person chooses it


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a kind of fact is: how its day is called, what it changes, what proves it, where it counts, what it wants.

    `scope`: "debt" (one debt is named), "case" (none is), "either". `needs`, `offers`, `one_of`: names out of `FIELDS`.
    `early`: its day may be before the debt exists. `once`: a debt has one of it at most. `ahead`: its end may be a day to come.
    `title`: it speaks of a title of the case ("on": its day is that of the title, "since": that field is). `pointed` names the field
    `since` (the end, where it may be to come), `amounts` the field `amount`, where the kind has words of its own for them.
    """

    kind: str
    label: Label
    day: Label
    changes: Label
    help: Label
    article: str
    trust: str
    source: str
    room: str
    scope: str
    said_by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    early: bool = False
    once: bool = False
    ahead: bool = False
    title: str = ""
    pointed: Label | None = None
    amounts: Label | None = None

    @property
    def takes(self) -> tuple[str, ...]:
        """Every field that the kind may carry, in the order of `FIELDS`."""
        return tuple(name for name in FIELDS if name in (*self.needs, *self.offers, *self.one_of))

    @property
    def to_confirm(self) -> bool:
        """Whether the text cited still has to be confirmed by a lawyer."""
        return self.trust in ("S", "U")


@functools.cache
def load_fact_kinds() -> Mapping[str, FactKind]:
    """The shipped kinds by key, in file order; raises Refusal when the file is not as foreseen."""
    return kinds_from(read_file(FILE, ROOT))


def fact_kinds_of(text: str, file: str) -> Mapping[str, FactKind]:
    """Kinds of another text in the same format; `file` names it in a refusal."""
    return kinds_from(read_text(text, file))


def kinds_from(document: Entry) -> Mapping[str, FactKind]:
    """The kinds of a document; raises Refusal with file, line and remedy, also for a kind written twice."""
    found: dict[str, FactKind] = {}
    for entry in document.mapping(["kinds"])["kinds"].items():
        kind = _kind(entry)
        if kind.kind in found or kind.kind == WITHDRAWN:
            raise entry.refused(
                "fact-kind-taken",
                msg("the kind “{kind}” exists already.", kind=kind.kind),
                msg("Give each kind its own name."),
                value=kind.kind,
            )
        found[kind.kind] = kind
    return found


_REQUIRED = ("kind", "label", "day", "article", "trust", "source", "room", "scope", "said_by", "changes", "help")
_OPTIONAL = ("needs", "offers", "one_of", "early", "once", "ahead", "title", "pointed", "amounts")


def _kind(entry: Entry) -> FactKind:
    parts = entry.mapping(_REQUIRED, _OPTIONAL)
    return FactKind(
        kind=parts["kind"].text(),
        label=parts["label"].label(),
        day=parts["day"].label(),
        changes=parts["changes"].label(),
        help=parts["help"].label(),
        article=parts["article"].text(),
        trust=parts["trust"].choice(TRUST),
        source=parts["source"].text(),
        room=parts["room"].choice(ROOMS),
        scope=parts["scope"].choice(SCOPES),
        said_by=_words(parts, "said_by", SAID_BY),
        needs=_words(parts, "needs", FIELDS),
        offers=_words(parts, "offers", FIELDS),
        one_of=_words(parts, "one_of", FIELDS),
        early="early" in parts and parts["early"].flag(),
        once="once" in parts and parts["once"].flag(),
        ahead="ahead" in parts and parts["ahead"].flag(),
        title=parts["title"].choice(("on", "since")) if "title" in parts else "",
        pointed=parts["pointed"].label() if "pointed" in parts else None,
        amounts=parts["amounts"].label() if "amounts" in parts else None,
    )


def _words(parts: Mapping[str, Entry], name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.choice(allowed) for word in parts[name].items()) if name in parts else ()
