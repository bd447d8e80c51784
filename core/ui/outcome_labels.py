"""The words for results, next actions and holds, in the reader's language. Holds no rule."""

from __future__ import annotations

from core.i18n import Texts
from core.services import result_words, stop_words


def result(t: Texts, code: str) -> str:
    """A result code in words."""
    return result_words.result_label(t, code)


def action(t: Texts, kind: str) -> str:
    """A next action in words."""
    return result_words.action_label(t, kind) if kind else ""


def hold(t: Texts, kind: str) -> str:
    """Why contacts stop."""
    return stop_words.hold_kind(t, kind)
