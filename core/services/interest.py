"""Interest for the command and the pocket calculator, with the shipped law or the one given. Opens no store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.domain.interest_account import InterestAccount, with_payments
from core.domain.interest_basis import UNFAIR, UNFAIR_OUTSIDE
from core.domain.interest_terms import Basis, InterestTerms
from core.domain.interest_title import public_deadline
from core.domain.law_values import Law
from core.domain.messages import Message, msg, refuse
from core.law.calendar_rules import deadline_rules
from core.law.values import load_law


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `principal` and `payments` in cents, `debtor` the kind of debtor, "" when nobody has said."""

    principal: int
    terms: InterestTerms
    until: dt.date
    payments: tuple[tuple[dt.date, int], ...] = ()
    debtor: str = ""
    territory: str = ""


def account(asked: Asked, law: Law | None = None) -> tuple[InterestAccount, tuple[Message, ...]]:
    """The account and what to know beside it; a public deadline is moved to a working day first.

    Raises Refusal: the day of valuation before the start, the default rate or a public buyer's rate against a consumer or a legal
    person outside any business, a rate that
    the basis does not take, and what the computation refuses.
    """
    _refuse(asked)
    terms, remarks = _ready(asked)
    law = law or load_law()
    return with_payments(asked.principal, terms, asked.payments, asked.until, law), (
        *remarks,
        *_after(asked.payments, asked.until),
    )


def _refuse(asked: Asked) -> None:
    terms = asked.terms
    if asked.until < terms.start:
        raise refuse("days-reversed", msg("{until} is before {start}.", until=asked.until, start=terms.start),
                     msg("Give the day to compute to after the day interest starts from."), field="to",
                     value=asked.until.isoformat())  # fmt: skip
    if asked.debtor == "individual" and terms.basis in (Basis.STATUTORY, Basis.PUBLIC):
        raise refuse("basis-not-for-consumers", msg("A consumer never owes this rate (C. com., art. L. 441-10, II)."),
                     msg("Take the legal rate from the formal notice, or the agreed rate."), field="basis",
                     value=terms.basis.value)  # fmt: skip
    if asked.debtor == "association" and terms.basis in (Basis.STATUTORY, Basis.PUBLIC):
        raise refuse("basis-not-outside-business",
                     msg("A debtor outside any business does not owe this rate (C. com., art. L. 441-10, II, to be confirmed)."),
                     msg("Take the legal rate from the formal notice, or the agreed rate."), field="basis",
                     value=terms.basis.value)  # fmt: skip
    if terms.basis is Basis.CONTRACTUAL and terms.contract_rate is None:
        raise refuse("rate-missing", msg("The agreed rate is missing."), msg("Give the yearly rate of the contract, for example 8."),
                     field="rate")  # fmt: skip
    if terms.basis is not Basis.CONTRACTUAL and terms.contract_rate is not None:
        raise refuse("rate-not-agreed", msg("This basis has its rate from the law: no other is taken."),
                     msg("Leave the rate out, or choose the agreed rate as basis."), field="rate",
                     value=str(terms.contract_rate))  # fmt: skip


def _ready(asked: Asked) -> tuple[InterestTerms, tuple[Message, ...]]:
    """The terms as they are computed, and what was changed or taken for granted."""
    terms, remarks = asked.terms, []
    if terms.basis is Basis.LEGAL and not terms.creditor:
        terms = replace(terms, creditor="business")
        remarks.append(msg("Nobody has said who the creditor is: the rate of other creditors is taken, the lower one."))
    if terms.basis is Basis.STATUTORY and terms.creditor == "individual":
        remarks.append(msg("The default rate between businesses is for a creditor who is a business."))
    if terms.served_on and terms.basis is not Basis.LEGAL:
        remarks.append(msg("After a judgment only the legal rate is raised: the day of service changes nothing here."))
    if terms.basis is Basis.PUBLIC:
        start = public_deadline(terms.start, deadline_rules().holidays, asked.territory)
        if start != terms.start:
            moved = msg("The deadline of {day} is not a working day: it ends on {start}.", day=terms.start, start=start)
            remarks.append(moved)
            terms = replace(terms, start=start)
    if terms.basis is Basis.CONTRACTUAL and terms.creditor != "individual":
        remarks += {"individual": [UNFAIR], "association": [UNFAIR_OUTSIDE]}.get(asked.debtor, [])
    if asked.debtor == "business" and terms.basis is Basis.CONTRACTUAL:
        terms = replace(terms, between_businesses=True)
    return terms, tuple(remarks)


def _after(payments: Iterable[tuple[dt.date, int]], until: dt.date) -> tuple[Message, ...]:
    late = [day for day, _ in payments if day > until]
    return (msg("Payments after {until} are not counted.", until=until),) if late else ()
