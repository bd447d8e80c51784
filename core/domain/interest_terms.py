"""What interest is asked with: basis, start, rate, stops and movements of principal. Computes no amount and knows no rate of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.domain.messages import Message, msg, refuse
from core.domain.money import LARGEST_CENTS

DAY = dt.timedelta(days=1)


class Basis(StrEnum):
    """On what interest rests: the legal rate, the default rate between businesses, a rate agreed, the rate of public buyers."""

    LEGAL = "legal"
    STATUTORY = "statutory"
    CONTRACTUAL = "contractual"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class InterestStop:
    """Why days bear no interest: from `on` (included) to `until` (included; None: no end known)."""

    on: dt.date
    kind: str
    message: Message
    articles: tuple[str, ...] = ()
    certainty: str = "V"
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether a day bears no interest because of it."""
        return self.on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """What a debt's interest rests on.

    `start` is the last day without interest: the due date (statutory, public), the day of the formal notice or of the judgment (legal).
    `creditor` is the quality of CMF L.313-2: "individual" (a natural person outside any business) or "business" (every other creditor);
    "" when nobody has said. `contract_rate` is in percent a year. `served_on` is the day the judgment was served; for a judgment of
    auction (`auction`) the day it was pronounced. `capitalised_from` is the day of the clause, or the day set by the decision: None unless
    agreed or ordered. `between_businesses` has a rate agreed compared with its legal minimum; `default_below_floor` is the creditor's
    decision to claim the default rate where it lies below. `delays` are the times to pay a court granted, both days included: the legal
    rate is not raised on them. `start_articles` replace the usual articles of the start. `enforceable_on` is the day from which the
    decision could be enforced, None when it could at its service: the raise never counts from an earlier day.
    """

    basis: Basis
    start: dt.date
    creditor: str = "business"
    contract_rate: Decimal | None = None
    served_on: dt.date | None = None
    capitalised_from: dt.date | None = None
    stops: tuple[InterestStop, ...] = ()
    auction: bool = False
    between_businesses: bool = False
    default_below_floor: bool = False
    start_articles: tuple[str, ...] = ()
    delays: tuple[tuple[dt.date, dt.date], ...] = ()
    enforceable_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of the principal: `cents` below zero for a payment's part on principal or a credit note. It counts from the day after `on`.

    `interest` is the part of the same payment that settled interest, in cents: it only matters where interest is capitalised.
    """

    on: dt.date
    cents: int
    label: Message
    interest: int = 0


def insolvency_stop(opened_on: dt.date, *, long_credit: bool | None = None) -> InterestStop | None:
    """No interest from the day of the opening judgment (C. com. L.622-28); None for loans and deferrals of one year or more.

    `long_credit` says whether the claim comes from a contract made for a year or more, or with payment deferred for a year or more;
    None when nobody has said: the stop is applied, to be confirmed. The opening judgment's date chooses the version.
    """
    if long_credit:
        return None
    said = msg("Insolvency proceedings were opened on {day}: interest stops on that day.", day=opened_on)
    if long_credit is None:
        said = msg(
            "Insolvency proceedings were opened on {day}: interest stops on that day, unless the claim comes from a loan made for "
            "a year or more, or from a payment deferred for a year or more.",
            day=opened_on,
        )
    return InterestStop(
        opened_on, "insolvency", said, ("C. com., art. L. 622-28",), "U" if long_credit is None else "V2"
    )


def overindebtedness_stop(admissible_on: dt.date, until: dt.date | None = None) -> InterestStop:
    """No interest and no penalty from the day a file of over-indebtedness is admissible until the measures apply (C. conso. L.722-14).

    `until` is the day before the measures apply (included), None while they do not. The decision on admissibility chooses the version.
    """
    said = msg(
        "The debtor's file of over-indebtedness is admissible since {day}: no interest and no penalty.",
        day=admissible_on,
    )
    return InterestStop(admissible_on, "overindebtedness", said, ("C. consom., art. L. 722-14",), "V", until)


def check(principal: int, terms: InterestTerms, until: dt.date) -> None:
    """Raises Refusal for an amount, a rate or a day that no computation can stand on."""
    if not 0 <= principal <= LARGEST_CENTS:
        raise refuse("amount-implausible", msg("{given} is not an amount that bears interest.", given=str(principal)),
                     msg("Give the principal in cents, zero or more."), field="principal", value=str(principal))  # fmt: skip
    rate = terms.contract_rate
    if rate is not None and not (rate.is_finite() and 0 <= rate <= 100):
        raise refuse("rate-implausible", msg("“{given}” is not a yearly rate in percent.", given=str(rate)),
                     msg("Type a rate from 0 to 100, for example 4,5."), field="rate", value=str(rate))  # fmt: skip
    for field, day in (("from", terms.start), ("to", until)):
        if not 1970 <= day.year <= 2100:
            raise refuse("date-implausible", msg("{given} is not a plausible day.", given=day),
                         msg("Type a day between 1970 and 2100."), field=field, value=day.isoformat())  # fmt: skip
