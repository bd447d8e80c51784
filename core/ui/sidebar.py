"""What stands beside every page: search, language, who is working. Writes one preference at most."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import access
from core.services.context import Ctx
from core.ui import session, shortcuts
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The sidebar."""
    with st.sidebar:
        if ctx.user.id:
            st.caption(t("{name}, {day}", name=plain(ctx.user.name), day=ctx.today))
        st.segmented_control(
            t("Language"),
            ["fr", "en"],
            default=ctx.lang,
            key="lang",
            required=True,
            on_change=_choose,
            label_visibility="collapsed",
            format_func=lambda code: {"fr": "Français", "en": "English"}[code],
            disabled=not ctx.user.id,
        )
        shortcuts.show(t)


def _choose() -> None:
    access.choose_language(session.here(), st.session_state["lang"])
