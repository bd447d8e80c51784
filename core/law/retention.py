"""How long the access log is kept, read from data/retention/access_log.yaml with its source. Erases nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "retention" / "access_log.yaml"
TRUSTS = ("V", "V2", "S", "U")


@dataclass(frozen=True, slots=True)
class Retention:
    """Months by default, and the bounds within which an agency may choose (CNIL, délibération 2021-122)."""

    months: int
    least: int
    most: int
    source: str
    trust: str


def read(entry: Entry) -> Retention:
    """The retention of a file; raises Refusal when it is not as foreseen or lies outside of its own bounds."""
    found = entry.mapping(["source", "trust", "months", "least", "most"])
    months, least, most = (found[key].whole(1) for key in ("months", "least", "most"))
    if not least <= months <= most:
        raise found["months"].refused(
            "retention-out-of-bounds",
            msg("{given} months are not between {least} and {most}.", given=months, least=least, most=most),
            msg("Correct the number or its bounds."),
            value=str(months),
        )
    return Retention(months, least, most, found["source"].text(), found["trust"].choice(TRUSTS))


@functools.cache
def access_log() -> Retention:
    """The retention that the program ships."""
    return read(read_file(FILE, ROOT))
