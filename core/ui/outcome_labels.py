"""The words for results, next actions and holds, in the reader's language. Holds no rule."""

from __future__ import annotations

import streamlit as st

from core.domain.messages import Label
from core.domain.rights import Right
from core.i18n import Texts
from core.services import journal, result_words, stop_words
from core.services.context import Ctx

WORDS = "result_words"


def learn(ctx: Ctx) -> None:
    """At the start of a run: the words of the results as this agency has them, which a lead may have edited a minute ago."""
    known = journal.all_results(ctx) if ctx.may(Right.READ) else ()
    st.session_state[WORDS] = {one.code: one.label for one in known}


def result(t: Texts, code: str) -> str:
    """A result code in words."""
    own: Label | None = st.session_state.get(WORDS, {}).get(code)
    return own.of(t.lang) if own else result_words.result_label(t, code)


def action(t: Texts, kind: str) -> str:
    """A next action in words."""
    return result_words.action_label(t, kind) if kind else ""


def hold(t: Texts, kind: str) -> str:
    """Why contacts stop."""
    return stop_words.hold_kind(t, kind)
