"""Bytes made at the click of a download button, by whoever clicks. Keeps no context: the session is asked again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.services import access
from core.services.context import Ctx
from core.ui import session


def later(make: Callable[[Ctx], bytes]) -> Callable[[], bytes]:
    """`make` as a download button wants it: Streamlit calls it in a thread of its own, where the session must be known by its id."""
    token, lang = str(st.user.to_dict().get("sid") or ""), session.browser_language()
    space = st.session_state.get(session.SPACE)

    def made() -> bytes:
        ctx = access.resolve(token, lang=lang, space=space)
        if ctx is None:
            raise PermissionError("the session of this page has ended")
        return make(ctx)

    return made


def pdf(label: str, key: str, name: str, make: Callable[[Ctx], bytes]) -> None:
    """The button of a PDF made at the click."""
    st.download_button(
        label,
        later(make),
        file_name=name,
        mime="application/pdf",
        key=key,
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )
