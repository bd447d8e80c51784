"""What a payment plan on paper says of interest: the parts of its sum, and what becomes of claimed interest. Computes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.messages import Euro, Message, msg
from core.domain.plan_interest import AT_END, WAIVED
from core.domain.statement import NAMES
from core.i18n import Texts


@dataclass(frozen=True, slots=True)
class PlanInterest:
    """`running` as core.domain.plan_interest, "" where nothing is claimed; cents estimated while it runs, the day the estimate stops at."""

    running: str = ""
    ahead: int = 0
    ahead_until: dt.date | None = None


NO_INTEREST = PlanInterest()


def of_which(split: Iterable[tuple[str, int]], on: dt.date, t: Texts) -> str:
    """The parts of the sum owed on a day, in one sentence."""
    parts = (t("{label}: {value}", label=t.render(NAMES[bucket]), value=t.money(cents)) for bucket, cents in split)
    return t("Owed on {day}: {parts}.", day=t.date(on), parts=" ; ".join(parts))


def clauses(said: PlanInterest, drawn_on: dt.date) -> tuple[Message, ...]:
    """What becomes of interest after the day of the plan; nothing where none is claimed."""
    if said.running == WAIVED:
        return (
            msg(
                "Interest is counted to {day}, in this plan. While the plan is kept, the creditor claims none for the days after.",
                day=drawn_on,
            ),
            msg(
                "If the plan is ended before its last instalment, interest runs again on what is left from the day after that end; "
                "the days before it stay without interest."
            ),
        )
    if said.running == AT_END:
        return (
            msg(
                "Interest is counted to {day}, in this plan. It goes on running after that day on what is left, outside the "
                "instalments.",
                day=drawn_on,
            ),
            msg(
                "Each payment goes first to the interest owed on its day (C. civ., art. 1343-1). What is left of the debts after the last "
                "instalment is asked for then, with its account."
            ),
            *_figure(said),
        )
    return ()


def terms(said: PlanInterest, drawn_on: dt.date, t: Texts) -> list[str]:
    """The clauses in words."""
    return [t.render(one) for one in clauses(said, drawn_on)]


def _figure(said: PlanInterest) -> tuple[Message, ...]:
    if said.ahead_until is None:
        return (
            msg("If each instalment is paid on its day, that interest is about {amount}.", amount=Euro(said.ahead)),
        )
    return (
        msg("If each instalment is paid on its day, that interest is about {amount} to {day}; the rates of later days are not known yet.",
            amount=Euro(said.ahead), day=said.ahead_until),
    )  # fmt: skip
