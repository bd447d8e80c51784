"""Interest on the case screen: what is computed to today, whether the creditor claims it, why, and the way to the statement."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services.cases import CaseFile
from core.services.statements import Statement
from core.ui import doors, problems, why
from core.ui.text import plain


def show(t: Texts, file: CaseFile, found: Statement) -> None:
    """One line under the debts, its why, and the way to the statement of amounts."""
    with problems.told(t):
        if not file.debts:
            return
        with st.container(horizontal=True, vertical_alignment="center", key="case_interest"):
            if found.interest is not None:
                claimed = t("claimed") if found.claimed else t("not claimed by the creditor")
                said = t("Interest computed to {day}: {amount} ({claimed})", day=found.on, amount=why.figure(t, found.interest),
                         claimed=claimed)  # fmt: skip
                left = _left(t, found)
                st.markdown(f":material/percent: {plain(said)}{left} {why.mark(t, found.interest)}", width="content")
            if found.lacking and file.head.status == "open":
                missing = t.n(
                    "Interest of {n} debt: facts are missing, see the statement",
                    "Interest of {n} debts: facts are missing, see the statement",
                    len(found.lacking),
                )
                st.markdown(f":orange[:material/live_help:] {plain(missing)}", width="content")
            doors.link("statement", t("Statement of amounts"), ":material/receipt_long:", case=str(file.head.id))
        if found.interest is not None:
            why.show(t, found.interest, f"case_{file.head.id}")


def _left(t: Texts, found: Statement) -> str:
    """What of it is still owed, where payments or waivers took a part."""
    if found.interest is None or not found.claimed or found.sums["interest"].value == found.interest.value:
        return ""
    return plain(t(", still owed: {amount}", amount=why.figure(t, found.sums["interest"])))
