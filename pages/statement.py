"""Statement of amounts of one case on any day: totals, debts, interest by periods, files. Writes only when it is issued."""

from core.ui import session, statement_view

with session.page("Statement of amounts", heading=False) as (ctx, t):
    case_id = statement_view.asked(t)
    if case_id:
        on = statement_view.day(ctx, t, case_id)
        statement_view.show(ctx, t, case_id, on)
