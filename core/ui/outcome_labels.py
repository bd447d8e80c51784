"""The words for results, next actions and holds, in the reader's language. Holds no rule."""

from __future__ import annotations

from core.i18n import Texts
from core.services import result_words


def result(t: Texts, code: str) -> str:
    """A result code in words."""
    return result_words.result_label(t, code)


def action(t: Texts, kind: str) -> str:
    """A next action in words."""
    return result_words.action_label(t, kind) if kind else ""


def hold(t: Texts, kind: str) -> str:
    """Why contacts stop."""
    return {
        "dispute": t("dispute"),
        "payment_claimed": t("says already paid"),
        "creditor_check": t("asking the creditor"),
        "represented": t("represented by counsel"),
        "deceased": t("deceased"),
        "insolvency": t("insolvency"),
        "over_indebtedness": t("over-indebtedness"),
        "limitation": t("limitation"),
        "promise": t("promise"),
        "plan": t("payment plan"),
        "litigation": t("litigation"),
        "guardianship": t("guardianship"),
        "opt_out": t("asked to stop"),
        "creditor_request": t("creditor's request"),
    }.get(kind, kind)
