"""The words for results, next actions and holds, in the reader's language. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.domain.messages import Label
from core.domain.rights import Right
from core.i18n import Texts
from core.services import closures, journal, result_words, stop_words
from core.services.context import Ctx

WORDS = "result_words"


def learn(ctx: Ctx) -> None:
    """At the start of a run: the words of the results as this agency has them, which a lead may have edited a minute ago."""
    found = journal.all_results(ctx) if ctx.may(Right.READ) else ()
    st.session_state[WORDS] = {one.code: one.label for one in found}


def known() -> Mapping[str, Label]:
    """The words of every result, as learnt at the start of the run."""
    found: Mapping[str, Label] = st.session_state.get(WORDS, {})
    return found


def result(t: Texts, code: str) -> str:
    """A result code in words."""
    return result_words.result_label(t, code, known())


def closing(t: Texts, code: str) -> str:
    """Why a case was closed, or is to be."""
    return closures.label(t, code, known())


def dispute(t: Texts, kind: str) -> str:
    """What the debtor contests."""
    return stop_words.dispute_kind(t, kind, known())


def action(t: Texts, kind: str) -> str:
    """A next action in words."""
    return result_words.action_label(t, kind) if kind else ""


def hold(t: Texts, kind: str) -> str:
    """Why contacts stop."""
    return stop_words.hold_kind(t, kind)
