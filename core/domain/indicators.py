"""The agency's indicators: a figure with its numerator, denominator and formula in words, from one call. Reads no store.

Definitions follow the field's usage: recovery is money received on the cases of a batch over what the same cases were placed
for, never the cash of a month over the placements of that month; a rate without denominator is an answer, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.domain.messages import Message, msg

TENTH = Decimal("0.1")


class Unit(StrEnum):
    """What a figure counts: cents of euros, things, days, percent or per thousand (one decimal), or words."""

    EURO = "euro"
    COUNT = "count"
    DAYS = "days"
    PERCENT = "percent"
    THOUSAND = "thousand"
    MONTH = "month"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a ratio; `amount` in cents when the unit is EURO."""

    label: Message
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that carries its proof. `value` is None when there is nothing to divide by, and `remark` then says what is lacking.

    EURO values are cents, PERCENT and THOUSAND a Decimal of one decimal, COUNT and DAYS whole numbers or halves of a median.
    """

    key: str
    label: Message
    unit: Unit
    value: Decimal | int | None
    formula: Message
    terms: tuple[Term, ...] = ()
    remark: Message | None = None

    def __post_init__(self) -> None:
        """A value without its terms and a lack without its reason are refused: no orphan figure."""
        if self.unit in (Unit.PERCENT, Unit.THOUSAND) and len(self.terms) != 2:
            raise ValueError(f"{self.key}: a rate needs its numerator and its denominator")
        if self.value is None and self.remark is None:
            raise ValueError(f"{self.key}: a figure that cannot be given says why")


def percent(numerator: int, denominator: int) -> Decimal | None:
    """100 × numerator ÷ denominator, one decimal, half up; None when the denominator is zero or less."""
    if denominator <= 0:
        return None
    return (Decimal(numerator) * 100 / denominator).quantize(TENTH, ROUND_HALF_UP)


def _rate(key: str, label: Message, formula: Message, over: Term, under: Term, lacking: Message) -> Indicator:
    value = percent(over.amount, under.amount)
    return Indicator(key, label, Unit.PERCENT, value, formula, (over, under), lacking if value is None else None)


NO_CASE = msg("no case was placed in this scope")


def gross_recovery(received: int, placed: int) -> Indicator:
    """Cents received on a batch (to the agency and to the creditor, reversals deducted) over cents placed, same cases."""
    return _rate(
        "gross_recovery",
        msg("Gross recovery rate"),
        msg(
            "Received on the cases placed in the period, by the agency or directly, reversals deducted ÷ placed "
            "for the same cases"
        ),
        Term(msg("received on these cases"), received, Unit.EURO),
        Term(msg("placed"), placed, Unit.EURO),
        NO_CASE,
    )


def net_recovery(received: int, placed: int, deducted: int) -> Indicator:
    """As gross, the denominator less the cents that withdrawn, mistaken and insolvent cases still owe."""
    return _rate(
        "net_recovery",
        msg("Net recovery rate"),
        msg(
            "The same sum received ÷ placed, less what is still owed in the cases recalled by the creditor, "
            "placed by mistake or insolvent"
        ),
        Term(msg("received on these cases"), received, Unit.EURO),
        Term(msg("placed, less recalled, mistaken and insolvent"), placed - deducted, Unit.EURO),
        NO_CASE if placed == 0 else msg("nothing that could be collected was placed in this scope"),
    )


def right_party_rate(reached: int, attempts: int) -> Indicator:
    """Attempts that reached the right person over all attempts, both outgoing."""
    return _rate(
        "right_party",
        msg("Right-party contacts"),
        msg(
            "Attempts in which the right person was reached ÷ attempts (calls, letters, messages and visits from "
            "us; corrected entries left out)"
        ),
        Term(msg("right person reached"), reached, Unit.COUNT),
        Term(msg("attempts"), attempts, Unit.COUNT),
        msg("no attempt was logged in this scope"),
    )


def reachability(reached: int, active: int) -> Indicator:
    """Cases, not calls: those with at least one right-party contact in the period over those active in it."""
    return _rate(
        "reachability",
        msg("Reachable cases"),
        msg(
            "Cases with at least one contact with the right person in the period, whoever began it ÷ cases open "
            "at least one day of the period"
        ),
        Term(msg("cases reached"), reached, Unit.COUNT),
        Term(msg("active cases"), active, Unit.COUNT),
        msg("no case was open in this scope"),
    )


def compliance(held: int, lifted: int, made: int) -> Indicator:
    """Refusals of the contact gate that held over all of them: `lifted` by a lead with a reason, `made` all the same and told after."""
    return _rate(
        "compliance",
        msg("Refusals of the gate that held"),
        msg(
            "Refusals of the contact gate after which nothing left ÷ all its refusals of the period, rule by rule; {lifted} were lifted "
            "by a lead with a reason, {made} contacts had been made all the same and are told with theirs",
            lifted=lifted,
            made=made,
        ),
        Term(msg("refused, not made"), held, Unit.COUNT),
        Term(msg("refusals of the gate"), held + lifted + made, Unit.COUNT),
        msg("the gate refused nothing in this scope"),
    )


def complaints(received: int, contacts: int) -> Indicator:
    """Complaints received × 1,000 over contacts logged, both of the period; one decimal, half up."""
    value = (Decimal(received) * 1000 / contacts).quantize(TENTH, ROUND_HALF_UP) if contacts > 0 else None
    return Indicator(
        "complaints",
        msg("Complaints per 1,000 contacts"),
        Unit.THOUSAND,
        value,
        msg(
            "Complaints received in the period × 1,000 ÷ contacts logged in it, whoever began them (notes, corrected entries and contacts "
            "taken over from a former agency left out)"
        ),
        (Term(msg("complaints received"), received, Unit.COUNT), Term(msg("contacts"), contacts, Unit.COUNT)),
        msg("no contact was logged in this scope") if value is None else None,
    )


NO_PROMISE = msg("no promise has come to its term in this scope")


def promises_kept(kept: int, partly: int, judged: int, grace: int) -> Indicator:
    """By number: promises paid in full by their day and `grace` days over promises come to term; part payments stay apart."""
    return _rate(
        "promises_kept",
        msg("Promises kept"),
        msg(
            "Promises paid in full between the day they were made and {days} days after the day promised ÷ "
            "promises of the period whose term "
            "has passed; a payment counts for one promise only, the earliest; {partly} partly kept are not counted as kept",
            days=grace,
            partly=partly,
        ),
        Term(msg("kept"), kept, Unit.COUNT),
        Term(msg("come to term"), judged, Unit.COUNT),
        NO_PROMISE,
    )


def promises_paid(paid: int, promised: int, grace: int) -> Indicator:
    """By euro: cents paid in time, never more than promised, over cents promised."""
    return _rate(
        "promises_paid",
        msg("Promises kept, in euros"),
        msg(
            "Paid in time ({days} days of grace), at most the amount of each promise ÷ amount of the promises of "
            "the period whose term has passed",
            days=grace,
        ),
        Term(msg("paid in time"), paid, Unit.EURO),
        Term(msg("promised"), promised, Unit.EURO),
        NO_PROMISE,
    )


def collected(agency: int, direct: int) -> Indicator:
    """Cents that came in during the period, reversals deducted on the day they were booked."""
    return Indicator(
        "collected",
        msg("Collected in the period"),
        Unit.EURO,
        agency + direct,
        msg(
            "Payments received in the period by the agency + directly by the creditors − reversals booked in the "
            "period, whenever the case was placed"
        ),
        (Term(msg("to the agency"), agency, Unit.EURO), Term(msg("directly to the creditors"), direct, Unit.EURO)),
    )


def attempts(number: int) -> Indicator:
    """Outgoing contacts whose result counts as an attempt."""
    return Indicator(
        "attempts",
        msg("Attempts"),
        Unit.COUNT,
        number,
        msg(
            "Contacts from us whose result counts as an attempt in the list of results; corrected entries and notes are left out"
        ),
    )


def median_days(waits: Sequence[tuple[int, int]]) -> Decimal | None:
    """The median of days given as (days, how many cases); the mean of the two middle ones when they are even; None for none."""
    ordered = sorted(waits)
    total = sum(count for _, count in ordered)
    if not total:
        return None
    return Decimal(_nth(ordered, (total - 1) // 2) + _nth(ordered, total // 2)) / 2


def _nth(ordered: Sequence[tuple[int, int]], rank: int) -> int:
    """The value at a rank (from 0)."""
    for days, count in ordered:
        if rank < count:
            return days
        rank -= count
    raise IndexError("the rank is beyond the cases counted")


def days_to_first_payment(waits: Sequence[tuple[int, int]], waiting: int) -> Indicator:
    """Median days from placement to the first payment that held, among cases paid; `waiting` cases have none yet and are told."""
    value = median_days(waits)
    paid = sum(count for _, count in waits)
    return Indicator(
        "first_payment",
        msg("Days to the first payment"),
        Unit.DAYS,
        value,
        msg(
            "Median of the days from placement to the first payment that was not reversed, among the cases of "
            "the period that paid something; those that paid nothing yet are not in it"
        ),
        (Term(msg("cases that paid"), paid, Unit.COUNT), Term(msg("cases without any payment"), waiting, Unit.COUNT)),
        msg("no case of this scope has paid yet") if value is None else None,
    )
