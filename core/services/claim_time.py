"""What time takes of the interest that falls due after a title, and what kept it: payments, plans, acts. Opens no unit, books nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from core.domain.computation import Missing
from core.domain.interest_barred import barred
from core.domain.interest_basis import Choice, ClaimFacts
from core.domain.interest_title import PostTitlePeriods
from core.domain.legal_facts import LegalFact
from core.domain.statement_account import Account, standing
from core.law.limitation_rules import limitation_law

GENERAL, CONSUMER = "post_title_interest", "post_title_interest_consumer"  # periods of data/law/limitation.yaml
INTERRUPTS = ("acknowledgment", "enforcement_act", "protective_measure")


def not_barred(basis: Choice | Missing, known: ClaimFacts, days: Iterable[dt.date], on: dt.date) -> Choice | Missing:
    """The basis after a title, without the interest that time has taken; `days` are those of what interrupted that time."""
    if isinstance(basis, Missing) or known.title_on is None:
        return basis
    law = limitation_law()
    general, consumer = law.periods[GENERAL], law.periods[CONSUMER]
    against_consumer = known.debtor == "individual" and known.creditor != "individual"
    stop = barred(
        max(basis.terms.start, known.title_on), on, days, PostTitlePeriods(general.length, consumer.length),
        ((consumer if against_consumer else general).article,), consumer_by_business=against_consumer,
    )  # fmt: skip
    return replace(basis, terms=replace(basis.terms, stops=(*basis.terms.stops, stop))) if stop else basis


def kept(
    account: Account, mine: Iterable[LegalFact], plans: Iterable[LegalFact], others: Collection[int], on: dt.date
) -> list[dt.date]:
    """The days, until `on`, on which those who owe a debt acknowledged it (C. civ. 2240) or an act interrupted time.

    `mine` are the facts of the debt, `plans` the plans whose signed copy is kept, `others` the payments by somebody who does not owe it:
    these acknowledge nothing for the debtor.
    """
    moves = standing(account.moves, on)
    days = [move.on for move in moves if move.payment_id is not None and move.payment_id not in others]
    days += [fact.on for fact in mine if fact.kind in INTERRUPTS]
    return days + [plan.on for plan in plans if plan.debt_id in (None, account.debt_id)]
