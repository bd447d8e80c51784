"""The guided tour as a band over the screens of the demonstration: offered once, followed, left at any moment. Keeps no step itself."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import tour
from core.services.context import Ctx
from core.services.tour import LEFT, Stop, Tour
from core.ui import doors
from core.ui.text import plain

MOVE = "tour_move"
HERE = "page_here"  # the screen being drawn, told by the shell


def offer_again(ctx: Ctx, t: Texts) -> None:
    """The way back into the tour, for the band of the demonstration."""
    if tour.tour(ctx).at == LEFT:
        st.button(t("Guided tour"), key="tour_again", icon=":material/route:", on_click=_want, args=(0,))


def move(ctx: Ctx) -> None:
    """Go where a button of the tour asked, before anything is drawn: the bands then show where one stands."""
    wanted = st.session_state.pop(MOVE, None)
    if wanted is not None:
        here = tour.go_to(ctx, wanted)
        if here.stop:
            _open(here.stop, here.case_id)


def show(ctx: Ctx, t: Texts) -> None:
    """The band of the tour; nothing outside the demonstration or once the tour was left."""
    here = tour.tour(ctx)
    if here.at is None:
        _offer(t, len(here.stops))
    elif here.stop:
        _follow(t, here, here.stop)


def _offer(t: Texts, count: int) -> None:
    with st.container(key="tour_offer", horizontal=True, vertical_alignment="center", border=True):
        what = t("{n} stops, five minutes: a day of collection, from the queue to the court.", n=count)
        st.markdown(f":material/route: **{t('First visit?')}** — {what}")
        st.space("stretch")
        st.button(t("Start the tour"), key="tour_start", type="primary", on_click=_want, args=(0,))
        st.button(t("No, thank you"), key="tour_decline", type="tertiary", on_click=_want, args=(LEFT,))


def _follow(t: Texts, here: Tour, stop: Stop) -> None:
    at, last = here.at or 0, len(here.stops) - 1
    with st.container(key="tour_stop", border=True, gap="small"):
        st.markdown(f":material/route: **{at + 1}/{last + 1} · {plain(stop.title.of(t.lang))}**")
        st.markdown(plain(stop.text.of(t.lang)))
        if stop.attempt:
            st.markdown(f":material/touch_app: {t('Try it:')} {plain(stop.attempt.of(t.lang))}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if not _is_here(stop, here.case_id):
                st.button(t("Go to this stop"), key="tour_here", icon=":material/near_me:", on_click=_want, args=(at,))
            st.button(t("Back"), key="tour_back", disabled=not at, on_click=_want, args=(at - 1,))
            st.button(
                t("Next stop") if at < last else t("End of the tour"),
                key="tour_next",
                type="primary",
                on_click=_want,
                args=(at + 1,),
            )
            st.space("stretch")
            if at < last:
                st.button(t("Leave the tour"), key="tour_leave", type="tertiary", on_click=_want, args=(LEFT,))


def _want(at: int) -> None:
    """In a callback: the next run of the page moves there."""
    st.session_state[MOVE] = at


def _asked(stop: Stop, case_id: int | None) -> dict[str, str]:
    """What the address of a stop carries."""
    return {("case" if stop.page == "plan" else "id"): str(case_id)} if case_id else {}


def _is_here(stop: Stop, case_id: int | None) -> bool:
    asked = _asked(stop, case_id)
    return st.session_state.get(HERE) == stop.page and all(st.query_params.get(k) == v for k, v in asked.items())


def _open(stop: Stop, case_id: int | None) -> None:
    if not _is_here(stop, case_id):
        doors.go(stop.page, "", **_asked(stop, case_id))
