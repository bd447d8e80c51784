"""Reads the shortest general limitation periods (data/law/general_periods.yaml), strictly. Computes no limitation."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.law.strict_yaml import read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "general_periods.yaml"
DEBTORS = ("individual", "business", "public")
TRUST = ("V", "V2", "S", "U")


@dataclass(frozen=True, slots=True)
class GeneralPeriod:
    """The years after which a debt of a kind of debtor may be time-barred, with its article and how far it was verified."""

    debtor: str
    years: int
    article: str
    trust: str
    source: str

    @property
    def sure(self) -> bool:
        """Whether it was read in its own source; if not, screens say that it is to be confirmed."""
        return self.trust in ("V", "V2")


@functools.cache
def load_general_periods() -> tuple[GeneralPeriod, ...]:
    """The periods in file order; raises Refusal when the file is not as foreseen."""
    found = []
    for entry in read_file(FILE, ROOT).mapping(["periods"])["periods"].items():
        parts = entry.mapping(["debtor", "years", "article", "trust", "source"])
        found.append(
            GeneralPeriod(
                parts["debtor"].choice(DEBTORS),
                parts["years"].whole(1),
                parts["article"].text(),
                parts["trust"].choice(TRUST),
                parts["source"].text(),
            )
        )
    return tuple(found)


def general_period(debtor: str) -> GeneralPeriod:
    """The period of a kind of debtor: individual, business or public. Raises KeyError for another kind."""
    return {period.debtor: period for period in load_general_periods()}[debtor]
