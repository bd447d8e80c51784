"""What may be imported, and what to hand to creditors. Reads no file."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import formats
from core.ui import downloads


def show(t: Texts) -> None:
    """The formats in one line each, the blank workbook, the format's page."""
    with st.expander(t("What can be imported, and a blank workbook for your creditors"), icon=":material/help:"):
        st.markdown(
            "\n".join(
                (
                    t(
                        "- **Spreadsheet** (CSV, XLSX, ODS): one debt a line; the columns may have any name and any order."
                    ),
                    t("- **Accounting ledger** (FEC): the customers' invoices that no payment settled."),
                    t("- **Electronic invoice** (Factur-X, CII, UBL): one invoice, one debt."),
                    t(
                        "- **Cases taken over** from another program: sheets of payments, contacts, promises, plans, titles, disputes."
                    ),
                )
            )
        )
        with st.container(horizontal=True):
            st.download_button(
                t("Blank workbook (XLSX)"),
                downloads.later(formats.placement_workbook),
                file_name="quittance-placement.xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key="blank_workbook",
                icon=":material/table:",
                on_click="ignore",
            )
            st.download_button(
                t("Description of the format"),
                downloads.later(formats.format_page),
                file_name="placement-format.md",
                mime="text/markdown",
                key="format_page",
                icon=":material/description:",
                on_click="ignore",
            )
