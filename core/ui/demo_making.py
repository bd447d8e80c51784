"""Making the demonstration agency on screen: what is being done, how far it is; making it anew after a question. Holds no story."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import streamlit as st

from core.i18n import Texts
from core.services import access, demo
from core.services.context import Ctx
from core.ui import problems


def discover(ctx: Ctx, t: Texts) -> None:
    """Make the demonstration if needed, and go there."""
    with problems.told(t), _watched(t) as told:
        demo.make_if_absent(ctx, told)
        access.choose_space(ctx, "demo")
        st.session_state["space"] = "demo"
        st.rerun()


def door(ctx: Ctx, t: Texts) -> None:
    """From one's own agency back to the demonstration, made first if there is none."""
    st.subheader(t("The demonstration"), anchor=False)
    st.markdown(
        t("An invented agency, in a separate file, to try everything without risk. Your own agency is not touched.")
    )
    if st.button(t("Open the demonstration agency"), key="open_demo", icon=":material/science:"):
        with problems.told(t), _watched(t) as told:
            demo.make_if_absent(ctx, told)
            _enter()


def _enter() -> None:
    """Go to the demonstration, with nothing of the agency left in the screens."""
    from core.ui import session  # it shows the welcome, which shows this

    session.enter_space("demo")
    st.rerun()


def again(ctx: Ctx, t: Texts) -> None:
    """Reset the demonstration one stands in, once the person has said yes."""
    st.subheader(t("The demonstration"), anchor=False)
    st.markdown(t("Everything tried here can be forgotten: the same cases come back, counted from today."))
    with st.popover(t("Reset the demonstration"), icon=":material/restart_alt:"):
        st.markdown(t("What you entered in the demonstration will be lost. Your own agency is not touched."))
        if st.button(t("Yes, reset it"), key="reset_demo", type="primary"):
            with problems.told(t), _watched(t) as told:
                demo.reset(ctx, told)
                _start_over(t)


def _start_over(t: Texts) -> None:
    """Back to the queue, with nothing of the cases before in the screens."""
    from core.ui import session  # it shows the welcome, which shows this

    st.session_state.clear()
    st.session_state[session.SPACE] = "demo"
    st.session_state[session.HOME] = True
    session.say(t("The demonstration is as new."))
    st.rerun()


@contextlib.contextmanager
def _watched(t: Texts) -> Iterator[Callable[[int, int], object]]:
    """A bar that moves with what is really done."""
    bar = st.progress(0.0, t("Preparing the demonstration agency…"))
    yield lambda done, of: bar.progress(
        done / of,
        t("Two and a half years of an invented agency: {done} of {of} steps", done=t.number(done), of=t.number(of)),
    )
    bar.empty()
