"""From one page to another, by the page's name: a link, or going there. Knows no page's content."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

PAGES = Path(__file__).resolve().parents[2] / "pages"


def link(page: str, label: str, icon: str | None = None, **asked: str) -> None:
    """A link to `page`; its words only where that page is not served (one page run alone, a role without it).

    The path is absolute: Streamlit would look for a relative one beside core/ui/entry/shell.py.
    """
    try:
        st.page_link(PAGES / f"{page}.py", label=label, icon=icon, query_params=asked or None)
    except StreamlitAPIException:
        st.caption(label)


def go(page: str, label: str, **asked: str) -> None:
    """Go to `page` now; its words only where that page is not served, as for a link."""
    try:
        st.switch_page(PAGES / f"{page}.py", query_params=asked or None)
    except StreamlitAPIException:
        st.caption(label)
