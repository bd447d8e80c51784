"""How a computed date is shown: the date, its article, how surely it is known, and why. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.deadlines import Deadline
from core.i18n import Texts
from core.ui.session import sentence

SURE = ("V", "V2")


def certainty(t: Texts, flag: str) -> str:
    """A badge for what could not be verified; empty for what was."""
    return "" if flag in SURE else f":orange-badge[{t('to be confirmed')}]"


def why(t: Texts, found: Deadline) -> None:
    """Each step of the computation, and the articles, behind a fold."""
    with st.expander(t("Why this date?")):
        for reason in found.reasons:
            st.markdown(f"- {sentence(t, reason)}")
        st.caption(" · ".join(found.articles))
