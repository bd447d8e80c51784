"""How one period runs through its events: interrupted, suspended, replaced by a title, capped. Knows no case and no proof of facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.calendar import Bilingual
from core.domain.deadlines import Length, add_months, deadline
from core.domain.legal_facts import LegalFact
from core.domain.limitation_law import EventKind, LimitationLaw, Period
from core.domain.messages import Message, msg

_FIRST = ("title", "voids", "reschedules", "interrupts", "suspends", "none")  # of one day: what is worked out first


@dataclass(frozen=True, slots=True)
class Step:
    """One event on the clock. `end` is the last day to sue after it; `moves` whether it counted; `why` says how, or why not.

    `days` is what a suspension added. `evidence` "" when nobody has said which document proves it.
    """

    kind: str
    label: Bilingual
    on: dt.date
    until: dt.date | None
    effect: str
    article: str
    trust: str
    evidence: str
    origin: str
    end: dt.date
    moves: bool
    said: Message
    why: Message
    days: int = 0


def ordered(facts: Sequence[LegalFact], law: LimitationLaw) -> tuple[LegalFact, ...]:
    """The facts this room knows, without starting points, in the order of their days."""
    known = [fact for fact in facts if fact.kind in law.events and law.events[fact.kind].effect != "starts"]
    return tuple(sorted(known, key=lambda fact: (fact.on, _FIRST.index(law.events[fact.kind].effect))))


def whole(period: Period, start: dt.date, law: LimitationLaw, territory: str = "") -> dt.date:
    """The last day of a whole period that starts on a day: day of the same number, next working day where the period rolls."""
    if period.year_end:
        start = dt.date(start.year, 12, 31)
    if period.rolls:
        return deadline(start, period.length, law.calendar, territory=territory).legal
    return add_months(start, period.months)


class Course:
    """A period on its way: `begun` is its starting point, `base` its end before any event, `end` its end after those followed."""

    def __init__(
        self, period: Period, start: dt.date, law: LimitationLaw, *, unpaid: Sequence[dt.date] = (), territory: str = ""
    ) -> None:
        self.law, self.territory, self._unpaid = law, territory, unpaid
        self.first = self.period = period
        self.begun = self.start = start
        self.steps: list[Step] = []
        self.standing: Step | None = None
        self.local = False  # whether a public holiday of the territory alone moved an end
        self._stops: list[tuple[dt.date, dt.date, Length | None, bool]] = []
        self._capped = False
        self._titled = False
        self.base = self.end = self._from(start)

    @property
    def moved(self) -> list[Step]:
        """The steps that counted."""
        return [step for step in self.steps if step.moves]

    def follow(self, facts: Sequence[LegalFact], void: set[int]) -> None:
        """Run through the events in the order of their days; `void` are those made void, by identity (see `voided`)."""
        rescheduled = next((f for f in facts if self.law.events[f.kind].effect == "reschedules"), None)
        for fact in facts:
            kind = self.law.events[fact.kind]
            reason = self._no_effect(kind, fact, rescheduled, void)
            if reason is not None:
                self._keep(kind, fact, reason, moves=False)
            else:
                self._moves(kind, fact)

    def _no_effect(
        self, kind: EventKind, fact: LegalFact, rescheduled: LegalFact | None, void: set[int]
    ) -> Message | None:
        """Why an event leaves the clock as it is, or None when it moves it: the first of these that is true."""
        barred_only = self.period.time_bar and not kind.time_bar
        early = kind.effect == "interrupts" and max(fact.on, fact.until or fact.on) <= self.begun
        late = kind.effect != "title" and self.standing is None and fact.on > self.end
        later = kind.effect == "title" and fact.on < self.begun
        reasons = (
            (later, msg("This debt started after the title: it keeps its own period (Cass., avis, 4 July 2016).")),
            (kind.effect in ("none", "voids"), _why(kind)),
            (id(fact) in void, msg("Made void afterwards: it is as if it had never interrupted.")),
            (bool(kind.only) and self.period.key not in kind.only, _why(kind)),
            (
                barred_only,
                msg("This is a time bar, not a limitation: only a claim in court or an enforcement act moves it."),
            ),
            (kind.not_periodic and self.period.periodic, msg("No such suspension for debts owed by periods.")),
            (
                kind.effect == "reschedules" and fact is not rescheduled,
                msg("Only the first rescheduling moves the start."),
            ),
            (early, msg("It came before the starting point: nothing ran yet.")),
            (
                late,
                msg("The period had already ended on {end}: nothing was left to interrupt or suspend.", end=self.end),
            ),
        )
        return next((reason for true, reason in reasons if true), None)

    def _moves(self, kind: EventKind, fact: LegalFact) -> None:
        moves = {
            "interrupts": self._interrupt,
            "suspends": self._suspend,
            "title": self._replace,
            "reschedules": self._reschedule,
        }
        moves[kind.effect](kind, fact)

    def _interrupt(self, kind: EventKind, fact: LegalFact) -> None:
        """A whole new period (C. civ. 2231), from the end of the proceedings where they last."""
        anchor = max(fact.on, fact.until) if fact.until else fact.on
        self._capped = kind.capped
        self.start = max(self.start, anchor)
        self.end = max(self.end, self._from(self.start))
        self._keep(kind, fact, self._new_period(kind, fact, anchor), moves=True)
        if kind.lasts:
            self.standing = None if fact.until else self.steps[-1]

    def _suspend(self, kind: EventKind, fact: LegalFact) -> None:
        """The clock stops and the remainder runs on (C. civ. 2230)."""
        if fact.until is None:
            self._keep(
                kind, fact, msg("Suspended from that day; the rest of the period runs once it ends."), moves=True
            )
            self.standing = self.standing or self.steps[-1]
            return
        before = self.end
        self._stops.append((fact.on, fact.until, kind.least, kind.capped))
        self.end = max(before, self._from(self.start))
        self._keep(kind, fact, _suspended(kind, fact, before, self.end), moves=True, days=(self.end - before).days)

    def _replace(self, kind: EventKind, fact: LegalFact) -> None:
        """A title of 1° to 3° of CPCE L.111-3 replaces the period by ten years, unless the claim's own is longer."""
        replaced = self.law.periods["title"]
        own = self.period if self.period.months > replaced.months else replaced
        self.period, self._titled, self._capped, self.standing = own, True, False, None
        self.start = fact.on
        self.end = self._from(fact.on)
        self._keep(
            kind,
            fact,
            msg("A title: from then on the period to enforce it runs, {months} months.", months=own.months),
            moves=True,
        )

    def _reschedule(self, kind: EventKind, fact: LegalFact) -> None:
        """The first rescheduling: the time bar starts from the first item left unpaid after it (C. conso. R.312-35)."""
        unpaid = min((day for day in (fact.until, *self._unpaid) if day and day > fact.on), default=None)
        if unpaid is None:
            self._keep(
                kind,
                fact,
                msg("The first item left unpaid after it is not known: the start has not moved."),
                moves=False,
            )
            return
        self.start = max(self.start, unpaid)
        self.end = max(self.end, self._from(self.start))
        self._keep(
            kind, fact, msg("The start moves to the first item left unpaid after it, {day}.", day=unpaid), moves=True
        )

    def _from(self, start: dt.date) -> dt.date:
        """The end of a whole period that starts on a day, suspensions after it added, never past the twenty years."""
        end = whole(self.period, start, self.law, self.territory)
        self.local = self.local or (bool(self.territory) and end != whole(self.period, start, self.law))
        reached = start
        for begun, until, least, _ in sorted(self._stops, key=lambda stop: stop[:2]):
            begin = max(begun, reached)
            if until <= start or begin > end:
                continue
            end += dt.timedelta(days=max((until - begin).days, 0))
            reached = max(reached, until)
            if least:
                end = max(end, add_months(until, least.years * 12 + least.months))
        capped = self._capped or any(stop[3] for stop in self._stops)
        return min(end, self.cap) if capped and not self._titled else end

    @property
    def cap(self) -> dt.date:
        """Twenty years from the birth of the right, taken as the starting point (C. civ. 2232)."""
        return add_months(self.begun, 12 * self.law.points["long_stop"].years)

    def _new_period(self, kind: EventKind, fact: LegalFact, anchor: dt.date) -> Message:
        if self.end == self.cap and kind.capped and not self._titled:
            return msg(
                "Interrupted; the new period cannot go past twenty years from the birth of the right: {end}.",
                end=self.end,
            )
        if anchor != fact.on:
            return msg(
                "Interrupted until the end of the proceedings on {day}; a whole new period runs from there.", day=anchor
            )
        return msg("Interrupted: a whole new period runs from that day.")

    def _keep(self, kind: EventKind, fact: LegalFact, why: Message, *, moves: bool, days: int = 0) -> None:
        said = msg("After {what} of {day}", what=kind.label, day=fact.on)
        self.steps.append(
            Step(kind.key, kind.label, fact.on, fact.until, kind.effect if moves else "none", kind.article, kind.trust,
                 fact.evidence, fact.origin, self.end, moves, said, why, days)
        )  # fmt: skip


def _why(kind: EventKind) -> Message:
    return msg("{why}", why=kind.why) if kind.why else msg("It has no effect on this period.")


def _suspended(kind: EventKind, fact: LegalFact, before: dt.date, end: dt.date) -> Message:
    days = (end - before).days
    if (
        kind.least
        and fact.until
        and end == add_months(fact.until, kind.least.months)
        and days != (fact.until - fact.on).days
    ):
        return msg(
            "Suspended; at least {months} months are left from its end on {day}.",
            months=kind.least.months,
            day=fact.until,
        )
    return msg("Suspended until {day}: the end moves by so many days: {days}.", day=fact.until, days=days)


def voided(facts: Sequence[LegalFact], law: LimitationLaw) -> set[int]:
    """Of all facts told, which claims a withdrawal, a lapse or a dismissal makes void: the last one on or before its day."""
    void: set[int] = set()
    for fact in facts:
        if law.events[fact.kind].effect != "voids":
            continue
        claims = [f for f in facts if law.events[f.kind].voidable and f.on <= fact.on and id(f) not in void]
        if claims:
            void.add(id(claims[-1]))
    return void
