"""The cases whose end was asked, for a lead to decide. Decides nothing by itself."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import closures
from core.services.context import Ctx
from core.ui import case_closing


def show(ctx: Ctx, t: Texts) -> None:
    """Each request with what stands in the way."""
    rows, count = closures.waiting(ctx)
    if not rows:
        st.info(
            t("No case waits to be closed. The end of a case is asked in the case itself."), icon=":material/lock_open:"
        )
        return
    st.caption(
        t.n(
            "{n} case waits for its decision, the oldest request first.",
            "{n} cases wait for their decision, the oldest request first.",
            count,
        )
    )
    for row in rows:
        with st.container(border=True, key=f"team_closure_{row.id}"):
            case_closing.request(ctx, t, row, named=True)
