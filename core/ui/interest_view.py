"""Interest by periods as a table, and the figure of a whole case: for statement, case and calculator alike. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.domain.interest import Segment
from core.domain.statement import Statement
from core.i18n import Texts
from core.i18n.notes import Notes
from core.i18n.quantities import first_day, rate, sure
from core.ui import why


def figure(t: Texts, found: Statement) -> tuple[str, str, str | None]:
    """Label, value and help of a case's interest; a dash with its reason where none is claimed or none can be computed yet."""
    one = found.sums["interest"]
    if one.value or (found.claimed and not found.lacking):
        return t("Interest"), why.figure(t, one), None
    if found.claimed:
        return t("Interest"), "—", t("Facts are missing: no interest can be computed yet. The statement asks for them.")
    told = t("The creditor claims no interest: what the law would give to today stands under the debts.")
    return t("Interest claimed"), "—", told


def segments(t: Texts, found: Sequence[Segment], key: str, notes: Notes | None = None) -> None:
    """One line a period: its first and last day, days, base, rate, interest, texts (as calls of `notes` where there are some)."""
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
                "texts": notes.cite(one.articles).strip() if notes else " · ".join(one.articles),
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
            "texts": st.column_config.TextColumn(t("Texts"), width=None if notes else "medium"),
        },
    )
