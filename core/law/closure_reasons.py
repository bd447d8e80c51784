"""Why a case may be closed, how long it is kept and what a certificate says, read from data/closure/reasons.yaml. Closes nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from core.domain.closure import NEEDS, OBSTACLES
from core.domain.messages import Label, msg
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "closure" / "reasons.yaml"
TRUST = ("V", "V2", "S", "U")
LETTERS = ("none", "closing_paid", "closing_settled", "closing_ended")


@dataclass(frozen=True, slots=True)
class ClosureReason:
    """A coded reason; `result` is the result code that says the same, "" when there is none; `letter` "" when nobody is written to."""

    reason: str
    label: Label
    result: str
    zero_balance: bool
    at_most: int | None
    needs: tuple[str, ...]
    acknowledge: tuple[str, ...]
    told: tuple[str, ...]
    certificate: bool
    letter: str

    @property
    def code(self) -> str:
        """What is kept on the case: the result code where there is one."""
        return self.result or self.reason


@dataclass(frozen=True, slots=True)
class Kept:
    """How many years a closed case, or a title, is kept, on which text and how sure it is."""

    years: int
    article: str
    trust: str


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """What a certificate proves, what it does not, and the rule on VAT with how sure it is."""

    proves: Label
    proves_not: Label
    vat: Label
    article: str
    trust: str


@dataclass(frozen=True, slots=True)
class Closure:
    """The whole file."""

    reasons: tuple[ClosureReason, ...]
    closed: Kept
    title: Kept
    certificate: CertificateWords

    def reason(self, name: str) -> ClosureReason | None:
        """The reason of a name."""
        return next((one for one in self.reasons if one.reason == name), None)

    def of_result(self, code: str) -> ClosureReason | None:
        """The reason that a result code says."""
        return next((one for one in self.reasons if one.result and one.result == code), None)


@functools.cache
def closure_data() -> Closure:
    """The shipped data; raises Refusal with file, line and remedy when they are not as foreseen."""
    return closure_from(read_file(FILE, ROOT))


def closure_from(document: Entry) -> Closure:
    """The data of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["reasons", "retention", "certificate"])
    reasons = tuple(_reason(entry) for entry in parts["reasons"].items())
    for seen in ("reason", "code"):
        names = [getattr(one, seen) for one in reasons]
        double = next((name for name in names if names.count(name) > 1), "")
        if double:
            raise parts["reasons"].refused(
                "closure-twice", msg("“{word}” is there twice.", word=double), msg("Keep one of the two."), double
            )
    kept = dict(_kept(entry) for entry in parts["retention"].items())
    if set(kept) != {"closed", "title"}:
        raise parts["retention"].refused(
            "closure-retention", msg("the years of “closed” and of “title” are wanted."), msg("Write both, each once.")
        )
    said = parts["certificate"].mapping(["proves", "proves_not", "vat", "article", "trust"])
    words = CertificateWords(
        said["proves"].label(), said["proves_not"].label(), said["vat"].label(), said["article"].text(), said["trust"].choice(TRUST)
    )  # fmt: skip
    return Closure(reasons, kept["closed"], kept["title"], words)


def _reason(entry: Entry) -> ClosureReason:
    parts = entry.mapping(
        ["reason", "label", "told", "acknowledge", "certificate", "letter"],
        ["result", "zero_balance", "at_most", "needs"],
    )
    told, acknowledge = (tuple(one.choice(OBSTACLES) for one in parts[key].items()) for key in ("told", "acknowledge"))
    both = next((code for code in told if code in acknowledge), "")
    if both:
        raise entry.refused(
            "closure-level",
            msg("“{word}” is told and to be acknowledged.", word=both),
            msg("Keep it in one of the two lists."),
            both,
        )
    letter = parts["letter"].choice(LETTERS)
    return ClosureReason(
        reason=parts["reason"].text(),
        label=parts["label"].label(),
        result=parts["result"].text() if "result" in parts else "",
        zero_balance=parts["zero_balance"].flag() if "zero_balance" in parts else False,
        at_most=parts["at_most"].whole(1) if "at_most" in parts else None,
        needs=tuple(one.choice(NEEDS) for one in parts["needs"].items()) if "needs" in parts else (),
        acknowledge=acknowledge,
        told=told,
        certificate=parts["certificate"].flag(),
        letter="" if letter == "none" else letter,
    )


def _kept(entry: Entry) -> tuple[str, Kept]:
    parts = entry.mapping(["applies", "years", "article", "trust"])
    applies = parts["applies"].choice(("closed", "title"))
    return applies, Kept(parts["years"].whole(1), parts["article"].text(), parts["trust"].choice(TRUST))
