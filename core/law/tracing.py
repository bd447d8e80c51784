"""Where a debtor may be looked for, and where not, read from data/tracing. Looks for nobody."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.law.cited import Cited, cited, each_once
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "tracing" / "sources.yaml"
DEBTORS = ("individual", "business", "association", "public")


@dataclass(frozen=True, slots=True)
class Source:
    """One source: who may look there, what may be asked, the kinds of debtor for whom it is compulsory; `refused`: never entered."""

    code: str
    label: Label
    who: Label
    ask: Label
    compulsory: tuple[str, ...]
    refused: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class TracingData:
    """The sources in file order; `days` a tracing lasts unless somebody says otherwise, a habit of the house."""

    days: int
    sources: tuple[Source, ...]

    def named(self, code: str) -> Source | None:
        """One source, None when there is none of this code."""
        return next((one for one in self.sources if one.code == code), None)


@functools.cache
def load_tracing() -> TracingData:
    """The shipped data."""
    return tracing_from(read_file(FILE, ROOT))


def tracing_from(document: Entry) -> TracingData:
    """The data of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["days", "sources"])
    found = tuple(_source(entry) for entry in parts["sources"].items())
    each_once(parts["sources"].items(), [one.code for one in found])
    return TracingData(parts["days"].whole(1), found)


def _source(entry: Entry) -> Source:
    parts = entry.mapping(["code", "label", "who", "ask", "compulsory"], ["refused", "article", "trust"])
    refused, basis = "refused" in parts and parts["refused"].flag(), cited(entry, parts)
    compulsory = tuple(one.choice(DEBTORS) for one in parts["compulsory"].items())
    if refused and (compulsory or not basis.article):
        raise entry.refused(
            "tracing-refused",
            msg("a refused source is never compulsory and names the article that bars it."),
            msg("Empty “compulsory” and give “article” and “trust”, or remove “refused”."),
        )
    label, who, ask = (parts[key].label() for key in ("label", "who", "ask"))
    return Source(parts["code"].text(), label, who, ask, compulsory, refused, basis)
