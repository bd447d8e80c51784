"""One's own name, as the journal shows it. Changes nobody else's."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import access
from core.services.context import Ctx
from core.ui import problems, session


def show(ctx: Ctx, t: Texts) -> None:
    """The name, to change."""
    label = t("Your first and last name")
    st.caption(t("Each entry of the journal carries its author. A new name shows on what you wrote before, too."))
    with st.form("my_name", border=False):
        name = st.text_input(label, value=ctx.user.name, key="my_name_typed", width=420, autocomplete="name")
        sent = st.form_submit_button(
            t("Save my name"), type="primary", key="my_name_save", disabled=not ctx.may(Right.PREFERENCES)
        )
    if sent:
        with problems.told(t, {"name": label}):
            access.rename(ctx, name)
            session.say(t("Your name is saved."))
            st.rerun()
