"""Whether a case may be closed for a reason: what stands in the way, each with its remedy, and how long it is kept. Closes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.messages import Euro, Message, msg

BLOCKS, ACKNOWLEDGE, TOLD = "blocks", "acknowledge", "told"
OBSTACLES = (
    "balance", "unallocated", "client_money", "promise", "plan", "dispute", "proceeding", "message", "complaint",
)  # fmt: skip
NEEDS = ("tracing", "insolvency", "limitation", "proof")


class Reason(Protocol):
    """Why a case ends, as core.law reads it."""

    @property
    def zero_balance(self) -> bool:
        """Whether nothing may remain due."""

    @property
    def at_most(self) -> int | None:
        """The largest sum (cents) that may remain due; None without a limit."""

    @property
    def needs(self) -> Sequence[str]:
        """Of `NEEDS`, what must have been done or said."""

    @property
    def acknowledge(self) -> Sequence[str]:
        """Obstacles that a lead may take note of."""

    @property
    def told(self) -> Sequence[str]:
        """Obstacles that are only told."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case holds; money in cents. `unallocated`: paid and allocated to no debt; `client_money`: received and not handed over.

    `promises`, `disputes`, `proceedings`, `messages`, `complaints`: how many are open; `plan`: one in force.
    `traced`, `insolvent`, `barred`: an entry of the journal or a clock of limitation that supports the reason.
    """

    balance: int
    unallocated: int = 0
    client_money: int = 0
    promises: int = 0
    plan: bool = False
    disputes: int = 0
    proceedings: int = 0
    messages: int = 0
    complaints: int = 0
    traced: bool = False
    insolvent: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: `level` is "blocks", "acknowledge" (by a lead) or "told"."""

    code: str
    level: str
    sentence: Message
    remedy: Message


def judge(reason: Reason, facts: Facts, words: str) -> tuple[Obstacle, ...]:
    """What stands in the way of closing for `reason`, the gravest first; `words` is what the person typed as proof or comment."""
    found = [*_needs(reason, facts, words), *_amounts(reason, facts), *_open(reason, facts)]
    return tuple(sorted(found, key=lambda one: (BLOCKS, ACKNOWLEDGE, TOLD).index(one.level)))


def blocking(found: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """Those that keep the case open."""
    return tuple(one for one in found if one.level == BLOCKS)


def to_acknowledge(found: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """Those that a lead has to take note of."""
    return tuple(one for one in found if one.level == ACKNOWLEDGE)


def kept_until(closed_on: dt.date, titles: Iterable[dt.date], closed_years: int, title_years: int) -> dt.date:
    """Until when a case closed on a day is kept: so many years after, or after its last title when that is later."""
    days = [_years_after(closed_on, closed_years), *(_years_after(day, title_years) for day in titles)]
    return max(days)


def _years_after(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _level(reason: Reason, code: str) -> str:
    return TOLD if code in reason.told else ACKNOWLEDGE if code in reason.acknowledge else BLOCKS


def _needs(reason: Reason, facts: Facts, words: str) -> list[Obstacle]:
    """What the reason rests on and the case does not show."""
    given = {
        "tracing": facts.traced,
        "insolvency": facts.insolvent,
        "limitation": facts.barred,
        "proof": bool(words.strip()),
    }
    said = {
        "tracing": (
            msg("No tracing is recorded: “not found” is said after the steps, never instead of them."),
            msg("Do the steps of tracing and record their result, then close."),
        ),
        "insolvency": (
            msg("No insolvency is recorded in the case."),
            msg("Record it with its date and court (results LJ, RJ, SV), or choose another reason."),
        ),
        "limitation": (
            msg("No open debt of the case is time-barred by its clock."),
            msg("See the dates under “Limitation”, or choose another reason."),
        ),
        "proof": (
            msg("The evidence is missing: the reason is not complete without it."),
            msg("Type what proves it and where it lies (attempt, report, judgment), in objective words."),
        ),
    }
    return [Obstacle(need, BLOCKS, *said[need]) for need in reason.needs if not given[need]]


def _amounts(reason: Reason, facts: Facts) -> list[Obstacle]:
    found = []
    if facts.balance:
        found.append(_balance(reason, facts.balance))
    if facts.unallocated:
        what = msg("{amount} was paid and is allocated to no debt.", amount=Euro(facts.unallocated))
        how = msg("Allocate it, or have the creditor decide about giving it back.")
        found.append(Obstacle("unallocated", _level(reason, "unallocated"), what, how))
    if facts.client_money:
        what = msg(
            "{amount} of clients' money of this case was not handed over to the creditor.",
            amount=Euro(facts.client_money),
        )
        how = msg("It stays on the clients' account and in the next remittance: closing changes nothing about it.")
        found.append(Obstacle("client_money", _level(reason, "client_money"), what, how))
    return found


def _balance(reason: Reason, balance: int) -> Obstacle:
    amount = Euro(balance)
    if reason.zero_balance:
        what = msg("{amount} is still owed: the case is not paid in full.", amount=amount)
        return Obstacle("balance", BLOCKS, what, msg("Record the payment first, or choose another reason."))
    if reason.at_most is not None and balance > reason.at_most:
        what = msg("{amount} is owed, more than the {most} of this reason.", amount=amount, most=Euro(reason.at_most))
        return Obstacle("balance", BLOCKS, what, msg("Go on, or choose another reason."))
    what = msg("{amount} stays owed on the ledger.", amount=amount)
    return Obstacle(
        "balance",
        _level(reason, "balance"),
        what,
        msg("Closing gives nothing up: the debt lives on until it is extinguished."),
    )


def _open(reason: Reason, facts: Facts) -> list[Obstacle]:
    """What still runs; a promise or a plan of a case that owes nothing has nothing left to run for."""
    owing = facts.balance > 0
    rows = (
        ("promise", facts.promises if owing else 0, msg("A promise to pay is not due yet."),
         msg("Wait for its day, or correct the entry that recorded it.")),
        ("plan", int(facts.plan and owing), msg("A payment plan is in force."), msg("End the plan with its reason first.")),
        ("dispute", facts.disputes, msg("A dispute still runs."), msg("Record the creditor's answer, or close the dispute.")),
        ("proceeding", facts.proceedings, msg("A proceeding goes on: its time limits run."),
         msg("Record its end (withdrawal, decision, payment) before the case leaves the queue.")),
        ("message", facts.messages, msg("A letter or message of this case waits to leave."), msg("Send it, or cancel it.")),
        ("complaint", facts.complaints, msg("A complaint about this case waits for its answer."),
         msg("Answer it first; its register keeps it in any case.")),
    )  # fmt: skip
    return [Obstacle(code, _level(reason, code), what, how) for code, count, what, how in rows if count]
