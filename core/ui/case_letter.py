"""Letters on a case: the first one with its checks, the later ones, the day each was posted or its cancelling. Judges no letter."""

from __future__ import annotations

import streamlit as st

from core.domain.first_letter import rules
from core.domain.messages import Problem
from core.domain.rights import Right
from core.i18n import Texts
from core.services import later_letters, letters, people
from core.services.cases import CaseHead
from core.services.context import Ctx
from core.services.letters import LetterRow, Preview
from core.ui import case_later_letter, doors, downloads, fields, problems, session
from core.ui.text import plain

OPEN = "letter_open"


def button(t: Texts, head: CaseHead) -> None:
    """Opens the panel, or closes it."""
    label = t("Prepare the first letter") if not head.first_letter_on else t("Write a letter")
    st.button(
        label,
        key="letter_prepare",
        icon=":material/mail:",
        shortcut="L",
        type="tertiary" if head.first_letter_on else "secondary",
        on_click=_turn,
        args=(head.id,),
    )


def _turn(case_id: int) -> None:
    now = st.session_state.get(OPEN)
    st.session_state[OPEN] = None if now == case_id else case_id


def offer(case_id: int, kind: str, label: str, key: str) -> None:
    """A button that opens the panel on a kind of letter: what was just written is confirmed in one click."""
    st.button(label, key=key, icon=":material/mail:", type="tertiary", on_click=_open, args=(case_id, kind))


def _open(case_id: int, kind: str) -> None:
    st.session_state[OPEN] = case_id
    st.session_state[f"letter_kind_{case_id}"] = kind


def show(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """The letters waiting to be posted and, once asked for, the letter that would leave today."""
    for row in letters.issued_letters(ctx, head.id):
        if row.state == "ready":
            _to_post(ctx, t, row)
    if st.session_state.get(OPEN) == head.id:
        with st.container(border=True, key="letter_panel"):
            if head.first_letter_on:
                _language(ctx, t, head)
            later = bool(head.first_letter_on) and case_later_letter.show(ctx, t, head) != case_later_letter.AGAIN
            if not later:
                _panel(ctx, t, head, letters.first_letter_preview(ctx, head.id, with_pdf=False))


def _panel(ctx: Ctx, t: Texts, head: CaseHead, preview: Preview) -> None:
    letter = preview.letter
    st.markdown(f"**{t('First letter {reference}', reference=plain(letter.reference))}**")
    total = t("{total} claimed", total=t.money(letter.amounts.total))
    st.caption(plain(total))
    if not head.first_letter_on:
        _language(ctx, t, head)
    _checks(t, preview.problems)
    _remedies(t, preview.problems)
    for caution in preview.cautions:
        st.markdown(f":orange[:material/warning:] {session.sentence(t, caution)}")
    token = session.token(f"letter_{head.id}")
    case_later_letter.read(t, later_letters.letter_text(ctx, head.id, "first_letter")[1], preview.problems)
    with st.container(horizontal=True):
        st.download_button(
            t("See the letter as PDF"),
            downloads.later(lambda mine: letters.first_letter_preview(mine, head.id).pdf or b""),
            file_name=f"{letter.reference}.pdf",
            mime="application/pdf",
            key=f"letter_see_{head.id}",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            disabled=bool(preview.problems),
        )
        issued = st.button(
            t("Issue the first letter"),
            key=f"letter_issue_{head.id}",
            type="primary",
            icon=":material/outgoing_mail:",
            disabled=bool(preview.problems) or not ctx.may(Right.WORK),
        )
    if issued:
        with problems.told(t):
            done = letters.issue_first_letter(ctx, head.id, "letter", token)
            session.spend(f"letter_{head.id}")
            st.session_state[OPEN] = None
            session.say(t("Letter {reference} is issued: print it and post it.", reference=done.reference))
            st.rerun()


def _language(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """The language in which the debtor is written to: the letter is made again in it at once."""
    names = {"fr": "Français", "en": "English"}
    st.segmented_control(
        t("Language of the debtor"),
        list(names),
        default=head.lang,
        required=True,
        key=f"letter_lang_{head.id}",
        format_func=lambda code: names[code],
        disabled=not ctx.may(Right.WORK),
        on_change=_speak,
        args=(head.id,),
    )


def _speak(case_id: int) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        people.set_debtor_language(ctx, case_id, st.session_state[f"letter_lang_{case_id}"])


def _checks(t: Texts, found: tuple[Problem, ...]) -> None:
    """The checklist: each rule with its article, green or red."""
    failed = {problem.code for problem in found}
    lines = []
    for rule, article, what in rules():
        mark = ":red[:material/cancel:]" if rule in failed else ":green[:material/check_circle:]"
        state = t("missing") if rule in failed else t("there")
        lines.append(f"- {mark} {plain(t.render(what))} — {state} ({plain(rule)}, {plain(article)})")
    with st.expander(t("Checks of article R. 124-4"), icon=":material/checklist:", expanded=bool(found)):
        st.markdown("\n".join(lines))


def _remedies(t: Texts, found: tuple[Problem, ...]) -> None:
    """Each thing missing, and where to complete it."""
    if not found:
        st.markdown(f":green[:material/check_circle: {t('Nothing is missing: the letter may leave.')}]")
        return
    head = t.n("{n} item blocks the letter:", "{n} items block the letter:", len(found))
    lines = (f"- {plain(t.render(one.reason))} {plain(t.render(one.remedy))}" for one in found)
    st.markdown(f":red[:material/block: **{head}**]\n" + "\n".join(lines))
    places = {one.field for one in found}
    with st.container(horizontal=True):
        if "agency" in places:
            doors.link("settings", t("Complete the agency file"), ":material/settings:")
        if places & {"mandate", "creditor"}:
            doors.link("creditors", t("Go to the creditors"), ":material/business:")


def _to_post(ctx: Ctx, t: Texts, row: LetterRow) -> None:
    """An issued letter: print it, then say when it was posted."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"letter_ready_{row.message_id}"):
        words = t("Letter {ref} of {day} is to be posted.", ref=plain(row.reference), day=t.date(row.dated))
        st.markdown(f":orange[:material/outgoing_mail: {words}]")
        st.download_button(
            t("Print it"),
            downloads.later(lambda mine: letters.letter_bytes(mine, row.document_id)),
            file_name=f"{row.reference}.pdf",
            mime="application/pdf",
            key=f"letter_print_{row.message_id}",
            icon=":material/print:",
            on_click="ignore",
        )
        with st.popover(t("It was posted"), key=f"letter_posted_{row.message_id}"):
            label = t("Posted on")
            on = fields.day(label, f"posted_on_{row.message_id}", value=ctx.today, latest=ctx.today)
            if st.button(t("Record the posting"), key=f"posted_save_{row.message_id}", type="primary"):
                with problems.told(t, {"posted_on": label}):
                    letters.mark_posted(ctx, (row.reference,), on or ctx.today)
                    session.say(t("The posting is recorded."))
                    st.rerun()
        if st.button(t("Cancel it"), key=f"letter_cancel_{row.message_id}", type="tertiary", icon=":material/close:"):
            with problems.told(t):
                letters.cancel_letter(ctx, row.reference)
                session.say(t("The letter is cancelled; it stays in the documents of the case."))
                st.rerun()
