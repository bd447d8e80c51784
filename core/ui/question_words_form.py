"""The words of questions to creditors: one text in both languages, the question as it would read, its versions. Judges nothing."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.messages import Refusal
from core.domain.rights import Right
from core.i18n import Texts
from core.services import question_edit
from core.services.context import Ctx
from core.services.question_edit import Part
from core.ui import drafts, problems, session
from core.ui.text import plain

LANGS = {"fr": "Français", "en": "English"}


def show(ctx: Ctx, t: Texts) -> None:
    """Choose a text; edit it at the left, read the question at the right."""
    st.subheader(t("Questions to creditors"), anchor=False)
    st.caption(
        t(
            "What a creditor is asked, in their language, and its reminder. The reference in the subject files the answer on its "
            "case. Every version is kept."
        )
    )
    parts = {part.key: part for part in question_edit.parts(ctx)}
    key = st.selectbox(
        t("Which text"), list(parts), key="question_part", format_func=lambda one: _name(t, parts[one]), width=420
    )
    part, may = parts[key], ctx.may(Right.LETTERS)
    one = drafts.draft(f"question_{key}", part.version, "fr")
    typing, reading = st.columns(2, gap="large")
    with typing:
        said = {
            lang: st.text_area(
                name,
                value=part.text.of(lang),
                key=one.key(lang),
                height="content",
                disabled=not may,
                help=_help(t, part),
            )
            for lang, name in LANGS.items()
        }
        _save(ctx, t, part, said, one)
    with reading:
        _preview(ctx, t, part, said)
    _versions(ctx, t, part, one)


def _name(t: Texts, part: Part) -> str:
    words = {
        "subject": t("Subject"),
        "opening": t("Opening"),
        "case": t("Which case"),
        "ending": t("Until when"),
        "signature": t("Signature"),
        "reminder": t("Reminder"),
    }
    name = words.get(part.key) or t("Question: {what}", what=part.label.of(t.lang) if part.label else part.key)
    return name if part.shipped else f"{name} — {t('edited here')}"


def _help(t: Texts, part: Part) -> str | None:
    if not part.names:
        return None
    names = t("Names that may stand between braces: {names}", names=", ".join(part.names))
    must = t("Must hold: {names}", names=", ".join(part.must)) if part.must else ""
    return plain(f"{names}. {must}")


def _preview(ctx: Ctx, t: Texts, part: Part, said: dict[str, str]) -> None:
    """The question of an invented case in both languages, or what is wrong."""
    st.markdown(f"**{t('The question of an invented case')}**")
    for lang, name in LANGS.items():
        made, wrong = question_edit.preview(ctx, part.key, said, lang)
        if made is None:
            problems.show(t, Refusal(*wrong), LANGS)
            return
        st.caption(name)
        st.code(f"{made.subject}\n\n{made.text}", language=None, wrap_lines=True)


def _save(ctx: Ctx, t: Texts, part: Part, said: dict[str, str], one: drafts.Draft) -> None:
    if not ctx.may(Right.LETTERS):
        st.caption(t("The wording is changed by whoever leads the agency."))
        return
    if st.button(t("Keep these words"), type="primary", key="question_save", icon=":material/save:"):
        kept = {lang: part.text.of(lang) for lang in LANGS}
        with drafts.told(t, one, LANGS, drafts.differing(said, kept), part.version):
            number = question_edit.save_part(ctx, part.key, said, one.version)
            drafts.saved(one)
            session.say(t("Version {n} is kept: the next questions use it.", n=number))
            st.rerun()


def _versions(ctx: Ctx, t: Texts, part: Part, one: drafts.Draft) -> None:
    """Who changed what and when, and the way back."""
    if not part.versions:
        return
    with st.expander(
        t.n("{n} version", "{n} versions", len(part.versions)), icon=":material/history:", key="question_past"
    ):
        for row in part.versions:
            when = t.moment(dt.datetime.fromisoformat(row.recorded_at).astimezone(ZoneInfo(ctx.time_zone)))
            st.markdown(plain(t("Version {n}, {who}, {when}", n=row.version, who=row.author, when=when)))
        choices = {0: t("The shipped wording")} | {
            row.version: t("Version {n}", n=row.version) for row in part.versions[1:]
        }
        pick = st.selectbox(t("Go back to"), list(choices), key="question_back", format_func=lambda n: choices[n])
        if st.button(
            t("Go back to it"), key="question_restore", disabled=not ctx.may(Right.LETTERS), icon=":material/undo:"
        ):
            with problems.told(t, LANGS):
                question_edit.restore(ctx, part.key, int(pick or 0), part.version)
                drafts.saved(one)
                session.say(t("That wording is in use again."))
                st.rerun()
