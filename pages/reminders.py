"""Reminders: what a run would do before anything leaves, what waits for a word, the runs, the scenarios. Sends only at a named button."""

from core.ui import reminders_place, reminders_runs, reminders_today, reminders_waiting, scenario_page, session

with session.page("Reminders") as (ctx, t):
    view = reminders_place.view(ctx, t)
    if view == "waiting":
        reminders_waiting.show(ctx, t)
    elif view == "runs":
        reminders_runs.show(ctx, t)
    elif view == "scenarios":
        scenario_page.show(ctx, t)
    else:
        reminders_today.show(ctx, t)
