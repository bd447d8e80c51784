"""The words of the contact gate: what is intended, what is known, what bars it. Judges nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.domain.calendar import Bilingual, Holiday
from core.domain.contact_hours import Place
from core.domain.messages import Message, Problem, msg

DISTURBING = (
    "call",
    "sms",
    "visit",
)  # channels that the hours always hold for; an e-mail when the policy says so, never a letter
SPOKEN = ("call", "visit")
FIRM = "firm"
REPRESENTATIVES = ("guardian", "curator", "representative", "lawyer")
LIABLE = ("debtor", "co_debtor", "guarantor", "heir")
NOON = 12


@dataclass(frozen=True, slots=True)
class Intent:
    """A contact that someone is about to make, or made: of a case, by a channel, to a contact point when one is chosen.

    `at` is aware; None with `on` given: that day, at an hour that nobody noted (its hours are then not judged, its day is); the
    service fills both in with now when neither is given. `purpose`: "claim" (ask for payment), "first_letter" (R.124-4), "locate"
    (ask a third person for contact details and nothing else), "answer" (what the debtor asked for: a receipt, an agreement on paper).
    `tone`: that of the text ("gentle", "neutral", "firm", "" not known). `by`: the person who would speak, 0 when nobody in particular.
    """

    case_id: int
    channel: str
    contact_point_id: int | None = None
    at: dt.datetime | None = None
    on: dt.date | None = None
    purpose: str = "claim"
    tone: str = ""
    by: int = 0

    def moment(self, zone: str) -> dt.datetime:
        """The moment; noon of its day when the hour is not known."""
        if self.at is not None:
            return self.at
        if self.on is None:
            raise ValueError("an intent has a moment or a day")
        return dt.datetime(self.on.year, self.on.month, self.on.day, NOON, tzinfo=ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class Past:
    """An outgoing contact with the same person, whoever of the agency made it and in whichever case; `on` a day of the agency's."""

    on: dt.date
    channel: str
    attempt: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops the whole case: `keeps` are channels it leaves open, `reaches` the roles one may still turn to; `until_on` included.

    `elsewhere`: the other case of the same debtor in which it was said.
    """

    kind: str
    label: Bilingual
    rule: str
    article: str
    trust: str
    until_on: dt.date | None
    keeps: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Who answers at the other end. `holder` "person" is the one named in the case; `only_way`: no other good contact point of that kind.

    `objected`: to this channel, here or wherever they are reached by it. `agreed_on`: since when they agree to a visit, in writing.
    """

    role: str = "debtor"
    holder: str = "person"
    workplace: bool = False
    given: bool = False
    only_way: bool = True
    objected: bool = False
    agreed_on: dt.date | None = None
    party: int = 0


@dataclass(frozen=True, slots=True)
class Sole:
    """A person of the case who alone is to be contacted: a lawyer, a guardian, a curator, or one whom the debtor named."""

    party: int
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Fragile:
    """An open fragile path: the one colleague who speaks with the debtor, the channels that the debtor's needs close."""

    user: int
    name: str
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the gate looks at. `house`: what R.124-2 and R.124-3 still want; `time_barred`: debts past their last day to sue.

    `asked`: the debtor asked to be called. `overridden`: rules of the agency's policy that a lead lifted for the next contact.
    """

    place: Place
    agency_zone: str
    holidays: tuple[Holiday, ...]
    first_letter_on: dt.date | None = None
    house: tuple[Problem, ...] = ()
    closed: bool = False
    stops: tuple[Stop, ...] = ()
    time_barred: tuple[Problem, ...] = ()
    target: Target = Target()
    past: tuple[Past, ...] = ()
    asked: bool = False
    overridden: frozenset[str] = frozenset()
    kept_channel: str = "letter"
    sole: tuple[Sole, ...] = ()
    fragile: Fragile | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a rule rests on; `own`: the agency's policy, that a lead may override for one contact."""

    article: str
    trust: str
    own: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One refusal: the rule, why, on which text and how sure, what was given, what to do; `until` (UTC): the minute it lets go.

    `cited`: the sentence names its article already; `field`: where it is to be put right, when that is known. `until` None: nobody can
    say when.
    """

    rule: str
    code: str
    sentence: Message
    remedy: Message
    article: str
    trust: str
    own: bool
    given: str = ""
    until: dt.datetime | None = None
    cited: bool = False
    field: str = ""

    @property
    def to_confirm(self) -> bool:
        """Whether the text still has to be confirmed by a lawyer."""
        return self.trust in ("S", "U")

    def problem(self, field: str) -> Problem:
        """The bar as a problem on a field; its sentence names rule and text."""
        return Problem(self.code, self.said(), self.remedy, field=self.field or field, value=self.given)

    def said(self) -> Message:
        """The sentence with its rule and, where there is one, its text."""
        if self.cited:
            return self.sentence
        if not self.article:
            return msg("{sentence} ({rule})", sentence=self.sentence, rule=self.rule)
        if self.to_confirm:
            return msg(
                "{sentence} ({rule}; {article}, to be confirmed)",
                sentence=self.sentence,
                rule=self.rule,
                article=self.article,
            )
        return msg("{sentence} ({rule}; {article})", sentence=self.sentence, rule=self.rule, article=self.article)


def clock_of(moment: dt.datetime) -> str:
    """The hour of a moment by its own clock, "HH:MM"."""
    return f"{moment:%H:%M}"


def day_of(at: dt.datetime, zone: str) -> dt.date:
    """The day of the agency a moment lies in."""
    return at.astimezone(ZoneInfo(zone)).date()


def midnight(day: dt.date, zone: str) -> dt.datetime:
    """The first minute of a day of the agency, in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
