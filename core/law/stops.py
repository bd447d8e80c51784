"""The kinds of disputes and of holds, read from data/disputes and data/holds. Stops nothing and judges no dispute."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import msg
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
DISPUTES = ROOT / "data" / "disputes" / "kinds.yaml"
HOLDS = ROOT / "data" / "holds" / "kinds.yaml"
TRUST = ("V", "V2", "S", "U")
CHANNELS = ("call", "email", "letter", "sms", "visit")
ROLES = ("heir", "guardian", "curator", "representative", "lawyer")  # of the persons of a case one may turn to


@dataclass(frozen=True, slots=True)
class DisputeKind:
    """What a debtor alleges; the department of the creditor that answers and the documents asked for, by default."""

    kind: str
    label: Label
    department: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A department of a creditor; `days` are the working days it has to answer: a habit of the house."""

    code: str
    label: Label
    days: int


@dataclass(frozen=True, slots=True)
class DisputeData:
    """All that data/disputes says; `send_days`: working days after which a dispute nobody sent is late."""

    kinds: tuple[DisputeKind, ...]
    departments: Mapping[str, Department]
    documents: Mapping[str, Label]
    send_days: int


@dataclass(frozen=True, slots=True)
class PaymentUnder:
    """What a payment under a stop runs into; `frozen` when the debtor is forbidden to pay; `article` empty where none is cited."""

    frozen: bool
    article: str
    trust: str

    @property
    def to_confirm(self) -> bool:
        """Whether the text cited still has to be confirmed by a lawyer."""
        return self.trust in ("S", "U")


@dataclass(frozen=True, slots=True)
class ContactUnder:
    """Who may still be reached under a stop, and how: the rule of the contact gate, the channels it leaves, the roles one turns to.

    `personal`: it is a state of the person and stops contacts in all their cases.
    """

    rule: str = "CON-08"
    keeps: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class HoldKind:
    """Why work stops; `review_days` after which a stop without end is looked at again; `article` empty where no text is cited.

    `payment` is None where a payment needs no word before it is recorded.
    `no_plan` says why no plan or promise is possible meanwhile and `instead` what to do; None where one is. `evidence`: what proves it,
    None where nothing is to be kept.
    """

    kind: str
    label: Label
    by_hand: bool
    review_days: int
    article: str
    trust: str
    payment: PaymentUnder | None = None
    no_plan: Label | None = None
    instead: Label | None = None
    contact: ContactUnder = ContactUnder()
    evidence: Label | None = None

    @property
    def to_confirm(self) -> bool:
        """Whether the text cited still has to be confirmed by a lawyer."""
        return self.trust in ("S", "U")


@functools.cache
def dispute_data() -> DisputeData:
    """The shipped data of disputes."""
    return disputes_from(read_file(DISPUTES, ROOT))


def load_dispute_kinds() -> tuple[DisputeKind, ...]:
    """The shipped kinds of disputes, in file order."""
    return dispute_data().kinds


@functools.cache
def load_hold_kinds() -> tuple[HoldKind, ...]:
    """The shipped kinds of holds, in file order."""
    return holds_from(read_file(HOLDS, ROOT))


def disputes_from(document: Entry) -> DisputeData:
    """The data of disputes of a document; raises Refusal with file, line and remedy."""
    parts = document.mapping(["send_days", "departments", "documents", "kinds"])
    departments = {code: _department(code, entry) for code, entry in parts["departments"].free_mapping().items()}
    papers = {code: entry.label() for code, entry in parts["documents"].free_mapping().items()}
    kinds = tuple(
        _dispute(code, entry, tuple(departments), tuple(papers))
        for code, entry in parts["kinds"].free_mapping().items()
    )
    return DisputeData(kinds, departments, papers, parts["send_days"].whole(1))


def _department(code: str, entry: Entry) -> Department:
    parts = entry.mapping(["label", "days"])
    return Department(code, parts["label"].label(), parts["days"].whole(1))


def _dispute(kind: str, entry: Entry, departments: tuple[str, ...], papers: tuple[str, ...]) -> DisputeKind:
    parts = entry.mapping(["label", "department", "documents"])
    asked = tuple(one.choice(papers) for one in parts["documents"].items())
    return DisputeKind(kind, parts["label"].label(), parts["department"].choice(departments), asked)


def holds_from(document: Entry) -> tuple[HoldKind, ...]:
    """The kinds of holds of a document; raises Refusal with file, line and remedy."""
    return tuple(_hold(entry) for entry in document.mapping(["kinds"])["kinds"].items())


def _hold(entry: Entry) -> HoldKind:
    parts = entry.mapping(
        ["kind", "label", "by_hand", "review_days"],
        ["article", "trust", "payment", "no_plan", "instead", "contact", "evidence"],
    )
    article, trust = _cited(entry, parts)
    if ("no_plan" in parts) != ("instead" in parts):
        raise entry.refused(
            "hold-plan-instead",
            msg("what forbids a plan and what to do instead go together."),
            msg("Give both “no_plan” and “instead”, or neither."),
        )
    return HoldKind(
        kind=parts["kind"].text(),
        label=parts["label"].label(),
        by_hand=parts["by_hand"].flag(),
        review_days=parts["review_days"].whole(1),
        article=article,
        trust=trust,
        payment=_payment(parts["payment"]) if "payment" in parts else None,
        no_plan=parts["no_plan"].label() if "no_plan" in parts else None,
        instead=parts["instead"].label() if "instead" in parts else None,
        contact=_contact(parts["contact"]) if "contact" in parts else ContactUnder(),
        evidence=parts["evidence"].label() if "evidence" in parts else None,
    )


def _contact(entry: Entry) -> ContactUnder:
    parts = entry.mapping(["rule"], ["keeps", "reaches", "personal"])
    keeps, reaches = (
        tuple(one.choice(allowed) for one in parts[key].items()) if key in parts else ()
        for key, allowed in (("keeps", CHANNELS), ("reaches", ROLES))
    )
    personal = "personal" in parts and parts["personal"].flag()
    return ContactUnder(parts["rule"].choice(("CON-04", "CON-08")), keeps, reaches, personal)


def _payment(entry: Entry) -> PaymentUnder:
    parts = entry.mapping(["frozen"], ["article", "trust"])
    return PaymentUnder(parts["frozen"].flag(), *_cited(entry, parts))


def _cited(entry: Entry, parts: Mapping[str, Entry]) -> tuple[str, str]:
    """The article and its trust flag, both empty when there is none; one without the other is refused."""
    if ("article" in parts) != ("trust" in parts):
        raise entry.refused(
            "hold-article-trust",
            msg("an article and its trust flag go together."),
            msg("Give both “article” and “trust”, or neither."),
        )
    return (parts["article"].text(), parts["trust"].choice(TRUST)) if "article" in parts else ("", "")
