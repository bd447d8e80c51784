"""Reads what the law says beside a payment plan (data/law/plan_notes.yaml), strictly. Chooses and computes nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.law.strict_yaml import Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "plan_notes.yaml"
TRUST = ("V", "V2", "S", "U")
SHOWN = ("always", "consumer", "interest", "longer", "above")


@dataclass(frozen=True, slots=True)
class PlanNote:
    """One thing to know, with its article and how far it was verified; `months` and `cents` are the bounds of `shown`."""

    key: str
    article: str
    trust: str
    source: str
    shown: str
    months: int
    cents: int
    text: Label

    @property
    def sure(self) -> bool:
        """Whether it was read in its own source; if not, screens say that it is to be confirmed."""
        return self.trust in ("V", "V2")


@functools.cache
def load_plan_notes() -> tuple[PlanNote, ...]:
    """The notes in file order; raises Refusal when the file is not as foreseen."""
    found = []
    for entry in read_file(FILE, ROOT).mapping(["notes"])["notes"].items():
        parts = entry.mapping(["key", "article", "trust", "source", "shown", "text"], ["months", "cents"])
        found.append(
            PlanNote(
                parts["key"].text(),
                parts["article"].text(),
                parts["trust"].choice(TRUST),
                parts["source"].text(),
                parts["shown"].choice(SHOWN),
                parts["months"].whole() if "months" in parts else 0,
                parts["cents"].whole() if "cents" in parts else 0,
                parts["text"].label(),
            )
        )
    return tuple(found)
