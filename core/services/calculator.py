"""The pocket calculator: interest of a sum typed by hand with its payments, by the law of this agency. Needs no case and writes nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from core.domain.cells import read_date
from core.domain.interest_account import InterestAccount, with_payments
from core.domain.interest_terms import Basis, InterestTerms
from core.domain.messages import msg, refuse
from core.domain.money import positive_cents
from core.domain.rights import Right
from core.law.limitation_rules import limitation_law
from core.services.context import Ctx, service
from core.services.law import law_of
from core.services.refusals import unknown_choice

__all__ = ["BASES", "InterestAccount", "InterestEntry", "interest_of", "limitation_events", "payments_of"]
BASES = tuple(basis.value for basis in Basis)
_LINE = re.compile(r"\s*(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\s*(?:=|;|:|\s)\s*(?P<amount>.+?)\s*")


@dataclass(frozen=True, slots=True)
class InterestEntry:
    """What is typed. `start` is the last day without interest; cents; `rate` percent a year of a contract.

    `creditor` is "individual" or "business" (CMF L.313-2), "" when not said; `payments` are days and cents.
    """

    principal: int
    basis: str
    start: dt.date
    end: dt.date
    creditor: str = ""
    rate: Decimal | None = None
    between_businesses: bool = False
    served_on: dt.date | None = None
    capitalised_from: dt.date | None = None
    payments: tuple[tuple[dt.date, int], ...] = ()


@service(Right.READ)
def interest_of(ctx: Ctx, entry: InterestEntry) -> InterestAccount:
    """Interest to a day, each payment to interest first (C. civ. 1343-1). Raises Refusal "dates-crossed", "choice-unknown", and what
    the domain refuses of an amount, a rate or a day.
    """
    if entry.basis not in BASES:
        raise unknown_choice("basis", entry.basis)
    if entry.end < entry.start:
        raise refuse("dates-crossed", msg("The last day ({to}) is before the day interest starts from ({start}).", to=entry.end,
                                          start=entry.start),
                     msg("Check both days."), field="to", value=entry.end.isoformat())  # fmt: skip
    terms = InterestTerms(
        Basis(entry.basis), entry.start, entry.creditor, entry.rate, entry.served_on, entry.capitalised_from,
        between_businesses=entry.between_businesses,
    )  # fmt: skip
    with ctx.store.read() as reader:
        law = law_of(reader)
    return with_payments(entry.principal, terms, entry.payments, entry.end, law)


def payments_of(text: str) -> tuple[tuple[dt.date, int], ...]:
    """The payments typed one a line, "15/08/2026 = 1 500,00"; an empty line is none. Raises Refusal on the field "payments"."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = _LINE.fullmatch(line)
        day = read_date(parts["day"], field="payments") if parts else None
        if parts is None or day is None:
            raise refuse(
                "payment-unreadable",
                msg("Line {number}, “{given}”, is not a day and an amount.", number=number, given=line.strip()),
                msg("Write one payment a line, for example 15/08/2026 = 1 500,00."),
                field="payments",
                value=line,
            )
        found.append((day, positive_cents(parts["amount"], field="payments")))
    return tuple(found)


def limitation_events(lang: str) -> tuple[tuple[str, str], ...]:
    """The events that a limitation clock knows, those that only give a starting day left out: key and label in a language."""
    return tuple((one.key, one.label.of(lang)) for one in limitation_law().events.values() if one.effect != "starts")
