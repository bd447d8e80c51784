"""Interest by periods as a table, and its total with its why: for the statement and the calculator alike. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.domain.interest import Segment
from core.i18n import Texts
from core.i18n.quantities import first_day, rate, sure


def segments(t: Texts, found: Sequence[Segment], key: str) -> None:
    """One line a period: its first and last day, days, base, rate, interest, texts."""
    st.dataframe(
        [
            {
                "first": first_day(one.start),
                "end": one.end,
                "days": one.days,
                "base": one.base / 100,
                "rate": rate(t, one.rate),
                "amount": one.amount / 100,
                "sure": t("verified") if sure(one.certainty) else t("to be confirmed"),
                "texts": " · ".join(one.articles),
            }
            for one in found
        ],
        hide_index=True,
        key=f"segments_{key}",
        alt=t("Interest by periods, one a line"),
        column_config={
            "first": st.column_config.DateColumn(t("From (included)"), format="DD/MM/YYYY"),
            "end": st.column_config.DateColumn(t("To (included)"), format="DD/MM/YYYY"),
            "days": st.column_config.NumberColumn(t("Days")),
            "base": st.column_config.NumberColumn(t("On"), format="euro"),
            "rate": st.column_config.TextColumn(t("Yearly rate")),
            "amount": st.column_config.NumberColumn(t("Interest"), format="euro"),
            "sure": st.column_config.TextColumn(t("Certainty")),
            "texts": st.column_config.TextColumn(t("Texts"), width="medium"),
        },
    )
