"""What the law of limitation says, as data: periods, starting points, kinds of events, counting. Reads no file and computes no date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.calendar import Bilingual
from core.domain.deadlines import DeadlineRules, Length

EFFECTS = ("interrupts", "suspends", "title", "reschedules", "voids", "starts", "none")


@dataclass(frozen=True, slots=True)
class Period:
    """The time to sue for one kind of claim.

    `starts` are the starting points the law knows, the first one known counts; `otherwise` are days that stand in while none of them is
    known (the earliest counts, certainty U, and the question is asked). `time_bar`: a forclusion, moved only by what says so; `rolls`:
    ends on a working day (CPC 642). `periodic`: owed by periods (C. civ. 2235). `year_end`: counted from the end of the year.
    `own` are event kinds that interrupt this period only, with `own_article`. `debtors` are the kinds of debtor it is for.
    """

    key: str
    label: Bilingual
    length: Length
    starts: tuple[str, ...]
    otherwise: tuple[str, ...]
    time_bar: bool
    rolls: bool
    periodic: bool
    year_end: bool
    debtors: tuple[str, ...]
    article: str
    trust: str
    source: str
    note: Bilingual | None
    also: tuple[str, ...] = ()

    @property
    def months(self) -> int:
        """The length in months: periods of limitation are years or months, never days."""
        return self.length.years * 12 + self.length.months


@dataclass(frozen=True, slots=True)
class StartKind:
    """A day from which a period may run; `ask` is the question to a person while it is not known."""

    key: str
    label: Bilingual
    ask: Bilingual


@dataclass(frozen=True, slots=True)
class EventKind:
    """What an event does to the clock; `key` is the kind of the legal fact.

    `effect` is one of EFFECTS. `time_bar`: it moves a forclusion too. `lasts`: the clock stands still until the proceedings end (C. civ.
    2242). `voidable`: a withdrawal, a lapse or a dismissal makes it as if it had never been (C. civ. 2243). `capped`: it cannot push past
    the twenty years of C. civ. 2232. `least`: at least so much is left when a suspension ends. `not_periodic`: no effect on debts owed
    by periods. `only`: the periods it has an effect on (empty: all). `why` says why it has none.
    """

    key: str
    label: Bilingual
    effect: str
    article: str
    trust: str
    source: str
    time_bar: bool
    lasts: bool
    voidable: bool
    capped: bool
    not_periodic: bool
    least: Length | None
    only: tuple[str, ...]
    why: Bilingual | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One rule of counting with its article and certainty; `years` where it gives a length (0: none)."""

    key: str
    article: str
    trust: str
    source: str
    text: Bilingual
    years: int = 0


@dataclass(frozen=True, slots=True)
class Default:
    """Which claim a debt is, from its nature and the two parties, while nobody has said; `ask` where that is a guess."""

    nature: str
    debtor: str
    creditor: str
    claim: str
    ask: Bilingual | None


@dataclass(frozen=True, slots=True)
class LimitationLaw:
    """All of data/law/limitation.yaml; `alerts` are days before the end at which one warns, the largest first."""

    periods: Mapping[str, Period]
    starts: Mapping[str, StartKind]
    events: Mapping[str, EventKind]
    points: Mapping[str, Point]
    defaults: tuple[Default, ...]
    alerts: tuple[int, ...]
    checked_on: str
    fingerprint: str
    calendar: DeadlineRules

    def claim_of(self, nature: str, debtor: str, creditor: str) -> Default:
        """The first line that fits a nature, a kind of debtor and a quality of creditor ("" when unknown: taken as business)."""
        who = creditor or "business"
        for one in self.defaults:
            if all(
                asked in ("any", given)
                for asked, given in ((one.nature, nature), (one.debtor, debtor), (one.creditor, who))
            ):
                return one
        raise KeyError(nature)

    def period(self, name: str) -> Period | None:
        """The period of a key, or of another name it is known by."""
        folded = name.strip().lower().replace("-", "_")
        return self.periods.get(folded) or next((one for one in self.periods.values() if folded in one.also), None)

    def event(self, name: str) -> EventKind | None:
        """The kind of event of a key, or of another name it is known by."""
        folded = name.strip().lower().replace("-", "_")
        return self.events.get(folded) or next((one for one in self.events.values() if folded in one.also), None)
