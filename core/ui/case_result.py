"""The choice of a contact's result: a digit for the frequent ones, a list for the others. Logs nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import journal
from core.services.context import Ctx
from core.ui import session


def pick(ctx: Ctx, t: Texts, channel: str, token: str) -> str:
    """The result: a digit for the frequent ones, a list for the others."""
    results = journal.result_codes(ctx, channel)
    key = f"result_{token}"
    st.markdown(f"**{t('Result')}**")
    with st.grid(2, min_column_width=160, gap="xsmall", key="result_keys"):
        for rule in results:
            if rule.key:
                st.button(
                    rule.label.of(t.lang),
                    key=f"r_{rule.code}",
                    shortcut=rule.key,
                    on_click=_choose,
                    args=(key, rule.code),
                    width="stretch",
                    wrap=True,
                    type="primary" if st.session_state.get(key) == rule.code else "secondary",
                )
    others = [rule.code for rule in results if not rule.key]
    words = {rule.code: rule.label.of(t.lang) for rule in results}
    now = st.session_state.get(key, "")
    picked = st.selectbox(
        t("Other result"),
        others,
        index=others.index(now) if now in others else None,
        key=f"other_{token}_{channel}_{now if now in others else ''}",
        placeholder=t("Another result…"),
        format_func=lambda c: words[c],
        label_visibility="collapsed",
    )
    if picked and picked != now and (now in others or not now):
        st.session_state[key] = now = picked
    return now if now in words else ""


def _choose(key: str, code: str) -> None:
    st.session_state[key] = code


def choose(case_id: int, code: str) -> None:
    """Choose a result from elsewhere on the screen, on a call if no other channel is chosen where it makes sense."""
    st.session_state[f"result_{session.token(f'contact_{case_id}')}"] = code
    if st.session_state.get("channel") == "none":
        st.session_state["channel"] = "call"
