"""The history of runs, and the hour at which the server does the day's work. Runs nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import daily, letters, reminders
from core.services.context import Ctx
from core.services.reminder_acts import heard
from core.services.reminders import Done, ReminderRow, RunRow
from core.ui import doors, downloads, problems, session
from core.ui.reminders_place import state, template
from core.ui.reminders_today import told
from core.ui.session import sentence
from core.ui.text import plain

USUAL = dt.time(9, 30)  # within the hours of work, so that messages may leave too


def show(ctx: Ctx, t: Texts) -> None:
    """The hour, then the runs, the newest first."""
    _hour(ctx, t)
    st.subheader(t("History"), anchor=False)
    found = reminders.history(ctx)
    if not found:
        st.info(t("No run was done yet."), icon=":material/history:")
    for row, done in found:
        _one(ctx, t, row, done)


def _one(ctx: Ctx, t: Texts, row: RunRow, done: Done | None) -> None:
    origin = {"hand": t("by hand"), "daily": t("day's work"), "release": t("validated")}[row.origin]
    what = plain(told(t, done)) if done else t("Run {n}: stopped midway; the next run ends it.", n=row.id)
    with st.expander(f"{t.date(row.run_on)} · {origin} · {plain(row.author)} · {what}", key=f"past_run_{row.id}"):
        if not st.toggle(t("Show its cases"), key=f"past_run_{row.id}_cases"):
            return
        for step in reminders.of_run(ctx, row.id):
            _step(t, step)
        if done and done.printing:
            _print(t, done.printing)


def _step(t: Texts, step: ReminderRow) -> None:
    label = f"{step.debtor} ({step.ref}) · {template(t, step.template)} · {state(t, step.state)}"
    doors.link("case", plain(label), id=str(step.case_id))
    for reason in heard(step.said):
        st.caption(sentence(t, reason))


def _print(t: Texts, document: int) -> None:
    st.download_button(
        t("Print the letters of this run (PDF)"),
        downloads.later(lambda mine: letters.letter_bytes(mine, document)),
        file_name=f"letters-{document}.pdf",
        mime="application/pdf",
        icon=":material/print:",
        key=f"print_{document}",
        on_click="ignore",
    )


def _hour(ctx: Ctx, t: Texts) -> None:
    """At which hour the server does the day's work, for a lead; the demonstration never does it by itself."""
    plan = daily.schedule(ctx)
    if ctx.space == "demo":
        st.caption(t("The demonstration never does the day's work by itself: use the button of today's run."))
        return
    with st.container(border=True, key="daily_hour"):
        last = t.date(plan.last_run_on) if plan.last_run_on else t("never")
        st.markdown(f"**{t('The day’s work by itself')}** — {t('last done: {day}', day=last)}")
        st.caption(
            t(
                "Roll of the day, reminders, outbox, inbox, silence report. The server does it once a day from this hour on while it runs; "
                "cron may do the same with “python -m core run-daily”: one of them at a time."
            )
        )
        on = plan.minute != daily.NEVER
        wanted = st.toggle(t("Do it every day"), value=on, key="daily_on")
        usual = dt.time(plan.minute // 60, plan.minute % 60) if on else USUAL
        hour = st.time_input(t("From this hour"), value=usual, key="daily_at", width=160) if wanted else None
        if st.button(t("Save the hour"), key="daily_save", disabled=not ctx.may(Right.SETTINGS)):
            with problems.told(t):
                daily.set_schedule(ctx, hour, plan.row_version)
                session.say(t("The hour of the day's work is saved."))
                st.rerun()
