"""The first step of an import: whose debts, which file. Reads nothing of it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.i18n import Texts
from core.ui import import_work
from core.ui.import_work import Work


def ask(t: Texts, creditors: Mapping[int, str]) -> Work | None:
    """The file to bring in, or None while the creditor or the file is missing."""
    st.subheader(t("1. Creditor and file"), anchor=False)
    left, right = st.columns([2, 3], gap="medium")
    creditor = left.selectbox(
        t("Creditor"),
        list(creditors),
        index=0 if len(creditors) == 1 else None,
        format_func=lambda c: creditors[c],
        key="import_creditor",
        placeholder=t("Whose debts are they?"),
        persist_state="session",
    )
    file = right.file_uploader(
        t("The file: CSV, XLSX, ODS, FEC, Factur-X, CII or UBL"),
        key=f"import_file_{import_work.turn()}",
        help=t("50 MB at most. Its content says what it is: the name matters little."),
    )
    if file is None:
        import_work.drop()
        return None
    if creditor is None:
        st.info(t("Choose the creditor: a file is read with the columns kept for that creditor."))
        return None
    kept = import_work.current()
    if kept and (kept.creditor_id, kept.file) == (creditor, file.file_id):
        return kept
    return import_work.keep(Work(creditor, file.file_id, file.name, file.getvalue()))
