"""Whose case it is, shown and changed. Drawn only where there is more than one person."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import team
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.ui import session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The colleague, in a popover that changes it."""
    head = file.head
    names = {person.id: person.name for person in team.colleagues(ctx) if person.role in team.WORKERS}
    if len(names) < 2 and head.collector_id in (None, ctx.user.id):
        return
    who = t("Assigned to {name}", name=plain(head.collector)) if head.collector else t("Assigned to nobody")
    if not ctx.may(Right.ASSIGN):
        st.caption(who)
        return
    with st.popover(who, key="assigned", icon=":material/person:", type="tertiary"):
        options = [None, *names]
        st.selectbox(
            t("Assigned to"),
            options,
            index=options.index(head.collector_id) if head.collector_id in names else 0,
            key=f"assign_{head.id}_{head.row_version}",
            format_func=lambda c: names[c] if c else t("Nobody"),
            on_change=_assign,
            args=(head.id, head.row_version),
        )


def _assign(case_id: int, row_version: int) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        team.assign_case(ctx, case_id, st.session_state[f"assign_{case_id}_{row_version}"])
        session.say(t("The case is assigned."))
