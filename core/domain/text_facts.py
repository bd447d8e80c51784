"""What the legality check of a text knows: the case's facts, the rules as data, what it answers. Judges nothing itself.

Sources: CPCE R.124-2 to R.124-4 and L.111-8 (LET-01 to LET-15), C. pén. 433-13, 433-17, 222-33-2-2, 226-22, C. conso. L.121-6,
GDPR 14 (MSG-01 to MSG-10). Amounts are integer cents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from core.domain.first_letter import Amounts
from core.domain.messages import Message, Problem

NOTHING = Amounts(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class TextDebt:
    """A debt that a text claims: its number, and the days by which it is known."""

    ref: str
    issued_on: dt.date | None = None
    due_on: dt.date | None = None
    label: str = ""  # what it is for, in the creditor's words


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What is true of the case on the day the text leaves; `reference` and `dated` are the text's own, empty while it has none.

    `barred`: debts time-barred about which no lead decided. `mandate`: what R.124-2 and R.124-3 still want. `accounts`: the IBANs to
    which the mandate lets the debtor pay. `complaint_route`: a consumer's bank or credit debt (MSG-10).
    """

    agency: str
    agency_address: tuple[str, ...]
    creditor: str
    creditor_address: tuple[str, ...]
    statute: tuple[str, ...]
    debts: tuple[TextDebt, ...] = ()
    amounts: Amounts = NOTHING
    accounts: tuple[str, ...] = ()
    reference: str = ""
    dated: dt.date | None = None
    first_letter_ref: str = ""
    first_letter_on: dt.date | None = None
    mandate: tuple[Problem, ...] = ()
    barred: tuple[str, ...] = ()
    title: bool = False
    complaint_route: bool = False
    debtor: tuple[str, ...] = ()  # name and address lines, as they are printed

    @property
    def names(self) -> tuple[str, ...]:
        """The words that are names, not the writer's: parties, addresses, what the debts are for."""
        parties = (self.agency, *self.agency_address, self.creditor, *self.creditor_address, *self.debtor)
        return (*parties, *(debt.label for debt in self.debts))


@dataclass(frozen=True, slots=True)
class TextRefusal:
    """A rule that a text breaks: the rule ("MSG-03"), where ("line 4"), the sentence that says why, what to do.

    `always`: said of every kind of text, even of one that need not pass the whole rule (a foreign account, a right denied).
    """

    rule: str
    where: Message
    sentence: Message
    remedy: Message
    always: bool = False


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a kind of text is (`channel`: letter, email, sms, voicemail, call), and the rules it must pass."""

    key: str
    channel: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a content rule looks for, and the sentences it lets through."""

    found: Pattern[str]
    except_: Pattern[str]


@dataclass(frozen=True, slots=True)
class TextRules:
    """The rules as data. `preview`: characters that a locked telephone may show; `title`: characters of a line alone read as a title."""

    preview: int
    title: int
    complaint_natures: frozenset[str]
    kinds: Mapping[str, KindRule]
    wanted: Mapping[str, Pattern[str]]
    lines: Mapping[str, Pattern[str]]
    costs: Phrases  # LET-08, beside a sum
    charged: Phrases  # LET-08, even without one
    look_alike: Phrases  # MSG-01, in a title, a subject line or in capitals
    look_alike_anywhere: Pattern[str]
    office: Phrases  # MSG-02
    threats: Phrases  # MSG-03, while there is no enforceable title
    threats_always: Phrases
    consequences: Phrases  # MSG-04
    certain: Pattern[str]
    may: Pattern[str]
    forced: Pattern[str]
    insults: Phrases  # MSG-06
    debt_words: Pattern[str]  # MSG-07
