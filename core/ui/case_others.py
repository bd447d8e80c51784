"""The other cases of the same person, one click away, at the top of a case. Changes nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import same_person
from core.services.context import Ctx
from core.services.same_person import OtherCase
from core.ui import doors, labels, session
from core.ui.text import plain

SHOWN = 4


def show(ctx: Ctx, t: Texts, case_id: int) -> None:
    """A line of links, each with its creditor and what is owed; nothing when there is no other."""
    found = same_person.other_cases(ctx, case_id)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="other_cases"):
        st.markdown(t("Other cases of this person:"), width="content")
        for one in found[:SHOWN]:
            _link(t, one)
        if found[SHOWN:]:
            with st.popover(t.n("{n} more", "{n} more", len(found) - SHOWN), key="other_cases_more", type="tertiary"):
                for one in found[SHOWN:]:
                    _link(t, one)


def _link(t: Texts, one: OtherCase) -> None:
    row = one.row
    words = [plain(row.ref), plain(row.creditor), t.money(row.balance)]
    if row.status == "closed":
        words.append(labels.status(t, "closed").lower())
    if one.why:
        words.append(t("likely: {why}", why=session.sentence(t, one.why)))
    doors.link("case", " · ".join(words), id=str(row.case_id))
