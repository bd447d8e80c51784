"""Absences and covers on a screen: who is away, until when, who covers; one more, back earlier, cancelled. Moves no case."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import absences, team
from core.services.absences import Absence
from core.services.context import Ctx
from core.ui import drafts, fields, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The list, then the form for a lead."""
    st.caption(
        t(
            "From the first day, the cases show in the queue of who covers; on the day of return they are back by "
            "themselves. Whose case it is does not change."
        )
    )
    rows = absences.absences(ctx)
    if not rows:
        st.info(t("Nobody is away, and nobody is announced away."), icon=":material/event_available:")
    for row in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"absence_{row.id}"):
            days = t("away from {start}, back on {end}", start=t.date(row.from_on), end=t.date(row.return_on))
            st.markdown(
                f"**{plain(row.name)}** · {days} · {t('covered by {name}', name=plain(row.cover))}", width="stretch"
            )
            if ctx.may(Right.TEAM):
                _acts(ctx, t, row)
    if ctx.may(Right.TEAM):
        _form(ctx, t)


def _acts(ctx: Ctx, t: Texts, row: Absence) -> None:
    running = row.from_on < ctx.day
    words = t("Back today") if running else t("Cancel")
    if st.button(words, key=f"absence_end_{row.id}"):
        with problems.told(t):
            (absences.come_back if running else absences.cancel_absence)(ctx, row.id, row.row_version)
            session.say(t("The cases are with {name} again.", name=row.name))
            st.rerun()


def _form(ctx: Ctx, t: Texts) -> None:
    token = session.token("absence")
    people = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS}
    label = {
        "colleague": t("Who is away"),
        "cover": t("Who covers"),
        "from": t("First day away"),
        "return": t("First day back"),
    }
    st.subheader(t("Announce an absence"), anchor=False)
    if len(people) < 2:
        st.caption(t("An absence needs two people: add a colleague in the settings first."))
        return
    with drafts.kept(token, "absence_who", "absence_from", "absence_cover", "absence_return"):
        left, right = st.columns(2)
        with left:
            who = st.selectbox(
                label["colleague"], list(people), key=f"absence_who_{token}", format_func=lambda c: people[c]
            )
            start = fields.day(label["from"], f"absence_from_{token}", value=ctx.today)
        with right:
            cover = st.selectbox(
                label["cover"], list(people), index=1, key=f"absence_cover_{token}", format_func=lambda c: people[c]
            )
            back = fields.day(label["return"], f"absence_return_{token}")
        sent = st.button(t("Announce"), type="primary", key="absence_save")
    if sent:
        with problems.told(t, label):
            absences.add_absence(ctx, who or 0, cover or 0, start or ctx.today, back or start or ctx.today)
            session.spend("absence")
            drafts.forget(token)
            session.say(t("{name} covers.", name=people.get(cover or 0, "")))
            st.rerun()
