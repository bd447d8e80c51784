"""The limitation clock of a claim told in words, without a case: for the command and the calculator. Opens no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.computation import Missing
from core.domain.legal_facts import LegalFact
from core.domain.limitation import Clock, clock
from core.domain.limitation_law import LimitationLaw, Period
from core.domain.messages import Refusal, msg, refuse
from core.domain.placement_fields import DEBTOR_KINDS, NATURES
from core.law.limitation_rules import limitation_law

SAID = "–"  # what stands for a document where a person only tells an event


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told: the name of its kind, its day, the day it ended if it lasted."""

    kind: str
    on: dt.date
    until: dt.date | None = None


def claims() -> tuple[Period, ...]:
    """The kinds of claim, in the order of the data."""
    return tuple(limitation_law().periods.values())


def of_claim(nature: str, start: dt.date, events: Sequence[Told], *, debtor: str = "", creditor: str = "") -> Clock:
    """The last day to sue for a claim whose period starts on a day, with events taken as proved.

    `nature` is a key of data/law/limitation.yaml, or a nature of the placement format with its kind of debtor. Raises Refusal
    "claim-unknown", "event-unknown", "event-ends-before".
    """
    law = limitation_law()
    period = _period(nature, debtor, creditor, law)
    found = clock(period, {period.starts[0]: start}, [_fact(told, law) for told in events], law)
    if isinstance(found, Missing):  # the start is given
        raise TypeError(nature)
    return found


def _period(nature: str, debtor: str, creditor: str, law: LimitationLaw) -> Period:
    found = law.period(nature)
    if found is not None:
        return found
    if nature not in {choice.key for choice in NATURES}:
        raise _unknown("claim-unknown", "nature", nature, law.periods)
    if debtor not in {choice.key for choice in DEBTOR_KINDS}:
        raise refuse(
            "debtor-kind-missing",
            msg("The period of “{given}” depends on who owes it.", given=nature),
            msg("Say the kind of debtor (individual, business, association or public), or one of {known}.", known=", ".join(law.periods)),
            field="debtor", value=debtor,
        )  # fmt: skip
    return law.periods[law.claim_of(nature, debtor, creditor).claim]


def _fact(told: Told, law: LimitationLaw) -> LegalFact:
    kind = law.event(told.kind)
    if kind is None:
        raise _unknown("event-unknown", "event", told.kind, law.events)
    if told.until and told.until < told.on:
        raise refuse(
            "event-ends-before",
            msg("The event would end ({until}) before it starts ({on}).", until=told.until, on=told.on),
            msg("Check both days."), field="event", value=told.kind,
        )  # fmt: skip
    return LegalFact(kind.key, told.on, until=told.until, evidence=SAID)


def _unknown(code: str, field: str, given: str, known: Iterable[str]) -> Refusal:
    return refuse(
        code, msg("“{given}” is not one of the choices.", given=given), msg("Choose one of {known}.", known=", ".join(known)),
        field=field, value=given,
    )  # fmt: skip
