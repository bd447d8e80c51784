"""The agency's report over a period, for all or for one creditor or collector, and its files. Adds nothing up itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.documents.report import report_pdf
from core.domain import indicators, reporting
from core.domain.indicators import Indicator
from core.domain.reporting import PERIODS, Report, ReportScope, Table, period
from core.domain.rights import Right
from core.exchange.report_files import csv_zip, workbook
from core.i18n import Texts, texts
from core.services import balances, letterhead, report_compliance, report_reasons, report_tables
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.services.report_activity import Codes, codes, sorted_by
from core.store import creditors, nonpayment, reports
from core.store.reports import Span
from core.store.unit import Reader

__all__ = [
    "FORMATS",
    "PERIODS",
    "Export",
    "Report",
    "ReportScope",
    "Table",
    "collector_choices",
    "export",
    "file_name",
    "period",
    "report",
]
FORMATS = {
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("zip", "application/zip"),
    "pdf": ("pdf", "application/pdf"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand out."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sums of the period, each read once, by creditor where nothing else is said."""

    placed: dict[int, reports.Placed]
    received: dict[int, reports.Received]
    came: dict[int, reports.Received]
    contacts: tuple[reports.Contacts, ...]
    refusals: tuple[reports.Refused, ...]
    complaints: reports.Complaints


@service(Right.READ)
def report(ctx: Ctx, scope: ReportScope) -> Report:
    """Figures and tables of a scope from one snapshot; raises Refusal "period-reversed", "period-too-long", "choice-unknown"."""
    reporting.checked(scope)
    aged = balances.aged_balance(ctx, scope.creditor_id) if scope.collector_id is None else None
    with ctx.store.read() as reader:
        owners = {row.id: row.name for row in creditors.all_creditors(reader)}
        people = reports.collectors(reader)
        _known(scope, owners, people)
        span = Span(scope.from_on, scope.to_on, ctx.today, scope.creditor_id, scope.collector_id)
        aged = reports.aged_of_collector(reader, span) if aged is None else aged
        known = codes(reader)
        sums = _sums(reader, span, known)
        return Report(
            scope,
            ctx.today,
            owners[scope.creditor_id] if scope.creditor_id else "",
            people[scope.collector_id] if scope.collector_id else "",
            _figures(reader, span, known, sums),
            (*_by_month(reader, scope, span, known), *_by_line(reader, span, known, sums, owners, people, aged)),
        )


@service(Right.READ)
def collector_choices(ctx: Ctx) -> tuple[tuple[int, str], ...]:
    """People for a selection list: (id, name)."""
    with ctx.store.read() as reader:
        return tuple(reports.collectors(reader).items())


@service(Right.READ)
def export(ctx: Ctx, scope: ReportScope, form: str) -> Export:
    """The report as a file: "xlsx" a workbook, "csv" a zip with one table a file, "pdf"; raises Refusal "choice-unknown"."""
    if form not in FORMATS:
        raise unknown_choice("format", form)
    found, t = report(ctx, scope), texts(ctx.lang)
    ending, media_type = FORMATS[form]
    if form == "pdf":
        data = report_pdf(found, letterhead.agency(agency_file(ctx).file), t, ctx.now)
    else:
        data = workbook(found, t) if form == "xlsx" else csv_zip(found, t, ctx.today)
    return Export(file_name(t, scope, ending), media_type, data)


def file_name(t: Texts, scope: ReportScope, ending: str) -> str:
    """The name of a report's file, its days in the order that sorts."""
    return f"{t('report')}-{scope.from_on.isoformat()}-{scope.to_on.isoformat()}.{ending}"


def _known(scope: ReportScope, owners: dict[int, str], people: dict[int, str]) -> None:
    for field, given, names in (("creditor", scope.creditor_id, owners), ("collector", scope.collector_id, people)):
        if given is not None and given not in names:
            raise unknown_choice(field, str(given))


def _sums(reader: Reader, span: Span, known: Codes) -> _Sums:
    return _Sums(
        {row.key: row for row in reports.placed(reader, "creditor", span, known.not_collectable)},
        {row.key: row for row in reports.received_on_placed(reader, "creditor", span)},
        {row.key: row for row in reports.collected(reader, "creditor", span)},
        reports.contacts(reader, span),
        reports.refusals(reader, span),
        reports.complaints(reader, span),
    )


def _figures(reader: Reader, span: Span, known: Codes, sums: _Sums) -> tuple[Indicator, ...]:
    """The key figures, money first."""
    amount, deducted = (sum(getattr(row, name) for row in sums.placed.values()) for name in ("placed", "deducted"))
    received = sum(row.total for row in sums.received.values())
    direct = sum(row.direct for row in sums.came.values())
    came = sum(row.total for row in sums.came.values())
    waits = reports.first_payments(reader, span)
    worked = sorted_by(lambda row: row.channel, sums.contacts, known).values()
    tried, found = sum(row.attempts for row in worked), sum(row.right_party for row in worked)
    active, reached = reports.reach(reader, span, known.right_party)
    promised = reports.promised(reader, span, known.grace)
    return (
        indicators.collected(came - direct, direct),
        indicators.gross_recovery(received, amount),
        indicators.net_recovery(received, amount, deducted),
        indicators.days_to_first_payment(
            [(days, count) for days, count in waits if days is not None],
            sum(count for days, count in waits if days is None),
        ),
        indicators.attempts(tried),
        indicators.right_party_rate(found, tried),
        indicators.reachability(reached, active),
        indicators.promises_kept(promised.kept, promised.partly, promised.judged, known.grace),
        indicators.promises_paid(promised.paid, promised.promised, known.grace),
        *report_compliance.figures(sums.refusals, sums.complaints, sum(row.count for row in sums.contacts)),
    )


def _by_month(reader: Reader, scope: ReportScope, span: Span, known: Codes) -> tuple[Table, Table]:
    """The twelve months that end with the period, or all of a longer one."""
    trend = replace(span, from_on=reporting.trend_start(scope))
    months = reporting.months(trend.from_on, min(scope.to_on, max(span.today, scope.from_on)))
    came = {row.key: row for row in reports.collected(reader, "month", trend)}
    received = {row.key: row for row in reports.received_on_placed(reader, "month", trend)}
    placed = reports.placed(reader, "month", trend, known.not_collectable)
    return report_tables.collected(months, came), report_tables.recovery(months, placed, received)


def _by_line(
    reader: Reader,
    span: Span,
    known: Codes,
    sums: _Sums,
    owners: dict[int, str],
    people: dict[int, str],
    aged: dict[int, dict[str, int]],
) -> tuple[Table, ...]:
    """What is told channel by channel, creditor by creditor and person by person."""
    closed = sum(owed for _, owed in reports.standing(reader, "creditor", span, "closed").values())
    standing = reports.standing(reader, "creditor", span)
    return (
        report_tables.activity(sorted_by(lambda row: row.channel, sums.contacts, known)),
        report_compliance.table(sums.refusals),
        report_tables.aged(aged, owners, closed),
        report_tables.creditors(owners, sums.placed, sums.received, sums.came, standing),
        report_tables.collectors(
            people,
            sorted_by(lambda row: row.actor_id, sums.contacts, known),
            {row.key: row for row in reports.collected(reader, "collector", span)},
            reports.standing(reader, "collector", span),
        ),
        report_reasons.reasons(owners, nonpayment.by_creditor(reader, span), standing),
    )
