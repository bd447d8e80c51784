"""What is to be done to many cases, typed: the deed, its kind, its day, its words. Checks nothing: the service does."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import closures, grouped, holds, skips, stop_words, team
from core.services.context import Ctx
from core.services.grouped import Deed
from core.services.result_words import action_kinds
from core.ui import drafts, fields, outcome_labels

FORM = "grouped"
FIELDS = {
    "hold": ("kind", "on", "words"),
    "lift": ("kind", "words"),
    "next": ("kind", "on", "words"),
    "assign": ("to", "words"),
    "skip": ("kind", "on", "words"),
    "back": ("words",),
    "pause": ("on", "words"),
    "resume": ("words",),
    "close": ("kind", "words"),
}
NOBODY = 0


def name(t: Texts, code: str) -> str:
    """A deed in words."""
    return {
        "hold": t("Stop them, with a reason and an end"),
        "lift": t("Lift a stop"),
        "next": t("Set the next action"),
        "assign": t("Give them to a colleague"),
        "skip": t("Set them aside for a while"),
        "back": t("Bring them back into the queue"),
        "pause": t("Take them out of their scenario"),
        "resume": t("Put them back into their scenario"),
        "close": t("Close them, or ask for their end"),
    }[code]


def labels(t: Texts, code: str) -> dict[str, str]:
    """The label of each field of a deed, under the names that services refuse them by."""
    kind = {
        "hold": t("Why they stop"),
        "lift": t("Which stop"),
        "next": t("Next action"),
        "skip": t("Reason"),
        "close": t("Why they end"),
    }.get(code, "")
    on = {"next": t("For"), "skip": t("Back on")}.get(code, t("Until"))
    words = {"close": t("Evidence or comment"), "next": t("A few words"), "skip": t("A few words")}.get(
        code, t("Reason")
    )
    found = {"kind": kind, "on": on, "words": words, "to": t("To whom"), "until_on": on, "note": words}
    return found | {"reason": words if code in ("hold", "lift", "pause") else kind, "until": on}


def entry(ctx: Ctx, t: Texts, token: str) -> Deed:
    """The fields of the deed chosen; what was typed for another stays typed."""
    code = st.selectbox(
        t("What to do"), grouped.CODES, key=f"deed_code_{token}", format_func=lambda one: name(t, one), width=420
    )
    asked, label = FIELDS[code], labels(t, code)
    mine = f"{code}_{token}"
    with drafts.kept(mine, "deed_kind", "deed_on", "deed_words", "deed_to"):
        left, right = st.columns(2)
        with left:
            kind = _kind(t, code, label["kind"], mine) if "kind" in asked else ""
            to = _to(ctx, t, label["to"], mine) if "to" in asked else NOBODY
        with right:
            on = fields.day(label["on"], f"deed_on_{mine}", help=_help(t, code)) if "on" in asked else None
        words = st.text_input(
            label["words"], key=f"deed_words_{mine}", help=t("Told in the journal of each case, in objective words.")
        )
    return Deed(code, kind, on, words, to)


def _kind(t: Texts, code: str, label: str, mine: str) -> str:
    if code in ("hold", "lift"):
        names = {one: stop_words.hold_kind(t, one) for one in holds.hold_kinds()}
    elif code == "next":
        names = {one: outcome_labels.action(t, one) for one in action_kinds()}
    elif code == "skip":
        names = {one.code: t.show(one.label) for one in skips.reasons()}
    else:
        names = {one.reason: one.label.of(t.lang) for one in closures.reasons()}
    return st.selectbox(label, list(names), key=f"deed_kind_{mine}", format_func=lambda one: names[one])


def _to(ctx: Ctx, t: Texts, label: str, mine: str) -> int:
    names = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS} | {NOBODY: t("Nobody")}
    return st.selectbox(label, list(names), key=f"deed_to_{mine}", format_func=lambda one: names[one])


def _help(t: Texts, code: str) -> str | None:
    return {
        "hold": t("Left empty: until someone lifts it."),
        "pause": t("Left empty: left out for good."),
    }.get(code)
