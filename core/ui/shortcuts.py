"""The list of keyboard shortcuts; "?" opens it and "/" goes to the search (static/keys.js). Handles no key itself."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts


def show(t: Texts) -> None:
    """A button that opens the list, on every screen."""
    with st.popover(t("Keyboard (?)"), key="shortcuts", icon=":material/keyboard:", type="tertiary"):
        keys = [
            ("/", t("search")),
            ("?", t("this list")),
            (t("Alt + O"), t("queue: open the first case")),
            ("J", t("next case")),
            ("K", t("previous case")),
            ("T", t("call: begin it, script at hand")),
            ("O", t("log a contact")),
            ("1 … 9", t("its result")),
            (t("Ctrl + Enter"), t("save what is typed (leave a date with Tab first)")),
            ("W", t("write an e-mail or an SMS")),
            ("P", t("promise to pay")),
            ("E", t("payment received")),
            ("N", t("note")),
            ("A", t("what next, call back")),
            ("D", t("dispute")),
            ("H", t("stop")),
            ("L", t("letter")),
        ]
        st.markdown("\n".join(f"- `{key}` {what}" for key, what in keys))
        st.caption(t("They do nothing while you type in a field."))
