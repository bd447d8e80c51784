"""Guards a call begun and not recorded: whoever goes elsewhere is asked, calmly, what became of it. Keeps nothing but the question."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import calls
from core.services.calls import Begun
from core.services.context import Ctx
from core.ui import doors
from core.ui.text import plain

LEAVING = "leaving_for"  # the case one was going to when the question was asked
MOST = 3  # questions shown at once


def leave_for(ctx: Ctx, here: int, target: int) -> bool:
    """Whether one may go from a case to another now; otherwise the question is asked and the target remembered."""
    if not any(call.case_id == here for call in calls.open_calls(ctx)):
        return True
    st.session_state[LEAVING] = target
    return False


def show(ctx: Ctx, t: Texts, here: int) -> None:
    """The question about each call begun on another case than the one on the screen; the dialog when one was leaving this one."""
    if not ctx.may(Right.WORK):
        return
    waiting = calls.open_calls(ctx)
    mine = next((call for call in waiting if call.case_id == here), None)
    target = st.session_state.pop(LEAVING, None)
    if mine is not None and target:
        st.dialog(t("A call is not recorded"), icon=":material/call:")(_asked)(ctx, t, mine, int(target))
    for call in [call for call in waiting if call.case_id != here][:MOST]:
        with st.container(border=True, key=f"call_left_{call.id}", gap="xsmall"):
            _question(ctx, t, call, 0)


def _asked(ctx: Ctx, t: Texts, call: Begun, target: int) -> None:
    """The inside of the dialog; once answered, or refused, the whole page is drawn again: it goes, or asks anew."""
    if "go_case" in st.session_state or LEAVING in st.session_state:
        st.rerun()
    _question(ctx, t, call, target)


def _question(ctx: Ctx, t: Texts, call: Begun, target: int) -> None:
    """What became of a call: record it, say why not, or leave it as begun."""
    began = dt.datetime.fromisoformat(call.begun_at).astimezone(ZoneInfo(ctx.time_zone))
    when = f"{t.date(began.date())} {began:%H:%M}"
    words = t(
        "Call to **{name}** ({ref}) begun on {when}: what became of it?",
        name=plain(call.debtor),
        ref=plain(call.ref),
        when=when,
    )
    st.markdown(f":orange[:material/call:] {words}")
    token = st.session_state.setdefault(f"why_token_{call.id}", secrets.token_urlsafe(12))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button(
            t("Record it"),
            key=f"call_record_{call.id}",
            type="primary",
            icon=":material/edit_note:",
            on_click=_record,
            args=(call,),
        )
        st.text_input(
            t("Why it is not recorded"),
            key=f"call_why_{call.id}",
            placeholder=t("Why it is not recorded"),
            label_visibility="collapsed",
            width=230,
        )
        st.button(t("Note why"), key=f"call_explain_{call.id}", on_click=_settle, args=(_explain, call, target, token))
        st.button(
            t("Leave it as begun, not recorded"),
            key=f"call_leave_{call.id}",
            type="tertiary",
            help=t("It stays in the list of what was not done, with your name."),
            on_click=_settle,
            args=(_leave, call, target, token),
        )


def _record(call: Begun) -> None:
    """Go, or go back, to the case, its contact panel open."""
    st.session_state[f"panel_{call.case_id}"] = "contact"
    st.session_state["go_case"] = call.case_id


def _settle(done: Callable[[Begun, str], None], call: Begun, target: int, token: str) -> None:
    """Write what the person said of the call, then go where they were going."""
    from core.ui import session

    st.session_state[LEAVING] = target  # asked again when it is refused
    with session.spoken(session.here()):
        done(call, token)
        st.session_state["go_case"] = st.session_state.pop(LEAVING)


def _explain(call: Begun, token: str) -> None:
    from core.ui import session

    calls.explain(session.here(), call.id, str(st.session_state.get(f"call_why_{call.id}", "")), token)


def _leave(call: Begun, token: str) -> None:
    from core.ui import session

    del token
    calls.leave(session.here(), call.id)


def move() -> None:
    """Go to the case that an answer named, before anything is drawn."""
    target = st.session_state.pop("go_case", None)
    if target and st.query_params.get("id") != str(target):
        doors.go("case", "", **({"id": str(target)} | {k: v for k, v in st.query_params.items() if k != "id"}))
