"""What a plan kept here says beside its instalments: its rate and basis, the debts it spreads, what it leaves outside. Writes nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from core.domain.messages import msg, refuse
from core.domain.plan_interest import CHOICES
from core.domain.plans import Terms
from core.store.plans import PlanRow

LONGEST_BASIS = 200  # characters


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """The yearly rate in percent and what it rests on; cents owed that the plan leaves outside; reference and cents of its debts.

    `running`: what becomes of claimed interest (core.domain.plan_interest), "" where none was claimed; `split`: cents of the debts by part;
    `ahead`: cents of interest estimated while it runs, `ahead_until` the day that estimate had to stop at.
    """

    rate: Decimal | None = None
    basis: str = ""
    outside: int = 0
    debts: tuple[tuple[str, int], ...] = ()
    running: str = ""
    split: tuple[tuple[str, int], ...] = ()
    ahead: int = 0
    ahead_until: dt.date | None = None


def said_of(row: PlanRow) -> PlanSaid:
    """What was kept with a plan; a plan taken over, or kept before this was asked, says nothing of it."""
    kept = json.loads(row.terms)
    rate = Decimal(kept["rate"]) if kept.get("rate") else None
    debts = tuple((str(ref), int(cents)) for ref, cents in kept.get("debts", ()))
    split = tuple((str(bucket), int(cents)) for bucket, cents in kept.get("split", ()))
    until = kept.get("ahead_until")
    return PlanSaid(
        rate, kept.get("basis", ""), int(kept.get("outside", 0)), debts, kept.get("running", ""), split,
        int(kept.get("ahead", 0)), dt.date.fromisoformat(until) if until else None,
    )  # fmt: skip


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


def check_running(entry: Terms, *, claimed: bool) -> None:
    """Raises Refusal "running-missing" where interest is claimed and the plan does not say what becomes of it, "interest-twice" where a
    rate of the plan would come on top of it, "choice-unknown" for another word.
    """
    if entry.running and entry.running not in CHOICES:
        raise refuse("choice-unknown", msg("“{given}” is not one of the choices.", given=entry.running),
                     msg("Choose one of the list."), field="running", value=entry.running)  # fmt: skip
    if claimed and not entry.running:
        raise refuse(
            "running-missing",
            msg("The creditor claims interest on this case: the plan must say what becomes of it."),
            msg("Choose whether it goes on, or is no longer claimed while the plan is kept."),
            field="running",
        )
    if claimed and entry.rate:
        raise refuse(
            "interest-twice",
            msg("The creditor already claims interest on these debts: a rate of {rate} % would ask for it twice.", rate=entry.rate),
            msg("Leave the rate of the plan empty."),
            field="rate", value=str(entry.rate),
        )  # fmt: skip
