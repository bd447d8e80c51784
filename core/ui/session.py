"""The door between a browser session and the services: who, today, language, messages, form tokens. Keeps no business value."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

import streamlit as st

from core.domain.messages import Message, Refusal
from core.i18n import Texts, language_of, texts
from core.services import access
from core.services.context import Ctx
from core.ui import call_guard, doors, drafts, outcome_labels, problems, tour, welcome
from core.ui.text import plain

SAID = "said"
SPACE = "space"
REFUSED = "refused"
WHOLE = "whole_page"
HOME = "go_home"


def browser_language() -> str:
    """French or English, as the browser asks."""
    return language_of(st.context.locale)


def here() -> Ctx:
    """Who acts, rebuilt at each call; stops the run with a sentence when the session is unknown."""
    token = str(st.user.to_dict().get("sid") or "")
    lang = browser_language()
    try:
        ctx = access.resolve(token, lang=lang, space=st.session_state.get(SPACE))
    except Refusal as refusal:
        problems.show(texts(lang), refusal)
        st.stop()
    if ctx is None:
        t = texts(lang)
        st.error(
            t("This session has ended, or the page was opened past the program's own door."), icon=":material/lock:"
        )
        st.caption(t("Reload the page; if this stays, start the program again with “python start.py”."))
        st.stop()
    st.session_state.setdefault(SPACE, ctx.space)
    return ctx


@contextlib.contextmanager
def page(title: str, *, heading: bool = True) -> Iterator[tuple[Ctx, Texts]]:
    """The frame of every page: context, introduction, demonstration band, title, message of the last command, refusals, failures."""
    st.session_state.pop(WHOLE, None)
    drafts.gather()
    ctx = here()
    if st.session_state.pop(HOME, False):
        doors.go("queue", "")
    t = texts(ctx.lang)
    if not ctx.user.id:
        welcome.show(ctx, t)
        st.stop()
    tour.move(ctx)
    call_guard.move()
    outcome_labels.learn(ctx)
    _band(ctx, t)
    tour.show(ctx, t)
    if heading:
        st.title(t(title), anchor=False)
    _show_said(t)
    asked = st.query_params.get("id", "")
    call_guard.show(ctx, t, int(asked) if title == "Case" and asked.isdigit() else 0)
    try:
        yield ctx, t
    except Refusal as refusal:
        problems.show(t, refusal)
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a sentence, a code and a log line
        problems.unexpected(t, error, title)


@contextlib.contextmanager
def part(name: str) -> Iterator[tuple[Ctx, Texts]]:
    """The frame of a fragment, which Streamlit reruns without its page: its own context, refusals and failures."""
    if st.session_state.pop(WHOLE, False):
        st.rerun(scope="app")
    drafts.gather()
    ctx = here()
    t = texts(ctx.lang)
    try:
        yield ctx, t
    except Refusal as refusal:
        problems.show(t, refusal)
    except Exception as error:  # noqa: BLE001 - as in `page`
        problems.unexpected(t, error, name)


@contextlib.contextmanager
def spoken(ctx: Ctx) -> Iterator[Texts]:
    """Inside a callback: what is refused is kept and shown at the top of the next run."""
    t = texts(ctx.lang)
    try:
        yield t
    except Refusal as refusal:
        st.session_state.setdefault(REFUSED, []).append(refusal)


def say(sentence: str, icon: str = ":material/check_circle:") -> None:
    """Keep a sentence for the next run, where it is shown once."""
    st.session_state.setdefault(SAID, []).append((sentence, icon))


def _show_said(t: Texts) -> None:
    for sentence, icon in st.session_state.pop(SAID, []):
        st.success(plain(sentence), icon=icon)
    for refusal in st.session_state.pop(REFUSED, []):
        problems.show(t, refusal)


def _band(ctx: Ctx, t: Texts) -> None:
    """Nobody mistakes the demonstration for the agency."""
    if ctx.space != "demo":
        return
    with st.container(key="demo_band", horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            f":material/science: **{t('Demonstration agency')}** — {t('everything is invented, nothing leaves this computer.')}"
        )
        st.space("stretch")
        tour.offer_again(ctx, t)
        st.button(t("Leave the demonstration"), key="leave_demo", on_click=enter_space, args=("agency",))


def enter_space(space: str) -> None:
    """Go to a space and forget what the screens of the other one remembered."""
    ctx = here()
    access.choose_space(ctx, space)
    st.session_state.clear()
    st.session_state[SPACE] = space
    st.session_state[HOME] = True
    st.query_params.clear()


def whole_page() -> None:
    """From a fragment's callback: have the page around it drawn again."""
    st.session_state[WHOLE] = True


def token(form: str) -> str:
    """The token of a form: the same until `spend`, so that a double click is one command."""
    key = f"token_{form}"
    if key not in st.session_state:
        st.session_state[key] = secrets.token_urlsafe(12)
    return str(st.session_state[key])


def spend(form: str) -> None:
    """A command went through: the form's next token is another."""
    st.session_state.pop(f"token_{form}", None)


def sentence(t: Texts, message: Message) -> str:
    """A domain message made harmless for Markdown."""
    return plain(t.render(message))
