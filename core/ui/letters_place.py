"""Where one is on the letters page: to post, registered letters awaited, wordings; and the words of a letter. Writes nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import dispatch, letter_edit
from core.services.context import Ctx
from core.services.dispatch import Dispatch

PLACE = "part"


def choose(ctx: Ctx, t: Texts) -> str:
    """The part chosen, kept in the address of the page."""
    waiting = dispatch.count_to_post(ctx)
    words = {
        "post": t("To post ({n})", n=waiting),
        "follow": t("Registered letters"),
        "batch": t("Batch of letters"),
        "edit": t("Wording of the letters"),
    }
    asked = st.query_params.get(PLACE, "post")
    chosen = str(
        st.segmented_control(
            t("Letters"),
            list(words),
            key="letters_place",
            default=asked if asked in words else "post",
            required=True,
            format_func=lambda code: words[code],
            label_visibility="collapsed",
        )
    )
    st.query_params[PLACE] = chosen
    return chosen


def kind_names(ctx: Ctx, t: Texts) -> dict[str, str]:
    """The name of each kind."""
    return {view.kind.key: view.kind.name.of(t.lang) for view in letter_edit.wordings(ctx)}


def line(row: Dispatch, names: dict[str, str]) -> dict[str, object]:
    """A letter as a line of a table."""
    return {
        "reference": row.reference,
        "kind": names.get(row.kind, row.kind),
        "debtor": row.debtor,
        "address": ", ".join(row.address.splitlines()),
        "dated": row.dated,
        "posted": row.posted_on,
        "tracking": row.tracking or "",
        "slip": row.slip or "",
    }
