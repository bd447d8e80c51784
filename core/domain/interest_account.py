"""One debt with its interest and its payments: interest first, then principal (C. civ. 1343-1). Chooses between no debts and no buckets.

For the pocket calculator and the command. The statement of a case follows the ledger, where more than one debt and costs are settled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.interest import Interest, interest
from core.domain.interest_terms import InterestTerms, Movement
from core.domain.law_values import Law
from core.domain.messages import Euro, Message, msg, refuse

ARTICLES = ("C. civ., art. 1343-1",)


@dataclass(frozen=True, slots=True)
class Split:
    """What one payment settled, in cents: `interest` first, then `principal`; `left_over` settles nothing. `why` says it."""

    on: dt.date
    cents: int
    interest: int
    principal: int
    left_over: int
    why: Message


@dataclass(frozen=True, slots=True)
class InterestAccount:
    """A debt on a day, in cents. `interest` is the whole computation, paid and unpaid; `balance` what is owed.

    `waiting` are payments that could not be split, the law's values being unknown on their day.
    """

    interest: Interest
    splits: tuple[Split, ...]
    principal_left: int
    interest_left: int
    waiting: tuple[tuple[dt.date, int], ...] = ()
    articles: tuple[str, ...] = ARTICLES

    @property
    def balance(self) -> int:
        """Principal and interest left, in cents, on the day of valuation or the last day that could be computed."""
        return self.principal_left + self.interest_left


def with_payments(
    principal: int,
    terms: InterestTerms,
    payments: Iterable[tuple[dt.date, int]],
    until: dt.date,
    law: Law,
    credits: Sequence[Movement] = (),  # noqa: A002 - the field's word
) -> InterestAccount:
    """A principal with its payments up to `until`: each pays the interest due on its day, that day included, then principal.

    Amounts in cents, payments more than zero; payments after `until` do not count. `credits` are credit notes and other changes of the
    principal. The day of a payment chooses the version of the rule. Raises Refusal for a payment that is not more than zero, and what
    `interest` refuses.
    """
    counted = sorted(one for one in payments if one[0] <= until)
    if any(cents <= 0 for _, cents in counted):
        raise refuse("amount-not-positive", msg("A payment is more than zero."), msg("Take a refund out of the list."),
                     field="payment")  # fmt: skip
    movements = tuple(one for one in credits if one.on <= until)
    splits: list[Split] = []
    while counted:
        day, cents = counted[0]
        due = interest(principal, terms, movements, day, law)
        if due.missing or due.known_until:
            break
        splits.append(_split(day, cents, due.total - sum(one.interest for one in splits), _left(principal, movements)))
        movements = (*movements, Movement(day, -splits[-1].principal, msg("Payment"), splits[-1].interest))
        counted.pop(0)
    whole = interest(principal, terms, movements, until, law)
    unpaid = whole.total - sum(one.interest for one in splits)
    return InterestAccount(whole, tuple(splits), max(_left(principal, movements), 0), unpaid, tuple(counted))


def _left(principal: int, movements: Iterable[Movement]) -> int:
    return principal + sum(one.cents for one in movements)


def _split(day: dt.date, cents: int, due: int, principal: int) -> Split:
    to_interest = min(cents, max(due, 0))
    to_principal = min(cents - to_interest, max(principal, 0))
    left_over = cents - to_interest - to_principal
    said = msg(
        "{paid} on {day}: {interest} to the interest due on that day, {principal} to the principal.",
        paid=Euro(cents), day=day, interest=Euro(to_interest), principal=Euro(to_principal),
    )  # fmt: skip
    if left_over:
        said = msg(
            "{paid} on {day}: {interest} to the interest due on that day, {principal} to the principal; {left} is more than was owed.",
            paid=Euro(cents), day=day, interest=Euro(to_interest), principal=Euro(to_principal), left=Euro(left_over),
        )  # fmt: skip
    return Split(day, cents, to_interest, to_principal, left_over, said)
