"""A report as plain values: its scope, periods, figures and tables, for screen, spreadsheet and PDF alike. Computes no figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.domain.indicators import Indicator, Unit
from core.domain.messages import Message, msg, refuse

PERIODS = ("month", "last_month", "quarter", "year", "free")
LONGEST_YEARS = 10
TREND_MONTHS = 12
Cell = str | int | Decimal | Message | None


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is about: days `from_on` to `to_on`, both included; one creditor, one collector, or all when None."""

    from_on: dt.date
    to_on: dt.date
    creditor_id: int | None = None
    collector_id: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its unit says how its cells are written."""

    title: Message
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its definition. The first column names the line; `bars` are the columns a chart stacks; `total` is empty or a last line.

    `ids` gives the creditor or collector behind each line, where there is one.
    """

    key: str
    title: Message
    note: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    bars: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report made on a day; names are empty when all creditors or collectors are in it."""

    scope: ReportScope
    made_on: dt.date
    creditor: str
    collector: str
    indicators: tuple[Indicator, ...]
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table:
        """The table of a key; KeyError when the report has none."""
        return {table.key: table for table in self.tables}[key]


def period(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of a named period around `today`: month, last_month, quarter, year; another name is the month."""
    first = today.replace(day=1)
    if name == "last_month":
        last = first - dt.timedelta(days=1)
        return last.replace(day=1), last
    if name == "quarter":
        start = first.replace(month=(today.month - 1) // 3 * 3 + 1)
        return start, _last_day(start.replace(month=start.month + 2))
    if name == "year":
        return today.replace(month=1, day=1), today.replace(month=12, day=31)
    return first, _last_day(first)


def _last_day(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def checked(scope: ReportScope) -> ReportScope:
    """The scope itself; Refusal "period-reversed" or "period-too-long" otherwise."""
    if scope.from_on > scope.to_on:
        raise refuse(
            "period-reversed",
            msg("The period ends ({to}) before it starts ({start}).", to=scope.to_on, start=scope.from_on),
            msg("Give the first day, then the last one."),
            field="to",
            value=scope.to_on.isoformat(),
        )
    if scope.to_on.year - scope.from_on.year > LONGEST_YEARS:
        raise refuse(
            "period-too-long",
            msg("A report covers {years} years at most.", years=LONGEST_YEARS),
            msg("Shorten the period."),
            field="from",
            value=scope.from_on.isoformat(),
        )
    return scope


def trend_start(scope: ReportScope) -> dt.date:
    """The first day of the tables by month: the twelve months that end with the period, or its own first month when it is longer."""
    months = scope.to_on.year * 12 + scope.to_on.month - TREND_MONTHS
    return min(scope.from_on.replace(day=1), dt.date(months // 12, months % 12 + 1, 1))


def months(first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Every month from one day to another as "2026-11", so that an empty month is seen as zero."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1))
