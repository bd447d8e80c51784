"""Litigation: the proceedings of all cases with their next time limit, their calendar, one proceeding's file. Opens none."""

from core.ui import litigation_file, litigation_table, session

with session.page("Litigation", heading=False) as (ctx, t):
    proceeding_id = litigation_table.asked()
    if proceeding_id:
        litigation_file.show(ctx, t, proceeding_id)
    else:
        litigation_table.heading(t)
        litigation_table.show(ctx, t)
