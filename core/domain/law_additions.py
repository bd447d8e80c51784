"""Judges what a lead adds to a value of the law: its figure, its dates, its source. Reads no form and keeps nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.computation import Quantity
from core.domain.deadlines import add_months
from core.domain.law_values import Bands, BandSeries, Dated, Knowledge, Series
from core.domain.messages import Message, Problem, msg

TRUSTS = ("V", "V2", "S")  # what a person may say of what they type
MOST_RATE = 30  # percent: above, a comma is missing
MOST_JUMP = 4  # times the value before, or a fraction of it: beyond, the person confirms
PERIOD_MONTHS = {Knowledge.HALF_YEAR: 6, Knowledge.QUARTER: 3}
DECIMALS = {Quantity.RATE: 2, Quantity.POINTS: 2, Quantity.CENTS: 2, Quantity.COUNT: 1}
DAY = dt.timedelta(days=1)
_BLANK = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"\d{1,9}(?:[.,](\d+))?")
_SHARE = re.compile(r"([1-9]\d?)/([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Addition:
    """What was typed. `value` as a French writer types it; `bands` instead of it for a table: (up to, value), the last "up to" empty."""

    start: dt.date | None
    end: dt.date | None
    value: str
    source: str
    trust: str
    link: str = ""
    bands: tuple[tuple[str, str], ...] = ()


def written(text: str, quantity: Quantity) -> str | None:
    """A typed figure as the files write it ("2,75 %" is "2.75"; euros stay euros; "1/3" for a share); None when it is none."""
    bare = _BLANK.sub("", text).rstrip("%€")
    if quantity is Quantity.TEXT:
        share = _SHARE.fullmatch(bare)
        return bare if share and int(share[1]) <= int(share[2]) else None
    found = _NUMBER.fullmatch(bare)
    return bare.replace(",", ".") if found and len(found[1] or "") <= DECIMALS.get(quantity, 0) else None


def problems(series: Series | BandSeries, new: Addition, *, confirmed: bool) -> tuple[Problem, ...]:
    """What forbids adding `new` after the values known; empty when nothing does. Fields: from, to, value, source, trust, confirmed."""
    return (*_dates(series, new, confirmed=confirmed), *said(series, new, series.values[-1], confirmed=confirmed))


def said(series: Series | BandSeries, new: Addition, before: Dated | Bands, *, confirmed: bool) -> tuple[Problem, ...]:
    """What forbids the figure, the source and the trust of an addition or of a correction; dates apart."""
    found = list(_figures(series, new, before, confirmed=confirmed))
    if not new.source.strip():
        found.append(
            Problem(
                "law-no-source",
                msg("Without its source nobody can check this value."),
                msg("Name the text that fixes it, with its date: order, Journal officiel, decision."),
                field="source",
            )
        )
    if new.trust not in TRUSTS:
        found.append(
            Problem(
                "law-no-trust",
                msg("It is not said how far this was read."),
                msg("Choose whether you read the text itself, two sources, or one source that quotes it."),
                field="trust",
                value=new.trust,
            )
        )
    if new.link.strip() and not new.link.strip().startswith(("https://", "http://")):
        found.append(
            Problem(
                "law-link",
                msg("“{given}” is not an address of a page.", given=new.link.strip()),
                msg("Paste the whole address, from https:// on, or leave it empty."),
                field="link",
                value=new.link,
            )
        )
    return tuple(found)


def _figures(
    series: Series | BandSeries, new: Addition, before: Dated | Bands, *, confirmed: bool
) -> tuple[Problem, ...]:
    if isinstance(before, Bands):
        return _table(series.quantity, new.bands)
    value = written(new.value, series.quantity)
    if value is None:
        return (_unreadable(new.value, series.quantity),)
    kept = Decimal(value) * (100 if series.quantity is Quantity.CENTS else 1)
    if series.quantity in {Quantity.RATE, Quantity.POINTS} and kept > MOST_RATE:
        return (_implausible(new.value),)
    low, high = sorted((kept, before.value))
    if not confirmed and low > 0 and high > low * MOST_JUMP:
        reason = msg(
            "{given} is far from the value it follows ({before}).",
            given=new.value.strip(),
            before=shown(before.value, series.quantity),
        )
        return (_confirm("law-jump", reason, new.value),)
    return ()


def _table(quantity: Quantity, bands: Sequence[tuple[str, str]]) -> tuple[Problem, ...]:
    above = Decimal(0)
    for place, (up_to, value) in enumerate(bands):
        last = place == len(bands) - 1
        figure, bound = written(value, quantity), written(up_to, Quantity.CENTS) if up_to.strip() else None
        if figure is None:
            return (_unreadable(value, quantity),)
        if quantity is Quantity.RATE and Decimal(figure) > MOST_RATE:
            return (_implausible(value),)
        if last != (not up_to.strip()) or (not last and (bound is None or Decimal(bound) <= above)):
            return (_bands(up_to),)
        above = Decimal(bound or 0)
    return () if bands else (_bands(""),)


def _bands(given: str) -> Problem:
    return Problem(
        "law-bands",
        msg("The bands do not follow each other."),
        msg("Write them from the lowest upper bound to the highest; leave the bound of the last one empty."),
        field="value",
        value=given,
    )


def _unreadable(given: str, quantity: Quantity) -> Problem:
    example = {Quantity.RATE: "2,75", Quantity.CENTS: "40,00", Quantity.TEXT: "1/20"}.get(quantity, "12")
    return Problem(
        "law-number",
        msg("“{given}” is not a value of this kind.", given=given.strip()),
        msg("Type it like {example}, with at most {most} decimals.", example=example, most=DECIMALS.get(quantity, 0)),
        field="value",
        value=given,
    )


def _implausible(given: str) -> Problem:
    return Problem(
        "law-implausible",
        msg("{given} is no plausible rate: none is above {most}%.", given=given.strip(), most=MOST_RATE),
        msg("Look at the decimal comma."),
        field="value",
        value=given,
    )


def _confirm(code: str, reason: Message, given: str) -> Problem:
    remedy = msg("Compare with the text. If it is right, tick the confirmation and save again.")
    return Problem(code, reason, remedy, field="confirmed", value=given)


def next_period(series: Series | BandSeries) -> tuple[dt.date, dt.date] | None:
    """The first and last day of the period to be published next; None for a value that is not published by period."""
    months, end = PERIOD_MONTHS.get(series.knowledge), series.values[-1].end
    if months is None or end is None:
        return None
    return end + DAY, add_months(end + DAY, months) - DAY


def _dates(series: Series | BandSeries, new: Addition, *, confirmed: bool) -> tuple[Problem, ...]:
    if new.start is None:
        return (
            _dated("law-no-date", msg("It is not said from when this applies."), msg("Give the first day."), "from"),
        )
    if new.end is not None and new.end < new.start:
        return (_dated("law-order", msg("The last day lies before the first."), msg("Both days are included."), "to"),)
    due = next_period(series)
    if due:
        return _in_period(series, new.start, new.end, due)
    last = series.values[-1]
    if new.start <= max(last.start, last.end or last.start):
        return (_overlap(last, new.start),)
    if last.end and new.start > last.end + DAY and not confirmed:
        reason = msg("Nothing would be known between {start} and {end}.", start=last.end + DAY, end=new.start - DAY)
        return (_confirm("law-gap", reason, new.start.isoformat()),)
    return ()


def _in_period(
    series: Series | BandSeries, start: dt.date, end: dt.date | None, due: tuple[dt.date, dt.date]
) -> tuple[Problem, ...]:
    if start < due[0]:
        return (_overlap(series.values[-1], start),)
    if start > due[0]:
        return (
            _dated(
                "law-gap",
                msg("Nothing would be known between {start} and {end}.", start=due[0], end=start - DAY),
                msg("Enter the period from {start} to {end} first.", start=due[0], end=due[1]),
                "from",
            ),
        )
    if end != due[1]:
        reason = msg("The period from {start} ends on {end}.", start=due[0], end=due[1])
        return (_dated("law-period", reason, msg("Give its last day."), "to"),)
    return ()


def _overlap(last: Dated | Bands, start: dt.date) -> Problem:
    return _dated(
        "law-overlap",
        msg("A value from {start} on is known already; {given} is not after it.", start=last.start, given=start),
        msg("Correct the one that is known, or give the first day of the one that follows it."),
        "from",
    )


def _dated(code: str, reason: Message, remedy: Message, field: str) -> Problem:
    return Problem(code, reason, remedy, field=field)


def shown(value: Decimal, quantity: Quantity) -> str:
    """A kept figure as it is typed: cents as euros, decimal comma."""
    return str(value / 100 if quantity is Quantity.CENTS else value).replace(".", ",")
