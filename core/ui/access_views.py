"""Who looked at which case, for those who answer for it: a page of the log and how long it is kept. Follows nobody live."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import access_log
from core.services.access_log import ViewRow
from core.services.context import Ctx
from core.ui import problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The log; nothing for those who may not read it."""
    if not ctx.may(Right.ACCESS_LOG):
        return
    st.subheader(t("Who looked at what"), anchor=False)
    _retention(ctx, t)
    label = t("Reference of a case (empty: all)")
    ref = st.text_input(label, key="access_ref", icon=":material/search:")
    with problems.told(t, {"case": label}):
        page = access_log.views(ctx, ref, st.session_state.get("access_page", 1))
        if not page.rows:
            st.caption(t("Nobody has opened a case in this period."))
            return
        st.dataframe(
            [_line(ctx, t, row) for row in page.rows],
            column_config={"at": t("When"), "person": t("Looked at by"), "case": t("Case")},
            key="access_views",
        )
        if page.pages > 1:
            st.pagination(page.pages, key="access_page")


def _line(ctx: Ctx, t: Texts, row: ViewRow) -> dict[str, str]:
    return {"at": t.moment(row.at.astimezone(ZoneInfo(ctx.time_zone))), "person": row.person, "case": row.case_ref}


def _retention(ctx: Ctx, t: Texts) -> None:
    """How long, why, and the choice within the bounds."""
    kept = access_log.retention(ctx)
    st.markdown(
        t.n(
            "Each case opened on screen is noted with the person and the minute, for {n} month, then erased.",
            "Each case opened on screen is noted with the person and the minute, for {n} months, then erased.",
            kept.months,
        )
    )
    st.caption(f"{plain(kept.rule.source)}. {t('This log is in no backup and no export.')}")
    with st.popover(t("Change how long"), key="access_retention", icon=":material/schedule:"):
        label = t("Months")
        months = st.number_input(label, kept.rule.least, kept.rule.most, kept.months, key="access_months")
        if st.button(t("Keep for this long"), key="access_months_save", type="primary"):
            with problems.told(t, {"months": label}):
                access_log.set_retention(ctx, int(months), kept.row_version)
                session.say(t("The log of views is now kept for this long; what is older is erased."))
                st.rerun()
