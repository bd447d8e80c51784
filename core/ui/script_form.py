"""The settings of the call script: one step or objection, its lines in both languages, back to the shipped words. Judges nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.law.scripts import NAMES
from core.services import call_script
from core.services.call_script import Part
from core.services.context import Ctx
from core.ui import drafts, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The top of the tab."""
    st.subheader(t("Call script"), anchor=False)
    st.caption(
        t(
            "What is on the screen during a call, in the debtor's language. A line marked compulsory keeps its names; "
            "the rest is yours. Every version is kept."
        )
    )
    parts = {part.key: part for part in call_script.parts(ctx)}
    key = st.selectbox(
        t("Step or objection"),
        list(parts),
        key="script_part",
        format_func=lambda one: parts[one].title.of(t.lang),
        width=420,
    )
    _form(ctx, t, parts[key])
    st.caption(t("Names that may stand between braces: {names}", names=plain(", ".join(sorted(NAMES)))))


def _form(ctx: Ctx, t: Texts, part: Part) -> None:
    may = ctx.may(Right.SETTINGS)
    one = drafts.draft(f"script_{part.key}", part.version, "text_0_fr")
    label: dict[str, str] = {}
    words: list[dict[str, str]] = []
    with st.form(f"script_form_{part.key}", border=True):
        for number, (text, must) in enumerate(part.texts):
            if must:
                st.markdown(f":orange[{t('compulsory')}, {plain(must)}]")
            left, right = st.columns(2)
            typed = {}
            for lang, place in (("fr", left), ("en", right)):
                field = f"text_{number}_{lang}"
                name = t("Line {n}, French", n=number + 1) if lang == "fr" else t("Line {n}, English", n=number + 1)
                label[field] = name
                typed[lang] = place.text_area(
                    name, value=text.of(lang), key=one.key(field), height=90, disabled=not may
                )
            words.append(typed)
        sent = st.form_submit_button(
            t("Save these words"), type="primary", key=f"script_save_{part.key}", disabled=not may
        )
    if sent:
        with drafts.told(t, one, label, {}, part.version):
            call_script.save_part(ctx, part.key, words, one.version)
            drafts.saved(one)
            session.say(t("The words are saved: the next call uses them."))
            st.rerun()
    if not part.shipped and may:
        st.button(
            t("Back to the shipped words"), key=f"script_back_{part.key}", on_click=_back, args=(part.key, part.version)
        )


def _back(key: str, version: int) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        call_script.save_part(ctx, key, None, version)
        st.session_state[f"turn_script_{key}"] = int(st.session_state.get(f"turn_script_{key}", 0)) + 1
        session.say(t("The shipped words are back."))
