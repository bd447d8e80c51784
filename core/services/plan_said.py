"""What a plan kept here says beside its instalments: its rate and basis, the debts it spreads, what it leaves outside. Writes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from core.domain.messages import msg, refuse
from core.domain.plans import Terms
from core.store.plans import PlanRow

LONGEST_BASIS = 200  # characters


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """The yearly rate in percent and what it rests on; cents owed that the plan leaves outside; reference and cents of its debts."""

    rate: Decimal | None = None
    basis: str = ""
    outside: int = 0
    debts: tuple[tuple[str, int], ...] = ()


def said_of(row: PlanRow) -> PlanSaid:
    """What was kept with a plan; a plan taken over, or kept before this was asked, says nothing of it."""
    kept = json.loads(row.terms)
    rate = Decimal(kept["rate"]) if kept.get("rate") else None
    debts = tuple((str(ref), int(cents)) for ref, cents in kept.get("debts", ()))
    return PlanSaid(rate, kept.get("basis", ""), int(kept.get("outside", 0)), debts)


def check_basis(entry: Terms) -> None:
    """Raises Refusal "basis-missing" for a rate without what it rests on (C. civ. 1907 al. 2), "too-long" for a page of it."""
    basis = entry.basis.strip()
    if entry.rate and not basis:
        raise refuse(
            "basis-missing",
            msg("Interest at {rate} % is asked without saying on what basis.", rate=entry.rate),
            msg("Give the clause of the contract that fixes the rate in writing, or leave the rate empty."),
            field="basis",
        )
    if len(basis) > LONGEST_BASIS:
        raise refuse("too-long", msg("The basis of the rate takes {most} characters at most.", most=LONGEST_BASIS),
                     msg("Give the reference of the clause only."), field="basis", value=basis)  # fmt: skip
