"""What may be put on a debtor beside the debt, and why not. Reads no file, knows no article by itself, moves no money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.calendar import Bilingual
from core.domain.computation import Missing, Question, weakest
from core.domain.messages import msg

READ = (
    "titled",
    "consumer",
    "outside_business",
    "public",
    "home_rent",
    "lease_or_insurance",
    "evidence",
)  # what the case itself says
DEBTOR, CREDITOR = "debtor", "creditor"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer rests on: its articles, how far they were verified, where, and the rule in words."""

    articles: tuple[str, ...]
    trust: str
    source: str
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact that must be `wanted`; otherwise the charge is refused on `ground`. `question` asks a person for it, None: the case says."""

    fact: str
    wanted: bool
    ground: Ground
    question: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ChargeKind:
    """One kind of charge. `never`: no fact makes it chargeable. `value`: key of the law's value that the amount must be ("" for none).

    `once`: one a debt. `bucket`: the account of the ledger it goes to, "costs", "penalty" or "indemnity".
    """

    kind: str
    label: Bilingual
    bucket: str
    never: bool
    ground: Ground
    conditions: tuple[Condition, ...]
    remarks: tuple[Condition, ...] = ()
    value: str = ""
    once: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """The debtor owes it: what it rests on, and what to know besides. `trust` is that of the least sure step."""

    kind: ChargeKind
    grounds: tuple[Ground, ...]
    remarks: tuple[Ground, ...]
    trust: str
    payer: str = DEBTOR

    @property
    def articles(self) -> tuple[str, ...]:
        """Each article once, that of the rule first."""
        return _articles((*self.grounds, *self.remarks))


@dataclass(frozen=True, slots=True)
class Forbidden:
    """It stays with the creditor: the ground that refuses it."""

    kind: ChargeKind
    ground: Ground
    payer: str = CREDITOR

    @property
    def articles(self) -> tuple[str, ...]:
        """Each article once."""
        return _articles((self.ground,))

    @property
    def trust(self) -> str:
        """How far the refusing ground was verified."""
        return self.ground.trust


def may_charge(kind: ChargeKind, facts: Mapping[str, bool | None]) -> Allowed | Forbidden | Missing:
    """Whether a charge of this kind may be put on the debtor (CPCE L.111-8 and its statutory exceptions, held as data).

    `facts`: true, false, or None (or absent) while nobody knows. A fact that forbids answers at once, whatever else is unknown;
    a kind that is never chargeable needs no fact; otherwise what is unknown is asked, in the order of the data.
    """
    for one in kind.conditions:
        if facts.get(one.fact) is (not one.wanted):
            return Forbidden(kind, one.ground)
    if kind.never:
        return Forbidden(kind, kind.ground)
    unknown = [one for one in kind.conditions if facts.get(one.fact) is None]
    if unknown:
        return Missing(msg("{what}", what=kind.label), tuple(_question(one) for one in unknown))
    grounds = (kind.ground, *(one.ground for one in kind.conditions if one.wanted))
    remarks = tuple(one.ground for one in kind.remarks if facts.get(one.fact))
    return Allowed(kind, grounds, remarks, weakest(ground.trust for ground in (*grounds, *remarks)))


def _question(one: Condition) -> Question:
    label = msg("{what}", what=one.question) if one.question else msg("{what}", what=one.ground.words)
    return Question(one.fact, label, msg("{what}", what=one.ground.words), one.ground.articles)


def _articles(grounds: tuple[Ground, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for ground in grounds for article in ground.articles))
