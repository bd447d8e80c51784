"""Reporting: what was placed, worked and collected over a period, and the files to take away. Changes nothing."""

from core.services import reports
from core.ui import report_filters, report_view, session

with session.page("Reporting") as (ctx, t):
    scope = None if report_view.too_early(ctx, t) else report_filters.chosen(ctx, t)
    if scope:
        shown = reports.report(ctx, scope)
        report_view.figures(t, shown)
        report_view.files(t, scope)
        report_view.tables(t, shown)
