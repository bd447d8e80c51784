"""The words for what the store keeps as codes. Holds no rule: a code it does not know shows as it is."""

from __future__ import annotations

from core.i18n import Texts
from core.services.history_words import channel
from core.ui.text import plain

__all__ = ["channel"]


def means(t: Texts, code: str) -> str:
    """A means of payment."""
    return {
        "transfer": t("Bank transfer"),
        "card": t("Card"),
        "cheque": t("Cheque"),
        "cash": t("Cash"),
        "direct_debit": t("Direct debit"),
        "other": t("Other means"),
    }.get(code, code)


def paid_to(t: Texts, code: str) -> str:
    """Who received a payment."""
    return {"agency": t("Our agency"), "creditor": t("The creditor directly")}.get(code, code)


def kind(t: Texts, code: str) -> str:
    """A kind of party."""
    return {
        "individual": t("Individual"),
        "business": t("Business"),
        "association": t("Legal person outside any business"),
        "public": t("Public body"),
    }.get(code, code)


def direction(t: Texts, code: str) -> str:
    """Who began a contact."""
    return {"out": t("From us"), "in": t("From the debtor"), "none": ""}.get(code, code)


def validity(t: Texts, code: str) -> str:
    """What is known of a contact point."""
    return {"confirmed": t("confirmed"), "unknown": t("not verified"), "invalid": t("wrong")}.get(code, code)


def consent(t: Texts, code: str) -> str:
    """What a person said of being reached by a channel."""
    return {"given": t("agrees"), "unknown": t("has not said"), "objected": t("objects")}.get(code, code)


def phone_kind(t: Texts, code: str) -> str:
    """A kind of telephone number."""
    return {
        "mobile": t("mobile"),
        "fixed": t("landline"),
        "voip": t("internet number"),
        "special": t("special number"),
    }.get(code, "")


def bucket(t: Texts, code: str) -> str:
    """A part of what is owed."""
    return {
        "principal": t("Principal"),
        "interest": t("Interest"),
        "indemnity": t("Flat recovery indemnity"),
        "penalty": t("Penalty clause"),
        "costs": t("Legal costs"),
    }.get(code, code)


def role(t: Texts, code: str) -> str:
    """The role of a person in a case."""
    return {
        "debtor": t("Debtor"),
        "co_debtor": t("Co-debtor"),
        "guarantor": t("Guarantor"),
        "heir": t("Heir"),
        "guardian": t("Guardian"),
        "curator": t("Curator"),
        "representative": t("Representative"),
        "lawyer": t("Lawyer"),
        "other": t("Other person"),
    }.get(code, code)


def status(t: Texts, code: str) -> str:
    """The state of a case."""
    return {"open": t("Open"), "closed": t("Closed")}.get(code, code)


def person(name: str, first_name: str = "") -> str:
    """A name made harmless for Markdown: surname first, as files are kept."""
    return plain(f"{name} {first_name}".strip())
