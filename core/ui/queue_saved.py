"""The views of the queue that people saved: take one, keep the filters as they stand, remove one. Filters nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import queue_views
from core.services.cases import Asked
from core.services.context import Ctx
from core.services.queue_views import View
from core.ui import drafts, problems, queue_place, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, asked: Asked) -> None:
    """A menu: the views, then the form."""
    found = queue_views.views(ctx)
    with st.popover(t("Views"), icon=":material/bookmark:", key="queue_views"):
        if not found:
            st.caption(t("No view yet. Set the tab and the filters, then keep them here under a name."))
        for one in found:
            _line(ctx, t, one)
        _form(ctx, t, asked)


def _line(ctx: Ctx, t: Texts, one: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"view_{one.id}"):
        name = plain(one.name) + (f" · {t('for everybody')}" if one.shared else "")
        st.button(
            name,
            key=f"view_use_{one.id}",
            type="tertiary",
            on_click=queue_place.apply,
            args=(queue_views.asked_of(one),),
        )
        if one.owner_id == ctx.user.id or (one.shared and ctx.may(Right.STEER)):
            label = t("Remove the view {name}", name=plain(one.name))
            st.button(
                "",
                key=f"view_drop_{one.id}",
                icon=":material/delete:",
                help=label,
                type="tertiary",
                on_click=_drop,
                args=(one,),
            )


def _drop(one: View) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        queue_views.remove(ctx, one.id, one.row_version)
        session.say(t("The view “{name}” is removed.", name=one.name))


def _form(ctx: Ctx, t: Texts, asked: Asked) -> None:
    turn = session.token("queue_view")
    with drafts.kept(turn, "view_name", "view_shared"):
        name = st.text_input(
            t("Keep this tab and these filters as"),
            key=f"view_name_{turn}",
            max_chars=queue_views.LONGEST,
            autocomplete="off",
        )
        shared = st.checkbox(t("For everybody"), key=f"view_shared_{turn}") if ctx.may(Right.STEER) else False
        sent = st.button(t("Save the view"), key="view_save")
    if sent:
        with problems.told(t, {"name": t("Name")}):
            queue_views.save(ctx, name, asked, shared=shared)
            session.spend("queue_view")
            drafts.forget(turn)
            session.say(t("The view “{name}” is saved.", name=name.strip()))
            st.rerun()
