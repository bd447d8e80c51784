"""Next and previous case without leaving the screen, in the order of the queue one came from. Orders nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import neighbours
from core.services.context import Ctx
from core.services.neighbours import Around
from core.ui import call_guard, queue_place, session

SPOTS, TRAIL = "spots", "trail"


def show(ctx: Ctx, t: Texts, case_id: int) -> None:
    """The two buttons, under K and J."""
    found = _around(ctx, case_id)
    before = st.session_state.get(TRAIL, {}).get(case_id, found.before)
    st.button(
        t("Previous"),
        key="go_before",
        icon=":material/chevron_left:",
        shortcut="K",
        disabled=not before,
        on_click=_go,
        args=(case_id, before, False),
    )
    st.button(
        t("Next"),
        key="go_after",
        icon=":material/chevron_right:",
        icon_position="right",
        shortcut="J",
        disabled=not found.after,
        on_click=_go,
        args=(case_id, found.after, True),
    )


def _around(ctx: Ctx, case_id: int) -> Around:
    """What stands before and after, from where the case stood when it was opened: working it moves it in the queue."""
    asked = queue_place.opened()
    spots = st.session_state.setdefault(SPOTS, {})
    found = neighbours.around(ctx, case_id, asked, spots.get((asked, case_id)))
    spots[asked, case_id] = found.spot
    return found


def _go(here: int, target: int, forward: bool) -> None:
    if not call_guard.leave_for(session.here(), here, target):
        return
    if forward:  # back from there leads here again, even when this case has left the tab by then
        st.session_state.setdefault(TRAIL, {})[target] = here
    st.query_params["id"] = str(target)


def forget() -> None:
    """Somebody looks at the queue: from there on its order is the one of now."""
    st.session_state.pop(SPOTS, None)
    st.session_state.pop(TRAIL, None)
