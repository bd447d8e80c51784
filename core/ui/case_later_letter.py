"""The letters after the first one on a case: the kinds possible now, why the others are not, preview, copy, issue. Judges no letter."""

from __future__ import annotations

import streamlit as st

from core.domain.messages import Problem
from core.domain.rights import Right
from core.i18n import Texts
from core.services import later_letters, letters
from core.services.cases import CaseHead
from core.services.context import Ctx
from core.services.later_letters import LetterPreview, Offer
from core.ui import downloads, problems, session
from core.ui.text import plain

AGAIN = "first_letter"


def show(ctx: Ctx, t: Texts, head: CaseHead) -> str:
    """The choice of a kind and its letter; returns the kind when it is the first letter again, which has its own panel."""
    offers = later_letters.offered(ctx, head.id)
    free = [one for one in offers if not one.problems]
    kinds = {one.kind.key: one.kind.name.of(t.lang) for one in (*free, *(o for o in offers if o.problems))}
    if head.status == "open":
        kinds[AGAIN] = t("First letter, issued again")
    uses = {one.kind.key: one.kind.use.of(t.lang) for one in offers}
    barred = {one.kind.key for one in offers if one.problems}
    chosen = str(
        st.selectbox(
            t("Which letter"),
            list(kinds),
            key=f"letter_kind_{head.id}",
            format_func=lambda key: f"{kinds[key]} — {t('not possible now')}" if key in barred else kinds[key],
        )
    )
    if chosen == AGAIN:
        return AGAIN
    st.caption(plain(uses[chosen]))
    _letter(ctx, t, head, later_letters.letter_preview(ctx, head.id, chosen, with_pdf=False))
    _others(t, [one for one in offers if one.problems and one.kind.key != chosen])
    return chosen


def _letter(ctx: Ctx, t: Texts, head: CaseHead, preview: LetterPreview) -> None:
    kind, letter = preview.kind, preview.letter
    total = t("{total} claimed", total=t.money(letter.amounts.total)) if "balance" in kind.needs else ""
    st.markdown(" · ".join(filter(None, (f"**{plain(letter.title)}**", plain(letter.reference), plain(total)))))
    if kind.registered:
        st.caption(
            t(
                "Registered letter with advice of receipt: its deposit slip and its number are kept with the letters to post."
            )
        )
    told(t, preview.problems)
    for caution in preview.cautions:
        st.markdown(f":orange[:material/warning:] {session.sentence(t, caution)}")
    form = f"letter_{kind.key}_{head.id}"
    read(t, preview.text, preview.problems)
    with st.container(horizontal=True):
        st.download_button(
            t("See the letter as PDF"),
            downloads.later(lambda mine: later_letters.letter_preview(mine, head.id, kind.key).pdf or b""),
            file_name=f"{letter.reference}.pdf",
            mime="application/pdf",
            key=f"letter_see_{head.id}",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            disabled=bool(preview.problems),
        )
        issued = st.button(
            t("Issue this letter"),
            key=f"letter_issue_{head.id}",
            type="primary",
            icon=":material/outgoing_mail:",
            disabled=bool(preview.problems) or not ctx.may(Right.WORK),
        )
    if issued:
        with problems.told(t):
            done = letters.issue_letter(ctx, head.id, kind.key, session.token(form))
            session.spend(form)
            st.session_state["letter_open"] = None
            session.say(t("Letter {reference} is issued: print it and post it.", reference=done.reference))
            st.rerun()


def read(t: Texts, text: str, found: tuple[Problem, ...]) -> None:
    """The words of a letter: to be copied once the legality check accepts them, to be read only until then."""
    if found:
        with st.expander(t("Read the letter"), icon=":material/article:"):
            st.caption(t("Its text may not be copied or printed while the check refuses it."))
            st.text(text)
        return
    with st.expander(t("Read the letter, copy its text"), icon=":material/content_copy:"):
        st.code(text, language=None, wrap_lines=True)


def told(t: Texts, found: tuple[Problem, ...]) -> None:
    """What keeps the letter, each with what to do."""
    if not found:
        st.markdown(f":green[:material/check_circle: {t('The legality check accepts this letter: it may leave.')}]")
        return
    head = t.n("{n} item blocks the letter:", "{n} items block the letter:", len(found))
    st.markdown(f":red[:material/block: **{head}**]\n" + "\n".join(f"- {_line(t, one)}" for one in found))


def _line(t: Texts, one: Problem) -> str:
    rule = f" ({one.code})" if one.code.startswith(("LET-", "MSG-")) else ""
    return f"{plain(t.render(one.reason))}{plain(rule)} {plain(t.render(one.remedy))}"


def _others(t: Texts, offers: list[Offer]) -> None:
    """The kinds that may not leave now, each with its first reason."""
    if not offers:
        return
    with st.expander(
        t.n("{n} letter not possible now", "{n} letters not possible now", len(offers)), icon=":material/info:"
    ):
        st.markdown(
            "\n".join(
                f"- **{plain(one.kind.name.of(t.lang))}** — {plain(t.render(one.problems[0].reason))}" for one in offers
            )
        )
