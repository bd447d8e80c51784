"""A callback: the hour the debtor said by both clocks, and its file for a calendar. Plans nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.services import callbacks
from core.services.cases import CaseHead, Task
from core.services.context import Ctx
from core.ui import downloads
from core.ui.text import plain


def here(
    ctx: Ctx, t: Texts, case_id: int, point: int | None, day: dt.date | None, typed: str
) -> tuple[dt.date | None, str]:
    """The day and hour agreed in a contact, by our clock; said when the clock of the person is another."""
    return clocks(ctx, t, case_id, point, day, typed) if day and typed.strip() else (day, typed)


def clocks(ctx: Ctx, t: Texts, case_id: int, point: int | None, day: dt.date, typed: str) -> tuple[dt.date, str]:
    """A day and an hour said at a contact point of a case, by our clock; as typed where no hour can be read."""
    if not typed.strip():
        return day, ""
    try:
        found = callbacks.at_home(ctx, case_id, point, day, typed)
    except Refusal:
        return day, typed
    if not found.apart:
        return day, typed
    there, ours = f"{found.there:%H:%M}", f"{found.here:%H:%M}"
    st.caption(
        t(
            "{there} where the debtor is ({zone}) is {ours} here on {day}: planned at that hour.",
            there=there,
            zone=plain(found.zone),
            ours=ours,
            day=found.here.date(),
        )
    )
    return found.here.date(), ours


def calendar(t: Texts, head: CaseHead, task: Task) -> None:
    """The next action as a file for one's calendar."""
    st.download_button(
        t(".ics"),
        downloads.later(lambda ctx: callbacks.calendar_entry(ctx, head.id, task.id)[1]),
        file_name=f"{head.ref}-{task.due_on}.ics",
        mime="text/calendar",
        key=f"ics_task_{task.id}",
        icon=":material/calendar_add_on:",
        type="tertiary",
        on_click="ignore",
        help=t("For your calendar: the case reference, never the name."),
    )
