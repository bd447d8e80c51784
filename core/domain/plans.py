"""Payment plans: what is paid when, to the cent, with the reason of each figure. Reads no payment and knows no law.

Convention: constant instalments with interest on what is left, a period's rate being the yearly rate divided by 12 (month), 4
(quarter) or 52 (week), as published amortisation tables do; the first instalment bears one whole period. The only rounding is
`_rounded`: half up, to the cent. The last instalment takes the rest.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from core.domain.messages import Euro, Message, Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS

PERIODS = {"week": 52, "month": 12, "quarter": 4}  # periods in a year
YEARS = 10  # the longest plan that is computed
_MONTHS = {"month": 1, "quarter": 3}
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan is asked with: cents, days, percent a year; either `count` or `instalment`; `basis` is what the rate rests on.

    `running` says what becomes of interest claimed on the debts meanwhile (core.domain.plan_interest); it changes no instalment.
    """

    amount: int
    first: dt.date
    every: str = "month"
    count: int | None = None
    instalment: int | None = None
    rate: Decimal | None = None
    down: int = 0
    basis: str = ""
    running: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment in cents; `amount` is `principal` + `interest`, `balance` what is left of the principal after it."""

    number: int
    date: dt.date
    amount: int
    principal: int
    interest: int
    balance: int
    why: Message


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole plan; `total` is all that is paid: down payment and instalments, in cents."""

    terms: Terms
    instalments: tuple[Instalment, ...]
    total: int
    interest: int
    why: tuple[Message, ...]

    @property
    def last(self) -> dt.date:
        """The day of the last instalment."""
        return self.instalments[-1].date


def schedule(terms: Terms) -> Schedule:
    """The instalments of a plan.

    Amounts in integer cents, more than zero; rate from 0 to 100 percent a year; ten years at most. Raises Refusal on the
    field that is wrong; an instalment too small to repay in ten years is refused with the smallest that does.
    """
    _check(terms)
    rows = _rows(terms)
    interest = sum(row.interest for row in rows)
    total = terms.down + sum(row.amount for row in rows)
    return Schedule(terms, rows, total, interest, _why(terms, rows))


def day_of(first: dt.date, every: str, rank: int) -> dt.date:
    """The day of the instalment `rank` (from 0), counted from the first: 31 January, 28 or 29 February, 31 March."""
    if every == "week":
        return first + dt.timedelta(weeks=rank)
    months = first.month - 1 + rank * _MONTHS[every]
    year, month = first.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def months_of(first: dt.date, last: dt.date) -> int:
    """Months that instalments from `first` to `last` take, both counted: twelve monthly instalments take twelve months."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (1 if last >= day_of(first, "month", whole) else 0)


def months_granted(agreed: dt.date, first: dt.date, last: dt.date) -> int:
    """Months that a plan agreed on a day gives the debtor, begun months counted whole: to its last instalment, so that a late first
    instalment counts too, and never fewer than its instalments take.
    """
    whole = max((last.year - agreed.year) * 12 + last.month - agreed.month, 0)
    return max(whole + (1 if last > day_of(agreed, "month", whole) else 0), months_of(first, last))


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))


def _interest(terms: Terms, balance: int) -> int:
    return _rounded(balance * (terms.rate or Decimal(0)) / _HUNDRED / PERIODS[terms.every])


def _rows(terms: Terms) -> tuple[Instalment, ...]:
    if terms.instalment is not None:
        found = _repaid(terms, terms.instalment, None)
        if found is None:
            raise _too_small(terms)
        return found
    wanted = _constant(terms, terms.count or 0)
    for amount in (wanted, wanted - 1):
        found = _repaid(terms, amount, terms.count)
        if found is not None:
            return found
    raise refuse(
        "plan-too-many",
        msg("{amount} cannot be repaid in {count} equal instalments: some would repay nothing.",
            amount=Euro(terms.amount - terms.down), count=terms.count),
        msg("Choose fewer instalments."), field="count", value=str(terms.count),
    )  # fmt: skip


def _constant(terms: Terms, count: int) -> int:
    """The constant instalment that repays in `count` periods."""
    owed = Decimal(terms.amount - terms.down)
    with localcontext(prec=60):
        period = (terms.rate or Decimal(0)) / _HUNDRED / PERIODS[terms.every]
        return _rounded(owed * period / (1 - (1 + period) ** -count) if period else owed / count)


def _repaid(terms: Terms, amount: int, count: int | None) -> tuple[Instalment, ...] | None:
    """The instalments of `amount`, the last taking the rest; None when they do not repay in `count`, or in ten years."""
    rows = tuple(_run(terms, amount, count or PERIODS[terms.every] * YEARS, exact=count is not None))
    return rows if rows and rows[-1].balance == 0 and len(rows) == (count or len(rows)) else None


def _run(terms: Terms, amount: int, most: int, *, exact: bool) -> Iterator[Instalment]:
    balance = terms.amount - terms.down
    for rank in range(most):
        interest = _interest(terms, balance)
        last = (exact and rank == most - 1) or balance + interest <= amount
        principal = balance if last else amount - interest
        if principal <= 0:
            return
        why = _row_why(terms, balance, interest, principal, last=last)
        balance -= principal
        yield Instalment(
            rank + 1, day_of(terms.first, terms.every, rank), principal + interest, principal, interest, balance, why
        )
        if last:
            return


def _too_small(terms: Terms) -> Refusal:
    smallest = max(_constant(terms, PERIODS[terms.every] * YEARS) - PERIODS[terms.every] * YEARS, 1)
    low, high = smallest, terms.amount + _interest(terms, terms.amount)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _repaid(terms, middle, None) else (middle + 1, high)
    return refuse(
        "instalment-too-small",
        msg("Instalments of {given} would not repay {amount} within {years} years.",
            given=Euro(terms.instalment or 0), amount=Euro(terms.amount - terms.down), years=YEARS),
        msg("Choose {smallest} or more.", smallest=Euro(low)),
        field="instalment", value=str(terms.instalment),
    )  # fmt: skip


def _row_why(terms: Terms, balance: int, interest: int, principal: int, *, last: bool) -> Message:
    rest = Euro(balance)
    if terms.running and not terms.rate and not last:  # the sum holds interest already
        return msg("{principal} of the {rest} left.", principal=Euro(principal), rest=rest)
    if not terms.rate:
        return msg("All that is left, {rest}.", rest=rest) if last else msg(
            "{principal} of the {rest} left, without interest.", principal=Euro(principal), rest=rest)  # fmt: skip
    words = {"rest": rest, "rate": terms.rate, "periods": PERIODS[terms.every], "interest": Euro(interest)}
    if last:
        return msg("Interest: {rest} × {rate} % / {periods} = {interest}; then all that is left.", **words)
    return msg("Interest: {rest} × {rate} % / {periods} = {interest}; {principal} of principal.",
               **words, principal=Euro(principal))  # fmt: skip


def _why(terms: Terms, rows: tuple[Instalment, ...]) -> tuple[Message, ...]:
    said = []
    if terms.down:
        said.append(msg("{down} is paid at once: {rest} is left to spread.", down=Euro(terms.down),
                        rest=Euro(terms.amount - terms.down)))  # fmt: skip
    if terms.rate:
        said.append(msg("Interest of a period: what is left × {rate} % / {periods}, rounded half up to the cent; the first "
                        "instalment bears a whole period.", rate=terms.rate, periods=PERIODS[terms.every]))  # fmt: skip
    else:
        said.append(msg("No interest is added: the instalments repay the amount and nothing else."))
    said.append(msg("Instalments of {amount}; the last one, {last}, takes the rest so that the sum is exact.",
                    amount=Euro(rows[0].amount), last=Euro(rows[-1].amount)))  # fmt: skip
    if terms.every != "week":
        said.append(
            msg("Each date is counted from the first one; a day that a month does not have becomes its last day.")
        )
    return tuple(said)


def _check(terms: Terms) -> None:
    _known(terms)
    _amounts(terms)
    if not 1970 <= terms.first.year <= 2100:
        raise refuse("date-implausible", msg("{given} is not a plausible day.", given=terms.first),
                     msg("Type a day between 1970 and 2100."), field="first", value=terms.first.isoformat())  # fmt: skip
    if terms.rate is not None and not (terms.rate.is_finite() and 0 <= terms.rate <= _HUNDRED):
        raise refuse("rate-implausible", msg("“{given}” is not a yearly rate in percent.", given=str(terms.rate)),
                     msg("Type a rate from 0 to 100, for example 4,5."), field="rate", value=str(terms.rate))  # fmt: skip
    most = PERIODS[terms.every] * YEARS
    if terms.count is not None and not 1 <= terms.count <= most:
        raise refuse("count-implausible", msg("{given} instalments are not possible here.", given=terms.count),
                     msg("Choose from 1 to {most}.", most=most), field="count", value=str(terms.count))  # fmt: skip


def _known(terms: Terms) -> None:
    if terms.every not in PERIODS:
        raise refuse("choice-unknown", msg("“{given}” is not one of the choices.", given=terms.every),
                     msg("Choose one of the list."), field="every", value=terms.every)  # fmt: skip
    if (terms.count is None) == (terms.instalment is None):
        raise refuse("count-or-instalment", msg("A plan is made from a number of instalments or from their amount."),
                     msg("Give one of the two."), field="count")  # fmt: skip


def _amounts(terms: Terms) -> None:
    for field, cents, least in (
        ("amount", terms.amount, 1),
        ("down", terms.down, 0),
        ("instalment", terms.instalment or 1, 1),
    ):
        if not least <= cents <= LARGEST_CENTS or (field == "instalment" and terms.instalment == 0):
            raise refuse("amount-implausible", msg("{given} is not possible here.", given=Euro(cents)),
                         msg("Type an amount of money that is more than zero."), field=field, value=str(cents))  # fmt: skip
    if terms.down >= terms.amount:
        raise refuse("down-covers-all", msg("The down payment covers the whole amount: nothing is left to spread."),
                     msg("Type a smaller down payment."), field="down", value=str(terms.down))  # fmt: skip
