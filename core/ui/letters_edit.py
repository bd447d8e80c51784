"""The wording of the letters: its blocks in a language, the letter as it would read, what the check says. Saves by a button."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.services import letter_edit
from core.services.context import Ctx
from core.services.letter_edit import WordingView
from core.ui import case_later_letter, downloads, problems, session
from core.ui.text import plain

NAMES = {"fr": "Français", "en": "English"}


def show(ctx: Ctx, t: Texts) -> None:
    """Choose a kind and a language; edit at the left, read at the right."""
    views = {view.kind.key: view for view in letter_edit.wordings(ctx)}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    key = str(
        left.selectbox(t("Which letter"), list(views), key="wording_kind", format_func=lambda one: _name(t, views[one]))
    )
    with right:
        lang = str(
            st.segmented_control(
                t("Language"),
                list(NAMES),
                key="wording_lang",
                default="fr",
                required=True,
                format_func=lambda one: NAMES[one],
            )
        )
    view = views[key]
    st.caption(plain(f"{view.kind.use.of(t.lang)} ({view.kind.article})"))
    typing, reading = st.columns([5, 6], gap="large")
    with typing:
        blocks = _blocks(t, view, lang)
    with reading:
        _preview(ctx, t, view, blocks, lang)
    _save(ctx, t, view, blocks)
    _versions(ctx, t, view)


def _name(t: Texts, view: WordingView) -> str:
    edited = f" — {t('edited here')}" if view.kind.edited else ""
    return f"{view.kind.name.of(t.lang)}{edited}"


def block_name(t: Texts, name: str) -> str:
    """A block in words; its own name when there is no better one."""
    return {
        "title": t("Title"),
        "activity": t("Who we are"),
        "opening": t("Opening"),
        "interest_left_out": t("When no interest is claimed"),
        "demand": t("Demand"),
        "payment": t("How to pay"),
        "talk": t("Talk and dispute"),
        "consequences": t("Consequences, as possibilities"),
        "privacy": t("Personal data"),
        "statute_intro": t("Before the statutory text"),
        "closing": t("Closing words"),
        "effects": t("Effects of the notice"),
        "promise": t("The promise"),
        "wrong": t("If it is wrong"),
        "paid": t("Paid in full"),
        "receipts": t("Receipts"),
        "thanks": t("Thanks"),
        "ended": t("End of our work"),
        "rights": t("Rights"),
        "contact_us": t("Contact"),
        "who": t("Who processes the data"),
        "purposes": t("Why"),
        "data": t("Which data"),
        "recipients": t("Who receives them"),
        "time": t("For how long"),
        "message": t("Message"),
        "accepted": t("What was accepted"),
    }.get(name, name)


def _typed(view: WordingView, name: str, lang: str) -> str:
    return f"block_{view.kind.key}_{view.seen}_{name}_{lang}"


def _blocks(t: Texts, view: WordingView, lang: str) -> dict[str, dict[str, str]]:
    """The fields of a language; what was typed in the other one is kept beside."""
    kept: dict[str, dict[str, str]] = st.session_state.setdefault(f"wording_{view.kind.key}_{view.seen}", {})
    names = " ".join(f"`{{{name}}}`" for name in sorted(view.kind.names))
    with st.expander(t("Names that the program fills in"), icon=":material/data_object:"):
        st.markdown(names)
    for name, label in view.kind.blocks.items():
        said = kept.setdefault(name, {"fr": label.fr, "en": label.en})
        must = sorted(view.kind.must.get(name, ()))
        said[lang] = st.text_area(
            block_name(t, name),
            value=said[lang],
            key=_typed(view, name, lang),
            height="content",
            disabled=not view.may_edit,
            help=t("Must hold: {names}", names=", ".join(f"{{{one}}}" for one in must)) if must else None,
        )
    return kept


def _preview(ctx: Ctx, t: Texts, view: WordingView, blocks: dict[str, dict[str, str]], lang: str) -> None:
    """The letter of an invented debtor, as it reads now, and what blocks it."""
    made, found = letter_edit.preview(ctx, view.kind.key, blocks, lang)
    st.markdown(f"**{t('The letter of an invented debtor')}**")
    if made is None:
        labels = {one.field: f"{block_name(t, one.field.split('.')[0])} ({lang})" for one in found}
        problems.show(t, Refusal(*found), labels)
        return
    case_later_letter.told(t, found)
    with st.container(border=True, height=520, key="wording_letter"):
        st.code(made.text, language=None, wrap_lines=True)
    if view.kind.channel == "letter":
        st.download_button(
            t("See it as PDF"),
            downloads.later(lambda mine: letter_edit.preview_pdf(mine, view.kind.key, blocks, lang)),
            file_name=f"{view.kind.key}-{lang}.pdf", mime="application/pdf", key="wording_pdf", icon=":material/picture_as_pdf:",
            on_click="ignore",
        )  # fmt: skip


def _save(ctx: Ctx, t: Texts, view: WordingView, blocks: dict[str, dict[str, str]]) -> None:
    if not view.may_edit:
        st.caption(t("The wording is changed by whoever leads the agency."))
        return
    form = f"wording_{view.kind.key}"
    if st.button(t("Keep this wording"), type="primary", key="wording_save", icon=":material/save:"):
        labels = {f"{name}.{lang}": f"{block_name(t, name)} ({lang})" for name in view.kind.blocks for lang in NAMES}
        with problems.told(t, {**labels, **NAMES}):
            number = letter_edit.save_wording(ctx, view.kind.key, blocks, view.seen, session.token(form))
            session.spend(form)
            session.say(t("Version {n} is kept: the next letters use it.", n=number))
            st.rerun()


def _versions(ctx: Ctx, t: Texts, view: WordingView) -> None:
    """Who changed what, and the way back."""
    if not view.versions:
        return
    with st.expander(
        t.n("{n} version", "{n} versions", len(view.versions)), icon=":material/history:", key="wording_past"
    ):
        for one in view.versions:
            when = t.moment(one.recorded_at.astimezone(ZoneInfo(ctx.time_zone)))
            what = ", ".join(block_name(t, name) for name in one.blocks) or t("shipped wording")
            st.markdown(
                plain(t("Version {n}, {who}, {when}: {what}", n=one.number, who=one.author, when=when, what=what))
            )
        choices = {
            0: t("The shipped wording"),
            **{one.number: t("Version {n}", n=one.number) for one in view.versions[1:]},
        }
        pick = st.selectbox(t("Go back to"), list(choices), key="wording_back", format_func=lambda n: choices[n])
        if st.button(t("Go back to it"), key="wording_restore", disabled=not view.may_edit, icon=":material/undo:"):
            form = f"wording_{view.kind.key}"
            with problems.told(t, NAMES):
                letter_edit.restore(ctx, view.kind.key, int(pick or 0), view.seen, session.token(form))
                session.spend(form)
                session.say(t("That wording is in use again."))
                st.rerun()
