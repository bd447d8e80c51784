"""Links from one page to another, by the page's name. Knows no page's content."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

PAGES = Path(__file__).resolve().parents[2] / "pages"


def link(page: str, label: str, icon: str) -> None:
    """A link to `page`; its words only where that page is not served (one page run alone, a role without it).

    The path is absolute: Streamlit would look for a relative one beside core/ui/entry/shell.py.
    """
    try:
        st.page_link(PAGES / f"{page}.py", label=label, icon=icon)
    except StreamlitAPIException:
        st.caption(label)
