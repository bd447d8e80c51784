"""What keeps interest and penalties from running on a debt: insolvency and over-indebtedness, by the register or a stop of the case.

Says which of them concern a debt. Computes no amount and lifts no stop.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.domain.interest import InterestStop, insolvency_stop, overindebtedness_stop
from core.domain.interest_terms import DAY
from core.domain.legal_facts import LegalFact
from core.domain.messages import Message, msg
from core.store import statements as rows
from core.store.unit import Reader

OPENED, ADMISSIBLE, LONG_CREDIT, BORN = (
    "insolvency_opening",
    "overindebtedness_admissible",
    "long_credit",
    "service_completed",
)
HOLDS = {"insolvency": OPENED, "over_indebtedness": ADMISSIBLE}  # a stop says the fact where the register does not
HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Stops:
    """What stops the interest of a debt; `opened_on` the opening judgment that concerns it; `asides` what the agency has to check."""

    found: tuple[InterestStop, ...]
    opened_on: dt.date | None
    asides: tuple[Message, ...]

    def at(self, day: dt.date | None) -> InterestStop | None:
        """The stop that holds on a day, if any."""
        return next((stop for stop in self.found if day and stop.holds(day)), None)


def told(reader: Reader, case_id: int) -> Iterator[LegalFact]:
    """The openings and admissibilities that a stop of the case tells; a stop lifted later ends with the eve of that day."""
    for stop in rows.stops(reader, case_id):
        if stop.kind in HOLDS:
            until = dt.date.fromisoformat(stop.lifted_on) - DAY if stop.lifted_on else None
            yield LegalFact(HOLDS[stop.kind], dt.date.fromisoformat(stop.on), stop.debt_id, until, origin=HOLD)


def stops(mine: tuple[LegalFact, ...], issued_on: dt.date | None) -> Stops:
    """The earliest opening and the earliest admissibility that concern a debt, from its facts.

    A debt is older than them unless the register knows that its service was completed later: a later invoice is only an aside. A loan or
    a payment deferred for a year or more keeps its interest (C. com. L.622-28). What a stop tells without the register is to be confirmed.
    """
    served = first(mine, BORN)
    opened, admissible = (
        fact if fact is None or served is None or served.on <= fact.on else None
        for fact in (first(mine, OPENED), first(mine, ADMISSIBLE))
    )
    found = (
        opened and insolvency_stop(opened.on, long_credit=True if first(mine, LONG_CREDIT) else None),
        admissible and _admitted(admissible),
    )
    later = [fact for fact in (opened, admissible) if fact and issued_on and issued_on > fact.on and served is None]
    said = tuple(
        msg(
            "The invoice is later than the {day}: if the service was completed after it, interest does not stop. Record the day of "
            "completion.",
            day=fact.on,
        )
        for fact in later
    )
    return Stops(tuple(stop for stop in found if stop), opened.on if opened else None, said)


def _admitted(fact: LegalFact) -> InterestStop:
    stop = overindebtedness_stop(fact.on, fact.until)
    return replace(stop, certainty="U") if fact.origin == HOLD else stop


def first(facts: tuple[LegalFact, ...], kind: str) -> LegalFact | None:
    """The earliest fact of a kind, the register's before what a stop tells."""
    found = [fact for fact in facts if fact.kind == kind]
    typed = [fact for fact in found if fact.origin == "typed"]
    return min(typed or found, key=lambda fact: fact.on, default=None)
