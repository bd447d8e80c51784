"""What may be put on a debtor, read from data/law/chargeable_costs.yaml, strictly. Judges no case."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from core.domain.charges import READ, ChargeKind, Condition, Ground
from core.domain.messages import msg
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "chargeable_costs.yaml"
TRUST = ("V", "V2", "S", "U")
BUCKETS = ("costs", "penalty", "indemnity")
_GROUND = ["articles", "trust", "source", "words"]


@functools.cache
def load_charge_kinds() -> tuple[ChargeKind, ...]:
    """The shipped kinds in file order."""
    return kinds_from(read_file(FILE, ROOT))


def kinds_from(document: Entry) -> tuple[ChargeKind, ...]:
    """The kinds of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["questions", "costs"])
    questions = {fact: entry.label() for fact, entry in parts["questions"].free_mapping().items()}
    for fact, entry in parts["questions"].free_mapping().items():
        if fact in READ:
            raise entry.refused(
                "charge-question",
                msg("“{fact}” is read in the case, nobody is asked for it.", fact=fact),
                msg("Take the question out."),
            )
    found: dict[str, ChargeKind] = {}
    for entry in parts["costs"].items():
        one = _kind(entry, questions)
        if one.kind in found:
            raise entry.refused(
                "charge-twice", msg("the kind “{kind}” is written twice.", kind=one.kind), msg("Keep one of the two.")
            )
        found[one.kind] = one
    return tuple(found.values())


def _kind(entry: Entry, questions: Mapping[str, Label]) -> ChargeKind:
    parts = entry.mapping(["kind", "label", "bucket", "ground"], ["never", "bars", "asks", "remarks", "value", "once"])
    never = "never" in parts and parts["never"].flag()
    if never and "asks" in parts:
        raise entry.refused(
            "charge-never-asks",
            msg("what is never chargeable asks for no fact."),
            msg("Take “asks” out, or “never”."),
        )
    bars = _conditions(parts.get("bars"), questions, wanted=False)
    asks = _conditions(parts.get("asks"), questions, wanted=True)
    return ChargeKind(
        kind=parts["kind"].text(),
        label=parts["label"].label(),
        bucket=parts["bucket"].choice(BUCKETS),
        never=never,
        ground=_ground(parts["ground"].mapping(_GROUND)),
        conditions=(*bars, *asks),
        remarks=_conditions(parts.get("remarks"), questions, wanted=True),
        value=parts["value"].text() if "value" in parts else "",
        once="once" in parts and parts["once"].flag(),
    )


def _conditions(entry: Entry | None, questions: Mapping[str, Label], *, wanted: bool) -> tuple[Condition, ...]:
    found = []
    for one in entry.items() if entry else ():
        parts = one.mapping(["fact", *_GROUND])
        fact = parts["fact"].choice([*READ, *questions])
        found.append(Condition(fact, wanted, _ground(parts), questions.get(fact)))
    return tuple(found)


def _ground(parts: Mapping[str, Entry]) -> Ground:
    return Ground(
        tuple(entry.text() for entry in parts["articles"].items()),
        parts["trust"].choice(TRUST),
        parts["source"].text(),
        parts["words"].label(),
    )
