"""The signed copy of a plan on its card: kept or to be produced, what it proves, and the form that keeps it. Agrees no plan."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors
from core.services import plan_signed as service
from core.services.context import Ctx
from core.services.plans import PlanState
from core.ui import downloads, fields, problems, session
from core.ui.text import plain


def show(t: Texts, one: PlanState) -> None:
    """What the plan proves of the debt: nothing until its signed copy is kept."""
    row = one.row
    document, title = row.signed_document_id, row.signed_title
    if document and title and row.signed_on:
        with st.container(horizontal=True, vertical_alignment="center", key=f"signed_line_{row.id}"):
            said = t(
                "Signed by the debtor on {day}: limitation starts anew on that day (C. civ., art. 2240).",
                day=t.date(row.signed_on),
            )
            st.caption(plain(said))
            st.download_button(
                title, downloads.later(lambda ctx: creditors.document_bytes(ctx, document)[0]), file_name=title,
                mime="application/octet-stream", key=f"signed_file_{row.id}", icon=":material/description:", type="tertiary",
                on_click="ignore",
            )  # fmt: skip
    elif row.agreed_on:
        said = t("No signed copy yet: that the debtor acknowledged the debt is to be proved (C. civ., art. 2240).")
        st.markdown(f":orange[:material/warning: {plain(said)}]")


def keep(ctx: Ctx, t: Texts, one: PlanState) -> None:
    """The form of the signed copy."""
    row = one.row
    label = {"signed_on": t("Signed by the debtor on"), "proof": t("Signed copy (PDF, PNG or JPEG)")}
    with st.popover(
        t("Signed copy"), key=f"signed_{row.id}", icon=":material/signature:", disabled=not ctx.may(Right.WORK)
    ):
        on = fields.day(label["signed_on"], f"signed_on_{row.id}", latest=ctx.today)
        given = st.file_uploader(
            label["proof"], type=["pdf", "png", "jpg", "jpeg"], key=f"signed_proof_{row.id}", max_upload_size=20
        )
        if st.button(t("Keep the signed copy"), key=f"do_signed_{row.id}", type="primary"):
            with problems.told(t, label):
                service.keep_signed(ctx, row.id, row.row_version, on, (given.name, given.getvalue()) if given else None)
                session.say(t("The signed copy is kept; limitation follows it."))
                st.rerun()
