"""The log of what was set aside in the queue, for a lead. Takes nothing back."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import skips
from core.services.context import Ctx
from core.services.skips import Skip


def show(ctx: Ctx, t: Texts) -> None:
    """The last skips, latest first."""
    if not ctx.may(Right.STEER):
        return
    st.subheader(t("Cases set aside"), anchor=False)
    found = skips.log(ctx)
    if not found:
        st.caption(t("Nobody has set a case aside."))
        return
    words = {one.code: t.show(one.label) for one in skips.reasons()}
    text, day = st.column_config.TextColumn, st.column_config.DateColumn
    st.dataframe(
        [_row(t, words, one) for one in found],
        key="skips_log",
        hide_index=True,
        placeholder="—",
        alt=t("Who set which case aside, why and until when"),
        column_config={
            "on": day(t("Set aside on"), format="DD/MM/YYYY", width=110),
            "who": text(t("By"), width=150),
            "debtor": text(t("Debtor"), width=180),
            "ref": text(t("Case"), width=110),
            "reason": text(t("Reason"), width=210),
            "note": text(t("Journal"), width=320),
            "until": day(t("Back on"), format="DD/MM/YYYY", width=110),
            "ended": text(t("Taken back"), width=180),
        },
    )


def _row(t: Texts, words: dict[str, str], one: Skip) -> dict[str, object]:
    ended = f"{t.date(one.ended_at[:10])} · {one.ended_by}" if one.ended_at else ""
    return {
        "on": dt.date.fromisoformat(one.skipped_on),
        "who": one.author,
        "debtor": one.debtor,
        "ref": one.ref,
        "reason": words.get(one.reason, one.reason),
        "note": one.note,
        "until": dt.date.fromisoformat(one.until_on),
        "ended": ended,
    }
