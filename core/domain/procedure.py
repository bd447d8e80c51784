"""The shape of a procedure: steps, facts, documents and time limits, as core.law reads them from data. Holds no legal value itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

BEFORE, NOT_BEFORE, INFO = "before", "not_before", "info"
DIRECTIONS = (BEFORE, NOT_BEFORE, INFO)
ACTORS = ("agency", "creditor", "lawyer", "bailiff", "clerk", "judge", "debtor")
FACT_KINDS = ("date", "money", "choice", "text")
OUTCOMES = ("title", "refused", "void", "lapsed", "dismissed", "appealed", "withdrawn")
FLAGS = ("V", "V2", "S", "U")
SAME_DAY = "same_day"
When = Mapping[str, str]  # each of these facts has this value


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in both languages of the house."""

    fr: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang`; French for a language we do not have."""
        return self.en if lang == "en" else self.fr

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with what it rests on; `certainty` is a trust flag, S and U are shown as to be confirmed."""

    text: Words
    certainty: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """What a stop of the case says of the route, and the steps it bars."""

    remark: Remark
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence shown in the file: before some courts, once one of `seen` was given, above an amount (fact, cents)."""

    remark: Remark
    courts: tuple[str, ...]
    seen: tuple[When, ...] = ()
    above: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to know of a proceeding; a date lies in the past unless `future`; money in cents."""

    key: str
    kind: str
    label: Words
    choices: Mapping[str, Words] = field(default_factory=dict)
    future: bool = False
    keep: tuple[str, ...] = ()  # given several times: the first of these values, or ("latest",); empty: the last typed


@dataclass(frozen=True, slots=True)
class Link:
    """A step that opens or answers something, before some courts (empty: all), when facts have the values of `when`."""

    step: str
    courts: tuple[str, ...] = ()
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an amount may be by the value of a choice: the whole claim, less than it, more than nothing, nothing."""

    of: str
    by: str
    whole: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Late:
    """What is to be said when a step answers a limit after its end, while facts have the values of `when`; the judge decides."""

    step: str
    remark: Remark
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be recorded; actors by court. `after` alternatives, `also` all of them, `unless` none of them done."""

    key: str
    label: Words
    actors: Mapping[str, tuple[str, ...]]
    article: str
    certainty: str
    courts: tuple[str, ...]
    after: tuple[Link, ...] = ()
    also: tuple[Link, ...] = ()
    unless: tuple[str, ...] = ()
    gives: str = ""
    asks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    power: tuple[tuple[str, ...], str] | None = None  # who files only with which document
    reserved: bool = False
    repeats: bool = False
    again: When = field(default_factory=dict)  # repeats only while facts have these values
    aside: bool = False  # leaves the course where it was
    not_before: str = ""
    needs_met: tuple[str, ...] = ()
    if_missed: tuple[str, ...] = ()
    title: tuple[str, str] | None = None  # kind of title, the fact of its amount
    caution: Remark | None = None
    ends: tuple[tuple[str, When, str], ...] = ()  # outcome, its condition, the time limit that must be over ("" none)
    reopens: tuple[str, ...] = ()  # outcomes after which it can still be recorded
    amounts: Amounts | None = None

    def who(self, court: str) -> tuple[str, ...]:
        """Who may do it before this court."""
        return self.actors.get(court, ())


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: counted from the earliest known of `start`; `when` alternatives; answered by the steps of `met_by`."""

    key: str
    label: Words
    start: tuple[str, ...]
    length: str
    direction: str
    article: str
    certainty: str
    missed: Words
    courts: tuple[str, ...]
    when: tuple[When, ...] = ()
    met_by: tuple[Link, ...] = ()
    distance: str = ""
    closed_by: tuple[str, ...] = ()
    late: Late | None = None
    outlives: bool = False  # runs on after the proceeding has ended


@dataclass(frozen=True, slots=True)
class Court:
    """A court the route goes to."""

    key: str
    label: Words
    form: Words
    certainty: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a route, chosen by the fact `version_by` (`meanwhile_by` until it is known): its graph, words and source."""

    key: str
    version: str
    version_by: str
    meanwhile_by: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    certainty: str
    checked_on: dt.date
    source: Words
    label: Words
    articles: tuple[str, ...]
    conditions: tuple[Remark, ...]
    courts: Mapping[str, Court]
    holds: Mapping[str, Hold]
    cautions: tuple[Caution, ...]
    facts: Mapping[str, Fact]
    documents: Mapping[str, Words]
    start: str
    steps: Mapping[str, Step]
    limits: Mapping[str, Limit]

    def valid_on(self, day: dt.date) -> bool:
        """Whether `day` chooses this version, both bounds included."""
        return (self.valid_from or dt.date.min) <= day <= (self.valid_to or dt.date.max)
