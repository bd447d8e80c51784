"""The script Streamlit runs first: page settings, navigation, sidebar. Draws no page itself.

It lies away from pages/ on purpose: beside a folder of that name, a fresh server would serve a page without this shell.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.i18n import Texts, texts
from core.ui import session, sidebar, tour

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "pages"
NARROW = 232  # pixels of the sidebar: the work needs the width


def pages(t: Texts) -> dict[str, list[st.Page]]:
    """The pages in the order of the day's work; each asks a person who has not introduced themself who they are."""
    queue = st.Page(PAGES / "queue.py", title=t("Queue"), icon=":material/format_list_numbered:", default=True)
    case = st.Page(PAGES / "case.py", title=t("Case"), icon=":material/folder_open:", visibility="hidden")
    statement = st.Page(
        PAGES / "statement.py", title=t("Statement of amounts"), icon=":material/receipt_long:", visibility="hidden"
    )
    return {
        t("Work"): [
            queue,
            case,
            statement,
            st.Page(PAGES / "reminders.py", title=t("Reminders"), icon=":material/notifications_active:"),
            st.Page(PAGES / "messages.py", title=t("Messages"), icon=":material/forum:"),
            st.Page(PAGES / "litigation.py", title=t("Litigation"), icon=":material/gavel:"),
            st.Page(PAGES / "new_case.py", title=t("New case"), icon=":material/note_add:"),
            st.Page(PAGES / "letters.py", title=t("Letters"), icon=":material/mail:"),
            st.Page(PAGES / "plan.py", title=t("Payment plan"), icon=":material/event_repeat:"),
            st.Page(PAGES / "calculator.py", title=t("Calculator"), icon=":material/calculate:"),
            st.Page(PAGES / "import_file.py", title=t("Import a file"), icon=":material/upload_file:"),
        ],
        t("Steering"): [
            st.Page(PAGES / "overview.py", title=t("Portfolio"), icon=":material/dashboard:"),
            st.Page(PAGES / "priority.py", title=t("Priority"), icon=":material/low_priority:"),
            st.Page(PAGES / "grouped.py", title=t("Grouped actions"), icon=":material/checklist:"),
            st.Page(PAGES / "reporting.py", title=t("Reporting"), icon=":material/bar_chart:"),
        ],
        t("Agency"): [
            st.Page(PAGES / "team.py", title=t("Team"), icon=":material/group:"),
            st.Page(PAGES / "complaints.py", title=t("Complaints"), icon=":material/feedback:"),
            st.Page(PAGES / "creditors.py", title=t("Creditors"), icon=":material/apartment:"),
            st.Page(PAGES / "law.py", title=t("Law"), icon=":material/balance:"),
            st.Page(PAGES / "settings.py", title=t("Settings"), icon=":material/settings:"),
        ],
    }


st.set_page_config(
    page_title="Quittance", page_icon=str(ROOT / "static" / "icon.png"), layout="wide", initial_sidebar_state=NARROW
)
ctx = session.here()
shown = texts(ctx.lang)
current = st.navigation(pages(shown), position="sidebar" if ctx.user.id else "hidden", expanded=True)
sidebar.show(ctx, shown)
st.session_state[tour.HERE] = current.url_path or "queue"
current.run()
